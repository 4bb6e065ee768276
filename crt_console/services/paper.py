"""The paper of an incident: notes, edits, owner, ring-backs."""

from typing import Any

from msgspec.structs import replace

from crt_console.domain.commands import (
    AddNote,
    EditIncident,
    Outcome,
    RecordRingBack,
    TakeIncident,
)
from crt_console.domain.errors import Refused
from crt_console.domain.incident import Incident
from crt_console.domain.words import AlarmKind, IncidentStatus, Source
from crt_console.services.dues import end, schedule
from crt_console.services.outcomes import about, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room

_CONTENT_FIELDS = {
    "place": "place",
    "callback": "call_back",
    "call_back": "call_back",  # as the grammar and the window name it
    "text": "text",
}
_PRIORITIES = {"1": 1, "2": 2, "3": 3, "p1": 1, "p2": 2, "p3": 3, "": None}


def note(room: Room, command: AddNote) -> Outcome:
    """Write down what was said or seen; a closed incident takes notes too."""
    if not command.text.strip():
        because = "the note is empty"
        raise Refused(because)
    incident = room.incident(command.incident)
    room.record("NoteAdded", incident=incident, note=room.keep(command.text))
    return about(incident)


def take(room: Room, command: TakeIncident) -> Outcome:
    """Become the owner."""
    before = open_one(room, command.incident)
    incident = replace(before, owner=room.by, owner_console=room.console)
    room.put(incident)
    room.record("IncidentTaken", incident=incident, was=before.owner)
    return about(incident, was=before.owner)


def rung_back(room: Room, command: RecordRingBack) -> Outcome:
    """Note that the waiting caller was called; the limit runs anew from now."""
    incident = open_one(room, command.incident)
    end(room, AlarmKind.RING_BACK, incident.id)
    if incident.status is IncidentStatus.WAITING:
        due = room.at + room.timers.limit(incident.priority)
        schedule(room, AlarmKind.WAITING, incident.id, due, incident_id=incident.id)
    room.record("CallerRungBack", incident=incident, note=room.keep(command.text))
    return about(incident)


def edit(room: Room, command: EditIncident) -> Outcome:
    """Change one field; refused, with both values, if it no longer holds what was seen."""
    before = open_one(room, command.incident)
    present = _present(room, before, command.field)
    if command.check_seen and present != (command.seen or ""):
        because = (
            f"{command.field} of {before.number} is now “{present}”, you saw “{command.seen}” "
            f"and wrote “{command.value}”"
        )
        raise Refused(because)
    values = _values(room, command)
    edited = tuple(sorted({*before.edited, *values}))
    incident = replace(before, **values, edited=edited)
    room.put(incident)
    room.record("IncidentEdited", incident=incident, field=command.field)
    if command.field == "priority":
        limit_anew(room, incident)
    return about(settle(room, before, incident), field=command.field)


def limit_anew(room: Room, incident: Incident) -> None:
    """Let the limit of another priority count for who waits, from when the waiting began."""
    if incident.status is IncidentStatus.WAITING and not incident.imported:
        since = incident.waiting_since or room.at
        due = max(since + room.timers.limit(incident.priority), room.at)
        schedule(room, AlarmKind.WAITING, incident.id, due, incident_id=incident.id)


def _present(room: Room, incident: Incident, field: str) -> str:
    if field in _CONTENT_FIELDS:
        content = getattr(incident, _CONTENT_FIELDS[field])
        return room.text(content) if content else ""
    if field not in {"type", "priority", "language", "source"}:
        because = f"{field} is not a field: place, callback, text, type, priority, language, source"
        raise Refused(because)
    value = getattr(incident, field)
    return "" if value is None else str(value)


def _values(room: Room, command: EditIncident) -> dict[str, Any]:
    name, value = command.field, command.value.strip()
    if name == "place":
        place = room.place_named(value)
        found = {"place": room.keep(value), "place_verified": place is not None}
        where = ("lat", "lon", "neighbourhood")
        return (
            found
            | {f: getattr(place, f) if place else None for f in where[:2]}
            | {"neighbourhood": place.neighbourhood if place else ""}
        )
    if name in _CONTENT_FIELDS:
        return {_CONTENT_FIELDS[name]: room.keep(value)}
    if name == "priority":
        if value.lower() not in _PRIORITIES:
            because = f"“{value}” is not a priority: 1, 2 or 3"
            raise Refused(because)
        return {"priority": _PRIORITIES[value.lower()]}
    if name == "source":
        try:
            return {"source": Source(value.lower())}
        except ValueError:
            because = f"“{value}” is not a source: {', '.join(Source)}"
            raise Refused(because) from None
    return {name: value} | ({"type_unmapped": False} if name == "type" else {})
