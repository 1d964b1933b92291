"""Kernels for a run: forked from a server that holds the libraries in memory, or ordinary ones.

Both are real ipykernels that speak the ordinary protocol. A forked ("warm") kernel starts in a fraction of a
second because pandas, scipy, seaborn and this package are imported already. Warm kernels need Linux; elsewhere
ordinary kernels are used.
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing import get_all_start_methods
from multiprocessing.context import ForkServerContext
from pathlib import Path
from queue import Empty
from typing import Any, cast

import psutil
import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.pipeline.kernels.child import run_kernel
from analysis.pipeline.kernels.fork_server import ForkedProcess, start_fork_server
from analysis.study.settings import PICTURES_VARIABLE

# The manager looks every tenth of a second whether a killed kernel has ended; it has in a few milliseconds.
_SECONDS_BETWEEN_LOOKS = 0.005


class KernelKind(StrEnum):
    """How kernels are started."""

    WARM = "warm"
    ORDINARY = "ordinary"


def default_kind() -> KernelKind:
    """Return warm kernels where the system can fork them safely and end them with their parent (Linux)."""
    can_fork = sys.platform.startswith("linux") and "forkserver" in get_all_start_methods()
    return KernelKind.WARM if can_fork else KernelKind.ORDINARY


@dataclass(slots=True, eq=False)
class KernelUse:
    """What one execution's kernel needed; filled while it runs."""

    process_id: int | None = None
    peak_memory_bytes: int | None = None
    must_end: bool = False

    def kill(self) -> None:
        """End the kernel and whatever it started in its process group; one that still starts ends at once."""
        self.must_end = True
        if self.process_id is not None:
            _kill_group(self.process_id)


def _kill_group(process_id: int) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process_id, signal.SIGKILL)
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(process_id).kill()


def peak_memory_bytes(process_id: int) -> int | None:
    """Return the largest resident memory that a running process has had (Linux), else what it has now."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(process_id).memory_info().rss)
    return None


class _MeasuredProvisioner(LocalProvisioner):
    """An ordinary kernel with a memory limit, whose memory is noted before it ends."""

    use: KernelUse
    pictures: Path | None = None
    memory_limit_bytes: int | None = None

    async def _post_launch(self, **kwargs: Any) -> None:
        await super().post_launch(**kwargs)
        if self.pid is None:
            return
        self.use.process_id = self.pid
        if self.memory_limit_bytes is not None and hasattr(psutil, "RLIMIT_AS"):
            limits = (self.memory_limit_bytes, self.memory_limit_bytes)
            psutil.Process(self.pid).rlimit(psutil.RLIMIT_AS, limits)
        if self.use.must_end:
            self.use.kill()

    post_launch = _post_launch

    async def _pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        made = await super().pre_launch(**kwargs)
        if self.pictures is not None:
            made["env"] = {**(made.get("env") or os.environ), PICTURES_VARIABLE: str(self.pictures)}
        return made

    pre_launch = _pre_launch

    async def _launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        if cmd[1:3] == ["-m", "ipykernel_launcher"]:
            cmd = [cmd[0], "-m", "analysis.pipeline.kernels.ordinary", *cmd[3:]]
        return await super().launch_kernel(cmd, **kwargs)

    launch_kernel = _launch_kernel

    async def send_signal(self, signum: int) -> None:
        if signum == signal.SIGINT and getattr(self.parent, "shutting_down", False):
            return  # a kernel that is killed in the next moment need not print that it was interrupted
        if signum in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)) and self.pid is not None:
            self.use.peak_memory_bytes = peak_memory_bytes(self.pid)
        await super().send_signal(signum)


class _ForkedProvisioner(_MeasuredProvisioner):
    """A kernel forked from the server."""

    context: ForkServerContext

    async def _launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        manager: Any = self.parent
        arguments = [*cmd[cmd.index("-f") :]]
        environment = dict(kwargs.get("env") or os.environ)
        directory = str(kwargs.get("cwd") or Path.cwd())
        process = self.context.Process(target=run_kernel, args=(arguments, environment, directory), daemon=False)
        forked = ForkedProcess(process)
        self.process = cast("Any", forked)
        self.pid = self.pgid = forked.pid
        self.cwd = directory
        manager.log.debug("forked kernel %s", self.pid)
        return self.connection_info

    launch_kernel = _launch_kernel


@dataclass(frozen=True, slots=True, eq=False)
class KernelFactory:
    """Makes the kernel manager class of one execution; one factory serves a whole run.

    ``folder`` holds the kernels' sockets and connection files, ``pictures`` the figures that notebooks leave for the
    documents of this run, None where nobody takes them. ``context`` is None for ordinary kernels.
    """

    folder: Path
    context: ForkServerContext | None
    memory_limit_bytes: int | None
    pictures: Path | None = None
    stopped: threading.Event = field(default_factory=threading.Event)
    _uses: list[KernelUse] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _count: list[int] = field(default_factory=lambda: [0])

    @contextlib.contextmanager
    def watched(self, use: KernelUse) -> Iterator[None]:
        """Hold a kernel among those that :meth:`stop` ends."""
        self._uses.append(use)
        if self.stopped.is_set():
            use.must_end = True
        try:
            yield
        finally:
            self._uses.remove(use)

    def stop(self) -> None:
        """End all kernels, those that start later too; safe to call from a signal handler (it takes no lock)."""
        self.stopped.set()
        for use in list(self._uses):
            use.kill()

    def manager_class(self, use: KernelUse) -> type[AsyncKernelManager]:
        """Return a kernel manager class whose kernel has its own address and notes what it uses in ``use``."""
        with self._lock:
            self._count[0] += 1
            number = self._count[0]
        factory = self

        class Manager(AsyncKernelManager):
            def __init__(self, **options: Any) -> None:
                super().__init__(**options)
                self.client_factory = PromptClient
                self.connection_file = str(factory.folder / f"kernel-{number}.json")
                if os.name == "posix":
                    # TCP would warn about missing encryption, and two kernels could meet on one port.
                    self.transport = "ipc"
                    self.ip = str(factory.folder / f"k{number}")

            async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
                if self.provisioner is None:
                    self.kernel_id = self.kernel_id or f"dampak-{number}"
                    self.provisioner = factory.provisioner(self, use)
                return await super()._async_pre_start_kernel(**options)

            pre_start_kernel = _async_pre_start_kernel

            async def _async_wait(self, pollinterval: float = _SECONDS_BETWEEN_LOOKS) -> None:
                await super()._async_wait(pollinterval)  # how a killed kernel's end is awaited: by looking

        return Manager

    def provisioner(self, manager: AsyncKernelManager, use: KernelUse) -> LocalProvisioner:
        """Return the provisioner of one kernel."""
        kind = _MeasuredProvisioner if self.context is None else _ForkedProvisioner
        made = kind(kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager)
        made.use = use
        made.pictures = self.pictures
        made.memory_limit_bytes = self.memory_limit_bytes
        if isinstance(made, _ForkedProvisioner) and self.context is not None:
            made.context = self.context
        return made


@contextlib.contextmanager
def kernel_factory(
    kind: KernelKind,
    *,
    context: ForkServerContext | None = None,
    memory_limit_bytes: int | None = None,
    keeps_pictures: bool = False,
) -> Iterator[KernelFactory]:
    """Provide the kernels of a run; their sockets, connection files and figures vanish with it.

    ``context`` is what :func:`start_fork_server` returned; it is needed for warm kernels. ``keeps_pictures`` asks
    notebooks to draw what the report shows for print, and to leave it for the documents.
    """
    if kind is KernelKind.WARM and context is None:
        context = start_fork_server()
    folder = Path(tempfile.mkdtemp(prefix="dampak-"))
    try:
        pictures = folder / "pictures" if keeps_pictures else None
        if pictures is not None:
            pictures.mkdir()
        yield KernelFactory(folder, context if kind is KernelKind.WARM else None, memory_limit_bytes, pictures)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_MILLISECONDS_BETWEEN_CONNECTIONS = 5


class PromptClient(AsyncKernelClient):
    """A client that starts as soon as the kernel answers.

    It connects before the kernel listens, so it must try again: soon, not after the library's tenth of a second.
    The class that it derives from then listens for another 0.2 s, so that nothing of the start is left on the
    channel; nbclient tells messages apart by the request that they answer, so what is left does no harm.
    """

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, _MILLISECONDS_BETWEEN_CONNECTIONS)
        return context

    async def _wait_until_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers on both channels.

        Raises RuntimeError when it died or when ``timeout`` seconds have passed, as the parent does.
        """
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    wait_for_ready: Any = _wait_until_ready

    async def _answers(self) -> bool:
        self.kernel_info()
        try:
            reply = await self.get_shell_msg(timeout=1)
            await self.get_iopub_msg(timeout=0.2)
        except Empty:
            return False
        return bool(reply["msg_type"] == "kernel_info_reply")
