"""Finds places as one types, in a copy of the gazetteer that is read once."""

from rapidfuzz import fuzz, process
from sqlalchemy import Connection

from crt_console.domain.places import Place, place_key
from crt_console.store import queries

_LIKE_ENOUGH = 70.0


class Gazetteer:
    """All places in memory; read anew when any of them has changed."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._keys: list[str] = []
        self._known: object = None

    def find(self, connection: Connection, text: str, limit: int) -> tuple[Place, ...]:
        """Return the likeliest places, those that begin so first."""
        now = queries.places_mark(connection)
        if now != self._known:
            self._known = now
            self._places = sorted(queries.places(connection), key=lambda place: place.name)
            self._keys = [place.key for place in self._places]
        return find(text, self._places, self._keys, limit)


def find(text: str, places: list[Place], keys: list[str], limit: int) -> tuple[Place, ...]:
    """Return the likeliest of these places for what was typed so far."""
    wanted = place_key(text)
    if not wanted:
        return ()
    first = [i for i, key in enumerate(keys) if _begins(key, wanted)]
    first.sort(key=lambda i: (keys[i] != wanted, len(keys[i])))
    rest = process.extract(
        wanted, keys, scorer=fuzz.WRatio, limit=limit + len(first), score_cutoff=_LIKE_ENOUGH
    )
    order = dict.fromkeys([*first[:limit], *(index for _, _, index in rest)])
    return tuple(places[index] for index in list(order)[:limit])


def _begins(key: str, wanted: str) -> bool:
    """Return whether a place, or either street of a crossing, begins as typed."""
    if key.startswith(wanted) or f" & {wanted}" in key:
        return True
    streets, parts = key.split(" & "), wanted.split(" & ")
    return len(parts) > 1 and all(any(s.startswith(p) for s in streets) for p in parts)
