"""The other agencies answer: accepted, declined, scene clear; and a dispatcher asks one."""

from msgspec.structs import replace

from crt_console.domain.commands import (
    AcceptHandover,
    ClearScene,
    DeclineHandover,
    OfferHandover,
    Outcome,
    RaiseAlarm,
)
from crt_console.domain.errors import Refused
from crt_console.domain.ids import ContentId, same_person
from crt_console.domain.incident import Handover, Incident
from crt_console.domain.unit import Unit, call_sign_key
from crt_console.domain.words import AGENCY_NAMES, TEAM, AlarmKind, Basis, HandoverState
from crt_console.protocol.standing import (
    floor_needs,
    is_live,
    missing_questions,
    reasoned,
    wanted,
)
from crt_console.services import dues
from crt_console.services.assess import first_questions
from crt_console.services.dues import end, ring
from crt_console.services.offers import offer
from crt_console.services.outcomes import about, open_one, when
from crt_console.services.settle import settle
from crt_console.store.room import Room

_CLINICIANS = frozenset({"crmhc", "youth"})


def offer_handover(room: Room, command: OfferHandover) -> Outcome:
    """Ask another agency; refused for clinicians while a must-ask fact has not been asked."""
    before = open_one(room, command.incident)
    agency = command.agency
    if agency == TEAM or agency not in AGENCY_NAMES:
        because = f"{agency} is not an agency to hand over to"
        raise Refused(because)
    check_unarmed(room, before, agency)
    if is_live(room.handovers(before.id), agency) and not _raises_standby(room, before, command):
        because = f"{AGENCY_NAMES[agency]} are asked already for {before.number}"
        raise Refused(because)
    handover = offer(room, before, agency, basis=Basis.DISPATCHER, standby=command.standby)
    after = settle(room, before, before)
    return about(after, agency=agency, stage=handover.stage)


def check_unarmed(room: Room, incident: Incident, agency: str) -> None:
    """Refuse clinicians while nobody knows what they go into, unless police go or a reason is."""
    if agency not in _CLINICIANS or not missing_questions(incident) or reasoned(incident, agency):
        return
    if not is_live(room.handovers(incident.id), "police") and "police" not in wanted(incident):
        because = f"first ask {first_questions(incident)}: {AGENCY_NAMES[agency]} go unarmed"
        raise Refused(because)


def _raises_standby(room: Room, incident: Incident, command: OfferHandover) -> bool:
    live = [h for h in room.handovers(incident.id) if h.agency == command.agency and h.state.live]
    return not command.standby and all(h.standby or h.scene_clear_at for h in live)


def raise_alarm(room: Room, command: RaiseAlarm) -> Outcome:
    """Raise what has fallen due; an agency that stayed silent puts the incident back in line."""
    outcome = dues.raise_alarm(room, command)
    alarm = room.alarm(command.alarm)
    if alarm.kind in {AlarmKind.HANDOVER, AlarmKind.BACKUP} and alarm.incident_id is not None:
        before = room.incident(alarm.incident_id)
        if before.open:
            settle(room, before, before)
    return outcome


def accept(room: Room, command: AcceptHandover) -> Outcome:
    """Record who took it there, and their number."""
    before = open_one(room, command.incident)
    handover = _latest(room, before, command.agency)
    if handover.state is HandoverState.ACCEPTED:
        who = room.text(handover.accepted_by) if handover.accepted_by else "somebody"
        because = f"{AGENCY_NAMES[command.agency]} accepted {before.number} already: {who}"
        raise Refused(because)
    room.put(
        replace(
            handover,
            state=HandoverState.ACCEPTED,
            state_at=when(room),
            accepted_by=room.keep(command.name),
            their_number=room.keep(command.number),
        )
    )
    end(room, AlarmKind.HANDOVER, handover.id)
    end(room, AlarmKind.BACKUP, handover.id)
    room.record("HandoverAccepted", incident=before, handover=handover.id, agency=command.agency)
    return about(settle(room, before, before), agency=command.agency)


def decline(room: Room, command: DeclineHandover) -> Outcome:
    """Record a no: it rings at once and the incident goes back in the queue."""
    before = open_one(room, command.incident)
    handover = _latest(room, before, command.agency)
    room.put(
        replace(
            handover,
            state=HandoverState.DECLINED,
            state_at=when(room),
            reason=room.keep(command.reason),
        )
    )
    ring(room, AlarmKind.HANDOVER, handover.id, incident=before, detail=command.agency)
    room.record("HandoverDeclined", incident=before, handover=handover.id, agency=command.agency)
    return about(settle(room, before, before), agency=command.agency)


def clear_scene(room: Room, command: ClearScene) -> Outcome:
    """Police, by name, report the scene clear: what held is released, the units go in.

    An officer who is there has taken it, whoever was only asked so far.
    """
    _check_officer(room, command.name)
    before = open_one(room, command.incident)
    police = [h for h in room.handovers(before.id) if h.agency == "police" and h.state.live]
    if not police:
        because = f"police have no part in {before.number}: they cannot have cleared it"
        raise Refused(because)
    name = room.keep(command.name)
    at = when(room)
    for handover in police:
        if handover.scene_clear_at is None:
            taken = _taken_by(room, before, handover, name)
            room.put(replace(taken, scene_clear_at=at))
    lines = [i for i in before.held if "police" in floor_needs([i])]
    over = {i for i in lines if floor_needs([i]) == {"police"}}  # the others need EMS or fire yet
    incident = replace(
        before,
        held=tuple(i for i in before.held if i not in over),
        cleared=tuple(sorted({*before.cleared, *over})),
        police_clear=tuple(sorted({*before.police_clear, *lines} - over)),
    )
    room.put(incident, decisive=True)
    room.record("SceneCleared", incident=incident, lines=lines, officer=name)
    return about(settle(room, before, incident))


def _check_officer(room: Room, name: str) -> None:
    """Refuse a clearance that no police officer gave."""
    if not name.strip():
        because = "enter the name of the officer who reports the scene clear"
        raise Refused(because)
    own = next((u.call_sign for u in room.units() if _of_team(u, name)), None)
    own = own or ("who enters it" if same_person(name, room.by) else None)
    if own:
        because = f"{name} is {own}, not police: enter the officer who reports the scene clear"
        raise Refused(because)


def _of_team(unit: Unit, name: str) -> bool:
    return call_sign_key(name) == unit.key or any(same_person(name, m) for m in unit.members)


def _taken_by(
    room: Room, incident: Incident, handover: Handover, name: ContentId | None
) -> Handover:
    """Return the hand-over as accepted, by this officer where nobody was named before."""
    if handover.state is HandoverState.ACCEPTED:
        return handover
    at = when(room)
    taken = replace(handover, state=HandoverState.ACCEPTED, state_at=at, accepted_by=name)
    room.put(taken)
    for kind in (AlarmKind.HANDOVER, AlarmKind.BACKUP):
        end(room, kind, handover.id)
    room.record("HandoverAccepted", incident=incident, handover=handover.id, agency="police")
    return taken


def _latest(room: Room, incident: Incident, agency: str) -> Handover:
    asked = [h for h in room.handovers(incident.id) if h.agency == agency]
    if not asked:
        because = f"{AGENCY_NAMES.get(agency, agency)} were not asked for {incident.number}"
        raise Refused(because)
    live = [h for h in asked if h.state.live]
    return max(live or asked, key=lambda h: (h.offered_at, h.state is HandoverState.OFFERED))
