"""Taking in: a call becomes an incident, or one more call about an incident that is known."""

from datetime import datetime

from msgspec.structs import replace

from crt_console.domain import limits
from crt_console.domain.commands import Outcome, QuarantineLine, ReceiveCall
from crt_console.domain.errors import Refused
from crt_console.domain.ids import CallId, IncidentId
from crt_console.domain.incident import Call, Incident
from crt_console.domain.words import AlarmKind
from crt_console.services.cad import cad_values, classified, update_call
from crt_console.services.dues import ring
from crt_console.services.outcomes import about, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room


def receive_call(room: Room, command: ReceiveCall) -> Outcome:
    """Take a call in; never refused for what it lacks, nor for looking like another."""
    if command.external is not None:
        _check_times(room, command)
        known = room.call_by_external(command.system, command.external)
        if known is not None:
            return update_call(room, known, command)
    if command.incident is not None:
        return _one_more_call(room, command)
    return _new_incident(room, command)


def _check_times(room: Room, command: ReceiveCall) -> None:
    """Refuse what their clock cannot mean: it would age, or silence updates, for ever."""
    for name, time in (("at", command.at), ("updated_at", command.updated_at)):
        if time is not None and (wrong := limits.wrong_time(time, room.at)):
            because = f"{name} {wrong}"
            raise Refused(because)


def _new_incident(room: Room, command: ReceiveCall) -> Outcome:
    serial, number = room.next_number()
    arrived = _arrived(room, command)
    label, priority, unmapped = classified(room, command)
    place = room.place_named(command.place) if command.place else None
    call, cad = _call(room, command, IncidentId(command.incident_id), arrived)
    incident = Incident(
        id=IncidentId(command.incident_id),
        serial=serial,
        number=number,
        opened_at=room.at,
        arrived_at=arrived,
        waiting_since=arrived,
        source=command.source,
        external=command.external,
        type=label,
        type_unmapped=unmapped,
        priority=priority,
        place=cad["place"],  # type: ignore[arg-type]
        place_verified=place is not None or command.place_verified,
        neighbourhood=command.neighbourhood or (place.neighbourhood if place else ""),
        lat=command.lat if command.lat is not None else (place.lat if place else None),
        lon=command.lon if command.lon is not None else (place.lon if place else None),
        call_back=call.call_back,
        text=call.text,
        language=command.language or "",
        owner=room.by if not command.external else None,
        owner_console=room.console if not command.external else None,
    )
    room.put(incident, decisive=True)
    room.put(call)
    room.record(
        "CallReceived",
        incident=incident,
        call=call.id,
        source=command.source.value,
        external=command.external,
        type=label,
        priority=priority,
    )
    ahead = command.at is not None and command.at > room.at + limits.SKEW
    odd = {"odd": "at_ahead"} if ahead else {}
    return about(settle(room, incident, incident), result="accepted", **odd)


def _arrived(room: Room, command: ReceiveCall) -> datetime:
    at = command.at or room.happened_at or room.at
    return min(at, room.at)


def _call(
    room: Room, command: ReceiveCall, incident_id: IncidentId, arrived: datetime
) -> tuple[Call, dict[str, str | int | float | None]]:
    cad = cad_values(room, command)
    call = Call(
        id=CallId(command.call_id),
        incident_id=incident_id,
        origin=incident_id,
        at=arrived,
        received_at=room.at,
        source=command.source,
        system=command.system,
        external=command.external,
        updated_at=command.updated_at,
        call_back=cad["call_back"],  # type: ignore[arg-type]
        text=cad["text"],  # type: ignore[arg-type]
        cad=cad if command.external else {},
    )
    return call, cad


def _one_more_call(room: Room, command: ReceiveCall) -> Outcome:
    incident = open_one(room, command.incident or "")
    call, _ = _call(room, command, incident.id, _arrived(room, command))
    room.put(call)
    changed = replace(incident, call_back=incident.call_back or call.call_back)
    room.put(changed)
    room.record("CallAdded", incident=changed, call=call.id, source=command.source.value)
    return about(settle(room, incident, changed), result="added")


def quarantine(room: Room, command: QuarantineLine) -> Outcome:
    """Keep a line that could not be read, with its reason; an alarm says so."""
    room.quarantine(command.origin, command.line, command.reason, command.body)
    if command.alarm:
        ring(room, AlarmKind.QUARANTINE, command.origin, detail=command.reason)
    room.record("LineQuarantined", origin=command.origin, line=command.line, reason=command.reason)
    return Outcome(seq=None, data={"result": "quarantined", "reason": command.reason})
