"""Reads past calls by a profile: every row becomes a call or is quarantined, none is lost."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crt_console.domain.commands import PastCall
from crt_console.domain.errors import Refused
from crt_console.domain.limits import fitted, wrong_past
from crt_console.domain.words import Source
from crt_console.inbound.columns import Get, Header, Row, getter, getters
from crt_console.inbound.lines import Record, Records, lines, opened
from crt_console.inbound.lookup import Lookup, folded
from crt_console.inbound.places import PlaceReader
from crt_console.inbound.profile import Mark, Profile
from crt_console.inbound.times import WallClock

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that could not be read, kept as it was."""

    line: int
    reason: str
    raw: str


@dataclass(slots=True)
class _Found:
    """What a row has told so far."""

    row: Row
    flags: list[str]
    disposition: str | None = None
    closes: bool = False
    ended: str = ""  # a disposition that no code of ours stands for


def read_calls(path: Path, profile: Profile, notes: list[str]) -> Iterator[PastCall | Quarantined]:
    """Yield the rows in the file's order; `notes` receives what is odd about the file.

    Refused when the file as a whole cannot be read by this profile.
    """
    with opened(path) as stream:
        source = lines(stream, profile.file.fallback_encoding)
        records = Records(source, profile.file.delimiter)
        first = next(iter(records), None)
        if first is None or first.problem:
            raise Refused(f"{path.name} has no line with column names: {_why(first)}")
        rows = RowReader(profile, Header.of(first.cells, profile.extract))
        notes.extend(rows.notes)
        records.width = len(first.cells)
        for record in records:
            yield rows.read(record)


def _why(first: Record | None) -> str:
    return "it is empty" if first is None else first.problem


class RowReader:
    """Turns the rows of one file into calls."""

    def __init__(self, profile: Profile, header: Header) -> None:
        self._profile = profile
        self._get = getters(profile, header)
        self.notes = header.notes
        self._null = {folded(word) for word in profile.file.null} | {""}
        self._now = datetime.now(UTC)
        self._clock = WallClock(profile.zone, profile.times.formats)
        self._places = PlaceReader(profile.places)
        self._types = Lookup(profile.types)
        self._priorities = Lookup(profile.priorities)
        self._sources = Lookup(profile.sources)
        self._dispositions = Lookup(profile.dispositions)
        found = ((header.find(x.column), re.compile(x.pattern)) for x in profile.extract)
        self._extracts = [(position, p) for position, p in found if position is not None]
        self._padding = sum(re.compile(x.pattern).groups for x in profile.extract)
        self._derive = [getter(header, name) for name in profile.columns.derive]
        self._marks: list[tuple[Mark, Get, re.Pattern[str]]] = [
            (mark, get, re.compile(mark.matches, re.IGNORECASE))
            for mark in profile.marks
            if (get := getter(header, mark.column)) is not None
        ]

    def read(self, record: Record) -> PastCall | Quarantined:
        """Return the call of a row, or why there is none."""
        if record.problem:
            return Quarantined(record.number, record.problem, record.raw)
        found = self._found(record)
        at = self._at(found)
        if at is None:
            return Quarantined(record.number, "no time of the call that could be read", record.raw)
        if wrong := wrong_past(at, self._now):
            return Quarantined(record.number, wrong, record.raw)
        external = self._external(found)
        if not external:
            return Quarantined(record.number, "nothing that tells this call apart", record.raw)
        try:
            return fitted(self._call(found, external, at))
        except Refused as no:
            return Quarantined(record.number, no.because, record.raw)

    def _found(self, record: Record) -> _Found:
        flags = ["encoding_guessed"] if record.guessed else []
        row = [self._clean(cell, flags) for cell in record.cells]
        if self._padding:
            row += [""] * self._padding
            self._extract(row, len(record.cells))
        found = _Found(row, flags)
        for mark, get, pattern in self._marks:
            if pattern.search(get(row)[0]):
                flags.append(mark.flag)
                found.disposition = mark.disposition or None
                found.closes = True
        return found

    def _clean(self, cell: str, flags: list[str]) -> str:
        cell = cell.strip()
        if not cell.isprintable() and _CONTROL.search(cell):
            flags.append("control_characters")
            cell = _CONTROL.sub(" ", cell).strip()
        return "" if cell.casefold() in self._null else cell

    def _extract(self, row: list[str], position: int) -> None:
        for column, pattern in self._extracts:
            match = pattern.search(row[column])
            for value in match.groups() if match else ("",) * pattern.groups:
                row[position] = (value or "").strip()
                position += 1

    def _value(self, name: str, row: Row) -> tuple[str, int]:
        get = self._get.get(name)
        return get(row) if get is not None else ("", 0)

    def _at(self, found: _Found) -> datetime | None:
        text, rank = self._value("at", found.row)
        if not text:
            return None
        if rank:
            found.flags.append("time_second_choice")
        return self._clock.read(text, None, found.flags)

    def _external(self, found: _Found) -> str:
        text, _ = self._value("external", found.row)
        if text:
            return text
        parts = [get(found.row)[0] if get is not None else "" for get in self._derive]
        if not any(parts):
            return ""
        if self._profile.columns.external:
            found.flags.append("no_number")
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        return f"derived-{digest[:20]}"

    def _call(self, found: _Found, external: str, at: datetime) -> PastCall:
        row, flags = found.row, found.flags
        sent, arrived, closed = self._times(found, at)
        kind, unmapped = self._type(row, flags)
        self._dispose(found)
        point = self._places.point(self._value("lat", row)[0], self._value("lon", row)[0], flags)
        return PastCall(
            external=external,
            at=at,
            place=self._place(row, flags),
            type=kind,
            type_unmapped=unmapped,
            priority=self._priority(row, flags),
            text=self._text(found),
            call_back=self._value("call_back", row)[0] or None,
            source=self._source(row, flags),
            lat=point[0] if point else None,
            lon=point[1] if point else None,
            neighbourhood=self._value("neighbourhood", row)[0],
            sent_at=sent,
            on_scene_at=arrived,
            closed_at=closed,
            disposition=found.disposition,
            flags=tuple(flags),
        )

    def _times(
        self, found: _Found, at: datetime
    ) -> tuple[datetime | None, datetime | None, datetime | None]:
        sent = self._time("sent_at", found, at)
        arrived = self._time("on_scene_at", found, sent or at)
        closed = self._time("closed_at", found, arrived or sent or at)
        reopened = self._time("reopened_at", found, None)
        if reopened is not None:
            found.flags.append("reopened")
            closed = None if closed is not None and closed < reopened else closed
        elif closed is None and "closed_at" in self._get:
            found.flags.append("never_closed")
        if arrived is None and "on_scene_at" in self._get:
            found.flags.append("never_arrived")
        first = self._time("first_closed_at", found, arrived or sent or at)
        self._check_order(found.flags, at, sent, arrived, first or closed)
        if closed is None and (found.closes or self._profile.times.assume_closed):
            found.flags.append("close_assumed")
            closed = max(time for time in (at, sent, arrived, reopened) if time is not None)
        return sent, arrived, closed

    def _time(self, name: str, found: _Found, after: datetime | None) -> datetime | None:
        text, _ = self._value(name, found.row)
        return self._clock.read(text, after, found.flags) if text else None

    def _check_order(
        self,
        flags: list[str],
        at: datetime,
        sent: datetime | None,
        arrived: datetime | None,
        closed: datetime | None,
    ) -> None:
        if sent is not None and sent < at:
            flags.append("sent_before_call")
        if arrived is not None and arrived < (sent or at):
            flags.append("arrives_before_sent")
        if closed is not None and closed < at:
            flags.append("closes_before_call")
        if closed is not None and arrived is not None and closed < arrived:
            flags.append("closes_before_arrives")

    def _type(self, row: Row, flags: list[str]) -> tuple[str, bool]:
        raw, rank = self._value("type", row)
        if not raw:
            flags.append("no_type")
            return "", True
        if rank:
            flags.append("type_second_choice")
        label = self._types.find(raw)
        return (raw, True) if label is None else (label, False)

    def _place(self, row: Row, flags: list[str]) -> str | None:
        text, rank = self._value("place", row)
        if not text:
            if "place" in self._get:
                flags.append("no_place")
            return None
        if rank:
            flags.append("place_vague")
        return self._places.place(text)

    def _priority(self, row: Row, flags: list[str]) -> int | None:
        raw, _ = self._value("priority", row)
        found = self._priorities.find(raw) if raw else None
        if raw and found is None:
            flags.append(f"priority:{raw}")
        return found

    def _source(self, row: Row, flags: list[str]) -> Source:
        raw, _ = self._value("source", row)
        found = self._sources.find(raw) if raw else None
        if raw and found is None:
            flags.append(f"source:{raw}")
        return found or self._profile.default_source

    def _dispose(self, found: _Found) -> None:
        raw, _ = self._value("disposition", found.row)
        code = self._dispositions.find(raw) if raw else None
        if raw and code is None:
            found.flags.append(f"disposition:{raw}")
            found.ended = raw
        found.disposition = found.disposition or code or None

    def _text(self, found: _Found) -> str | None:
        """The words of the call, and how it ended where our codes have no word for it."""
        text, _ = self._value("text", found.row)
        ended = f"ended: {found.ended}" if found.ended else ""
        return " · ".join(filter(None, (text, ended))) or None
