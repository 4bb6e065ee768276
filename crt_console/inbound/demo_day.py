"""A made-up day as data: places, teams, agencies, call stories and how the evening stands."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import msgspec

from crt_console.domain.board import Board
from crt_console.domain.incident import FactValue, Incident
from crt_console.domain.places import Place, place_key
from crt_console.domain.words import Source
from crt_console.protocol.vocabulary import VOCABULARY

T = TypeVar("T")
_CALM: dict[str, FactValue] = {
    "medical": "none_reported",
    "weapon": "none",
    "violence_now": "none",
    "suicide": "none",
}
_NUMBERS = "860 555 01"  # kept free for fiction


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other agencies than advised, and why."""

    agencies: tuple[str, ...]
    reason: str


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One call as it will go: what the caller says and answers, what comes of it."""

    id: str
    place: str
    type: str
    priority: int
    text: str
    answers: dict[str, FactValue]
    ends: str
    said: str
    source: Source = Source.E911
    language: str | None = None
    lost: int | None = None
    later: dict[str, FactValue] = {}
    again: str = ""
    note: str = ""
    stays: float | None = None
    quiet: bool = False
    transport: bool = False
    backup: str = ""
    declines: str = ""
    choice: Choice | None = None
    not_sent: str = ""

    @property
    def facts(self) -> dict[str, FactValue]:
        """The answers in the order of asking; the four that must be asked come first."""
        if self.source.planned:
            return self.answers
        must = {fact: self.answers.get(fact, _CALM[fact]) for fact in VOCABULARY.must_ask}
        return {**must, **self.answers}


class Team(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One team; a reserve starts its shift when few are free."""

    call_sign: str
    members: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    base: str
    reserve: bool = False


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers at another agency, how its numbers begin, and why it may say no."""

    names: tuple[str, ...]
    number: str
    no: str


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far one story has come; times in minutes ago."""

    story: str
    ago: float
    owner: str
    answers: int | None = None
    lost: bool = False
    team: str = ""
    steps: dict[str, float] = {}
    asked: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    declined: dict[str, str] = {}
    again: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Caution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A caution about a place or a number."""

    about: str
    text: str
    by: str


class Evening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the day stands when the window opens."""

    cautions: tuple[Caution, ...]
    shift: dict[str, float]
    out_of_service: dict[str, str]
    closed: tuple[Scene, ...]
    open: tuple[Scene, ...]


class _Stories(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stories: tuple[Story, ...]


class _Teams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    teams: tuple[Team, ...]
    agencies: dict[str, Agency]


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that is made up, ready to be played."""

    places: tuple[Place, ...]
    teams: tuple[Team, ...]
    agencies: Mapping[str, Agency]
    stories: Mapping[str, Story]
    evening: Evening
    by_text: Mapping[str, Story]
    call_backs: Mapping[str, str]

    def story_of(self, board: Board, incident: Incident) -> Story | None:
        """Return the story that an incident tells, known by its words; None for others."""
        return self.by_text.get(board.text(incident.text))


@cache
def the_day() -> Day:
    """Return the made-up day that ships with the product."""
    stories = _read("stories.toml", _Stories).stories
    crew = _read("teams.toml", _Teams)
    return Day(
        places=_places(),
        teams=crew.teams,
        agencies=crew.agencies,
        stories={story.id: story for story in stories},
        evening=_read("evening.toml", Evening),
        by_text={story.text: story for story in stories},
        call_backs={story.id: f"{_NUMBERS}{n:02d}" for n, story in enumerate(stories)},
    )


def _file(name: str) -> Any:
    return resources.files("resources") / "demo" / name


def _read(name: str, kind: type[T]) -> T:
    return msgspec.toml.decode(_file(name).read_bytes(), type=kind)


def _places() -> tuple[Place, ...]:
    with _file("places.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(
        Place(
            id="",
            name=row["name"],
            key=place_key(row["name"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            neighbourhood=row["neighbourhood"],
            kind=row["kind"],
        )
        for row in rows
    )
