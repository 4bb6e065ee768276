"""The rows of the queue, of which only those are made anew that something happened to."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from ui.models.queue_view import row_of
from ui.models.rows import QueueRow
from ui.models.urgency import Urgency, urgency


class _Kept(NamedTuple):
    """A row and all that it was made from."""

    made_from: tuple[object, ...]
    order: Urgency
    row: QueueRow


class KeptRows:
    """Gives what `queue_rows` gives; of 300 rows a change makes one or two anew."""

    def __init__(self, make: Callable[..., QueueRow] = row_of) -> None:
        self._make = make
        self._kept: dict[str, _Kept] = {}

    def rows(self, board: Board, now: datetime, timers: Timers, me: str) -> tuple[QueueRow, ...]:
        """Return a row for each open incident, most urgent first."""
        shared = (any(unit.free for unit in board.units.values()), timers, me)
        kept = {str(i.id): self._row(board, i, now, shared) for i in board.open_incidents}
        self._kept = kept
        return tuple(k.row for k in sorted(kept.values(), key=lambda k: k.order))

    def _row(
        self, board: Board, incident: Incident, now: datetime, shared: tuple[bool, Timers, str]
    ) -> _Kept:
        made_from = (*shared, *_parts(board, incident, now))
        old = self._kept.get(incident.id)
        if old is not None and old.made_from == made_from:
            return old
        free, timers, me = shared
        order = urgency(board, incident, now, timers.waiting_default_priority)
        row = self._make(board, incident, now, timers, me, order=order, team_free=free)
        return _Kept(made_from, order, row)


def _parts(board: Board, incident: Incident, now: datetime) -> tuple[object, ...]:
    """All that a row can depend on; most of it is the very same object as before."""
    taken = board.assignments_of(incident.id)
    alarms, handovers = board.alarms_of(incident.id), board.handovers_of(incident.id)
    since = incident.waiting_since or incident.arrived_at
    return (
        incident,
        taken,
        tuple([board.units.get(t.unit_id) for t in taken]),
        alarms,
        tuple([(_is_due(a, now), board.units.get(a.unit_id or "")) for a in alarms]),
        handovers,
        board.asked_of(incident.id),
        board.text(incident.place),
        board.text(incident.text),
        tuple([board.text(h.accepted_by) for h in handovers]),
        now if since > now else None,  # a time in the future counts as now
    )


def _is_due(alarm: Alarm, now: datetime) -> bool:
    return alarm.raised_at is not None or alarm.due_at <= now
