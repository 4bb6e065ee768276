"""Past calls: imported as they were, with their own times, once."""

from crt_console.domain.commands import ImportCalls, Outcome, PastCall
from crt_console.domain.ids import CallId, IncidentId, derived_id
from crt_console.domain.incident import Call, Incident
from crt_console.domain.words import IncidentStatus
from crt_console.store.room import Room


def import_calls(room: Room, command: ImportCalls) -> Outcome:
    """Take a batch of past calls; a number that is known already adds nothing."""
    known = room.known_externals(command.system, tuple(c.external for c in command.calls))
    accepted = 0
    for past in command.calls:
        if past.external in known:
            continue
        known.add(past.external)
        _import_one(room, command.system, past)
        accepted += 1
    duplicate = len(command.calls) - accepted
    if not accepted:
        room.record("ImportRepeated", system=command.system, duplicate=duplicate)
    return Outcome(seq=None, data={"accepted": accepted, "duplicate": duplicate})


def _import_one(room: Room, system: str, past: PastCall) -> None:
    serial, number = room.next_number()
    incident_id = IncidentId(derived_id("past", system, past.external))
    mapped = room.type_for(system, past.type) if past.type_unmapped and past.type else None
    if mapped is None and past.type_unmapped and past.type:
        room.note_type(system, past.type)
    call_back, text = room.keep(past.call_back), room.keep(past.text)
    closed = past.closed_at
    incident = Incident(
        id=incident_id,
        serial=serial,
        number=number,
        status=IncidentStatus.CLOSED if closed else IncidentStatus.WAITING,
        opened_at=room.at,
        arrived_at=past.at,
        closed_at=closed,
        waiting_since=None if closed else past.at,
        sent_at=past.sent_at,
        on_scene_at=past.on_scene_at,
        source=past.source,
        external=past.external,
        type=mapped[0] if mapped else past.type,
        type_unmapped=past.type_unmapped and mapped is None,
        priority=past.priority,
        place=room.keep(past.place),
        neighbourhood=past.neighbourhood,
        lat=past.lat,
        lon=past.lon,
        call_back=call_back,
        text=text,
        disposition=past.disposition,
        imported=True,
    )
    room.put(incident)
    room.put(
        Call(
            id=CallId(derived_id("past call", system, past.external)),
            incident_id=incident_id,
            origin=incident_id,
            at=past.at,
            received_at=room.at,
            source=past.source,
            system=system,
            external=past.external,
            call_back=call_back,
            text=text,
        )
    )
    room.record("CallImported", incident=incident, external=past.external, flags=list(past.flags))
