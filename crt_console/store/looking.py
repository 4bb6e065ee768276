"""One incident or unit looked up, however old: a small board with all that hangs on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from crt_console.domain.board import CHILDREN, TABLES, Board, words_of
from crt_console.domain.errors import Unknown
from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit, call_sign_key
from crt_console.store import queries
from crt_console.store.references import (
    ID_LENGTH,
    as_number,
    as_serial,
    local_year,
    pick_incident,
    pick_unit,
)
from crt_console.store.rows import from_row
from crt_console.store.tables import ROWS

_incidents, _alarms = ROWS["incidents"], ROWS["alarms"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference names, on a board of its own; exactly one of both is there."""

    board: Board
    incident: Incident | None = None
    unit: Unit | None = None


def look(connection: Connection, ref: str, now: datetime, pack: Any) -> Found:
    """Return the incident or unit that is meant, as the rows have it now; raises Unknown."""
    units = [from_row("units", row) for row in connection.execute(select(ROWS["units"]))]
    units.sort(key=lambda unit: unit.key)
    incident = _incident(connection, ref.strip().lstrip("#"), now, pack)
    if incident is not None:
        return Found(_board(connection, units, incident, None), incident=incident)
    unit = _unit(ref, units)
    on = _by_id(connection, unit.incident_id) if unit.incident_id else None
    return Found(_board(connection, units, on, unit), unit=unit)


def _by_id(connection: Connection, incident_id: str) -> Incident | None:
    found = _some(connection, "incidents", _incidents.c.id == incident_id)
    return found[0] if found else None


def _some(connection: Connection, table: str, condition: Any) -> list[Any]:
    rows = connection.execute(select(ROWS[table]).where(condition))
    return [from_row(table, row) for row in rows]


def _incident(connection: Connection, ref: str, now: datetime, pack: Any) -> Incident | None:
    if len(ref) == ID_LENGTH:
        return _by_id(connection, ref.lower())
    number, serial = as_number(ref), as_serial(ref)
    if number is not None:
        found = _some(connection, "incidents", _incidents.c.number == number)
        return found[0] if found else None
    if serial is None:
        return None
    same = _some(connection, "incidents", _incidents.c.serial == serial)
    return pick_incident(same, local_year(now, pack))


def _unit(ref: str, units: list[Unit]) -> Unit:
    key = call_sign_key(ref)
    for unit in units:
        if key in {unit.key, unit.id}:
            return unit
    try:
        return pick_unit(ref, units)
    except Unknown:
        if ref[:1].isdigit():
            raise Unknown(f"no incident {ref}") from None
        raise


def _board(
    connection: Connection, units: list[Unit], incident: Incident | None, unit: Unit | None
) -> Board:
    rows: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    rows["units"] = {each.id: each for each in units}
    alarms = _alarms.c.unit_id == (unit.id if unit else None)
    if incident is not None:
        others = _incidents.c.id == incident.linked_to
        same = [incident, *_some(connection, "incidents", others)]
        rows["incidents"] = {each.id: each for each in same}
        for name in CHILDREN:
            mine = ROWS[name].c.incident_id == incident.id
            rows[name] = {row.id: row for row in _some(connection, name, mine)}
        alarms |= _alarms.c.incident_id == incident.id
    due = _some(connection, "alarms", alarms & _alarms.c.ended_at.is_(None))
    rows["alarms"] = {row.id: row for row in due}
    named = {key for kept in rows.values() for row in kept.values() for key in words_of(row)}
    return Board(
        seq=queries.head(connection)[0], tables=rows, content=queries.words(connection, named)
    )
