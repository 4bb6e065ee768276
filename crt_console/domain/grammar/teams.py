"""Lines about the teams themselves: status, safety, shift; and `show`."""

import difflib
import re
from datetime import datetime

from crt_console.domain import commands
from crt_console.domain.grammar.line import A_TEAM, Line, Misread, Show, listed, squashed
from crt_console.domain.grammar.verb import Verb
from crt_console.domain.unit import call_sign_key
from crt_console.domain.wall import end_of, next_on_wall
from crt_console.domain.words import UnitStatus

STATUS_WORDS: dict[str, UnitStatus] = {
    **{status.value: status for status in UnitStatus},
    "free": UnitStatus.AVAILABLE,
    "acked": UnitStatus.ACKNOWLEDGED,
    "ontheway": UnitStatus.ENROUTE,
    "responding": UnitStatus.ENROUTE,
    "staging": UnitStatus.STAGED,
    "arrived": UnitStatus.ONSCENE,
    "transport": UnitStatus.TRANSPORTING,
    "destination": UnitStatus.AT_DESTINATION,
    "outofservice": UnitStatus.OUT_OF_SERVICE,
    "offduty": UnitStatus.OFF,
    "offshift": UnitStatus.OFF,
}
ABOUT_OF_CARD = re.compile(r"(?:^|\s)(members|skills|languages|at):", re.IGNORECASE)
_UNTIL_DAY = re.compile(r"\s+until\s+(\d[\d./-]*)$", re.ASCII | re.IGNORECASE)
_UNTIL_TIME = re.compile(r"\s+until\s+(\S+)$", re.ASCII | re.IGNORECASE)
STATUSES = listed([status.value for status in UnitStatus])


def read_status(line: Line) -> commands.Command | None:
    """Return what `UNIT STATUS [at HH:MM]` reports, or None where it is something else."""
    said = line.left
    line.take_time()
    words = line.left.split()
    for used in range(1, min(len(words), 4)):
        unit = " ".join(words[:used]).strip(",")
        status = STATUS_WORDS.get(squashed("".join(words[used:])))
        if status is not None:
            return commands.ReportStatus(unit=unit, status=status, happened_at=line.at)
        if words[used].lower() == UnitStatus.OUT_OF_SERVICE:
            reason = " ".join(words[used + 1 :]).strip(" ,")
            return commands.SetOutOfService(unit=unit, reason=reason, happened_at=line.at)
    line.left, line.at = said, None
    return None


def near_status(line: Line) -> tuple[str, list[str]]:
    """Return what stands where a status should, and the two or three it most likely means."""
    line.take_time()
    line.unit()
    near = difflib.get_close_matches(squashed(line.left), STATUS_WORDS, n=3)
    found = list(dict.fromkeys(STATUS_WORDS[word].value for word in near))
    return line.left, found or [UnitStatus.ENROUTE.value, UnitStatus.ONSCENE.value]


def names_unit(line: Line) -> bool:
    """Return whether the line begins with the call sign of a team that is known."""
    words = line.left.split()
    return any(call_sign_key("".join(words[:used])) in line.units for used in (1, 2, 3))


def _caution(line: Line) -> commands.Command:
    about, comma, text = line.rest("a place or a number, a comma, and the warning").partition(",")
    until = None
    found = _UNTIL_DAY.search(text)
    if found:
        text, until = text[: found.start()], _end_of_day(found[1], line)
    if not comma or not about.strip() or not text.strip():
        raise Misread("The warning is missing", "a place or a number, a comma, and the warning")
    return commands.AddCaution(about=about.strip(), text=text.strip(), until=until)


def _end_of_day(text: str, line: Line) -> datetime:
    try:
        ends = end_of(datetime.strptime(text, "%Y-%m-%d").date())  # noqa: DTZ007 - a day alone
    except (ValueError, OverflowError):
        raise Misread(f"“{text}” is not a date", "a date, such as 2027-03-31") from None
    if ends <= line.now:
        raise Misread(f"{text} is past", "a day that is still to come")
    return ends


def _checkin(line: Line) -> commands.Command:
    return commands.CheckIn(units=_all_or(line), happened_at=line.at)


def _all_or(line: Line) -> tuple[str, ...]:
    return ("all",) if line.skip("all") and not line.left else line.all_units()


def _backup(line: Line) -> commands.Command:
    unit, name = line.unit(), line.agency()
    urgent = line.skip("urgent")
    line.end()
    return commands.CallBackup(unit=unit, agency=name, urgent=urgent, happened_at=line.at)


def _emergency(line: Line) -> commands.Command:
    unit = line.unit()
    if line.skip("clear"):
        reason = line.rest("how we know that they are well")
        return commands.ClearEmergency(unit=unit, reason=reason, happened_at=line.at)
    line.end()
    return commands.DeclareEmergency(unit=unit, happened_at=line.at)


def _ack(line: Line) -> commands.Command:
    alarm = line.word("the identity of an alarm, as `state` lists it")
    line.end()
    return commands.AcknowledgeAlarm(alarm=alarm.lower())


def _told(line: Line) -> commands.Command:
    unit = line.unit()
    line.end()
    return commands.TellUnit(unit=unit, happened_at=line.at)


def _unit(line: Line) -> commands.Command:
    if line.word("add").lower() != "add":
        raise Misread("A team can only be added here", "unit add CALLSIGN …")
    sign, *parts = ABOUT_OF_CARD.split(line.rest(A_TEAM))
    if not re.search(r"\w", sign):
        raise Misread("The call sign is missing", A_TEAM)
    card = dict(zip([key.lower() for key in parts[::2]], parts[1::2], strict=True))
    return commands.AddUnit(
        call_sign=sign.strip(" ,"),
        members=_values(card.get("members", "")),
        skills=_values(card.get("skills", "")),
        languages=_values(card.get("languages", "")),
        at=card.get("at", "").strip(" ,"),
    )


def _values(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _shift(line: Line) -> commands.Command:
    which = line.word("start or end").lower()
    if which == "start":
        ends = _shift_end(line)
        unit = line.unit()
        line.end()
        return commands.StartShift(unit=unit, ends_at=ends, happened_at=line.at)
    if which == "end":
        unit = line.unit()
        line.end()
        return commands.EndShift(unit=unit, happened_at=line.at)
    raise Misread(f"“{which}” is not known here", "shift start UNIT or shift end UNIT")


def _shift_end(line: Line) -> datetime | None:
    found = _UNTIL_TIME.search(line.left)
    if not found:
        return None
    line.left = line.left[: found.start()]
    return next_on_wall(line.now, *line.clock(found[1]))


def _oos(line: Line) -> commands.Command:
    return commands.SetOutOfService(
        unit=line.unit(), reason=line.rest("the reason"), happened_at=line.at
    )


def _show(line: Line) -> Show:
    return Show(line.rest("an incident number or a call sign"))


VERBS = (
    Verb(
        name="caution",
        form="caution PLACE|NUMBER, TEXT [until DATE]",
        says="a warning, shown before anyone is sent there",
        read=_caution,
    ),
    Verb(
        name="checkin",
        form="checkin UNIT[ UNIT …]|all",
        says="they were heard and are well",
        read=_checkin,
        wants=("unit or all…",),
        timed=True,
    ),
    Verb(
        name="backup",
        form="backup UNIT AGENCY [urgent]",
        says="a team wants another agency with it",
        read=_backup,
        wants=("unit", "agency", "urgent"),
        timed=True,
    ),
    Verb(
        name="emergency",
        form="emergency UNIT [clear REASON]",
        says="the life of a team member is in danger; with clear: it is over, and how we know",
        read=_emergency,
        wants=("unit", "clear"),
        timed=True,
    ),
    Verb(name="ack", form="ack ALARM", says="I have it", read=_ack, wants=("alarm",)),
    Verb(
        name="told",
        form="told UNIT",
        says="the order was passed on to the team",
        read=_told,
        wants=("unit",),
        timed=True,
    ),
    Verb(
        name="unit",
        form="unit add CALLSIGN [members:…] [skills:…] [languages:…] [at:PLACE]",
        says="add a team, or change its details",
        read=_unit,
        wants=("add",),
    ),
    Verb(
        name="shift",
        form="shift start|end UNIT",
        says="a team begins or ends its shift",
        read=_shift,
        wants=("shift", "unit"),
        timed=True,
    ),
    Verb(
        name="oos",
        form="oos UNIT REASON",
        says="a team cannot be sent, and why",
        read=_oos,
        wants=("unit",),
        timed=True,
    ),
    Verb(
        name="show",
        form="show INCIDENT|UNIT",
        says="everything about it",
        read=_show,
        wants=("unit or incident",),
    ),
)
STATUS_FORM = ("UNIT STATUS [at HH:MM]", f"a team reports: {STATUSES}")
