"""Words that several views share: numbers, places, statuses, agencies, facts, times of day."""

from collections.abc import Iterable
from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.incident import FactValue, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import AGENCY_NAMES, Source, UnitStatus
from crt_console.protocol.guidance import label
from crt_console.protocol.pack import Pack
from ui.theme import Shape

# What a fact is called on the screen where its name alone would not be said aloud.
FACT_WORDS: dict[str, str] = {
    "medical": "breathing",
    "violence_now": "violence",
    "threat_to_others": "threat",
    "history_violence": "past violence",
    "caller_relation": "caller",
    "nature": "problem",
    "age_group": "age",
    "acuity": "how ill",
    "weapon_access": "weapon, where",
    "weapon_intent": "weapon, intent",
    "location_type": "kind of place",
    "behavioural_health_nexus": "mental health",
    "scene_info_sufficient": "enough known",
    "officer_on_scene_requests": "officer there",
}
STATUS_WORDS: dict[UnitStatus, str] = {
    UnitStatus.AVAILABLE: "free",
    UnitStatus.ASSIGNED: "told",
    UnitStatus.ACKNOWLEDGED: "acknowledged",
    UnitStatus.ENROUTE: "on the way",
    UnitStatus.STAGED: "staged",
    UnitStatus.ONSCENE: "on scene",
    UnitStatus.TRANSPORTING: "transporting",
    UnitStatus.AT_DESTINATION: "at destination",
    UnitStatus.CLEARING: "clearing",
    UnitStatus.OUT_OF_SERVICE: "out of service",
    UnitStatus.OFF: "off duty",
}
STATUS_SHAPES: dict[UnitStatus, Shape] = {
    UnitStatus.AVAILABLE: Shape.FREE,
    UnitStatus.ASSIGNED: Shape.TOLD,
    UnitStatus.ACKNOWLEDGED: Shape.TOLD,
    UnitStatus.ENROUTE: Shape.ON_THE_WAY,
    UnitStatus.STAGED: Shape.STAGED,
    UnitStatus.ONSCENE: Shape.ON_SCENE,
    UnitStatus.TRANSPORTING: Shape.ON_THE_WAY,
    UnitStatus.AT_DESTINATION: Shape.ON_SCENE,
    UnitStatus.CLEARING: Shape.CLEARING,
    UnitStatus.OUT_OF_SERVICE: Shape.OUT_OF_SERVICE,
    UnitStatus.OFF: Shape.OFF_DUTY,
}
# How the busy teams are told apart in the list: who is still moving first, who is free soon last.
STATUS_ORDER: dict[UnitStatus, int] = {status: place for place, status in enumerate(UnitStatus)}


def short(incident: Incident) -> str:
    """Return the number people say: the serial without zeros."""
    return str(incident.serial)


def number_of(board: Board, incident_id: str | None) -> str:
    """Return the short number of an incident, "" where it is not on the board."""
    incident = board.incidents.get(incident_id or "")
    return "" if incident is None else short(incident)


def place_words(board: Board, incident: Incident) -> str:
    """Return the place as it was given."""
    return board.text(incident.place) or "place not known"


def source_words(source: Source) -> str:
    """Return where a call came from, without a word where nothing is known."""
    return "" if source is Source.OTHER else source.value


def agencies_words(agencies: Iterable[str], team: str = "Team") -> str:
    """Return agencies as the queue says them: `Team + police`, `EMS + fire`, `nobody`."""
    order = list(AGENCY_NAMES)
    names = {**AGENCY_NAMES, "crt": team}
    named = [names.get(a, a) for a in sorted(agencies, key=lambda a: _place(order, a))]
    return sentence(" + ".join(named)) or "nobody"


def choice_words(says: str) -> str:
    """Return a choice below the floor in words; a team with nobody beside it goes alone."""
    whom = says.removeprefix("send ")
    return f"{whom} alone" if whom == AGENCY_NAMES["crt"] else whom


def wanted_words(says: str) -> str:
    """Return what a second person is asked for: `send community team alone`."""
    return f"send {choice_words(says)}" if says.startswith("send ") else says


def listed(agencies: Iterable[str]) -> str:
    """Return agencies inside a sentence: `police and EMS`."""
    order = ["police", "ems", "fire", *AGENCY_NAMES]
    return joined(agency_word(a) for a in sorted(agencies, key=lambda a: _place(order, a)))


def joined(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    every = list(words)
    return (
        every[0]
        if len(every) == 1
        else ", ".join(every[:-1]) + " and " + every[-1]
        if every
        else ""
    )


def _place(order: list[str], agency: str) -> int:
    return order.index(agency) if agency in order else len(order)


def agency_word(agency: str) -> str:
    """Return an agency inside a line: `police`, `EMS`; unknown ones as they are."""
    return AGENCY_NAMES.get(agency, agency) or "an agency"


def agency_title(agency: str) -> str:
    """Return an agency at the start of a line: `Police`, `EMS`, `Mobile crisis`."""
    return sentence(agency_word(agency))


def sentence(text: str) -> str:
    """Return the text with a capital at its start."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """Return the text as it stands inside a line: a small letter first, abbreviations kept."""
    first = text.split(" ", 1)[0]
    kept = len(first) > 1 and first.upper() == first
    return text if kept else text[:1].lower() + text[1:]


def fact_word(fact: str) -> str:
    """Return what a fact is called: `weapon`, `violence`, `breathing`."""
    return FACT_WORDS.get(fact, fact.replace("_", " "))


def until_words(*, floor: bool) -> str:
    """Return until when a team stages: where the floor needs police they call the scene clear."""
    return "until police report scene clear" if floor else "until police accept"


def value_word(pack: Pack, fact: str, value: FactValue) -> str:
    """Return an answer in the words of the pack's button, else the word of triage."""
    return label(pack, fact, value)


def what(board: Board, incident: Incident) -> str:
    """Return in a few words what it is about: the type, else the first line of what was said."""
    said = incident.type or next(iter(board.text(incident.text).splitlines()), "")
    return inside(said)


def status_words(unit: Unit) -> str:
    """Return what a team last reported, in words."""
    return STATUS_WORDS[unit.status]


def hm(at: datetime) -> str:
    """Return the time of day on the room's clock, `14:31`."""
    return f"{at.astimezone():%H:%M}"


def stamp(at: datetime | None) -> float | None:
    """Return a time as seconds since 1970."""
    return None if at is None else at.timestamp()


def dotted(*parts: str) -> str:
    """Return the parts that say something, with a dot between."""
    return " · ".join(part for part in parts if part)


def back_first(reason: str) -> str:
    """Return why a team is away, when it is back first: a cut never takes that."""
    parts = [part.strip() for part in reason.split(",")]
    back = [part for part in parts if part.startswith("back")]
    return dotted(*back, ", ".join(part for part in parts if part not in back))
