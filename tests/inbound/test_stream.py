"""Lines of memory, pipes and growing files: whole, numbered, in order."""

import asyncio
import io
import os
from collections.abc import AsyncIterator
from pathlib import Path

from crt_console.inbound.message import LONGEST
from crt_console.inbound.stream import StreamLine, stream_lines


def test_blank_lines_are_numbered_and_left_out() -> None:
    async def check() -> None:
        stream = io.BytesIO(b"\xef\xbb\xbfa\r\n\n  \nb\nlast")
        found = [line async for line in stream_lines(stream, follow=True)]
        assert found == [StreamLine(1, b"a"), StreamLine(4, b"b"), StreamLine(5, b"last")]

    asyncio.run(check())


def test_of_an_endless_line_only_the_beginning_is_kept() -> None:
    async def check() -> None:
        stream = io.BytesIO(b"x" * (LONGEST * 4) + b"\nnext\n")
        long, following = [line.raw async for line in stream_lines(stream, follow=False)]
        assert LONGEST < len(long) < LONGEST * 2
        assert following == b"next"

    asyncio.run(check())


def test_a_pipe_gives_each_line_at_once_and_ends_with_its_writer() -> None:
    async def check() -> None:
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as stream:
            lines = aiter(stream_lines(stream, follow=True))
            os.write(writing, b"one\ntw")
            assert await _next(lines) == b"one"
            os.write(writing, b"o\n")
            assert await _next(lines) == b"two"
            os.close(writing)
            assert [line async for line in lines] == []

    asyncio.run(check())


def test_a_growing_file_is_followed_and_one_begun_anew_too(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(b"one\ntwo and")

    async def check() -> None:
        with path.open("rb") as stream:
            lines = aiter(stream_lines(stream, follow=True))
            assert await _next(lines) == b"one"
            with path.open("ab") as more:
                more.write(b" a half\n")
            assert await _next(lines) == b"two and a half"
            path.write_bytes(b"anew\n")
            assert await _next(lines) == b"anew"

    asyncio.run(check())


def test_leaving_early_stops_the_thread() -> None:
    async def check() -> None:
        stream = io.BytesIO(b"x\n" * 100_000)
        lines = stream_lines(stream, follow=False)
        async for line in lines:
            assert line.raw == b"x"
            break
        await lines.aclose()

    asyncio.run(check())


async def _next(lines: AsyncIterator[StreamLine]) -> bytes:
    return (await asyncio.wait_for(anext(lines), 20)).raw
