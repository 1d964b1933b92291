"""The side of a kernel's conversation that sends code, without the pauses that only an interactive user needs."""

from __future__ import annotations

import math
import time
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient

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
