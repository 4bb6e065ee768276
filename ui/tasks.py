"""The only place that makes tasks: it keeps them, and routes what they raise."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from crt_console.domain.errors import Refused, Unavailable

_log = logging.getLogger("crt_console.ui")


class Tasks:
    """Running tasks, kept until they end; `say(kind, words)` hears refusals and faults."""

    def __init__(self, say: Callable[[str, str], None]) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._say = say

    def start(self, work: Coroutine[Any, Any, Any], *, quiet: bool = False) -> asyncio.Task[Any]:
        """Run a coroutine; with `quiet` a refusal is not shown (an alarm raised by another)."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(lambda done: self._ended(done, quiet=quiet))
        return task

    def read(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run a read for the screen; nothing where the loop has ended, refusals are not shown."""
        if self._has_loop():
            self.start(work, quiet=True)
        else:
            work.close()

    def _has_loop(self) -> bool:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
        return True

    def _ended(self, task: asyncio.Task[Any], *, quiet: bool) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        if isinstance(error, Refused):
            if not quiet:
                self._say("refused", error.because)
        elif isinstance(error, Unavailable):
            self._say("unavailable", error.because)
        else:
            _log.error("a task failed", exc_info=error)
            self._say("fault", "Something went wrong in the console; it goes on. See the log.")

    async def close(self) -> None:
        """Cancel what still runs and wait for it."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
