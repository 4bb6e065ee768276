"""The forms of the change feed, as `watch` writes them."""

from typing import Any

from crt_console.domain.board import Board
from crt_console.domain.entries import Entry


class Names:
    """Numbers and call signs by identity, kept from what the entries themselves bring."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._signs: dict[str, str] = {}

    def learn(self, entry: Entry) -> None:
        """Keep the names that this entry makes or changes."""
        for change in entry.changes:
            if change.table == "incidents" and "number" in change.values:
                self._numbers[change.id] = change.values["number"]
            elif change.table == "units" and "call_sign" in change.values:
                self._signs[change.id] = change.values["call_sign"]

    def learn_board(self, board: Board) -> None:
        """Keep the names on the board."""
        self._numbers.update({i.id: i.number for i in board.incidents.values()})
        self._signs.update({u.id: u.call_sign for u in board.units.values()})

    def number(self, incident_id: str | None) -> str | None:
        """Return an incident's number."""
        return self._numbers.get(incident_id) if incident_id else None

    def sign(self, unit_id: str | None) -> str | None:
        """Return a call sign without spaces."""
        found = self._signs.get(unit_id) if unit_id else None
        return found.replace(" ", "") if found else None


def change(entry: Entry, names: Names) -> dict[str, Any]:
    """Return one entry as a line of the feed; its own data hides nothing of the frame."""
    names.learn(entry)
    frame = {
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "by": entry.by,
        "console": entry.console,
        "incident": names.number(entry.incident_id),
        "unit": names.sign(entry.unit_id),
        "happened_at": entry.happened_at,
        "unsure": entry.unsure,
    }
    return {**frame, **{key: value for key, value in entry.data.items() if key not in frame}}
