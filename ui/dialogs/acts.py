"""The asks about an incident, each with the command that its answer becomes."""

from crt_console.domain import commands as c
from crt_console.domain.grammar.intake import call_back as checked_number
from crt_console.domain.ids import same_person
from crt_console.domain.incident import Incident
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, NOT_SENT_REASONS, Source
from ui.dialogs.ask import Ask, AskField, AskText, Values
from ui.dialogs.ask_choice import AskAgencies, AskChoice
from ui.models.desk import Desk

EDITABLE: dict[str, str] = {
    "place": "place",
    "call_back": "call-back number",
    "type": "type",
    "priority": "priority",
    "text": "what is happening",
    "language": "language",
    "source": "source",
}
_PRIORITIES = {"1": "P1", "2": "P2", "3": "P3", "": "not set"}


def _incident(desk: Desk, incident_id: str) -> Incident:
    return desk.board.incidents[incident_id]


def _named(desk: Desk, incident_id: str) -> str:
    return str(_incident(desk, incident_id).serial)


def accept_handover(desk: Desk, incident_id: str, agency: str) -> Ask:
    """Who at the other agency took it, and their number."""
    fields = [
        AskField("name", "Name, or unit", required=True),
        AskField("number", "Their phone number"),
    ]
    title = f"{_capital(AGENCY_NAMES[agency])} accepted {_named(desk, incident_id)}: who?"
    return AskText(title, fields, "Accepted").act_through(
        desk,
        lambda said: c.AcceptHandover(
            incident=incident_id, agency=agency, name=said["name"], number=said["number"]
        ),
    )


def decline_handover(desk: Desk, incident_id: str, agency: str) -> Ask:
    """Why the other agency said no."""
    title = f"{_capital(AGENCY_NAMES[agency])} declined {_named(desk, incident_id)}: why?"
    return AskText(
        title, [AskField("reason", "Their reason", required=True)], "Declined"
    ).act_through(
        desk,
        lambda said: c.DeclineHandover(incident=incident_id, agency=agency, reason=said["reason"]),
    )


def clear_scene(desk: Desk, incident_id: str) -> Ask:
    """Which officer says that the scene is clear."""
    field = AskField("name", "Officer’s name", required=True)
    return AskText(
        f"Police report the scene of {_named(desk, incident_id)} clear: who says so?",
        [field],
        "Scene is clear",
        lead="From then on the order to stage is lifted.",
    ).act_through(desk, lambda said: c.ClearScene(incident=incident_id, name=said["name"]))


def override_advice(desk: Desk, incident_id: str) -> Ask:
    """Who should go instead of those advised."""
    incident = _incident(desk, incident_id)

    def build(said: Values) -> c.Command:
        agencies = tuple(part for part in said["agencies"].split("+") if part)
        return c.OverrideAdvice(incident=incident_id, agencies=agencies, reason=said["reason"])

    return AskAgencies(
        f"Who should go to {incident.serial}?",
        incident.wanted,
        "Send these",
        advised=incident.agencies,
        lead=f"Advised: {_listed(incident.agencies)}",
    ).act_through(desk, build)


def agree_below(desk: Desk, incident_id: str) -> Ask | None:
    """The second person's yes to what a colleague chose; None where nothing waits for it."""
    waiting = desk.board.asked_of(incident_id)
    if not waiting or same_person(waiting[0].asked_by, desk.who):
        return None
    asked = waiting[0]
    return AskText(
        f"Agree for {_named(desk, incident_id)}: {asked.says}?",
        [],
        "I agree",
        lead=f"{asked.asked_by} chose this. The safety floor: {asked.because}.",
        danger=True,
    ).act_through(desk, lambda _: c.Confirm(confirmation=asked.id))


def mark_not_sent(desk: Desk, incident_id: str) -> Ask:
    """Why no team goes."""
    return AskChoice(
        f"No team goes to {_named(desk, incident_id)}: why?",
        NOT_SENT_REASONS,
        "No team goes",
        fields=[AskField("text", "Remarks")],
        text_for=("other",),
    ).act_through(
        desk,
        lambda said: c.MarkNotSent(incident=incident_id, reason=said["code"], text=said["text"]),
    )


def close_incident(desk: Desk, incident_id: str) -> Ask:
    """How it ended."""
    units = [desk.board.units[a.unit_id] for a in desk.board.assignments_of(incident_id)]
    names = ", ".join(unit.call_sign for unit in units)
    return AskChoice(
        f"Close {_named(desk, incident_id)}: how did it end?",
        DISPOSITIONS,
        "Close it",
        fields=[AskField("text", "Remarks")],
        lead=f"{names} will be free." if names else "",
    ).act_through(
        desk,
        lambda said: c.CloseIncident(
            incident=incident_id, disposition=said["code"], text=said["text"]
        ),
    )


def reopen_incident(desk: Desk, incident_id: str) -> Ask:
    """Why it is not over."""
    return AskText(
        f"Reopen {_named(desk, incident_id)}: why?",
        [AskField("reason", "Reason", required=True)],
        "Reopen",
    ).act_through(desk, lambda said: c.ReopenIncident(incident=incident_id, reason=said["reason"]))


def record_ring_back(desk: Desk, incident_id: str) -> Ask:
    """What the waiting caller said when called back."""
    number = desk.board.text(_incident(desk, incident_id).call_back)
    return AskText(
        f"Ring back {number or 'the caller'} about {_named(desk, incident_id)}",
        [AskField("text", "What they say now")],
        "Ring-back done",
        lead="Say: help is being arranged. Has anything changed? Is anyone hurt or in danger?",
    ).act_through(desk, lambda said: c.RecordRingBack(incident=incident_id, text=said["text"]))


def seen_value(desk: Desk, incident_id: str, field: str) -> str:
    """Return what a field holds now, in words."""
    value = getattr(_incident(desk, incident_id), field)
    if field in {"place", "call_back", "text"}:
        return desk.board.text(value)
    return "" if value is None else str(value)


def edit_incident(desk: Desk, incident_id: str, field: str) -> Ask:
    """Another value for one field; refused if somebody changed it meanwhile."""
    seen = seen_value(desk, incident_id, field)
    title = f"{_capital(EDITABLE[field])} of {_named(desk, incident_id)}"

    def build(said: Values) -> c.Command:
        value = said["code"] if "code" in said else said["value"]
        value = checked_number(value) if field == "call_back" and value else value
        return c.EditIncident(
            incident=incident_id, field=field, value=value, seen=seen, check_seen=True
        )

    codes = {"priority": _PRIORITIES, "source": {str(s): str(s) for s in Source}}.get(field)
    ask: Ask
    if codes is not None:
        ask = AskChoice(title, codes, "Change", code=seen)
    else:
        words = _capital(EDITABLE[field])
        ask = AskText(title, [AskField("value", words, required=True, value=seen)], "Change")
        ask.line("value").selectAll()
    return ask.act_through(desk, build)


def _listed(agencies: tuple[str, ...]) -> str:
    return " + ".join(AGENCY_NAMES.get(agency, agency) for agency in agencies) or "nobody yet"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
