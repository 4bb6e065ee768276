"""The rows of the queue and the counts of the strip, from a board."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind
from ui.models.queue_state import Said, said_of
from ui.models.rows import EMERGENCY, QueueRow
from ui.models.speech import place_words, sentence, short, source_words, stamp, what
from ui.models.urgency import UNIT_EMERGENCY, Urgency, is_waiting, urgency


@dataclass(frozen=True, slots=True)
class Counts:
    """What the strip says. `due` counts alarms that are due now."""

    open: int
    waiting: int
    over: int
    free: int
    on_shift: int
    due: int


def queue_rows(board: Board, now: datetime, timers: Timers, me: str) -> tuple[QueueRow, ...]:
    """Return a row for each open incident, most urgent first."""
    free = any(unit.free for unit in board.units.values())
    default = timers.waiting_default_priority
    keyed = [(urgency(board, i, now, default), i) for i in board.open_incidents]
    keyed.sort(key=lambda pair: pair[0])
    return tuple(
        row_of(board, incident, now, timers, me, order=order, team_free=free)
        for order, incident in keyed
    )


def row_of(
    board: Board,
    incident: Incident,
    now: datetime,
    timers: Timers,
    me: str,
    *,
    order: Urgency,
    team_free: bool,
) -> QueueRow:
    """Return the row of one open incident."""
    said = said_of(board, incident, now, timers, team_free=team_free)
    limit_s = _bar(board, incident, timers)
    return _row(board, incident, said, me, order=order, limit_s=limit_s)


def _row(
    board: Board,
    incident: Incident,
    said: Said,
    me: str,
    *,
    order: Urgency,
    limit_s: float | None,
) -> QueueRow:
    waits, emergency = is_waiting(incident), order.level == UNIT_EMERGENCY
    return QueueRow(
        key=incident.id,
        section=EMERGENCY.name if emergency else "waiting" if waits else "working",
        number=short(incident),
        place=title_of(board, incident),
        state_shape=said.shape,
        state=said.state,
        priority=incident.priority,
        assessed=incident.assessed,
        source=source_words(incident.source),
        next_act=said.next_act,
        detail=said.detail,
        brief=said.brief or said.state,
        owner="" if incident.owner in {None, me} else str(incident.owner),
        waiting_since=stamp(_age_from(incident)),
        limit_s=limit_s,
        due_at=stamp(said.due_at),
        emergency=emergency,
        order=order,
    )


def title_of(board: Board, incident: Incident) -> str:
    """Return the place; without one what it is about, or such rows could not be told apart."""
    place = place_words(board, incident)
    about = what(board, incident)
    return place if board.text(incident.place) or not about else f"{sentence(about)}: {place}"


def _age_from(incident: Incident) -> datetime:
    waiting = incident.waiting_since if is_waiting(incident) else None
    return waiting or incident.arrived_at


def wait_limit(board: Board, incident: Incident, timers: Timers) -> float | None:
    """Seconds it may wait; after a ring-back the limit runs anew, so its alarm's time counts."""
    if not is_waiting(incident) or incident.imported:
        return None
    for alarm in board.alarms_of(incident.id):
        if alarm.kind is AlarmKind.WAITING:
            return max(0.0, (alarm.due_at - _age_from(incident)).total_seconds())
    return timers.limit(incident.priority).total_seconds()


def _bar(board: Board, incident: Incident, timers: Timers) -> float | None:
    """What the bar fills towards: the first question while it is due, then the limit."""
    for alarm in board.alarms_of(incident.id) if is_waiting(incident) else ():
        if alarm.kind is AlarmKind.FIRST_QUESTION and alarm.open:
            return max(1.0, (alarm.due_at - _age_from(incident)).total_seconds())
    return wait_limit(board, incident, timers)


def counts(board: Board, now: datetime, timers: Timers) -> Counts:
    """Return what the strip counts."""
    waiting = [i for i in board.open_incidents if is_waiting(i)]
    units = board.units.values()
    return Counts(
        open=len(board.open_incidents),
        waiting=len(waiting),
        over=sum(is_over(board, i, now, timers) for i in waiting),
        free=sum(unit.free for unit in units),
        on_shift=sum(unit.on_shift for unit in units),
        due=sum(is_due_now(alarm, now) for alarm in board.alarms.values()),
    )


def is_due_now(alarm: Alarm, now: datetime) -> bool:
    """Whether an alarm is in the room: raised, or due and about to be raised."""
    return alarm.open and (alarm.raised_at is not None or alarm.due_at <= now)


def is_over(board: Board, incident: Incident, now: datetime, timers: Timers) -> bool:
    """Whether a waiting incident is past its limit."""
    limit = wait_limit(board, incident, timers)
    return limit is not None and (now - _age_from(incident)).total_seconds() >= limit
