"""The board: an immutable picture of the room, and how an entry changes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from crt_console.domain.alarm import Alarm, by_urgency
from crt_console.domain.entries import Entry, RowChange
from crt_console.domain.incident import (
    Answer,
    Assignment,
    Call,
    Caution,
    Confirmation,
    Handover,
    Incident,
)
from crt_console.domain.unit import Unit
from crt_console.domain.words import ConfirmationState, HandoverState

Row = Incident | Call | Answer | Assignment | Handover | Caution | Confirmation | Unit | Alarm
TABLES: dict[str, type[Any]] = {
    "incidents": Incident,
    "calls": Call,
    "answers": Answer,
    "assignments": Assignment,
    "handovers": Handover,
    "cautions": Caution,
    "confirmations": Confirmation,
    "units": Unit,
    "alarms": Alarm,
}
CHILDREN = ("calls", "answers", "assignments", "handovers", "confirmations")
CONTENT_COLUMNS: dict[str, tuple[str, ...]] = {
    "incidents": (
        "place",
        "call_back",
        "text",
        "override_reason",
        "not_sent_text",
        "disposition_text",
    ),
    "calls": ("call_back", "text"),
    "assignments": ("release_reason",),
    "handovers": ("accepted_by", "their_number", "reason"),
    "cautions": ("about", "text"),
    "confirmations": ("command", "reason"),
}
CAD_TEXTS = ("place", "text", "call_back")  # content ids within what another system said
TABLE_OF = {row: name for name, row in TABLES.items()}
KEPT_CLOSED = timedelta(hours=12)


class Board(Struct, frozen=True, dict=True):
    """Everything open, what closed lately, and the words behind the content ids."""

    seq: int = 0
    at: datetime | None = None
    tables: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: {name: {} for name in TABLES}
    )
    content: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def incidents(self) -> Mapping[str, Incident]:
        """Incidents by id."""
        return self.tables["incidents"]

    @property
    def units(self) -> Mapping[str, Unit]:
        """Units by id."""
        return self.tables["units"]

    @property
    def alarms(self) -> Mapping[str, Alarm]:
        """Alarms by id, ended ones left out."""
        return self.tables["alarms"]

    @property
    def cautions(self) -> Mapping[str, Caution]:
        """Cautions by id."""
        return self.tables["cautions"]

    @property
    def confirmations(self) -> Mapping[str, Confirmation]:
        """Requests for a second person by id."""
        return self.tables["confirmations"]

    def text(self, content_id: str | None) -> str:
        """Return the words behind a content id; redacted or missing ones say so."""
        if content_id is None:
            return ""
        words = self.content.get(content_id, "")
        return "(removed)" if words is None else words

    @cached_property
    def open_incidents(self) -> tuple[Incident, ...]:
        """Incidents somebody still has to do something about."""
        return tuple(i for i in self.incidents.values() if i.open)

    @cached_property
    def raised(self) -> tuple[Alarm, ...]:
        """Alarms that are due now and whose cause lasts, most urgent first."""
        return tuple(sorted((a for a in self.alarms.values() if a.raised), key=by_urgency))

    @cached_property
    def _grouped(self) -> dict[str, dict[str, list[Any]]]:
        groups: dict[str, dict[str, list[Any]]] = {}
        for name in ("calls", "answers", "assignments", "handovers", "confirmations", "alarms"):
            into: dict[str, list[Any]] = {}
            for row in self.tables[name].values():
                if row.incident_id is not None:
                    into.setdefault(row.incident_id, []).append(row)
            groups[name] = into
        return groups

    def calls_of(self, incident_id: str) -> tuple[Call, ...]:
        """Return the calls about an incident."""
        return tuple(self._grouped["calls"].get(incident_id, ()))

    def answers_of(self, incident_id: str) -> tuple[Answer, ...]:
        """Return the answers that stand, oldest first."""
        rows = self._grouped["answers"].get(incident_id, ())
        return tuple(sorted((a for a in rows if a.undone_at is None), key=lambda a: a.ordinal))

    def assignments_of(self, incident_id: str) -> tuple[Assignment, ...]:
        """Return the open assignments of an incident."""
        rows = self._grouped["assignments"].get(incident_id, ())
        return tuple(a for a in rows if a.released_at is None)

    def handovers_of(self, incident_id: str) -> tuple[Handover, ...]:
        """Return the hand-overs of an incident that still count, newest last."""
        rows = self._grouped["handovers"].get(incident_id, ())
        kept = (h for h in rows if h.state is not HandoverState.ENDED)
        return tuple(sorted(kept, key=lambda h: h.offered_at))

    def alarms_of(self, incident_id: str) -> tuple[Alarm, ...]:
        """Return the open alarms about an incident."""
        return tuple(self._grouped["alarms"].get(incident_id, ()))

    def asked_of(self, incident_id: str) -> tuple[Confirmation, ...]:
        """Return the requests about an incident that wait for a second person."""
        rows = self._grouped["confirmations"].get(incident_id, ())
        return tuple(c for c in rows if c.state is ConfirmationState.ASKED)


class Link(Struct, frozen=True, kw_only=True):
    """How this console stands to the database. `since` is when it was lost."""

    live: bool = True
    saving: bool = True
    since: datetime | None = None
    because: str = ""


class Changes(Struct, frozen=True, kw_only=True):
    """What the feed brings: the new board, the entries that led to it, the ids they touched.

    `reloaded` means that everything was read anew and any row may differ.
    """

    board: Board
    entries: tuple[Entry, ...] = ()
    touched: frozenset[str] = frozenset()
    reloaded: bool = False
    link: Link = field(default_factory=Link)


def apply_values(kind: type[Any], row: Row | None, values: Mapping[str, Any]) -> Any:
    """Return the row with these plain values put in; a new one where there was none."""
    known = {} if row is None else msgspec.to_builtins(row)
    return msgspec.convert({**known, **values}, kind)


def is_kept(row: Any, now: datetime) -> bool:
    """Return whether a row belongs on the board."""
    if isinstance(row, Incident):
        return row.closed_at is None or (not row.imported and now - row.closed_at < KEPT_CLOSED)
    if isinstance(row, Alarm):
        return row.ended_at is None
    if isinstance(row, Caution):
        return row.until is None or row.until > now
    return True


class Gap(Exception):  # noqa: N818 - not a fault: the rows have to be read anew
    """The entries do not follow the board, or change a row it does not hold."""


def fold(board: Board, entries: Iterable[Entry], content: Mapping[str, str | None]) -> Board:
    """Return the board after these entries, which must follow it without a gap."""
    entries = tuple(entries)
    changed = {change.table for entry in entries for change in entry.changes}
    tables: dict[str, Any] = {
        name: dict(rows) if name in changed else rows for name, rows in board.tables.items()
    }
    at, seq = board.at, board.seq
    for entry in entries:
        if entry.seq != seq + 1:
            message = f"entry {entry.seq} does not follow {seq}"
            raise Gap(message)
        seq, at = entry.seq, entry.at
        for change in entry.changes:
            _apply(tables, change, at)
    known = {**board.content, **content} if content else board.content
    return replace(board, seq=seq, at=at, tables=tables, content=known)


def _apply(tables: dict[str, dict[str, Any]], change: RowChange, at: datetime) -> None:
    rows = tables.get(change.table)
    if rows is None:  # a table of a newer version: nothing here draws it
        return
    known = rows.get(change.id)
    if known is None and not change.new:
        message = f"{change.table} {change.id} is not on the board"
        raise Gap(message)
    row = apply_values(TABLES[change.table], known, change.values)
    if is_kept(row, at) and _belongs(tables, change.table, row):
        rows[change.id] = row
    else:
        rows.pop(change.id, None)


def _belongs(tables: Mapping[str, Mapping[str, Any]], table: str, row: Any) -> bool:
    return table not in CHILDREN or row.incident_id in tables["incidents"]


def words_of(row: Any) -> set[str]:
    """Return the ids of the words that a row names."""
    columns = CONTENT_COLUMNS.get(TABLE_OF[type(row)], ())
    ids = {getattr(row, column) for column in columns}
    if isinstance(row, Call):
        ids.update(str(row.cad[name]) for name in CAD_TEXTS if row.cad.get(name) is not None)
    return {key for key in ids if key is not None}


def pruned(board: Board, now: datetime) -> Board:
    """Return the board without what closed long ago, and the words that went with it."""
    tables: dict[str, dict[str, Any]] = {}
    for name, rows in board.tables.items():
        tables[name] = {key: row for key, row in rows.items() if is_kept(row, now)}
    for name in CHILDREN:
        tables[name] = {k: row for k, row in tables[name].items() if _belongs(tables, name, row)}
    used = {
        key for name in CONTENT_COLUMNS for row in tables[name].values() for key in words_of(row)
    }
    content = {key: words for key, words in board.content.items() if key in used}
    return replace(board, tables=tables, content=content)
