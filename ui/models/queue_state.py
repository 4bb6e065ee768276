"""What an open incident is at, and the next act it asks for, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from crt_console.domain.alarm import Alarm, by_urgency
from crt_console.domain.board import Board
from crt_console.domain.incident import Handover, Incident
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit
from crt_console.domain.words import (
    NOT_SENT_REASONS,
    TEAM,
    AlarmKind,
    HandoverState,
    IncidentStatus,
    Order,
    UnitStatus,
)
from crt_console.protocol.standing import is_live, missing_questions, needs_of, wanted
from crt_console.protocol.vocabulary import VOCABULARY
from ui.models.speech import (
    STATUS_ORDER,
    STATUS_SHAPES,
    agencies_words,
    agency_title,
    dotted,
    fact_word,
    inside,
    listed,
    status_words,
    until_words,
    what,
)
from ui.models.urgency import is_waiting
from ui.theme import Shape, asked

_TEAM_ALONE = frozenset({TEAM})
_THERE = frozenset({UnitStatus.ONSCENE, UnitStatus.TRANSPORTING, UnitStatus.AT_DESTINATION})


class Said(NamedTuple):
    """State, next act and detail of a row; `{due}` in the words counts to `due_at`."""

    shape: Shape
    state: str
    next_act: str = ""
    detail: str = ""
    brief: str = ""
    due_at: datetime | None = None


class Facts(NamedTuple):
    """An incident with all that hangs on it, looked up once; alarms are those due now."""

    board: Board
    incident: Incident
    now: datetime
    timers: Timers
    team_free: bool
    units: tuple[Unit, ...]
    handovers: tuple[Handover, ...]
    due: tuple[Alarm, ...]

    def alarm(self, *kinds: AlarmKind) -> Alarm | None:
        """The most urgent alarm of these kinds that is due now."""
        return next((alarm for alarm in self.due if alarm.kind in kinds), None)


def said_of(
    board: Board, incident: Incident, now: datetime, timers: Timers, *, team_free: bool
) -> Said:
    """Return what the row of an open incident says."""
    known = _facts(board, incident, now, timers, team_free=team_free)
    for speak in (_emergency, _order, _second_person, _working, _waiting):
        said = speak(known)
        if said is not None:
            return said._replace(detail=dotted(said.detail, what(board, incident)))
    return _decided(known)._replace(detail=what(board, incident))


def _facts(
    board: Board, incident: Incident, now: datetime, timers: Timers, *, team_free: bool
) -> Facts:
    taken = board.assignments_of(incident.id)
    units = [board.units[t.unit_id] for t in taken if t.unit_id in board.units]
    due = [a for a in board.alarms_of(incident.id) if a.raised_at is not None or a.due_at <= now]
    return Facts(
        board,
        incident,
        now,
        timers,
        team_free,
        tuple(sorted(units, key=_most_telling) if units else ()),
        board.handovers_of(incident.id),
        tuple(sorted(due, key=by_urgency) if due else ()),
    )


def _most_telling(unit: Unit) -> tuple[bool, bool, int, str]:
    there = unit.status in _THERE
    return unit.emergency_at is None, not there, STATUS_ORDER[unit.status], unit.key


def _emergency(known: Facts) -> Said | None:
    unit = next((u for u in known.units if u.emergency_at is not None), None)
    if unit is None:
        return None
    alarm = known.alarm(AlarmKind.EMERGENCY)
    owner = None if alarm is None else alarm.owner
    has = f"{owner} has it" if owner else "nobody has it"
    return Said(Shape.EMERGENCY, "EMERGENCY", dotted(has, unit.call_sign), brief="EMERGENCY")


def _order(known: Facts) -> Said | None:
    alarm = known.alarm(AlarmKind.ORDER)
    for unit in known.units:
        if unit.told or unit.order is Order.NONE:
            continue
        words = "go in" if unit.order is Order.GO else unit.order.value
        shape = Shape.ON_THE_WAY if unit.order is Order.GO else Shape.DANGER
        when = alarm.due_at if alarm is not None and alarm.unit_id == unit.id else unit.order_at
        due = None if unit.order is Order.GO else when
        return Said(shape, f"Tell {unit.call_sign}: {words}", due_at=due)
    return None


SECOND_PERSON = "Waits for a second person"


def _second_person(known: Facts) -> Said | None:
    asked_for = known.board.asked_of(known.incident.id)
    if not asked_for:
        return None
    first = min(asked_for, key=lambda c: c.asked_at)
    alarm = known.alarm(AlarmKind.SECOND_PERSON)
    due = None if alarm is None else alarm.due_at
    return Said(
        Shape.REFUSED,
        SECOND_PERSON,
        detail=first.says,
        brief="Second person",
        due_at=due,
    )


# --- a team is on it ------------------------------------------------------------------------


def _working(known: Facts) -> Said | None:
    if not known.units:
        return None
    unit = known.units[0]
    act, due = unit_act(known, unit)
    others = dotted(*(f"{u.call_sign} {status_words(u)}" for u in known.units[1:]))
    state = f"{unit.call_sign} {status_words(unit)}"
    return Said(STATUS_SHAPES[unit.status], state, act, others, due_at=due)


def unit_act(known: Facts, unit: Unit) -> tuple[str, datetime | None]:
    """Return what a working team waits for or asks for next, and until when."""
    return _due_act(known, unit) or _status_act(known, unit)


def _due_act(known: Facts, unit: Unit) -> tuple[str, datetime] | None:
    agency = known.alarm(AlarmKind.FLOOR_AGENCY)
    if agency is not None:
        return f"offer {listed([agency.detail])}", agency.due_at
    open_ended = known.alarm(AlarmKind.BACKUP, AlarmKind.HANDOVER)
    if open_ended is not None:
        return _no_agency(known, open_ended), open_ended.due_at
    late = known.alarm(AlarmKind.CHECK_IN, AlarmKind.STATUS)
    if late is not None and late.unit_id == unit.id:
        return check_act(known.board, late), late.due_at
    return None


def _status_act(known: Facts, unit: Unit) -> tuple[str, datetime | None]:
    if unit.status is UnitStatus.STAGED:
        return _staged_for(known), None
    if unit.status is UnitStatus.CLEARING:
        return "result to enter", None
    if unit.order is Order.STAGE:
        return "will stage", None
    return _check_in(known.board, unit)


def _no_agency(known: Facts, alarm: Alarm) -> str:
    name = listed([alarm.detail])
    if alarm.kind is AlarmKind.BACKUP:
        return f"no backup from {name}"
    state = next((h.state for h in known.handovers if h.id == alarm.subject), None)
    return f"{name} declined" if state is HandoverState.DECLINED else f"no {name}"


def check_act(board: Board, alarm: Alarm) -> str:
    """Return what to do about a check-in or a status that lasts too long, by its step."""
    unit = board.units.get(alarm.unit_id or "")
    name = "the team" if unit is None else unit.call_sign
    if alarm.kind is AlarmKind.STATUS:
        contradicts = " " in alarm.detail
        return inside(alarm.detail) if contradicts else f"call {name}: too long"
    steps = {2: f"send backup to {name}", 3: "tell the supervisor"}
    return steps.get(min(alarm.step, 3), f"call {name}")


def _staged_for(known: Facts) -> str:
    police = [h for h in known.handovers if h.agency == "police" and h.state.live]
    if not police:
        return "no police"
    held_back = "police" in needs_of(known.incident)
    accepted = any(h.state is HandoverState.ACCEPTED for h in police) and not held_back
    return "police accepted" if accepted else until_words(floor=held_back)


def _check_in(board: Board, unit: Unit) -> tuple[str, datetime | None]:
    for alarm in board.alarms_of(unit.incident_id or ""):
        if alarm.kind is AlarmKind.CHECK_IN and alarm.unit_id == unit.id:
            return "check-in in {due}", alarm.due_at
    return "", None


# --- nobody goes yet ------------------------------------------------------------------------


def _waiting(known: Facts) -> Said | None:
    if not is_waiting(known.incident):
        return None
    missing = missing_questions(known.incident)
    ask = f"ask: {fact_word(missing[0])}" if missing else ""
    failing = _failing(known)
    if known.incident.unasked:
        act, due = (failing[0], failing[1]) if failing else (ask, _question_due(known))
        rest = ask if failing else ""
        return Said(Shape.NOT_ASSESSED, "NOT ASSESSED", act, rest, "Not assessed", due)
    if failing:
        return Said(Shape.OVER, failing[0], ask, due_at=failing[1])
    return _lost(known) or _over(known, missing) or _provisional(missing, ask) or _ready(known)


def _question_due(known: Facts) -> datetime | None:
    alarm = known.alarm(AlarmKind.FIRST_QUESTION)
    return None if alarm is None else alarm.due_at


def _failing(known: Facts) -> tuple[str, datetime] | None:
    """An agency the floor needs that nobody offered, or one that did not take it."""
    agency = known.alarm(AlarmKind.FLOOR_AGENCY)
    if agency is not None:
        return f"Offer {listed([agency.detail])}", agency.due_at
    alarm = known.alarm(AlarmKind.HANDOVER, AlarmKind.BACKUP)
    if alarm is not None:
        name = agency_title(alarm.detail)
        declined = any(
            h.id == alarm.subject and h.state is HandoverState.DECLINED for h in known.handovers
        )
        return f"{name}: {'declined' if declined else 'nobody accepted'}", alarm.due_at
    return None


def _lost(known: Facts) -> Said | None:
    ring = known.alarm(AlarmKind.RING_BACK)
    if not known.incident.unreachable or ring is None:
        return None
    return Said(Shape.CANT_SAY, "COULD NOT ASK", "ring back", due_at=ring.due_at)


def _over(known: Facts, missing: tuple[str, ...]) -> Said | None:
    over = known.alarm(AlarmKind.WAITING, AlarmKind.RING_BACK)
    if over is None:
        return None
    done = len(VOCABULARY.must_ask) - len(missing)
    act = f"{done} of {len(VOCABULARY.must_ask)} asked"
    if not missing:
        act = inside(class_words(known.incident))
    return Said(asked(done), "Ring back", act, due_at=over.due_at)


def _provisional(missing: tuple[str, ...], ask: str) -> Said | None:
    if not missing:
        return None
    done = len(VOCABULARY.must_ask) - len(missing)
    brief = ask[:1].upper() + ask[1:] if len(missing) == 1 else f"{done} of 4 asked"
    return Said(asked(done), "Provisional", ask, brief=brief)


def class_words(incident: Incident) -> str:
    """Return the advice in two or three words: `Team alone`, `Team + police`."""
    needed = wanted(incident)
    if needed == _TEAM_ALONE:
        return "Team alone"
    if not needed:
        return "Visit" if incident.source.planned else "Nobody advised"
    return agencies_words(needed)


def unsaid(incident: Incident) -> bool:
    """Return whether nobody has asked what is happening, so that no rule could speak yet."""
    return incident.response is None and "nature" not in incident.facts


def _ready(known: Facts) -> Said:
    incident = known.incident
    needed = wanted(incident)
    state = class_words(incident)
    shape = Shape.TEAM_ALONE if needed == _TEAM_ALONE else Shape.AGENCIES
    if TEAM in needed or (incident.source.planned and not needed):
        act = "ready to send" if known.team_free else "waits for a team"
        return Said(shape, state, act)
    if not needed and unsaid(incident):
        return Said(asked(3), "No advice yet", "ask: what is happening")
    if not needed:
        return Said(Shape.CHECK, state, "close, or send with a reason")
    open_ones = [a for a in needed if not is_live(known.handovers, a, floor=True)]
    if open_ones:
        return Said(shape, state, f"offer {listed(open_ones)}")
    return Said(shape, state, "nobody accepted yet")


# --- decided, or another agency has it ------------------------------------------------------


def _decided(known: Facts) -> Said:
    incident = known.incident
    if incident.status is IncidentStatus.NOT_SENT:
        reason = NOT_SENT_REASONS.get(incident.not_sent or "", incident.not_sent or "")
        return Said(Shape.CLEARING, f"Not sent: {reason}", "result to enter", brief="Not sent")
    accepted = [h for h in known.handovers if h.state is HandoverState.ACCEPTED]
    if incident.status is IncidentStatus.WORKING and accepted:
        names = agencies_words((h.agency for h in accepted), "Team")
        by = _by(known.board, accepted)
        return Said(Shape.CHECK, names, f"{by} accepted".strip())
    return Said(Shape.CLEARING, "Visit over", "result to enter", brief="Result to enter")


def _by(board: Board, accepted: Iterable[Handover]) -> str:
    return next((board.text(h.accepted_by) for h in accepted if h.accepted_by), "")
