"""Lines about who goes: teams, other agencies, and the end of an incident."""

import re

from crt_console.domain import commands
from crt_console.domain.grammar.line import (
    A_TEAM,
    AN_INCIDENT,
    Line,
    Misread,
    agency,
    listed,
)
from crt_console.domain.grammar.verb import Verb
from crt_console.domain.unit import call_sign_key
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, NOT_SENT_REASONS


def _assign(line: Line) -> commands.Command:
    """Read `assign UNIT[ UNIT …] INCIDENT`: the last word is the incident, the rest are teams."""
    said = line.rest(f"{A_TEAM}, then {AN_INCIDENT}")
    words = [word for word in said.replace(",", " ").split() if word.lower() != "to"]
    if len(words) < 2 or call_sign_key("".join(words)) in line.units:  # noqa: PLR2004 - two parts
        raise Misread("The incident is missing", f"{A_TEAM}, then {AN_INCIDENT}")
    line.left = words[-1]
    incident = line.incident()
    line.left = " ".join(words[:-1])
    return commands.AssignUnits(units=line.all_units(), incident=incident, happened_at=line.at)


def _release(line: Line) -> commands.Command:
    return commands.ReleaseUnit(unit=line.unit(), reason=line.rest(), happened_at=line.at)


def _override(line: Line) -> commands.Command:
    incident = line.incident()
    line.left = re.sub(r"\s*\+\s*", "+", line.left)
    said = line.word(f"agencies, such as crt+police, or none; agencies are {listed(AGENCY_NAMES)}")
    if said.lower().strip(",") == "none":
        agencies: tuple[str, ...] = ()
    else:
        agencies = tuple(dict.fromkeys(agency(name) for name in said.split("+")))
    return commands.OverrideAdvice(incident=incident, agencies=agencies, reason=line.rest())


def _not_sent(line: Line) -> commands.Command:
    incident = line.incident()
    _code_time(line)
    reason, text = line.code(NOT_SENT_REASONS, "the reason")
    return commands.MarkNotSent(incident=incident, reason=reason, text=text, happened_at=line.at)


def _close(line: Line) -> commands.Command:
    incident = line.incident()
    _code_time(line)
    code, text = line.code(DISPOSITIONS, "how it ended")
    return commands.CloseIncident(
        incident=incident, disposition=code, text=text, happened_at=line.at
    )


def _code_time(line: Line) -> None:
    """Take the time after a bare code; in a text a time belongs to the text."""
    if "," not in line.left:
        line.take_time()


def _handover(line: Line) -> commands.Command:
    incident, name = line.incident(), line.agency()
    standby = line.skip("standby")
    line.end()
    return commands.OfferHandover(
        incident=incident, agency=name, standby=standby, happened_at=line.at
    )


def _sceneclear(line: Line) -> commands.Command:
    return commands.ClearScene(
        incident=line.incident(),
        name=line.rest("the name of the officer who says so"),
        happened_at=line.at,
    )


def _accept(line: Line) -> commands.Command:
    incident, name = line.incident(), line.agency()
    who, _, number = line.rest("who took it there").partition(",")
    if not who.strip():
        raise Misread("The name is missing", "who took it there")
    return commands.AcceptHandover(
        incident=incident,
        agency=name,
        name=who.strip(),
        number=number.strip(),
        happened_at=line.at,
    )


def _decline(line: Line) -> commands.Command:
    return commands.DeclineHandover(
        incident=line.incident(),
        agency=line.agency(),
        reason=line.rest("their reason"),
        happened_at=line.at,
    )


def _confirm(line: Line) -> commands.Command:
    return commands.Confirm(confirmation=_request(line))


def _deny(line: Line) -> commands.Command:
    return commands.Deny(confirmation=_request(line))


def _request(line: Line) -> str:
    word = line.word("the identity that came with the request for a second person")
    line.end()
    return word.lower()


def _reopen(line: Line) -> commands.Command:
    return commands.ReopenIncident(
        incident=line.incident(), reason=line.rest("the reason"), happened_at=line.at
    )


VERBS = (
    Verb(
        name="assign",
        form="assign UNIT[ UNIT …] INCIDENT",
        says="send teams",
        read=_assign,
        wants=("unit", "unit or incident…"),
        timed=True,
    ),
    Verb(
        name="release",
        form="release UNIT [REASON]",
        says="take a team off its incident",
        read=_release,
        wants=("unit",),
        timed=True,
    ),
    Verb(
        name="override",
        form="override INCIDENT AGENCIES [REASON]",
        says="decide on other agencies than advised: crt+police, or none",
        read=_override,
        wants=("incident", "agencies"),
    ),
    Verb(
        name="not-sent",
        form="not-sent INCIDENT REASON[, TEXT]",
        says="no team goes, and why",
        read=_not_sent,
        wants=("incident", "not_sent"),
    ),
    Verb(
        name="handover",
        form="handover INCIDENT AGENCY [standby]",
        says="ask another agency",
        read=_handover,
        wants=("incident", "agency", "standby"),
        timed=True,
    ),
    Verb(
        name="sceneclear",
        form="sceneclear INCIDENT NAME",
        says="police, by name, report the scene clear",
        read=_sceneclear,
        wants=("incident",),
        timed=True,
    ),
    Verb(
        name="accept",
        form="accept INCIDENT AGENCY NAME[, THEIR-NUMBER]",
        says="somebody there took it",
        read=_accept,
        wants=("incident", "agency"),
        timed=True,
    ),
    Verb(
        name="decline",
        form="decline INCIDENT AGENCY REASON",
        says="they said no",
        read=_decline,
        wants=("incident", "agency"),
        timed=True,
    ),
    Verb(
        name="confirm",
        form="confirm ID",
        says="agree, as the second person, to a choice below the floor",
        read=_confirm,
        wants=("confirmation",),
    ),
    Verb(
        name="deny",
        form="deny ID",
        says="refuse it, as the second person; the safe way stands",
        read=_deny,
        wants=("confirmation",),
    ),
    Verb(
        name="close",
        form="close INCIDENT DISPOSITION[, TEXT]",
        says="it is over, and how it ended",
        read=_close,
        wants=("incident", "disposition"),
    ),
    Verb(
        name="reopen",
        form="reopen INCIDENT REASON",
        says="it is not over",
        read=_reopen,
        wants=("incident",),
        timed=True,
    ),
)
