"""What another system says of a call: first, later, and against what a dispatcher changed."""

from typing import Any

from msgspec.structs import replace

from crt_console.domain.commands import Outcome, ReceiveCall
from crt_console.domain.incident import Call, Incident
from crt_console.services.outcomes import about
from crt_console.services.paper import limit_anew
from crt_console.services.settle import settle
from crt_console.store.room import Room

_TEXTS = ("place", "text", "call_back")
_PLAIN = ("type", "priority", "lat", "lon", "language", "neighbourhood")


def cad_values(room: Room, command: ReceiveCall) -> dict[str, str | int | float | None]:
    """Return what the call says of each field, personal words as content."""
    said: dict[str, str | int | float | None] = {
        name: room.keep(getattr(command, name)) for name in _TEXTS
    }
    return said | {name: getattr(command, name) for name in _PLAIN}


def update_call(room: Room, call: Call, command: ReceiveCall) -> Outcome:
    """Take the same number again: changed fields update it, an older message is recorded only."""
    incident = room.incident(call.incident_id)
    if _older(call, command):
        room.record("CallUpdateIgnored", incident=incident, call=call.id, because="older update")
        return about(incident, result="duplicate", reason="older update")
    changed = _changed_fields(room, call, command)
    if not changed:
        room.record("CallRepeated", incident=incident, call=call.id)
        return about(incident, result="duplicate", reason="repeated")
    said = {**call.cad}
    for name in changed:
        value = getattr(command, name)
        said[name] = room.keep(value) if name in _TEXTS else value
    room.put(replace(call, cad=said, updated_at=command.updated_at or call.updated_at))
    own = call.origin == incident.id
    after = (
        _applied(room, incident, command, said, changed) if own else _urged(room, incident, command)
    )
    room.put(after)
    kept = [name for name in changed if name in incident.edited or not own]
    if after.priority != incident.priority:
        kept = [name for name in kept if name != "priority"]
    room.record("CallUpdated", incident=after, call=call.id, fields=changed, kept=kept)
    if after.open:
        if after.priority != incident.priority:
            limit_anew(room, after)
        after = settle(room, incident, after)
    return about(after, result="updated")


def _urged(room: Room, incident: Incident, command: ReceiveCall) -> Incident:
    """Return the joint incident: of a call that was linked into it only more urgency counts."""
    _, priority, _ = classified(room, command)
    if priority is None or "priority" in incident.edited:
        return incident
    known = incident.priority
    return replace(incident, priority=priority if known is None else min(known, priority))


def _older(call: Call, command: ReceiveCall) -> bool:
    return (
        call.updated_at is not None
        and command.updated_at is not None
        and command.updated_at < call.updated_at
    )


def _changed_fields(room: Room, call: Call, command: ReceiveCall) -> list[str]:
    changed = []
    for name in (*_TEXTS, *_PLAIN):
        new, known = getattr(command, name), call.cad.get(name)
        if new is None:
            continue
        if name in _TEXTS:
            known = room.text(known) if known else None  # type: ignore[arg-type]
        if new != known:
            changed.append(name)
    return changed


def _applied(
    room: Room, incident: Incident, command: ReceiveCall, said: dict[str, Any], changed: list[str]
) -> Incident:
    """Return the incident with what changed; what a dispatcher edited stands, theirs is kept."""
    values = {name: said[name] for name in changed if name not in incident.edited}
    if "type" in values:
        label, priority, unmapped = classified(room, command)
        values |= {"type": label, "type_unmapped": unmapped}
        if priority is not None and "priority" not in incident.edited:
            values["priority"] = priority
    if "place" in values:
        values |= _placed(room, command)
    return replace(incident, **values)


def _placed(room: Room, command: ReceiveCall) -> dict[str, Any]:
    """Return where a new place is: the point of the old one would send the wrong team."""
    place = room.place_named(command.place or "")
    own = command.lat is not None
    return {
        "place_verified": place is not None or command.place_verified,
        "lat": command.lat if own else (place.lat if place else None),
        "lon": command.lon if own else (place.lon if place else None),
        "neighbourhood": command.neighbourhood or (place.neighbourhood if place else ""),
    }


def classified(room: Room, command: ReceiveCall) -> tuple[str, int | None, bool]:
    """Return type, priority and whether the type is not in the room's own words."""
    raw = (command.type or "").strip()
    if not raw:
        return "", command.priority, True
    if not command.external:
        return raw, command.priority, command.type_unmapped
    mapped = room.type_for(command.system, raw)
    if mapped is not None:
        label, priority = mapped
        return label, command.priority or priority, False
    if command.type_unmapped:
        room.note_type(command.system, raw)
    return raw, command.priority, command.type_unmapped
