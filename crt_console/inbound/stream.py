"""Lines of a file, a pipe or a growing file, read in a thread of their own."""

import asyncio
import os
import stat
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import IO

from crt_console.inbound.lines import without_mark
from crt_console.inbound.message import LONGEST

LOOK_AGAIN = 0.1  # seconds until a growing file is looked at again
CHUNK = 64 * 1024  # bytes read at once
AHEAD = 1000  # lines read ahead of what is being done


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One line with its number, blank ones counted, so that a person finds it again."""

    number: int
    raw: bytes


class _Reader:
    """Reads whole lines; of a line without end only the beginning is kept.

    It reads the file's descriptor, not the stream: a thread that waits inside the buffer of
    stdin would hold a lock that Python needs to end.
    """

    def __init__(self, stream: IO[bytes], *, follow: bool) -> None:
        self._follow = follow and not _ends_for_good(stream)
        self._stream = stream
        self._descriptor = _own_descriptor(stream)
        self.stopped = False

    def lines(self) -> Iterator[StreamLine]:
        """Yield the lines that are not blank, until the end or until stopped."""
        for number, raw in enumerate(self._whole(), 1):
            line = without_mark(raw) if number == 1 else raw
            if line.strip():
                yield StreamLine(number, line.rstrip(b"\r"))

    def close(self) -> None:
        """Give back what was opened."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _whole(self) -> Iterator[bytes]:
        part = b""
        while not self.stopped:
            chunk = self._read()
            if chunk:
                first, *others = chunk.split(b"\n")
                part = (part + first)[: LONGEST + 1]  # no more is needed to refuse it
                for other in others:
                    yield part
                    part = other
            elif not self._follow:
                break
            elif self._begun_anew():
                part = b""
        if part:
            yield part

    def _read(self) -> bytes:
        if self._descriptor is None:
            return self._stream.read(CHUNK)
        return os.read(self._descriptor, CHUNK)

    def _begun_anew(self) -> bool:
        """Wait a moment; whether somebody has emptied the file meanwhile."""
        time.sleep(LOOK_AGAIN)
        if self._descriptor is None or not self._stream.seekable():
            return False
        size = os.fstat(self._descriptor).st_size
        if size >= os.lseek(self._descriptor, 0, os.SEEK_CUR):
            return False
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        return True


def _own_descriptor(stream: IO[bytes]) -> int | None:
    """A second descriptor, so that the caller may close the stream while the thread reads."""
    try:
        return os.dup(stream.fileno())
    except (OSError, ValueError):  # bytes in memory have none
        return None


def _ends_for_good(stream: IO[bytes]) -> bool:
    """Whether the end of this stream is the end: a pipe without a name whose writers left."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):
        return True
    named = isinstance(getattr(stream, "name", None), str) and stream.name != "<stdin>"
    return not (stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and named))


class _Thread:
    """Lines handed from the reading thread to the loop, a bounded number ahead."""

    def __init__(self, reader: _Reader) -> None:
        self._loop = asyncio.get_running_loop()
        self._reader = reader
        self._room = threading.Semaphore(AHEAD)
        self.ready: deque[StreamLine | Exception | None] = deque()
        self.wake = asyncio.Event()
        # A thread that may wait for a line for ever must not keep the program from ending.
        threading.Thread(target=self._work, name="lines", daemon=True).start()

    def _work(self) -> None:
        try:
            for line in self._reader.lines():
                self._room.acquire()
                if self._reader.stopped:
                    return
                self._hand_over(line)
            self._hand_over(None)
        except (OSError, ValueError) as error:
            self._hand_over(error)
        finally:
            self._reader.close()

    def _hand_over(self, item: StreamLine | Exception | None) -> None:
        self.ready.append(item)
        try:
            self._loop.call_soon_threadsafe(self.wake.set)
        except RuntimeError:  # the loop has ended: nobody is listening any more
            self._reader.stopped = True

    def take(self) -> StreamLine | None:
        """The next line that is ready, None at the end; raises what reading raised."""
        item = self.ready.popleft()
        if isinstance(item, Exception):
            raise item
        self._room.release()
        return item

    def stop(self) -> None:
        """Let the thread end where it stands."""
        self._reader.stopped = True
        self._room.release()


async def stream_lines(stream: IO[bytes], *, follow: bool) -> AsyncGenerator[StreamLine, None]:
    """Yield the lines that are not blank as they come; following, until cancelled."""
    thread = _Thread(_Reader(stream, follow=follow))
    try:
        while True:
            thread.wake.clear()  # before looking, so that no line is missed
            while thread.ready:
                line = thread.take()
                if line is None:
                    return
                yield line
            await thread.wake.wait()
    finally:
        thread.stop()
