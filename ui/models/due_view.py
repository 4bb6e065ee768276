"""What is due, in words with the act it asks for; what falls due next; what nobody has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import nsmallest

from crt_console.domain.alarm import Alarm, by_urgency
from crt_console.domain.board import Board
from crt_console.domain.ids import AlarmId
from crt_console.domain.words import AlarmKind, HandoverState, UnitStatus
from ui.models.queue_view import is_due_now
from ui.models.speech import (
    STATUS_WORDS,
    agency_title,
    dotted,
    hm,
    inside,
    listed,
    number_of,
    place_words,
    sentence,
)
from ui.theme import age

_USUAL = 2  # the priority of what has none
_DEMANDING = 2  # the step of a check-in from which the team does not answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChip:
    """Something due; `due_at` is in seconds since 1970.

    `act` is what to do about it; `owner` is "" where nobody has it; `mine` whether it is me.
    """

    alarm_id: AlarmId
    kind: AlarmKind
    number: str
    words: str
    act: str
    due_at: float
    over: bool = False
    owner: str = ""
    mine: bool = False
    emergency: bool = False
    supervisor: bool = False
    step: int = 0
    incident_id: str = ""
    unit_id: str = ""
    subject: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.words, self.number, self.act) if part)


def due_chips(board: Board, now: datetime, me: str) -> tuple[DueChip, ...]:
    """Return what is due now, most urgent first."""
    due = [alarm for alarm in board.alarms.values() if is_due_now(alarm, now)]
    return tuple(_chip(board, alarm, now, me) for alarm in sorted(due, key=partial(_order, board)))


def _order(board: Board, alarm: Alarm) -> tuple[int, int, datetime, str]:
    """Of the same kind the more urgent incident first, then what is due longest."""
    kind, due_at = by_urgency(alarm)
    incident = board.incidents.get(alarm.incident_id or "")
    priority = (incident.priority if incident else None) or _USUAL
    return kind, priority, due_at, alarm.id


def unowned(board: Board, now: datetime) -> tuple[DueChip, ...]:
    """Return what is due and nobody has, for the supervisor's line."""
    return tuple(chip for chip in due_chips(board, now, "") if not chip.owner)


def upcoming(
    board: Board, now: datetime, me: str, most: int = 5, *, without: AlarmKind | None = None
) -> tuple[DueChip, ...]:
    """Return what falls due next, soonest first; its owner is the incident's."""
    wanted = [a for a in board.alarms.values() if a.open and a.kind is not without]
    ahead = [alarm for alarm in wanted if not is_due_now(alarm, now)]
    times = nsmallest(most, [alarm.due_at for alarm in ahead])
    near = [alarm for alarm in ahead if alarm.due_at <= times[-1]]
    soonest = sorted(near, key=lambda alarm: (alarm.due_at, _order(board, alarm)))[:most]
    return tuple(_chip(board, alarm, now, me) for alarm in soonest)


def emergency_place(board: Board, due: DueChip) -> str:
    """Return where the team is that calls for help."""
    incident = board.incidents.get(due.incident_id)
    return place_words(board, incident) if incident else "on no incident"


def emergency_words(board: Board, due: DueChip, *, short: bool = False) -> tuple[str, str]:
    """Return who calls for help; where that is and when the team was last heard."""
    unit = board.units.get(due.unit_id)
    place = ", ".join(part for part in (due.number, emergency_place(board, due)) if part)
    if unit is None:
        return due.words, place
    heard = f"last heard {hm(unit.heard_at)}" if unit.heard_at else ""
    return unit.call_sign, place if short else dotted("calls for help", place, heard)


def next_due(board: Board, now: datetime) -> str:
    """Return what falls due next and when, `next: check-in CRT 1 in 2:50`; "" for nothing."""
    ahead = upcoming(board, now, "", most=1)
    if ahead:
        left = age(ahead[0].due_at - now.timestamp())
        return f"next: {_next_words(board, ahead[0])} in {left}"
    ends = [(u.shift_ends_at, u.call_sign) for u in board.units.values() if u.on_shift]
    soon = min(((at, sign) for at, sign in ends if at is not None and at > now), default=None)
    if soon is None:
        return ""
    same = sum(1 for at, _ in ends if at == soon[0])
    who = f"{same} teams end their" if same > 1 else f"{soon[1]} ends its"
    return f"{who} shift at {hm(soon[0])}"


def _next_words(board: Board, chip: DueChip) -> str:
    names = {
        AlarmKind.WAITING: f"{chip.number} reaches its limit",
        AlarmKind.FIRST_QUESTION: f"first question {chip.number}",
    }
    if chip.kind in names:
        return names[chip.kind]
    if chip.kind in {AlarmKind.HANDOVER, AlarmKind.BACKUP}:
        alarm = board.alarms[chip.alarm_id]
        return f"{listed([alarm.detail])} to answer for {chip.number}"
    return inside(chip.words)


def _chip(board: Board, alarm: Alarm, now: datetime, me: str) -> DueChip:
    words, act = words_of(board, alarm)
    due = is_due_now(alarm, now)
    incident = board.incidents.get(alarm.incident_id or "")
    owner = alarm.owner if due else incident.owner if incident else None
    return DueChip(
        alarm_id=alarm.id,
        kind=alarm.kind,
        number=number_of(board, alarm.incident_id),
        words=words,
        act=act,
        due_at=alarm.due_at.timestamp(),
        over=due,
        owner=owner or "",
        mine=owner == me and bool(me),
        emergency=alarm.kind is AlarmKind.EMERGENCY,
        supervisor=alarm.supervisor,
        step=alarm.step,
        incident_id=alarm.incident_id or "",
        unit_id=alarm.unit_id or "",
        subject=alarm.subject,
    )


def words_of(board: Board, alarm: Alarm) -> tuple[str, str]:
    """Return what is due in words, and the act that it asks for."""
    return _SAY[alarm.kind](board, alarm)


def _team(board: Board, alarm: Alarm) -> str:
    unit = board.units.get(alarm.unit_id or "")
    return "the team" if unit is None else unit.call_sign


def _emergency(board: Board, alarm: Alarm) -> tuple[str, str]:
    return f"{sentence(_team(board, alarm))} calls for help", "I have it"


def _told(board: Board, alarm: Alarm) -> tuple[str, str]:
    return f"Tell {_team(board, alarm)}: {alarm.detail or 'the order'}", "told"


def _answer(board: Board, alarm: Alarm) -> str:
    handover = board.tables["handovers"].get(alarm.subject)
    declined = handover is not None and handover.state is HandoverState.DECLINED
    return "declined" if declined else "nobody accepted"


def _backup(board: Board, alarm: Alarm) -> tuple[str, str]:
    name = agency_title(alarm.detail)
    words = f"Backup for {_team(board, alarm)}, {listed([alarm.detail])}: {_answer(board, alarm)}"
    return words, f"call {inside(name)} again"


def _handover(board: Board, alarm: Alarm) -> tuple[str, str]:
    name = agency_title(alarm.detail)
    return f"{name}: {_answer(board, alarm)}", f"call {inside(name)} again"


def _floor_agency(_board: Board, alarm: Alarm) -> tuple[str, str]:
    name = listed([alarm.detail])
    return f"Offer {name}", f"ask {name}"


def _check_in(board: Board, alarm: Alarm) -> tuple[str, str]:
    team = _team(board, alarm)
    if alarm.step < _DEMANDING:
        return f"Check-in {team}", f"call {team}"
    act = f"send backup to {team}" if alarm.step == _DEMANDING else "supervisor decides"
    return f"{sentence(team)} does not answer: {act}", act


def _status(board: Board, alarm: Alarm) -> tuple[str, str]:
    team = _team(board, alarm)
    try:
        lasts = STATUS_WORDS[UnitStatus(alarm.detail)]
    except ValueError:  # no status but a contradiction, in words
        return f"{sentence(team)} {alarm.detail or 'has to be asked'}", f"call {team}"
    return f"{sentence(team)} {lasts} too long", f"call {team}"


def _second_person(_board: Board, _alarm: Alarm) -> tuple[str, str]:
    return "Second person: no answer yet", "agree or say no"


def _override(_board: Board, alarm: Alarm) -> tuple[str, str]:
    return f"Sent without {alarm.detail}" if alarm.detail else "Advice overridden", "seen"


def _quarantine(_board: Board, alarm: Alarm) -> tuple[str, str]:
    return f"A call could not be read: {alarm.detail}".removesuffix(": "), "look at it"


def _fixed(words: str, act: str) -> Callable[[Board, Alarm], tuple[str, str]]:
    return lambda _board, _alarm: (words, act)


_SAY: dict[AlarmKind, Callable[[Board, Alarm], tuple[str, str]]] = {
    AlarmKind.EMERGENCY: _emergency,
    AlarmKind.ORDER: _told,
    AlarmKind.BACKUP: _backup,
    AlarmKind.FLOOR_AGENCY: _floor_agency,
    AlarmKind.CHECK_IN: _check_in,
    AlarmKind.HANDOVER: _handover,
    AlarmKind.SECOND_PERSON: _second_person,
    AlarmKind.FIRST_QUESTION: _fixed("First question", "ask it"),
    AlarmKind.RING_BACK: _fixed("Ring back: caller was lost", "ring back"),
    AlarmKind.WAITING: _fixed("Ring back", "ring back and ask again"),
    AlarmKind.STATUS: _status,
    AlarmKind.QUARANTINE: _quarantine,
    AlarmKind.OVERRIDE: _override,
    AlarmKind.NOT_SENT: _fixed("Not sent", "seen"),
}
