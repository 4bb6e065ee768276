"""Lists that are edited as a whole: the gazetteer and the map of types."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, delete, insert

from crt_console.domain.ids import derived_id
from crt_console.domain.places import Place, place_key
from crt_console.store import tables
from crt_console.store.queries import MappedType

_OUT_PLACE = delete(tables.places).where(tables.places.c.id == bindparam("old"))
_IN_PLACE = insert(tables.places)
_OUT_TYPE = delete(tables.type_map).where(
    tables.type_map.c.system == bindparam("of"), tables.type_map.c.raw == bindparam("word")
)
_IN_TYPE = insert(tables.type_map)


def put_places(connection: Connection, found: Iterable[Place]) -> int:
    """Add places, or change those with the same id; return how many."""
    rows = {row["id"]: row for row in map(_place_row, found)}
    if rows:
        connection.execute(_OUT_PLACE, [{"old": key} for key in rows])
        connection.execute(_IN_PLACE, list(rows.values()))
    return len(rows)


def _place_row(place: Place) -> dict[str, object]:
    key = place.key or place_key(place.name)
    return {**asdict(place), "key": key, "id": place.id or derived_id("place", key)}


def put_types(connection: Connection, found: Iterable[MappedType]) -> int:
    """Map words of other systems to types; return how many."""
    rows = {(row.system, row.raw): asdict(row) for row in found}
    if rows:
        connection.execute(_OUT_TYPE, [{"of": system, "word": raw} for system, raw in rows])
        connection.execute(_IN_TYPE, list(rows.values()))
    return len(rows)
