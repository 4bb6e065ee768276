"""Receives calls from any CAD: one JSON object a line, each once, whatever comes."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import IO

from crt_console.domain.commands import Command, Outcome, QuarantineLine, ReceiveCall
from crt_console.domain.errors import Refused
from crt_console.domain.ids import OperationId, derived_id, new_id
from crt_console.inbound.counts import Counts
from crt_console.inbound.door import Door, insist
from crt_console.inbound.importing import storable
from crt_console.inbound.message import Bad, Message, read_message
from crt_console.inbound.stream import StreamLine, stream_lines

__all__ = ["Bad", "parse_line", "receive"]


def parse_line(
    line: bytes | str, number: int, *, system: str = "cad", run: str = ""
) -> ReceiveCall:
    """Return the call that a line tells of; raises Bad with the reason.

    The operation id comes from run, line number and content: a retry is the same act, while the
    same words said again later (place A, then B, then A) are news.
    """
    raw = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    return _command(read_message(raw), raw, number, system, run)


def _command(message: Message, raw: bytes, number: int, system: str, run: str) -> ReceiveCall:
    digest = hashlib.sha256(raw).hexdigest()
    texts = message.texts
    return ReceiveCall(
        operation_id=OperationId(derived_id("receive", system, run, number, digest)),
        at=message.at,
        source=message.source,
        system=system,
        external=message.external,
        updated_at=message.updated_at,
        place=texts.get("place"),
        type=texts.get("type"),
        type_unmapped=True,  # the room's own table decides
        priority=message.priority,
        text=texts.get("text"),
        call_back=texts.get("call_back"),
        language=texts.get("language"),
        lat=message.lat,
        lon=message.lon,
        neighbourhood=texts.get("neighbourhood"),
    )


async def receive(
    console: Door,
    stream: IO[bytes],
    *,
    follow: bool = False,
    system: str = "cad",
    counts: Counts | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Counts:
    """Take in every line in order until the stream ends; following, until cancelled.

    Following waits an outage out with the line in hand and tells why, once for each line;
    otherwise Unavailable is raised, and receiving the same lines again changes nothing.
    `counts`, if given, grows meanwhile.
    """
    counts = Counts() if counts is None else counts
    intake = _Intake(console, _origin(stream), system, counts)
    if follow:
        intake.do = partial(insist, console, tell=tell)
    async for line in stream_lines(stream, follow=follow):
        await intake.take(line)
    return counts


def _origin(stream: IO[bytes]) -> str:
    name = getattr(stream, "name", None)
    if not isinstance(name, str) or name == "<stdin>":
        return "-"
    return Path(name).name


class _Intake:
    """One stream of lines and what became of them."""

    def __init__(self, console: Door, origin: str, system: str, counts: Counts) -> None:
        self.do: Callable[[Command], Awaitable[Outcome]] = console.do
        self._origin = origin
        self._system = system
        self._counts = counts
        self._run = new_id()

    async def take(self, line: StreamLine) -> None:
        """Carry out one line, and count it when that is known."""
        try:
            message = read_message(line.raw)
            command = _command(message, line.raw, line.number, self._system, self._run)
            outcome = await self.do(command)
        except Bad as bad:
            await self._quarantine(line, bad.reason)
        except Refused as refused:
            await self._quarantine(line, refused.because)
        else:
            self._count(outcome, message)

    def _count(self, outcome: Outcome, message: Message) -> None:
        counts = self._counts
        counts.received += 1
        if odd := outcome.data.get("odd"):
            counts.oddities[str(odd)] += 1
        result = outcome.data.get("result")
        if result == "updated":
            counts.updated += 1
        elif result == "duplicate":
            counts.duplicate += 1
            if reason := outcome.data.get("reason"):
                counts.oddities[str(reason)] += 1
        else:
            counts.accepted += 1
        if "type" not in message.texts:
            counts.oddities["no_type"] += 1
        counts.ignored.update(message.ignored)

    async def _quarantine(self, line: StreamLine, reason: str) -> None:
        body = line.raw.decode("utf-8", "backslashreplace")
        # From a file the same bad line is kept once; a pipe has no lines that come again.
        run = self._run if self._origin == "-" else ""
        key = derived_id("line", self._system, self._origin, run, line.number, body)
        await self.do(
            QuarantineLine(
                operation_id=OperationId(key),
                origin=self._origin,
                line=line.number,
                reason=reason,
                body=storable(body),
            )
        )
        self._counts.bad(reason)
