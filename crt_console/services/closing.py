"""Ending an incident with a coded disposition, and taking that back."""

from msgspec.structs import replace

from crt_console.domain.commands import CloseIncident, Outcome, ReopenIncident
from crt_console.domain.errors import Refused
from crt_console.domain.incident import Incident
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, HandoverState, IncidentStatus
from crt_console.protocol.standing import needs_of, unmet
from crt_console.services.decide import ask_second_person
from crt_console.services.dispatch import stand_down
from crt_console.services.offers import end_offers
from crt_console.services.outcomes import about, open_one, when
from crt_console.services.settle import settle
from crt_console.store.room import Room

_HANDED_TO = {"handed_to_ems": "ems", "handed_to_police": "police"}


def below_if_closed(room: Room, incident: Incident) -> tuple[int, ...]:
    """Return the lines of the floor that closing would leave unmet: asked is not accepted."""
    accepted = {
        h.agency
        for h in room.handovers(incident.id)
        if h.state is HandoverState.ACCEPTED and not h.standby and h.scene_clear_at is None
    }
    return unmet(incident, accepted)


def close(room: Room, command: CloseIncident, *, confirmed: bool = False) -> Outcome:
    """Close an incident; what the floor needs must have been accepted. Units are stood down."""
    before = open_one(room, command.incident)
    if command.disposition not in DISPOSITIONS:
        because = f"{command.disposition} is not a disposition: {', '.join(DISPOSITIONS)}"
        raise Refused(because)
    _check_taken(room, before, command.disposition)
    below = below_if_closed(room, before)
    if below and not confirmed:
        return ask_second_person(room, before, command, below, command.text)
    stood_down = _stand_down_all(room, before)
    incident = replace(
        before,
        status=IncidentStatus.CLOSED,
        closed_at=when(room),
        waiting_since=None,
        disposition=command.disposition,
        disposition_text=room.keep(command.text),
    )
    end_offers(room, incident)
    room.put(incident, decisive=True)
    room.record(
        "IncidentClosed",
        incident=incident,
        disposition=command.disposition,
        text=incident.disposition_text,
        stood_down=stood_down,
    )
    return about(settle(room, before, incident), disposition=command.disposition)


def _check_taken(room: Room, incident: Incident, disposition: str) -> None:
    """Refuse to hand an incident to an agency that has not taken it.

    Where the floor needs that agency, a second person decides instead.
    """
    agency = _HANDED_TO.get(disposition)
    if agency is None or agency in needs_of(incident):
        return
    asked = [h for h in room.handovers(incident.id) if h.agency == agency]
    if any(h.state is HandoverState.ACCEPTED for h in asked):
        return
    if agency == "ems" and not asked:  # a team brings somebody to the emergency department itself
        return
    did = "have not accepted" if asked else "were not asked for"
    because = f"{AGENCY_NAMES[agency]} {did} {incident.number}: enter who took it there first"
    raise Refused(because)


def _stand_down_all(room: Room, incident: Incident) -> list[str]:
    names = []
    for taken in room.assignments(incident.id):
        unit = stand_down(room, room.unit(taken.unit_id), taken)
        room.record("UnitReleased", incident=incident, unit=unit)
        names.append(unit.call_sign)
    return names


def reopen(room: Room, command: ReopenIncident) -> Outcome:
    """Take a closed incident up again, with the reason."""
    before = room.incident(command.incident)
    if before.open:
        because = f"{before.number} is open"
        raise Refused(because)
    if before.linked_to is not None:
        because = f"{before.number} is part of {room.incident(before.linked_to).number}: unlink it"
        raise Refused(because)
    if not command.reason.strip():
        because = "say why it is reopened"
        raise Refused(because)
    incident = replace(
        before,
        status=IncidentStatus.WAITING,
        cleared=(),  # who released them agreed to the end; police have gone since
        police_clear=(),
        closed_at=None,
        waiting_since=room.at,
        disposition=None,
        disposition_text=None,
        not_sent=None,
        not_sent_text=None,
        on_scene_at=None,
        imported=False,
        owner=room.by,
        owner_console=room.console,
    )
    room.put(incident, decisive=True)
    room.record(
        "IncidentReopened",
        incident=incident,
        reason=room.keep(command.reason),
        was=before.disposition,
    )
    return about(settle(room, before, incident))
