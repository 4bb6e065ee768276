"""The order of the queue: known emergencies, calls never assessed, then priority and waiting."""

from datetime import datetime
from typing import NamedTuple

from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.domain.words import IncidentStatus

_DEFAULT_PRIORITY = 2  # what a call without a priority counts as, like Timers
_LIFE = frozenset({"ems", "fire"})
_WITH_POLICE = _LIFE | {"police"}

UNIT_EMERGENCY, EMERGENCY, UNASSESSED, OTHER = range(4)


class Urgency(NamedTuple):
    """Compared field by field, least first; `serial` makes the order total."""

    working: float
    level: float
    priority: float
    since: float
    serial: float


def urgency(
    board: Board, incident: Incident, now: datetime, default_priority: int = _DEFAULT_PRIORITY
) -> Urgency:
    """Return the sort key of an open incident; a time in the future counts as now."""
    since = min(incident.waiting_since or incident.arrived_at, now)
    return Urgency(
        working=float(not is_waiting(incident)),
        level=float(level(board, incident)),
        priority=float(incident.priority or default_priority),
        since=since.timestamp(),
        serial=float(incident.serial),
    )


def is_waiting(incident: Incident) -> bool:
    """Whether nobody goes yet."""
    return incident.status is IncidentStatus.WAITING


def level(board: Board, incident: Incident) -> int:
    """Return UNIT_EMERGENCY, EMERGENCY, UNASSESSED or OTHER."""
    if has_unit_emergency(board, incident):
        return UNIT_EMERGENCY
    if incident.held or _life_danger(incident):
        return EMERGENCY
    return UNASSESSED if incident.unasked else OTHER


def has_unit_emergency(board: Board, incident: Incident) -> bool:
    """Whether a team on this incident has called for help."""
    for taken in board.assignments_of(incident.id):
        unit = board.units.get(taken.unit_id)
        if unit is not None and unit.emergency_at is not None:
            return True
    return False


def _life_danger(incident: Incident) -> bool:
    """Ambulance or fire with no team beside them; police alone may be about noise."""
    wanted = incident.wanted
    return not _LIFE.isdisjoint(wanted) and _WITH_POLICE.issuperset(wanted)
