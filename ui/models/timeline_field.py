"""What entries about teams, other agencies and alarms say in the timeline."""

from collections.abc import Callable

from crt_console.domain.words import AGENCY_NAMES, AlarmKind, Basis, UnitStatus
from ui.models.speech import STATUS_WORDS, agency_title, dotted, joined, listed, sentence
from ui.models.told import Part, Parts, Told, because, comma

_LOUD = frozenset(
    {
        AlarmKind.EMERGENCY,
        AlarmKind.ORDER,
        AlarmKind.BACKUP,
        AlarmKind.FLOOR_AGENCY,
        AlarmKind.HANDOVER,
        AlarmKind.CHECK_IN,
        AlarmKind.SECOND_PERSON,
    }
)
_ALARM_WORDS: dict[str, str] = {
    AlarmKind.EMERGENCY: "emergency",
    AlarmKind.BACKUP: "backup: nobody accepted",
    AlarmKind.ORDER: "the team has to be told",
    AlarmKind.FLOOR_AGENCY: "an agency nobody asked",
    AlarmKind.HANDOVER: "nobody accepted",
    AlarmKind.CHECK_IN: "check-in",
    AlarmKind.FIRST_QUESTION: "first question",
    AlarmKind.WAITING: "waiting over the limit",
    AlarmKind.RING_BACK: "ring back",
    AlarmKind.SECOND_PERSON: "second person",
    AlarmKind.OVERRIDE: "supervisor told of the override",
    AlarmKind.STATUS: "status lasts too long",
    AlarmKind.QUARANTINE: "a call could not be read",
    AlarmKind.NOT_SENT: "not sent",
}
# --- teams -------------------------------------------------------------------------------------


def _assigned(told: Told) -> Parts:
    over = joined(f"{sign} ({why})" for sign, why in told.pairs("passed_over"))
    text = f"{told.team} by {told.entry.by}" + (", by radio" if told.flag("by_radio") else "")
    return (Part("Sent", comma(text, f"passed over {over}" if over else "")),)


def _order(order: str) -> str:
    return "go in" if order == "GO" else order or "no order"


def _ordered(told: Told) -> Parts:
    text = f"{told.team}: {_order(told.text('order'))}"
    return (Part("Order", text if told.flag("told") else f"{text}, to be told"),)


def _unit_told(told: Told) -> Parts:
    order = told.text("order")
    return (Part("Told", f"{told.team}: {_order(order)}" if order else told.team),)


def _status(word: str) -> str:
    known = word in set(UnitStatus)
    return STATUS_WORDS[UnitStatus(word)] if known else word


def _reported(told: Told) -> Parts:
    skipped = [_status(word) for word in told.names("not_reported")]
    text = dotted(
        _status(told.text("status")),
        f"not reported: {', '.join(skipped)}" if skipped else "",
        told.text("query"),
    )
    return (Part(sentence(told.team), text),)


def _about_team(words: str, *, minor: bool = False) -> Callable[[Told], Parts]:
    def say(told: Told) -> Parts:
        return (Part(sentence(told.team), words, minor=minor),)

    return say


def _released(told: Told) -> Parts:
    return (Part(sentence(told.team), because("released", told.kept("reason"))),)


def _out_of_service(told: Told) -> Parts:
    return (Part(sentence(told.team), because("out of service", told.text("reason"))),)


def _emergency_over(told: Told) -> Parts:
    return (Part("Emergency over", because(told.team, told.kept("reason"))),)


# --- other agencies ----------------------------------------------------------------------------


def _offered(told: Told) -> Parts:
    basis = told.text("basis")
    for_whom = {
        Basis.FLOOR.value: "the floor needs it",
        Basis.BACKUP.value: f"backup for {told.team}",
    }
    text = comma(
        "asked to stand by" if told.flag("standby") else "asked",
        for_whom.get(basis, ""),
        "urgent" if told.flag("urgent") else "",
        "STAGE" if told.flag("stage") else "",
    )
    return (Part(agency_title(told.text("agency")), text),)


def _accepted(told: Told) -> Parts:
    by = told.written("handovers", "accepted_by")
    number = told.written("handovers", "their_number")
    return (Part(agency_title(told.text("agency")), because("accepted", comma(by, number))),)


def _declined(told: Told) -> Parts:
    reason = told.written("handovers", "reason")
    return (Part(agency_title(told.text("agency")), because("declined", reason)),)


def _handovers_ordered(told: Told) -> Parts:
    order = "STAGE" if told.flag("stage") else "go in"
    return (Part("Order", f"{listed(told.names('agencies'))}: {order}"),)


def _standby(_told: Told) -> Parts:
    return (Part("Police", "standing by is not enough: asked to come"),)


def _scene_clear(told: Told) -> Parts:
    return (Part("Police", because("report the scene clear", told.kept("officer"))),)


# --- alarms ------------------------------------------------------------------------------------


def _raised(told: Told) -> Parts:
    kind = told.text("alarm_kind")
    words = _ALARM_WORDS.get(kind, kind.replace("_", " "))
    detail = told.text("detail")
    if detail in AGENCY_NAMES:
        words = f"{words}, {AGENCY_NAMES[detail]}"
    elif told.entry.unit_id:
        words = f"{words}, {told.team}"
    step = told.text("step")
    again = f" (step {step})" if kind == AlarmKind.CHECK_IN and step not in {"", "1"} else ""
    return (Part("Due", f"{words}{again}", minor=kind not in _LOUD),)


def _owned(told: Told) -> Parts:
    kind = told.text("alarm_kind")
    words = _ALARM_WORDS.get(kind, kind.replace("_", " "))
    return (Part("Due", f"{told.entry.by} has it: {words}", minor=kind != AlarmKind.EMERGENCY),)


FIELD: dict[str, Callable[[Told], Parts]] = {
    "UnitAssigned": _assigned,
    "UnitOrdered": _ordered,
    "UnitTold": _unit_told,
    "UnitReported": _reported,
    "UnitCheckedIn": _about_team("checked in"),
    "UnitReleased": _released,
    "UnitOutOfService": _out_of_service,
    "UnitAdded": _about_team("made known"),
    "UnitCardChanged": _about_team("card changed", minor=True),
    "ShiftStarted": _about_team("shift started"),
    "ShiftEnded": _about_team("shift ended"),
    "EmergencyDeclared": lambda told: (Part("EMERGENCY", f"{told.team} calls for help"),),
    "EmergencyCleared": _emergency_over,
    "HandoverOffered": _offered,
    "HandoverAccepted": _accepted,
    "HandoverDeclined": _declined,
    "HandoversOrdered": _handovers_ordered,
    "StandbyNotEnough": _standby,
    "SceneCleared": _scene_clear,
    "AlarmRaised": _raised,
    "AlarmOwned": _owned,
}
