"""The rows of the teams, ranked for the selected incident, from a board."""

from datetime import datetime

from crt_console.domain.alarm import Alarm, by_urgency
from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.domain.matching import Ranked, distance_words, rank
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, HandoverState, Order, UnitStatus
from crt_console.protocol.engine import evaluate
from crt_console.protocol.pack import Pack
from crt_console.protocol.standing import needs_of
from ui.models.queue_view import is_due_now
from ui.models.rows import EMERGENCY, TEAM_SECTIONS, TeamRow
from ui.models.speech import (
    STATUS_ORDER,
    STATUS_SHAPES,
    back_first,
    dotted,
    hm,
    inside,
    listed,
    number_of,
    place_words,
    stamp,
    status_words,
    until_words,
)
from ui.theme import Shape

_UNANSWERED = "police: nobody accepted"
_BRIEF = {  # in a row of one line
    _UNANSWERED: "no police",
    until_words(floor=True): "until clear",
    until_words(floor=False): "until police",
}
_CHECK_IN = "check-in in {due}"
_SAID = frozenset({AlarmKind.BACKUP, AlarmKind.CHECK_IN, AlarmKind.STATUS})
_NOT_HERE = frozenset({UnitStatus.OUT_OF_SERVICE, UnitStatus.OFF})


def team_rows(
    board: Board, incident: Incident | None, now: datetime, pack: Pack
) -> tuple[TeamRow, ...]:
    """Return a row for each team: free ones ranked for the incident, busy ones, who is not here."""
    ranked = ranking(board, incident, now, pack) if incident is not None else ()
    places = {r.unit.id: (place, r) for place, r in enumerate(ranked, start=1)}
    check_ins = _check_ins(board)
    rows = []
    for unit in board.units.values():
        if unit.free:
            rows.append(_free(unit, places.get(unit.id), incident, now))
        elif unit.status in _NOT_HERE and unit.emergency_at is None and unit.incident_id is None:
            rows.append(_not_here(unit))
        else:
            rows.append(_busy(board, unit, now, check_ins.get(unit.id)))
    return tuple(sorted(rows, key=lambda row: (_SECTIONS.index(row.section), row.order)))


_SECTIONS = tuple(section.name for section in TEAM_SECTIONS)


def ranking(board: Board, incident: Incident, now: datetime, pack: Pack) -> tuple[Ranked, ...]:
    """Return the teams on shift as they fit an incident, with the skills its advice asks for."""
    skills = evaluate(pack, incident.facts).skills if incident.facts else frozenset[str]()
    return rank(incident, board.units.values(), now, sorted(skills))


def _check_ins(board: Board) -> dict[str, datetime]:
    alarms = board.alarms.values()
    return {a.unit_id: a.due_at for a in alarms if a.kind is AlarmKind.CHECK_IN and a.unit_id}


def _number(unit: Unit) -> float:
    digits = "".join(letter for letter in unit.key if letter.isdecimal())
    return float(digits or 0)


def _card(unit: Unit) -> str:
    """Who they are first: where there is little room, their base is left out."""
    return dotted(", ".join(unit.members), ", ".join(unit.languages), unit.base)


def fit_words(ranked: Ranked, language: str, now: datetime) -> str:
    """Return how a team fits: distance with basis and age, language, what it lacks."""
    lacks = f"no {', '.join(ranked.missing_skills)}" if ranked.missing_skills else ""
    return dotted(away_words(ranked, now), speaks_words(ranked, language), lacks)


def away_words(ranked: Ranked, now: datetime) -> str:
    """Return how far away a team is, with basis and age."""
    return "distance not known" if ranked.distance is None else distance_words(ranked, now)


def speaks_words(ranked: Ranked, language: str) -> str:
    """Return `Spanish`, `no Spanish`, or nothing where no language was asked for."""
    if ranked.speaks is None:
        return ""
    return language if ranked.speaks else f"no {language}"


def _free(
    unit: Unit, placed: tuple[int, Ranked] | None, incident: Incident | None, now: datetime
) -> TeamRow:
    idle = -(now - (unit.free_since or unit.status_at)).total_seconds()
    fits = ""
    if placed is not None and incident is not None:
        fits = fit_words(placed[1], incident.language, now)
    return TeamRow(
        key=unit.id,
        section="free",
        call_sign=unit.call_sign,
        shape=Shape.FREE,
        state="free",
        detail=_card(unit),
        reason=fits,
        brief=fits,
        started=stamp(unit.free_since or unit.status_at),
        rank=placed[0] if placed else None,
        order=(float(placed[0]) if placed else idle, _number(unit)),
    )


def _busy(board: Board, unit: Unit, now: datetime, check_in: datetime | None) -> TeamRow:
    help_called = unit.emergency_at is not None
    incident = board.incidents.get(unit.incident_id or "")
    place = "" if incident is None else place_words(board, incident)
    due = _due_now(board, unit, now)
    waits = _waits(board, unit, check_in, due)
    return TeamRow(
        key=unit.id,
        section=EMERGENCY.name if help_called else "busy",
        call_sign=unit.call_sign,
        shape=Shape.EMERGENCY if help_called else STATUS_SHAPES[unit.status],
        state="EMERGENCY" if help_called else status_words(unit),
        incident=number_of(board, unit.incident_id),
        place=place,
        detail=waits,
        brief=_BRIEF.get(waits, waits),
        started=stamp(unit.emergency_at or unit.status_at),
        due_at=stamp(due.due_at if due else check_in),
        emergency=help_called,
        order=(float(not help_called), float(STATUS_ORDER[unit.status]), _number(unit)),
    )


def _due_now(board: Board, unit: Unit, now: datetime) -> Alarm | None:
    """The most urgent of what is due about a team; for a staged one also that of its police."""
    if unit.emergency_at is not None:
        return None
    staged = unit.status is UnitStatus.STAGED
    due = [
        alarm
        for alarm in board.alarms_of(unit.incident_id or "")
        if is_due_now(alarm, now) and (alarm.unit_id == unit.id or (staged and _asks_police(alarm)))
    ]
    return min(due, key=by_urgency, default=None)


def _asks_police(alarm: Alarm) -> bool:
    return alarm.kind is AlarmKind.HANDOVER and alarm.detail == "police"


def _waits(board: Board, unit: Unit, check_in: datetime | None, due: Alarm | None) -> str:
    if unit.emergency_at is not None:
        return f"last heard {hm(unit.heard_at)}" if unit.heard_at else "not heard since"
    return _order(unit) or _late(due) or _status(board, unit, check_in)


def _late(due: Alarm | None) -> str:
    """What is due where the status of the team would not say it."""
    if due is None or due.kind not in _SAID:
        return ""
    if due.kind is AlarmKind.BACKUP:
        return f"no backup from {listed([due.detail])}"
    if due.kind is AlarmKind.CHECK_IN:
        return _CHECK_IN
    return inside(due.detail) if " " in due.detail else "too long"


def _order(unit: Unit) -> str:
    if unit.told or unit.order is Order.NONE:
        return ""
    return f"not told yet: {'go in' if unit.order is Order.GO else unit.order.value}"


def _status(board: Board, unit: Unit, check_in: datetime | None) -> str:
    if unit.status is UnitStatus.STAGED:
        return _police(board, unit)
    if unit.status is UnitStatus.CLEARING and unit.incident_id is None:
        return "free soon"
    if check_in is not None:
        return _CHECK_IN
    if unit.order is Order.STAGE:
        return "will stage"
    return f"since {hm(unit.status_at)}" if unit.incident_id else ""


def _police(board: Board, unit: Unit) -> str:
    handovers = board.handovers_of(unit.incident_id or "")
    states = {h.state for h in handovers if h.agency == "police"}
    if not any(state.live for state in states):
        late = HandoverState.TIMED_OUT in states
        return _UNANSWERED if late else "no police"
    incident = board.incidents.get(unit.incident_id or "")
    held_back = incident is not None and "police" in needs_of(incident)
    accepted = HandoverState.ACCEPTED in states and not held_back
    return "police accepted" if accepted else until_words(floor=held_back)


def _not_here(unit: Unit) -> TeamRow:
    out = unit.status is UnitStatus.OUT_OF_SERVICE
    away = back_first(unit.oos_reason)
    return TeamRow(
        key=unit.id,
        section="not_here",
        call_sign=unit.call_sign,
        shape=STATUS_SHAPES[unit.status],
        state=status_words(unit),
        detail=away if out else ", ".join(unit.members),
        brief=away,
        started=stamp(unit.status_at) if out else None,
        order=(float(not out), _number(unit)),
    )
