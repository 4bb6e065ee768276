"""What each kind of journal entry says in the timeline: a short label and a line of words."""

from collections.abc import Callable, Mapping
from typing import Any

from crt_console.domain.words import (
    AGENCY_NAMES,
    DISPOSITIONS,
    NOT_SENT_REASONS,
    TEAM,
)
from ui.models.speech import (
    choice_words,
    dotted,
    fact_word,
    listed,
    sentence,
    value_word,
)
from ui.models.timeline_field import FIELD
from ui.models.told import Part, Parts, Told, because, comma, quoted

# Written with every act, about clocks only.
LEFT_OUT = frozenset({"DuesSet"})
_FIELDS = {"callback": "call_back"}
_CALL_FIELDS = {"call_back": "call-back", "lat": "position", "lon": "position"}


def _agencies(agencies: list[str]) -> str:
    if set(agencies) == {TEAM}:
        return f"{AGENCY_NAMES[TEAM]} alone"
    order = [*AGENCY_NAMES]
    named = sorted(agencies, key=lambda a: order.index(a) if a in order else len(order))
    return " + ".join(AGENCY_NAMES.get(a, a) for a in named) or "nobody"


# --- calls -----------------------------------------------------------------------------------


def _call_received(told: Told) -> Parts:
    priority = told.text("priority")
    call = comma(
        told.text("source"),
        told.written("incidents", "call_back"),
        str(told.column("incidents", "language") or ""),
        told.text("type"),
        f"priority {priority}" if priority else "",
    )
    parts = [Part("Call", call)]
    place = told.written("incidents", "place")
    if place:
        checked = "checked" if told.column("incidents", "place_verified") else "not verified"
        near = str(told.column("incidents", "neighbourhood") or "")
        parts.append(Part("Place", f"{checked}: {comma(place, near)}"))
    said = told.written("incidents", "text")
    return (*parts, Part("Said", said)) if said else tuple(parts)


def _call_added(told: Told) -> Parts:
    number = told.written("calls", "call_back")
    said = told.written("calls", "text")
    call = Part("Call", comma("one more call", told.text("source"), number))
    return (call, Part("Said", said)) if said else (call,)


def _theirs(told: Told, name: str, value: Any) -> str:
    """What another system says of a field where what we have stands."""
    personal = name in {"place", "text", "call_back"}
    said = told.words(value) if personal else ("" if value is None else str(value))
    return " ".join(filter(None, (_CALL_FIELDS.get(name, name), said)))


def _call_updated(told: Told) -> Parts:
    fields = [_CALL_FIELDS.get(name, name) for name in told.names("fields")]
    said = told.column("calls", "cad")
    cad = said if isinstance(said, Mapping) else {}
    kept = [_theirs(told, name, cad.get(name)) for name in told.names("kept")]
    ours = f"ours kept, theirs is {', '.join(dict.fromkeys(kept))}" if kept else ""
    return (Part("Call", dotted(f"update: {', '.join(dict.fromkeys(fields))}", ours)),)


def _imported(told: Told) -> Parts:
    return (Part("Call", comma("imported", told.text("external"), *told.names("flags"))),)


# --- answers and advice ------------------------------------------------------------------------


def _answers(told: Told) -> Parts:
    corrects = set(told.names("corrects"))
    parts = []
    for fact, value in told.pairs("answers"):
        words = value_word(told.pack, str(fact), value if isinstance(value, bool) else str(value))
        text = f"{words} (corrected)" if fact in corrects else words
        parts.append(Part(sentence(fact_word(str(fact))), text))
    return tuple(parts)


def _facts(told: Told, key: str) -> str:
    return ", ".join(fact_word(fact) for fact in told.names(key))


def _undone(told: Told) -> Parts:
    return (Part("Taken back", _facts(told, "facts")),)


def _caller_lost(told: Told) -> Parts:
    return (Part("Caller lost", because("could not ask", _facts(told, "could_not_ask"))),)


def _advice(told: Told) -> Parts:
    agencies = _agencies(told.names("agencies"))
    if not told.flag("assessed"):
        agencies = "not assessed" if agencies == "nobody" else f"{agencies}, so far"
    pack = _pack(told.text("pack"))
    # A pack's because may begin with who goes, which is said already.
    why = because(agencies, told.text("because").split(": ", 1)[-1])
    return (Part("Advice", dotted(why, f"guidance {pack}" if pack else "")),)


def _pack(said: str) -> str:
    """Name and version once: an id may carry its version too (`hartford@2026.1 2026.1`)."""
    name, _, version = said.replace("@", " ").partition(" ")
    return " ".join([sentence(name), *version.split()[-1:]])


def _overridden(told: Told) -> Parts:
    text = f"chose {_agencies(told.names('chosen'))}, advice was {_agencies(told.names('advised'))}"
    return (Part("Override", because(text, quoted(told.kept("reason")))),)


def _offers_ended(told: Told) -> Parts:
    return (Part("Not asked", f"no longer: {listed(told.names('agencies'))}", minor=True),)


def _second_person(told: Told) -> Parts:
    asked = because(f"asked for {choice_words(told.text('says'))}", quoted(told.kept("reason")))
    return (Part("Second person", asked),)


def _confirmed(told: Told) -> Parts:
    return (Part("Second person", f"{told.entry.by} agreed, {told.text('asked_by')} had asked"),)


def _denied(told: Told) -> Parts:
    own = told.text("asked_by").casefold() == told.entry.by.casefold()
    return (Part("Second person", "taken back" if own else f"{told.entry.by} said no"),)


def _overtaken(_told: Told) -> Parts:
    return (Part("Second person", "no longer asked: the danger grew, or it ended"),)


def _floor_released(_told: Told) -> Parts:
    return (Part("Floor", "released by a second person"),)


def _not_sent(told: Told) -> Parts:
    reason = NOT_SENT_REASONS.get(told.text("reason"), told.text("reason"))
    return (Part("Not sent", because(reason, told.kept("text"))),)


# --- paper -------------------------------------------------------------------------------------


def _note(told: Told) -> Parts:
    return (Part("Note", told.kept("note")),)


def _rung_back(told: Told) -> Parts:
    return (Part("Ring-back", told.kept("note") or "caller called back"),)


def _taken(told: Told) -> Parts:
    was = told.text("was")
    changed = was and was != told.entry.by
    return (Part("Owner", comma(told.entry.by, f"was {was}" if changed else "")),)


def _edited(told: Told) -> Parts:
    field = told.text("field")
    value = told.column("incidents", _FIELDS.get(field, field))
    words = told.words(value) or ("" if value is None else str(value))
    name = "call-back" if field == "callback" else field
    return (Part("Changed", f"{name}: {words or 'empty'}"),)


def _linked(told: Told) -> Parts:
    worse = _facts(told, "facts")
    text = f"{told.text('other')} is the same incident"
    return (Part("Linked", dotted(text, f"worse answers taken: {worse}" if worse else "")),)


def _unlinked(told: Told) -> Parts:
    return (Part("Parted", f"{told.text('other')} waits again"),)


def _closed(told: Told) -> Parts:
    code, other = told.text("disposition"), told.text("linked_to")
    words = DISPOSITIONS.get(code, code) + (f", {other}" if other else "")
    return (Part("Closed", because(words, told.kept("text"))),)


def _reopened(told: Told) -> Parts:
    was = DISPOSITIONS.get(told.text("was"), told.text("was"))
    return (Part("Reopened", comma(told.kept("reason"), f"was {was}" if was else "")),)


def _caution(told: Told) -> Parts:
    about, text = told.written("cautions", "about"), told.written("cautions", "text")
    return (Part("Caution", f"{about}: {text}" if about else text),)


def _quarantined(told: Told) -> Parts:
    return (Part("Not read", comma(told.text("reason"), told.text("origin"))),)


def _fixed(label: str, text: str, *, minor: bool = False) -> Callable[[Told], Parts]:
    def say(_told: Told) -> Parts:
        return (Part(label, text, minor=minor),)

    return say


SAY: dict[str, Callable[[Told], Parts]] = {
    "CallReceived": _call_received,
    "CallAdded": _call_added,
    "CallUpdated": _call_updated,
    "CallRepeated": _fixed("Call", "sent again, nothing new", minor=True),
    "CallUpdateIgnored": _fixed("Call", "older update, not applied", minor=True),
    "CallImported": _imported,
    "ImportRepeated": _fixed("Import", "nothing new", minor=True),
    "LineQuarantined": _quarantined,
    "AnswerGiven": _answers,
    "AnswerUndone": _undone,
    "CallerLost": _caller_lost,
    "AdviceChanged": _advice,
    "AdviceOverridden": _overridden,
    "OffersEnded": _offers_ended,
    "SecondPersonAsked": _second_person,
    "Confirmed": _confirmed,
    "Denied": _denied,
    "ConfirmationOvertaken": _overtaken,
    "FloorReleased": _floor_released,
    "NotSent": _not_sent,
    "NoteAdded": _note,
    "CallerRungBack": _rung_back,
    "IncidentTaken": _taken,
    "IncidentEdited": _edited,
    "IncidentsLinked": _linked,
    "IncidentsUnlinked": _unlinked,
    "IncidentClosed": _closed,
    "IncidentReopened": _reopened,
    "CautionAdded": _caution,
    **FIELD,
}
