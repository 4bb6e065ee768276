"""The physical layer of a file of rows: gzip, byte-order marks, encodings, quotes gone wrong."""

import contextlib
import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from crt_console.domain.errors import Refused

GZIP = b"\x1f\x8b"
LONGEST = 256 * 1024  # bytes of one line
JOINED = 50  # lines that one quoted value may span before the quote counts as a slip
MARKS = (b"\xc3\xaf\xc2\xbb\xc2\xbf", b"\xef\xbb\xbf")  # the mark encoded twice, and once
WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line as text. `problem` says why it must not be read."""

    number: int
    text: str
    guessed: bool = False  # not UTF-8: read in the profile's other encoding
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its cells, or why there are none."""

    number: int
    raw: str
    cells: tuple[str, ...] = ()
    guessed: bool = False
    problem: str = ""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, compressed or not; Refused says what is wrong with it."""
    try:
        with path.open("rb") as plain:
            start = plain.read(4)
            plain.seek(0)
            if start[:2] in WIDE:
                raise Refused(f"{path.name} is UTF-16, which is not read here: save it as UTF-8")
            if start[:2] != GZIP:
                yield plain
                return
            with gzip.open(plain) as packed:
                yield cast("IO[bytes]", packed)
    except OSError as error:
        raise Refused(f"cannot read {path.name}: {error.strerror or error}") from error


def count_lines(path: Path) -> int:
    """Return how many lines a file has, blank ones left out; for showing progress."""
    with opened(path) as stream, contextlib.suppress(EOFError, zlib.error, gzip.BadGzipFile):
        return sum(1 for line in stream if not line.isspace())
    return 0


def lines(stream: IO[bytes], fallback: str) -> Iterator[Line]:
    """Yield the lines that are not blank, without byte-order mark; one that breaks off says so."""
    number = 0
    while True:
        try:
            raw = stream.readline(LONGEST)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield Line(number + 1, "", problem="the compressed file breaks off here")
            return
        if not raw:
            return
        number += 1
        if number == 1:
            raw = without_mark(raw)
        if len(raw) >= LONGEST and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield Line(number, raw[:1000].decode("utf-8", "replace"), problem="line too long")
        elif raw.strip():
            yield _decoded(number, raw.rstrip(b"\r\n"), fallback)


def without_mark(raw: bytes) -> bytes:
    """Return a first line without byte-order marks, however often they were encoded."""
    while True:
        mark = next((m for m in MARKS if raw.startswith(m)), None)
        if mark is None:
            return raw
        raw = raw[len(mark) :]


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
        pass


def _decoded(number: int, raw: bytes, fallback: str) -> Line:
    try:
        return Line(number, raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return Line(number, raw.decode(fallback), guessed=True)
    except UnicodeDecodeError:
        shown = raw.decode("utf-8", "backslashreplace")
        return Line(number, shown, problem="neither UTF-8 nor the profile's other encoding")


class Records:
    """Groups lines into rows; a quote that never closes costs one line, not the file."""

    def __init__(self, source: Iterator[Line], delimiter: str) -> None:
        self._source = source
        self._delimiter = delimiter
        self._back: list[Line] = []
        self.width = 0  # how many cells a row has; 0 while the header is read

    def __iter__(self) -> Iterator[Record]:
        while (line := self._next()) is not None:
            yield self._record(line)

    def _next(self) -> Line | None:
        return self._back.pop() if self._back else next(self._source, None)

    def _record(self, line: Line) -> Record:
        if line.problem:
            return Record(line.number, line.text, problem=line.problem)
        if line.text.count('"') % 2 == 0:
            return self._parsed(line, line.text)
        taken = self._until_closed(line)
        text = "\n".join(item.text for item in taken)
        if text.count('"') % 2 == 0:
            whole = self._parsed(line, text)
            if not whole.problem:
                return whole
        self._back.extend(reversed(taken[1:]))
        return Record(line.number, line.text, problem="a quotation mark is never closed")

    def _until_closed(self, line: Line) -> list[Line]:
        taken, quotes = [line], line.text.count('"')
        while quotes % 2 and len(taken) < JOINED:
            following = self._next()
            if following is None:
                break
            taken.append(following)
            if following.problem:
                break
            quotes += following.text.count('"')
        return taken

    def _parsed(self, line: Line, text: str) -> Record:
        if '"' not in text:
            cells = text.split(self._delimiter)
        else:
            try:
                cells = next(csv.reader([text], delimiter=self._delimiter, strict=True))
            except csv.Error as error:
                return Record(line.number, text, problem=f"quotation marks: {error}")
        return Record(line.number, text, tuple(cells), line.guessed, self._misfit(cells))

    def _misfit(self, cells: list[str]) -> str:
        if self.width and len(cells) != self.width:
            return f"{len(cells)} values where the first line names {self.width} columns"
        return ""
