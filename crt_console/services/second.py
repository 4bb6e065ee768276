"""The second person answers: confirmed from somebody else, or denied."""

from msgspec.structs import replace

from crt_console.domain.commands import (
    Confirm,
    Deny,
    MarkNotSent,
    Outcome,
    OverrideAdvice,
)
from crt_console.domain.errors import Refused
from crt_console.domain.ids import same_person
from crt_console.domain.incident import Confirmation, Incident
from crt_console.domain.words import AlarmKind, ConfirmationState
from crt_console.services.closing import below_if_closed, close
from crt_console.services.decide import (
    Choice,
    below_if_not_sent,
    below_if_sent,
    decode,
    not_sent,
    override,
)
from crt_console.services.dues import end
from crt_console.services.outcomes import about
from crt_console.store.room import Room

_ENDED = {
    ConfirmationState.CONFIRMED: "was confirmed already",
    ConfirmationState.DENIED: "was denied",
    ConfirmationState.OVERTAKEN: "no longer stands: the danger has grown since it was asked",
}


def confirm(room: Room, command: Confirm) -> Outcome:
    """Carry out a choice below the floor; refused from the one who asked, or if danger grew."""
    asked = room.confirmation(command.confirmation)
    incident = room.incident(asked.incident_id)
    _check_open(asked)
    if same_person(asked.asked_by, room.by):
        because = f"{asked.asked_by} asked: another person has to confirm"
        raise Refused(because)
    if not set(incident.held) <= set(asked.lines):
        raise Refused(f"it {_ENDED[ConfirmationState.OVERTAKEN]}")
    choice, agreed = decode(room.text(asked.command))
    below = _below_now(room, incident, choice)
    if not set(below) <= set(agreed):  # an agency that was there then has gone since
        raise Refused(f"it {_ENDED[ConfirmationState.OVERTAKEN]}")
    _decided(room, asked, incident, ConfirmationState.CONFIRMED)
    held = tuple(i for i in incident.held if i not in below)
    cleared = tuple(sorted({*incident.cleared, *below}))
    room.put(replace(incident, held=held, cleared=cleared), decisive=True)
    room.record("FloorReleased", incident=incident, confirmation=asked.id, lines=list(below))
    outcome = _carry_out(room, choice, asked.asked_by)
    return replace(outcome, id=asked.id)


def _below_now(room: Room, incident: Incident, choice: Choice) -> tuple[int, ...]:
    if isinstance(choice, OverrideAdvice):
        return below_if_sent(incident, choice.agencies)
    if isinstance(choice, MarkNotSent):
        return below_if_not_sent(room, incident)
    return below_if_closed(room, incident)


def _carry_out(room: Room, choice: Choice, chosen_by: str) -> Outcome:
    if isinstance(choice, OverrideAdvice):
        return override(room, choice, chosen_by=chosen_by)
    if isinstance(choice, MarkNotSent):
        return not_sent(room, choice, confirmed=True)
    return close(room, choice, confirmed=True)


def deny(room: Room, command: Deny) -> Outcome:
    """End a request: the safe way stands. The one who asked may take it back the same way."""
    asked = room.confirmation(command.confirmation)
    incident = room.incident(asked.incident_id)
    _check_open(asked)
    _decided(room, asked, incident, ConfirmationState.DENIED)
    return replace(about(incident), id=asked.id)


def _check_open(asked: Confirmation) -> None:
    if asked.state is not ConfirmationState.ASKED:
        raise Refused(f"it {_ENDED[asked.state]}")


def _decided(room: Room, asked: Confirmation, incident: Incident, state: ConfirmationState) -> None:
    room.put(replace(asked, state=state, decided_by=room.by, decided_at=room.at))
    end(room, AlarmKind.SECOND_PERSON, asked.id)
    kinds = {ConfirmationState.CONFIRMED: "Confirmed", ConfirmationState.DENIED: "Denied"}
    room.record(
        kinds[state],
        incident=incident,
        confirmation=asked.id,
        action=asked.action,
        asked_by=asked.asked_by,
    )
