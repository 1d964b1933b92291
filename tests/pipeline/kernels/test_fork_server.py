"""The fork server: started by the main thread."""

from __future__ import annotations

import sys
import threading

import pytest

from analysis.pipeline.kernels.fork_server import start_fork_server

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="warm kernels need Linux")


def test_fork_server_is_started_by_the_main_thread_only() -> None:
    errors: list[Exception] = []

    def start() -> None:
        try:
            start_fork_server()
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(errors[0])
