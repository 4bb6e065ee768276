"""The asks about a team, a place or a number, each with the command its answer becomes."""

from datetime import datetime, time

from crt_console.domain import commands as c
from crt_console.domain.grammar import Misread
from crt_console.domain.unit import Unit
from crt_console.domain.wall import end_of, next_on_wall
from crt_console.domain.words import AGENCY_NAMES, TEAM, UnitStatus
from ui.dialogs.ask import Ask, AskField, AskText, Values
from ui.dialogs.ask_choice import AskChoice
from ui.models.desk import Desk
from ui.models.speech import sentence
from ui.models.unit_steps import STATUSES, others

_URGENT = "urgent"


def _unit(desk: Desk, unit_id: str) -> Unit:
    return desk.board.units[unit_id]


def release_unit(desk: Desk, unit_id: str) -> Ask:
    """Takes a team off its incident."""
    unit = _unit(desk, unit_id)
    on = desk.board.incidents.get(unit.incident_id) if unit.incident_id else None
    title = f"Take {unit.call_sign} off {on.serial}" if on else f"Release {unit.call_sign}"
    return AskText(title, [AskField("reason", "Reason")], "Release").act_through(
        desk, lambda said: c.ReleaseUnit(unit=unit_id, reason=said["reason"])
    )


def report_status(desk: Desk, unit_id: str) -> Ask:
    """What a team reports that is not the status expected next."""
    unit = _unit(desk, unit_id)
    may = others(unit)
    choices = {str(status): sentence(words) for status, words, _ in STATUSES if status in may}
    return AskChoice(f"What does {unit.call_sign} report?", choices, "Report").act_through(
        desk, lambda said: c.ReportStatus(unit=unit_id, status=UnitStatus(said["code"]))
    )


def set_out_of_service(desk: Desk, unit_id: str) -> Ask:
    """Why a team cannot be sent."""
    title = f"{_unit(desk, unit_id).call_sign} out of service: why?"
    field = AskField("reason", "Reason", required=True, hint="meal, vehicle, paperwork…")
    return AskText(title, [field], "Out of service").act_through(
        desk, lambda said: c.SetOutOfService(unit=unit_id, reason=said["reason"])
    )


def clear_emergency(desk: Desk, unit_id: str) -> Ask:
    """How we know that a team is well."""
    title = f"{_unit(desk, unit_id).call_sign}: the emergency is over. How do we know?"
    field = AskField("reason", "Who said so, and how", required=True)
    return AskText(title, [field], "Emergency is over", danger=True).act_through(
        desk, lambda said: c.ClearEmergency(unit=unit_id, reason=said["reason"])
    )


def call_backup(desk: Desk, unit_id: str) -> Ask:
    """Which agency a team wants with it, and whether at once."""
    agencies = {agency: words for agency, words in AGENCY_NAMES.items() if agency != TEAM}
    first = ("police", "ems", "fire")
    ordered = {**{a: agencies[a] for a in first}, **agencies}
    choices = {f"{a} {_URGENT}": f"{ordered[a]}, at once" for a in first} | ordered

    def build(said: Values) -> c.Command:
        agency, _, urgent = said["code"].partition(" ")
        return c.CallBackup(unit=unit_id, agency=agency, urgent=urgent == _URGENT)

    title = f"Who should back {_unit(desk, unit_id).call_sign} up?"
    return AskChoice(title, choices, "Call backup").act_through(desk, build)


def start_shift(desk: Desk, unit_id: str) -> Ask:
    """Begins a team's shift; until when, if known."""
    field = AskField("until", "Ends at", hint="23:00")
    title = f"{_unit(desk, unit_id).call_sign} begins its shift"
    return AskText(title, [field], "Begin").act_through(
        desk,
        lambda said: c.StartShift(unit=unit_id, ends_at=_clock(said["until"], desk.now())),
    )


def end_shift(desk: Desk, unit_id: str) -> Ask:
    """Ends a team's shift."""
    title = f"{_unit(desk, unit_id).call_sign} goes home"
    return AskText(title, [], "End the shift").act_through(
        desk, lambda _said: c.EndShift(unit=unit_id)
    )


def add_caution(desk: Desk, about: str = "") -> Ask:
    """A warning about a place or a number, and until which day it holds."""
    fields = [
        AskField("about", "Place or number", required=True, value=about),
        AskField("text", "What to watch for", required=True),
        AskField("until", "Until", hint="2027-03-31; empty: until it is removed"),
    ]
    ask = AskText(
        "A caution, shown before anyone is sent there", fields, "Save the caution"
    ).act_through(
        desk,
        lambda said: c.AddCaution(
            about=said["about"], text=said["text"], until=_end_of_day(said["until"], desk.now())
        ),
    )
    ask.begins_at = "text" if about else ""
    return ask


def _clock(text: str, now: datetime) -> datetime | None:
    """Return the next time the clock of the room shows this."""
    if not text:
        return None
    try:
        wanted = time.fromisoformat(text.zfill(5))
    except ValueError:
        raise Misread(f"“{text}” is not a time", "hours and minutes, such as 23:00") from None
    return next_on_wall(now, wanted.hour, wanted.minute)


def _end_of_day(text: str, now: datetime) -> datetime | None:
    if not text:
        return None
    try:
        ends = end_of(datetime.strptime(text, "%Y-%m-%d").date())  # noqa: DTZ007 - a day alone
    except (ValueError, OverflowError):
        raise Misread(f"“{text}” is not a date", "a date, such as 2027-03-31") from None
    if ends <= now:
        raise Misread(f"{text} is past", "a day that is still to come")
    return ends
