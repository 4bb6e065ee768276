"""What another system says of a call: first, later, and against what a dispatcher changed."""

from typing import Any

from msgspec.structs import replace

from crt_console.domain.commands import Outcome, ReceiveCall
from crt_console.domain.incident import Call, Incident
from crt_console.services.outcomes import about
from crt_console.services.settle import settle
from crt_console.store.room import Room

_TEXTS = ("place", "text", "call_back")
_PLAIN = ("type", "priority", "lat", "lon")


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
    after = _applied(room, incident, said, changed, call.system)
    room.put(after)
    kept = [name for name in changed if name in incident.edited]
    room.record("CallUpdated", incident=after, call=call.id, fields=changed, kept=kept)
    if after.open:
        after = settle(room, incident, after)
    return about(after, result="updated")


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
    room: Room, incident: Incident, said: dict[str, Any], changed: list[str], system: str
) -> Incident:
    values: dict[str, Any] = {}
    for name in changed:
        if name in incident.edited:
            continue  # a dispatcher changed it: theirs stands, the CAD's is kept beside it
        values[name] = said[name]
    if "type" in values:
        raw = str(said["type"])
        mapped = room.type_for(system, raw)
        values["type"], values["type_unmapped"] = mapped[0] if mapped else raw, mapped is None
        if mapped is None:
            room.note_type(system, raw)
    if "place" in values:
        place = room.place_named(room.text(said["place"]))
        values["place_verified"] = place is not None
        if place is not None and "lat" not in values:
            values |= {
                "lat": place.lat,
                "lon": place.lon,
                "neighbourhood": place.neighbourhood,
            }
    return replace(incident, **values)
