"""Hand-overs: asking another agency, with a clock until somebody there accepts."""

from datetime import timedelta

from msgspec.structs import replace

from crt_console.domain.ids import HandoverId, new_id
from crt_console.domain.incident import Handover, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import TEAM, AlarmKind, Basis, HandoverState
from crt_console.protocol.standing import needs_of, wanted
from crt_console.services.dues import end, schedule
from crt_console.services.outcomes import when
from crt_console.store.room import Room


def offer(
    room: Room,
    incident: Incident,
    agency: str,
    *,
    basis: Basis,
    standby: bool = False,
    unit: Unit | None = None,
    urgent: bool = False,
) -> Handover:
    """Ask an agency: the row, its clock, its entry. Earlier answers of it are put aside."""
    police_needed = "police" in needs_of(incident)
    for earlier in room.handovers(incident.id):
        if earlier.agency == agency and earlier.state is not HandoverState.ACCEPTED:
            _end(room, earlier)
    kind, seconds = _clock(room, basis, urgent=urgent)
    handover = Handover(
        id=HandoverId(new_id()),
        incident_id=incident.id,
        agency=agency,
        basis=basis,
        standby=standby and not (agency == "police" and police_needed),
        stage=police_needed and agency != "police",
        urgent=urgent,
        unit_id=unit.id if unit else None,
        offered_at=when(room),
        due_at=room.at + timedelta(seconds=seconds),
        state_at=when(room),
        by=room.by,
    )
    room.put(handover)
    schedule(
        room,
        kind,
        handover.id,
        handover.due_at,
        incident_id=incident.id,
        unit_id=handover.unit_id,
        detail=agency,
    )
    room.record(
        "HandoverOffered",
        incident=incident,
        unit=unit,
        handover=handover.id,
        agency=agency,
        basis=basis.value,
        standby=handover.standby,
        stage=handover.stage,
        urgent=urgent,
    )
    return handover


def _clock(room: Room, basis: Basis, *, urgent: bool) -> tuple[AlarmKind, float]:
    timers = room.timers
    if basis is Basis.BACKUP:
        return AlarmKind.BACKUP, timers.backup_urgent if urgent else timers.backup
    floor = basis is Basis.FLOOR or urgent
    return AlarmKind.HANDOVER, timers.handover_urgent if floor else timers.handover


def _end(room: Room, handover: Handover) -> None:
    room.put(replace(handover, state=HandoverState.ENDED, state_at=room.at))
    end(room, AlarmKind.HANDOVER, handover.id)
    end(room, AlarmKind.BACKUP, handover.id)


def offer_missing(room: Room, incident: Incident) -> None:
    """Ask every wanted agency, other than the team, that nobody has asked yet."""
    needs = needs_of(incident)
    live = {h.agency for h in room.handovers(incident.id) if h.state.live}
    for agency in sorted(wanted(incident) - {TEAM} - live):
        basis = Basis.FLOOR if agency in needs else Basis.ADVICE
        standby = agency == "police" and incident.advised_standby and incident.override is None
        offer(room, incident, agency, basis=basis, standby=standby)


def replace_standby(room: Room, incident: Incident) -> None:
    """Where the floor needs police, police standing by are asked anew to come."""
    police = [h for h in room.handovers(incident.id) if h.agency == "police" and h.state.live]
    if police and all(h.standby for h in police):
        for standing_by in police:
            _end(room, standing_by)
        room.record("StandbyNotEnough", incident=incident)
        offer(room, incident, "police", basis=Basis.FLOOR)


def stage_others(room: Room, incident: Incident, *, stage: bool) -> None:
    """Every hand-over but the one to police says STAGE while the floor needs police."""
    changed = [
        h
        for h in room.handovers(incident.id)
        if h.agency != "police" and h.state.live and h.stage != stage
    ]
    for handover in changed:
        room.put(replace(handover, stage=stage))
    if changed:
        agencies = [h.agency for h in changed]
        room.record("HandoversOrdered", incident=incident, stage=stage, agencies=agencies)


def end_offers(room: Room, incident: Incident, agencies: frozenset[str] | None = None) -> None:
    """Stop asking: all agencies, or these; what was accepted stays as it is."""
    for handover in room.handovers(incident.id):
        asked = agencies is None or handover.agency in agencies
        if asked and handover.state is not HandoverState.ACCEPTED:
            _end(room, handover)
