"""The timeline of an incident: journal entries in a dispatcher's words, newest first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crt_console.domain.board import Board
from crt_console.domain.entries import Entry
from crt_console.protocol.pack import Pack
from ui.models.speech import dotted, hm, sentence
from ui.models.timeline_words import LEFT_OUT, SAY
from ui.models.told import Part, Told

_LATE_S = 60  # a report older than this when it was written down says so
_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Line(Protocol):
    """An entry with the words behind its content ids, None where they were removed."""

    @property
    def entry(self) -> Entry: ...
    @property
    def content(self) -> Mapping[str, str | None]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One line of the timeline. `minor` ones are housekeeping, shown dim or not at all."""

    at: datetime
    label: str
    text: str
    kind: str
    who: str = ""
    console: str = ""
    minor: bool = False
    unsure: bool = False
    seq: int = 0

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(p for p in (hm(self.at), self.label, self.text, self.who) if p)


def timeline_rows(lines: Iterable[Line], board: Board, pack: Pack) -> tuple[TimelineRow, ...]:
    """Return the lines of a timeline, what happened last first."""
    rows = [row for line in lines for row in _rows(line, board, pack)]
    # Within an entry the later part stands above, as if it had been written after.
    numbered = list(enumerate(rows))
    numbered.sort(key=lambda pair: (pair[1].at, pair[1].seq, pair[0]), reverse=True)
    return tuple(row for _, row in numbered)


def _rows(line: Line, board: Board, pack: Pack) -> list[TimelineRow]:
    entry = line.entry
    if entry.kind in LEFT_OUT:
        return []
    told = Told(entry=entry, content=line.content, board=board, pack=pack)
    say = SAY.get(entry.kind, _unknown)
    return [_row(entry, part) for part in say(told)]


def _unknown(told: Told) -> tuple[Part, ...]:
    """An entry of a newer version: its name, split in words."""
    label = sentence(_CAPITALS.sub(" ", told.entry.kind).lower())
    return (Part(label, told.team if told.entry.unit_id else ""),)


def _row(entry: Entry, part: Part) -> TimelineRow:
    at = entry.happened_at or entry.at
    late = (entry.at - at).total_seconds() >= _LATE_S
    return TimelineRow(
        at=at,
        label=part.label,
        text=dotted(part.text, f"written down {hm(entry.at)}" if late else ""),
        kind=entry.kind,
        who=entry.by,
        console=entry.console,
        minor=part.minor,
        unsure=entry.unsure,
        seq=entry.seq,
    )
