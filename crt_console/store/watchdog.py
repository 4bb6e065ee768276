"""Frees a thread that waits on a server which has stopped answering."""

import contextlib
import itertools
import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

_TICK = 0.25


class Watchdog:
    """Ends waits that outlast their limit, by shutting the socket; one thread for all of them."""

    def __init__(self) -> None:
        self._limits: dict[int, tuple[float, int]] = {}
        self._keys = itertools.count()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def limit(self, connection: Any, seconds: float) -> Iterator[None]:
        """Let the psycopg connection wait this long at most within the block."""
        self._start()
        with self._lock:
            key = next(self._keys)
            self._limits[key] = (time.monotonic() + seconds, connection.fileno())
        try:
            yield
        finally:
            with self._lock:
                self._limits.pop(key, None)

    def close(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(
                        target=self._run, name="crt-watchdog", daemon=True
                    )
                    self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(_TICK):
            now = time.monotonic()
            with self._lock:
                for key, (deadline, number) in list(self._limits.items()):
                    if now > deadline:
                        del self._limits[key]
                        shut(number)


def shut(number: int) -> None:
    """Shut the socket with this file number, so that whoever waits on it wakes with an error."""
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(number)) as other:
        other.shutdown(socket.SHUT_RDWR)
