"""Where jobs are done: in kernels and processes of this machine, started when the first job needs them."""

from __future__ import annotations

import contextlib
from typing import Protocol, Self

from analysis.pipeline.jobs import Job, JobRecord
from analysis.pipeline.kernels import KernelKind, kernel_factory
from analysis.pipeline.perform import perform


class Workshop(Protocol):
    """Does jobs, each called from a thread of its own."""

    def perform(self, job: Job) -> JobRecord:
        """Do a job; raises ``JobFailed`` or ``Stopped``."""
        ...

    def stop(self) -> None:
        """End the jobs under way; called from a signal handler."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


class LocalWorkshop:
    """This machine; with ``keeps_pictures`` the documents take figures from the notebooks (see ``kernel_factory``)."""

    def __init__(self, kind: KernelKind, memory_limit_bytes: int | None, *, keeps_pictures: bool = False) -> None:
        self._stack = contextlib.ExitStack()
        self._kernels = self._stack.enter_context(
            kernel_factory(kind, memory_limit_bytes=memory_limit_bytes, keeps_pictures=keeps_pictures)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def perform(self, job: Job) -> JobRecord:
        """Do a job; raises ``JobFailed`` or ``Stopped``."""
        return perform(job, self._kernels)

    def stop(self) -> None:
        """End the jobs under way; called from a signal handler."""
        self._kernels.stop()

    def close(self) -> None:
        """Remove the kernels' sockets and connection files."""
        self._stack.close()
