"""The dispatcher decides otherwise; below the floor a second person is asked."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from crt_console.domain.commands import (
    CloseIncident,
    MarkNotSent,
    Outcome,
    OverrideAdvice,
)
from crt_console.domain.errors import Refused
from crt_console.domain.ids import ConfirmationId, new_id, same_person
from crt_console.domain.incident import Confirmation, Incident
from crt_console.domain.words import (
    AGENCY_NAMES,
    EMERGENCY_AGENCIES,
    NOT_SENT_REASONS,
    TEAM,
    UNARMED,
    AlarmKind,
    Basis,
)
from crt_console.protocol.floor import holding, line
from crt_console.protocol.standing import is_live, needs_of, unmet
from crt_console.services.dues import ring
from crt_console.services.offers import end_offers, offer, offer_missing
from crt_console.services.outcomes import about, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room

Choice = OverrideAdvice | MarkNotSent | CloseIncident


def override(room: Room, command: OverrideAdvice, *, chosen_by: str = "") -> Outcome:
    """Decide on other agencies: fewer, or an unadvised team, with a reason; the floor by two.

    `chosen_by`: whose choice it was, where a second person has agreed.
    """
    before = open_one(room, command.incident)
    chosen = _known(command.agencies)
    advised = set(before.agencies)
    removed, added = advised - chosen, chosen - advised
    if (removed or added & UNARMED) and not command.reason.strip():
        because = f"say why: the advice is {words(advised)}, you chose {words(chosen)}"
        raise Refused(because)
    below = below_if_sent(before, chosen)
    if below and not chosen_by:
        return ask_second_person(room, before, command, below, command.reason)
    incident = replace(
        before,
        override=tuple(sorted(chosen)),
        override_reason=room.keep(command.reason),
        override_by=chosen_by or room.by,
        override_at=room.at,
    )
    if TEAM in chosen:
        incident = replace(incident, not_sent=None, not_sent_text=None)
    room.put(incident, decisive=True)
    if removed & EMERGENCY_AGENCIES and not chosen_by:  # she has just said yes herself
        ring(
            room,
            AlarmKind.OVERRIDE,
            before.id,
            incident=incident,
            detail=words(removed & EMERGENCY_AGENCIES),
            supervisor=True,
        )
    room.record(
        "AdviceOverridden",
        incident=incident,
        advised=sorted(advised),
        chosen=sorted(chosen),
        reason=incident.override_reason,
    )
    end_offers(room, incident, frozenset(removed - needs_of(incident)))
    if room.pending:
        room.record("OffersEnded", incident=incident, agencies=sorted(removed))
    if room.assignments(incident.id) or TEAM not in chosen:
        offer_missing(room, incident)
    return about(settle(room, before, incident), agencies="+".join(sorted(chosen)))


def below_if_sent(incident: Incident, chosen: Iterable[str]) -> tuple[int, ...]:
    """Return the lines of the floor that this choice leaves unmet.

    What a second person released for one choice is not released for the next: sending nobody is
    not sending a team alone, and a team with police is not a team alone.
    """
    there = frozenset(chosen)
    below = set(unmet(incident, there))
    if there & UNARMED and incident.not_sent is not None:
        again = {found.index for found in holding(incident.facts)} & set(incident.cleared)
        below |= {index for index in again if not line(index).needs <= there}
    dropped = frozenset(incident.override or ()) - there
    for index in incident.cleared:  # police alone clear no line that needs others too
        if len(line(index).needs) > 1 and line(index).needs & dropped:
            below.add(index)
    return tuple(sorted(below))


def below_if_not_sent(room: Room, incident: Incident) -> tuple[int, ...]:
    """Return the lines of the floor that nobody was asked for."""
    handovers = room.handovers(incident.id)
    return unmet(incident, {a for a in EMERGENCY_AGENCIES if is_live(handovers, a, floor=True)})


def _known(agencies: tuple[str, ...]) -> set[str]:
    for agency in agencies:
        if agency not in AGENCY_NAMES:
            because = f"{agency} is not an agency: {', '.join(AGENCY_NAMES)}"
            raise Refused(because)
    return set(agencies)


def words(agencies: Iterable[str]) -> str:
    """Return agencies in words, the team first; `nobody` where there is none."""
    order = list(AGENCY_NAMES)
    named = sorted(agencies, key=order.index)
    return " + ".join(AGENCY_NAMES[a] for a in named) or "nobody"


def ask_second_person(
    room: Room, incident: Incident, command: Choice, below: tuple[int, ...], reason: str
) -> Outcome:
    """Keep the choice until a second person agrees; meanwhile the floor's hand-overs stand."""
    for earlier in room.confirmations(incident.id):
        if same_person(earlier.asked_by, room.by) and _below(room, earlier) == below:
            because = f"a second person is asked already for {incident.number}"
            raise Refused(because)
    because = "; ".join(line(i).because for i in below)
    command = replace(command, incident=incident.id)  # `142` may be another by then
    asked = Confirmation(
        id=ConfirmationId(new_id()),
        incident_id=incident.id,
        action=type(command).__name__,
        command=room.keep(encode(command, below)),  # type: ignore[arg-type]
        says=_says(command),
        because=because,
        lines=tuple(sorted({*incident.held, *below})),
        reason=room.keep(reason),
        asked_by=room.by,
        console=room.console,
        asked_at=room.at,
    )
    room.put(asked)
    ring(
        room,
        AlarmKind.SECOND_PERSON,
        asked.id,
        incident=incident,
        detail=asked.says,
        supervisor=True,
    )
    room.record(
        "SecondPersonAsked",
        incident=incident,
        confirmation=asked.id,
        action=asked.action,
        says=asked.says,
        lines=list(below),
        reason=asked.reason,
    )
    for agency in sorted(needs_of(incident)):
        if not is_live(room.handovers(incident.id), agency, floor=True):
            offer(room, incident, agency, basis=Basis.FLOOR)
    settle(room, incident, incident)
    because = f"a second person must confirm: {because}"
    return replace(about(incident), kind="confirm", id=asked.id, because=because)


def _says(command: Choice) -> str:
    if isinstance(command, OverrideAdvice):
        return f"send {words(command.agencies)}"
    if isinstance(command, MarkNotSent):
        return f"send nobody: {NOT_SENT_REASONS[command.reason]}"
    return f"close: {command.disposition}"


def encode(command: Choice, below: tuple[int, ...]) -> str:
    """Return the choice, and the lines it leaves unmet, as text that `decode` reads."""
    body = msgspec.to_builtins(command)
    kept = {"kind": type(command).__name__, "body": body, "below": below}
    return msgspec.json.encode(kept).decode()


def _below(room: Room, asked: Confirmation) -> tuple[int, ...]:
    return decode(room.text(asked.command))[1]


def decode(text: str) -> tuple[Choice, tuple[int, ...]]:
    """Return the choice that was kept and the lines it would leave unmet."""
    kept = msgspec.json.decode(text)
    kinds: dict[str, type[Choice]] = {
        kind.__name__: kind for kind in (OverrideAdvice, MarkNotSent, CloseIncident)
    }
    return msgspec.convert(kept["body"], kinds[kept["kind"]]), tuple(kept["below"])


def not_sent(room: Room, command: MarkNotSent, *, confirmed: bool = False) -> Outcome:
    """Decide that no team goes, for a coded reason; what the floor needs has to be asked for."""
    before = open_one(room, command.incident)
    if command.reason not in NOT_SENT_REASONS:
        because = f"{command.reason} is not a reason: {', '.join(NOT_SENT_REASONS)}"
        raise Refused(because)
    if room.assignments(before.id):
        because = f"a team is on {before.number}: release it first"
        raise Refused(because)
    below = below_if_not_sent(room, before)
    if below and not confirmed:
        return ask_second_person(room, before, command, below, command.text)
    incident = replace(before, not_sent=command.reason, not_sent_text=room.keep(command.text))
    room.put(incident, decisive=True)
    room.record(
        "NotSent",
        incident=incident,
        reason=command.reason,
        text=incident.not_sent_text,
        advised=list(before.agencies),
    )
    return about(settle(room, before, incident), reason=command.reason)
