"""The rows that one transaction has read and changed: each row once, reads see the changes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Select

from crt_console.domain.board import CHILDREN, TABLE_OF, TABLES, is_kept
from crt_console.domain.entries import RowChange
from crt_console.store.prepared import Hand
from crt_console.store.rows import FIELDS, differing, from_row, same
from crt_console.store.statements import BY_ID, OF_INCIDENT, OF_NEW, SELECTS

_ORDER = {name: place for place, name in enumerate(TABLES)}  # incidents before their children
_DECISIVE = frozenset(name for name, columns in FIELDS.items() if "decisive" in columns)


class Held(Struct, eq=False):
    """One row: as the last entry left it (`base`) and as it stands now."""

    table: str
    row: Any
    base: Any = None  # None while no entry has carried it
    stored: Any = None  # as the database has it; None where it does not
    columns: tuple[str, ...] | None = None  # what differs from that, once it is known

    def differing(self) -> tuple[str, ...]:
        """Return the columns to be changed in the database."""
        if self.columns is None:
            self.columns = differing(self.table, self.stored, self.row)
        return self.columns


class Taken(Struct, eq=False):
    """A row as an entry found it (`base`) and leaves it; `whole` where boards do not have it."""

    held: Held
    base: Any
    row: Any
    whole: bool


def _place(held: Held) -> int:
    return _ORDER[held.table]


def together(first: Iterable[Taken], more: Iterable[Taken]) -> tuple[Taken, ...]:
    """Return what two entries would carry as one carries it, parents before their children."""
    rows = {(taken.held.table, taken.row.id): taken for taken in first}
    for taken in more:
        known = rows.setdefault((taken.held.table, taken.row.id), taken)
        known.row = taken.row
    return tuple(sorted(rows.values(), key=lambda taken: _place(taken.held)))


def change_of(taken: Taken) -> RowChange:
    """Return the change that an entry carries for a row."""
    held, row = taken.held, taken.row
    if taken.base is None or taken.whole:
        return RowChange(table=held.table, id=row.id, new=True, values=asdict(row))
    # The usual case: one entry carries all that the database gets.
    once = taken.base is held.stored and row is held.row
    names = held.differing() if once else differing(held.table, taken.base, row)
    values = {name: getattr(row, name) for name in names}
    return RowChange(table=held.table, id=row.id, values=values)


class Rows:
    """The identity map of a transaction."""

    def __init__(self, hand: Hand, at: datetime) -> None:
        self._hand = hand
        self._at = at
        self._held: defaultdict[str, dict[str, Held]] = defaultdict(dict)
        self._asked: set[tuple[Any, ...]] = set()
        self._pending: dict[tuple[str, str], Held] = {}
        self._changed: dict[tuple[str, str], Held] = {}

    def one(self, table: str, key: str) -> Any:
        """Return the row with this id, or None."""
        held = self._held[table].get(key)
        if held is None:
            self._read(table, table, BY_ID[table], {"id": key})
            held = self._held[table].get(key)
        return None if held is None else held.row

    def many(self, name: str, wanted: Callable[[Any], bool], **values: Any) -> list[Any]:
        """Return the rows of a named statement, as they stand in this transaction."""
        held = self._held[self.read(name, values)]
        return [each.row for each in held.values() if wanted(each.row)] if held else []

    def read(self, name: str, values: Mapping[str, Any]) -> str:
        """Make the rows of a named statement known; return their table."""
        table, statement = SELECTS[name]
        if (name, *values.values()) not in self._asked:
            self._read(table, name, statement, values)
        return table

    def known(self, table: str) -> Collection[Held]:
        """Return the rows read so far, as they stand in this transaction."""
        return self._held[table].values()

    def holds(self, table: str, key: str) -> bool:
        """Return whether the row with this id has been read or made here."""
        return key in self._held[table]

    def put(self, row: Any, seq: int, *, decisive: bool) -> Any:
        """Stage a row for entry `seq`, and return it with its versions; no-op if unchanged."""
        table = TABLE_OF[type(row)]
        held = self._held[table].get(row.id)
        if held is not None and same(held.row, row):
            return held.row
        if table in _DECISIVE:
            last = seq if decisive or held is None else held.row.decisive
            row = replace(row, changed=seq, decisive=last)
        else:
            row = replace(row, changed=seq)
        if held is None:
            held = self._held[table][row.id] = Held(table, row)
            if table == "incidents":
                self._asked.update((name, row.id) for name in OF_NEW)
        held.row = row
        self._pending[table, row.id] = held
        return row

    @property
    def pending(self) -> bool:
        """Whether something was put that no entry carries yet."""
        return bool(self._pending)

    def take(self, seq: int) -> tuple[Taken, ...]:
        """Return what was put since the last time, for entry `seq` that carries it."""
        back = [h for h in self._pending.values() if h.table == "incidents" and self._comes_back(h)]
        for held in back:
            self._bring_children(held.row.id)
        pending = sorted(self._pending.values(), key=_place)
        taken = tuple(
            Taken(held, held.base, _stamped(held.row, seq), not self._on_boards(held))
            for held in pending
        )
        for held, now in zip(pending, taken, strict=True):
            held.base = held.row = now.row
            self._changed[held.table, held.row.id] = held
        self._pending.clear()
        return taken

    def changed(self) -> Iterator[Held]:
        """Yield what has to be written, table by table."""
        return iter(sorted(self._changed.values(), key=_place))

    def _read(
        self, table: str, name: str, statement: Select[Any], values: Mapping[str, Any]
    ) -> None:
        """Ask once: nobody else can change the answer while we hold the head of the journal."""
        asked = (name, *values.values())
        if asked in self._asked:
            return
        self._asked.add(asked)
        known = self._held[table]
        for values_of in self._hand.rows(statement, values):
            if values_of[0] not in known:
                row = from_row(table, values_of)
                known[row.id] = Held(table, row, row, stored=row)

    def _on_boards(self, held: Held) -> bool:
        """Return whether boards have the row, so that what differs is enough for them."""
        if held.base is None:
            return True
        if held.table not in CHILDREN:
            return is_kept(held.base, self._at)
        self.one("incidents", held.base.incident_id)
        incident = self._held["incidents"].get(held.base.incident_id)
        return incident is None or incident.base is None or is_kept(incident.base, self._at)

    def _comes_back(self, held: Held) -> bool:
        """Return whether boards have let this incident go and need it again."""
        return (
            held.base is not None
            and not is_kept(held.base, self._at)
            and is_kept(held.row, self._at)
        )

    def _bring_children(self, incident_id: str) -> None:
        for name, statement in OF_INCIDENT.items():
            self._read(name, f"all {name}", statement, {"incident_id": incident_id})
            for held in self._held[name].values():
                if held.row.incident_id == incident_id:
                    self._pending.setdefault((name, held.row.id), held)


def _stamped(row: Any, seq: int) -> Any:
    """Return a row as entry `seq` carries it: what an earlier entry takes along is that one's."""
    if row.changed <= seq:
        return row
    if getattr(row, "decisive", 0) > seq:
        return replace(row, changed=seq, decisive=seq)
    return replace(row, changed=seq)
