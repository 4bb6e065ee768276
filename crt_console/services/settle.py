"""After every act on an incident: floor, advice, orders, hand-overs, dues and state follow.

The one place where consequences are drawn, so that no path around it exists.
"""

from collections.abc import Iterable
from datetime import timedelta

from msgspec.structs import replace

from crt_console.domain.ids import UnitId
from crt_console.domain.incident import Assignment, Handover, Incident
from crt_console.domain.words import (
    TEAM,
    AlarmKind,
    Basis,
    ConfirmationState,
    HandoverState,
    IncidentStatus,
)
from crt_console.protocol.standing import is_live, needs_of, wanted
from crt_console.protocol.vocabulary import VOCABULARY
from crt_console.services.advise import with_advice, with_floor
from crt_console.services.dues import end, end_all, schedule
from crt_console.services.offers import offer, replace_standby, stage_others
from crt_console.services.orders import order_units
from crt_console.store.room import Room

_OF_HANDOVERS = frozenset({AlarmKind.HANDOVER, AlarmKind.BACKUP})
# What a unit is asked goes on when its incident ends: an emergency above all.
_OF_UNITS = frozenset({AlarmKind.EMERGENCY, AlarmKind.ORDER, AlarmKind.CHECK_IN, AlarmKind.STATUS})


def settle(
    room: Room,
    before: Incident,
    incident: Incident,
    *,
    anew: Iterable[str] = (),
    being_sent: frozenset[UnitId] = frozenset(),
    joined: bool = False,
) -> Incident:
    """Draw the consequences of an act and return the incident as it now stands.

    `before` is as it was, `incident` as the act left it, `anew` the facts just reported, `joined`
    says that units may have come along from another incident.
    """
    incident = with_advice(room, with_floor(incident, anew))
    _note_advice(room, before, incident)
    _overtake(room, before, incident)
    if incident.open:
        _hand_over(room, incident, frozenset() if joined else needs_of(before))
        order_units(room, incident, being_sent=being_sent)
    incident = _stand(room, incident)
    decisive = before.held != incident.held or before.agencies != incident.agencies
    room.put(incident, decisive=decisive)
    _dues(room, incident)
    room.record_along("DuesSet", incident=incident)
    return incident


def _note_advice(room: Room, before: Incident, incident: Incident) -> None:
    if _advised(before) == _advised(incident):
        return
    room.put(incident, decisive=True)
    room.record(
        "AdviceChanged",
        incident=incident,
        response=incident.response,
        agencies=list(incident.agencies),
        assessed=incident.assessed,
        rule=incident.rule,
        because=incident.because,
        pack=incident.pack,
        held=list(incident.held),
    )


def _advised(incident: Incident) -> tuple[object, ...]:
    return incident.agencies, incident.response, incident.assessed, incident.held


def _overtake(room: Room, before: Incident, incident: Incident) -> None:
    """End the requests for a second person that worse news, or the end, has overtaken."""
    worse = not needs_of(incident) <= needs_of(before)
    for asked in room.confirmations(incident.id):
        covered = set(incident.held) <= set(asked.lines)
        if covered and not worse and incident.open:
            continue
        room.put(replace(asked, state=ConfirmationState.OVERTAKEN, decided_at=room.at))
        end(room, AlarmKind.SECOND_PERSON, asked.id)
        room.record("ConfirmationOvertaken", incident=incident, confirmation=asked.id)


def _hand_over(room: Room, incident: Incident, needed: frozenset[str]) -> None:
    needs = needs_of(incident)
    if "police" in needs:
        replace_standby(room, incident)
    newly = needs - needed
    if newly and room.assignments(incident.id):
        for agency in sorted(newly):
            if not is_live(room.handovers(incident.id), agency, floor=True):
                offer(room, incident, agency, basis=Basis.FLOOR)
    stage_others(room, incident, stage="police" in needs)


def status_of(
    incident: Incident, assignments: tuple[Assignment, ...], handovers: tuple[Handover, ...]
) -> IncidentStatus:
    """Return where an incident stands, by who is on it."""
    if not incident.open:
        return IncidentStatus.CLOSED
    if assignments:
        return IncidentStatus.WORKING
    live = {h.agency for h in handovers if h.state.live}
    refused = any(
        h.state in {HandoverState.DECLINED, HandoverState.TIMED_OUT} and h.agency not in live
        for h in handovers
    )
    accepted = any(h.state is HandoverState.ACCEPTED for h in handovers)
    decided = incident.not_sent is not None or incident.on_scene_at is not None
    if refused and not decided:
        return IncidentStatus.WAITING
    if incident.on_scene_at is not None:  # whoever else came along: how it ended is still to enter
        return IncidentStatus.RESULT
    if accepted and not refused and (decided or TEAM not in wanted(incident)):
        return IncidentStatus.WORKING
    return IncidentStatus.NOT_SENT if incident.not_sent else IncidentStatus.WAITING


def _stand(room: Room, incident: Incident) -> Incident:
    status = status_of(incident, room.assignments(incident.id), room.handovers(incident.id))
    if status is incident.status:
        return incident
    since = None
    if status is IncidentStatus.WAITING:
        since = incident.waiting_since or room.at
    return replace(incident, status=status, waiting_since=since)


def _dues(room: Room, incident: Incident) -> None:
    """Set what is due now and end what no longer is; most acts find nothing of most kinds."""
    alarms = room.alarms(incident.id)
    kinds = {alarm.kind for alarm in alarms}
    needs = needs_of(incident) if incident.open else frozenset()
    if needs or AlarmKind.FLOOR_AGENCY in kinds:
        _floor_dues(room, incident, needs)
    _question_due(room, incident, runs=AlarmKind.FIRST_QUESTION in kinds)
    _waiting_due(room, incident, runs=AlarmKind.WAITING in kinds)
    if not incident.open:
        end_all(room, tuple(a for a in room.alarms(incident.id) if a.kind not in _OF_UNITS))
    if not kinds.isdisjoint(_OF_HANDOVERS):
        _handover_dues(room, incident)


def _floor_dues(room: Room, incident: Incident, needs: frozenset[str]) -> None:
    units = room.assignments(incident.id)
    for agency in ("police", "ems", "fire"):
        subject = f"{incident.id}:{agency}"
        if agency not in needs or is_live(room.handovers(incident.id), agency, floor=True):
            end(room, AlarmKind.FLOOR_AGENCY, subject)
        elif room.open_alarm(AlarmKind.FLOOR_AGENCY, subject) is None:
            pause = 0.0 if units else room.timers.floor_agency
            schedule(
                room,
                AlarmKind.FLOOR_AGENCY,
                subject,
                room.at + timedelta(seconds=pause),
                incident_id=incident.id,
                detail=agency,
            )


def _question_due(room: Room, incident: Incident, *, runs: bool) -> None:
    asked = any(fact in incident.facts for fact in VOCABULARY.must_ask)
    waits = incident.status is IncidentStatus.WAITING and not incident.imported
    wanted_now = waits and incident.unasked and not asked
    if runs and not wanted_now:
        end(room, AlarmKind.FIRST_QUESTION, incident.id)
    elif wanted_now and not runs:
        due = room.at + timedelta(seconds=room.timers.first_question)
        schedule(room, AlarmKind.FIRST_QUESTION, incident.id, due, incident_id=incident.id)


def _waiting_due(room: Room, incident: Incident, *, runs: bool) -> None:
    waits = incident.status is IncidentStatus.WAITING and not incident.imported
    if runs and not waits:
        end(room, AlarmKind.WAITING, incident.id)
    elif waits and not runs:
        since = incident.waiting_since or room.at
        due = since + room.timers.limit(incident.priority)
        schedule(room, AlarmKind.WAITING, incident.id, due, incident_id=incident.id)


def _handover_dues(room: Room, incident: Incident) -> None:
    """End the alarms of hand-overs that were accepted, replaced or ended."""
    handovers = {h.id: h for h in room.handovers(incident.id)}
    for alarm in room.alarms(incident.id):
        if alarm.kind not in _OF_HANDOVERS:
            continue
        handover = handovers.get(alarm.subject)  # type: ignore[call-overload]
        waiting = handover is not None and handover.state is not HandoverState.ACCEPTED
        if handover is None or not waiting or _replaced(handover, handovers.values()):
            end(room, alarm.kind, alarm.subject)


def _replaced(handover: Handover, others: Iterable[Handover]) -> bool:
    """Whether the same agency was asked or came since: backup is asked beside whoever came."""
    return handover.basis is not Basis.BACKUP and any(
        other.agency == handover.agency
        and other.state.live
        and other.state_at > handover.state_at
        and (handover.standby or not (other.standby or other.scene_clear_at))
        for other in others
    )
