"""Two reports of one event become one incident, and can be parted again."""

from msgspec.structs import replace

from crt_console.domain.commands import LinkIncidents, Outcome, UnlinkIncidents
from crt_console.domain.errors import Refused
from crt_console.domain.incident import FactValue, Incident
from crt_console.domain.words import AlarmKind, IncidentStatus, Source
from crt_console.protocol.floor import holding
from crt_console.protocol.vocabulary import VOCABULARY, more_dangerous
from crt_console.services.assess import put_answers
from crt_console.services.outcomes import about, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room


def link(room: Room, command: LinkIncidents) -> Outcome:
    """Join the second to the first: calls, units, hand-overs; the more dangerous answer wins."""
    before, other = open_one(room, command.incident), open_one(room, command.other)
    if before.id == other.id:
        because = "an incident cannot be linked to itself"
        raise Refused(because)
    for call in room.calls(other.id):
        room.put(replace(call, incident_id=before.id))
    for taken in room.assignments(other.id):
        room.put(replace(taken, incident_id=before.id))
        room.put(replace(room.unit(taken.unit_id), incident_id=before.id), decisive=True)
    for handover in room.handovers(other.id):
        room.put(replace(handover, incident_id=before.id))
    _take_clocks_along(room, before, other)
    worse = _worse(before, other)
    incident = put_answers(room, before, tuple(worse.items()))
    held = tuple(sorted({*before.held, *other.held, *_mixed(before, other)}))
    incident = replace(
        incident,
        held=held,
        cleared=tuple(i for i in incident.cleared if i not in held),
        police_clear=tuple(
            i for i in held if all(i in of.police_clear for of in (before, other) if i in of.held)
        ),
        arrived_at=min(before.arrived_at, other.arrived_at),
        sent_at=before.sent_at or other.sent_at,
        on_scene_at=before.on_scene_at or other.on_scene_at,
        call_back=before.call_back or other.call_back,
        source=before.source if other.source.planned else _waiting_source(before, other),
    )
    room.put(incident, decisive=True)
    room.record("IncidentsLinked", incident=incident, other=other.number, facts=sorted(worse))
    closed = replace(
        other,
        status=IncidentStatus.CLOSED,
        closed_at=room.at,
        waiting_since=None,
        disposition="duplicate",
        linked_to=before.id,
    )
    room.put(closed, decisive=True)
    room.record("IncidentClosed", incident=closed, disposition="duplicate", linked_to=before.number)
    settle(room, other, closed)
    after = settle(room, before, incident, anew=worse, joined=True)
    return about(after, other=other.number)


def _take_clocks_along(room: Room, incident: Incident, other: Incident) -> None:
    """Check-ins, orders and unanswered hand-overs go on where their units and agencies are now."""
    moved = {h.id for h in room.handovers(incident.id)}
    for alarm in room.alarms(other.id):
        if alarm.unit_id is not None or alarm.subject in moved:
            room.put(replace(alarm, incident_id=incident.id))
    _move_ring_back(room, other, incident)


def _move_ring_back(room: Room, old: Incident, new: Incident) -> None:
    """A caller who was lost is to be rung back where the incident goes on."""
    alarm = room.open_alarm(AlarmKind.RING_BACK, old.id)
    if alarm is not None and room.open_alarm(AlarmKind.RING_BACK, new.id) is None:
        room.put(replace(alarm, subject=new.id, incident_id=new.id))


def _waiting_source(before: Incident, other: Incident) -> Source:
    return other.source if before.source.planned else before.source


def _worse(incident: Incident, other: Incident) -> dict[str, FactValue]:
    known = incident.facts
    return {
        fact: value
        for fact, value in other.facts.items()
        if fact not in known or more_dangerous(fact, known[fact], value) != known[fact]
    }


def _mixed(incident: Incident, other: Incident) -> set[int]:
    """Return the lines that hold when one report says the one half and the other the rest."""
    alone = {line.index for of in (incident, other) for line in holding(of.facts)}
    return {
        index
        for index, line in enumerate(VOCABULARY.floor)
        if index not in alone
        and all(
            _said(fact, incident, other) & values  # None stands for: nobody has asked
            for fact, values in line.when.items()
        )
    }


def _said(fact: str, incident: Incident, other: Incident) -> set[FactValue | None]:
    said: set[FactValue | None] = {of.facts[fact] for of in (incident, other) if fact in of.facts}
    return said or {None}


def unlink(room: Room, command: UnlinkIncidents) -> Outcome:
    """Part two incidents: the second waits again, with its own calls."""
    incident, other = room.incident(command.incident), room.incident(command.other)
    if other.linked_to != incident.id:
        if incident.linked_to != other.id:
            because = f"{incident.number} and {other.number} are not linked"
            raise Refused(because)
        incident, other = other, incident
    for call in room.calls(incident.id):
        if call.origin == other.id:
            room.put(replace(call, incident_id=other.id))
    parted = replace(
        other,
        status=IncidentStatus.WAITING,
        closed_at=None,
        waiting_since=other.arrived_at,
        disposition=None,
        linked_to=None,
    )
    room.put(parted, decisive=True)
    if parted.unreachable and not incident.unreachable:  # the lost caller is this one's
        _move_ring_back(room, incident, parted)
    room.record("IncidentsUnlinked", incident=incident, other=parted.number)
    settle(room, other, parted)
    return about(incident, other=parted.number)
