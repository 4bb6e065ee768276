"""`show`: everything about one incident or unit, read anew."""

from typing import Any

from crt_console.cli import shapes
from crt_console.console import Console, TimelineLine
from crt_console.domain.board import Board


async def show(console: Console, ref: str) -> dict[str, Any]:
    """Return the answer to `show`; raises Unknown where nothing has that name."""
    found = await console.look(ref)
    now = console.now()
    head = {"ok": True, "seq": found.board.seq}
    if found.incident is not None:
        lines = await console.timeline(found.incident.id)
        return {
            **head,
            "incident": found.incident.number,
            **shapes.whole_incident(found.board, found.incident, now),
            "timeline": [_line(found.board, line) for line in lines],
        }
    assert found.unit is not None  # noqa: S101 - one of both
    return {**head, **shapes.whole_unit(found.board, found.unit, now)}


def _line(board: Board, line: TimelineLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "seq": entry.seq,
        "at": entry.at,
        "happened_at": entry.happened_at,
        "kind": entry.kind,
        "by": entry.by,
        "console": entry.console,
        "unit": shapes.sign(board, entry.unit_id),
        "data": {key: _words(value, line) for key, value in entry.data.items()},
    }


def _words(value: Any, line: TimelineLine) -> Any:
    """Return a value, or the words it names where it is the id of content."""
    if isinstance(value, str) and value in line.content:
        return line.content[value]
    return value
