"""A server process that holds the libraries in memory, and the processes forked from it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess

from analysis.pipeline.kernels.preload import INLINE_BACKEND, PARENT_VARIABLE

# Several kernels share the cores, so each computes with one thread; it also keeps the fork server free of
# threads. A value that the user has set stays.
ONE_THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

# ipykernel loads its debugger, which warns that Python's frozen modules cannot be stepped into; nobody steps here.
_QUIET_DEBUGGER = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}

# multiprocessing's bookkeeping of children is not made for several threads.
_PROCESS_LOCK = threading.Lock()


def start_fork_server() -> ForkServerContext:
    """Start the fork server and return its context; call it in the main thread.

    The server ends with the *thread* that started it, which is how it ends when the run is killed.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("the fork server must be started by the main thread, whose end it follows")
    for name in ONE_THREAD_VARIABLES:
        os.environ.setdefault(name, "1")
    context = ForkServerContext()
    context.set_forkserver_preload(["analysis.pipeline.kernels.preload"])
    with _environment({PARENT_VARIABLE: str(os.getpid()), "MPLBACKEND": INLINE_BACKEND, **_QUIET_DEBUGGER}):
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for a process that is started now, not for this one."""
    former = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in former.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class ForkedProcess:
    """A process forked from the server, with the part of ``subprocess.Popen`` that provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        with _PROCESS_LOCK:
            process.start()
        if process.pid is None:
            raise RuntimeError("the fork server returned no process id")
        self.pid: int = process.pid

    def poll(self) -> int | None:
        """Return the exit code, None while the process runs."""
        with _PROCESS_LOCK:
            return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait at most ``timeout`` seconds and return the exit code, None while the process runs."""
        from multiprocessing.connection import wait

        wait([self._process.sentinel], timeout)
        return self.poll()

    def send_signal(self, signal_number: int) -> None:
        """Send a signal to a process that still runs."""
        if self.poll() is None:
            os.kill(self.pid, signal_number)

    def kill(self) -> None:
        """Kill the process group, or the process where it has not made its group yet."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            self.send_signal(signal.SIGKILL)

    terminate = kill
