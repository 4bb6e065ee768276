"""What people on the line would say in a real call, made up from its type; the same every time."""

import random
import re
from dataclasses import dataclass, field

from crt_console.domain.incident import FactValue
from crt_console.protocol.vocabulary import VOCABULARY

_Facts = dict[str, FactValue]
_NONE: _Facts = {
    "medical": "none_reported", "weapon": "none", "violence_now": "none", "suicide": "none",
    "age_group": "adult", "crime": "none", "intoxication": "none", "history_violence": "unknown",
    "location_type": "private_residence", "caller_relation": "bystander",
    "threat_to_others": "none", "weapon_access": "no", "weapon_intent": "none",
}  # fmt: skip
# The first pattern found in the type decides; what it does not say is harmless.
_TYPES: tuple[tuple[str, _Facts], ...] = (
    ("unconscious", {"nature": "medical", "medical": "unconscious_or_not_breathing"}),
    ("overdose", {"nature": "overdose", "medical": "overdose"}),
    ("suicid", {"nature": "suicidal", "suicide": "ideation_no_plan"}),
    ("mental", {"nature": "mental_health_crisis"}),
    ("intoxicated", {"nature": "intoxicated_person", "intoxication": "mild"}),
    ("welfare|missing", {"nature": "welfare_check"}),
    ("runaway", {"nature": "youth_behaviour", "age_group": "minor"}),
    ("trespass", {"nature": "trespass_unwanted"}),
    ("disturbance", {"nature": "disturbance_yelling"}),
    ("citizen|public service", {"nature": "service_request"}),
    ("domestic", {"nature": "family_dispute", "crime": "domestic_violence",
                  "violence_now": "threat"}),
    ("assault", {"nature": "other", "crime": "violent", "violence_now": "assault_or_combative"}),
    ("weapon", {"nature": "weapon_person", "weapon": "edged", "weapon_access": "unknown"}),
    ("theft|property", {"nature": "other", "crime": "property"}),
    ("sexual", {"nature": "other", "sexual_offence_intent": True}),
    ("medical|injury", {"nature": "medical", "medical": "injury"}),
    ("crash", {"nature": "medical", "medical": "minor", "location_type": "roadway"}),
    ("hang-up", {"nature": "unknown"}),
    ("suspicious", {"nature": "other", "scene_info_sufficient": False}),
)  # fmt: skip
_OTHER: _Facts = {"nature": "other", "behavioural_health_nexus": False}
_WORSE: tuple[_Facts, ...] = (
    {"weapon": "edged", "weapon_access": "in_hand_or_on_person"},
    {"violence_now": "threat"},
    {"weapon": "firearm", "weapon_access": "within_reach"},
    {"suicide": "intent_or_plan"},
)


@dataclass(frozen=True, slots=True)
class Story:
    """The answers of one call, what goes wrong with it, and what is learned later."""

    facts: _Facts
    lost: bool = False  # the caller hangs up after the first answers
    slip: bool = False  # an answer is keyed wrongly and taken back
    note: bool = False
    choice: str = ""  # the dispatcher decides otherwise: more, fewer
    later: _Facts = field(default_factory=dict)  # a second caller, while the team is there
    alone: bool = False  # the dispatcher wants the team alone, whatever the floor says

    def says(self, fact: str) -> FactValue:
        """Return the answer to a question."""
        if fact in self.facts:
            return self.facts[fact]
        return False if fact in VOCABULARY.flags else "unknown"


def story_of(number: str, kind: str) -> Story:
    """Return the story of an incident; one number and type always give the same."""
    dice = random.Random(f"{number} {kind}")
    found = next((facts for word, facts in _TYPES if re.search(word, kind, re.IGNORECASE)), _OTHER)
    facts = {**_NONE, **found}
    if facts["nature"] == "medical" and facts["medical"] == "injury" and dice.random() < 0.4:
        facts |= {"nature": "mental_health_crisis", "medical": "minor"}  # what it often is
    if dice.random() < 0.08:
        facts |= dice.choice(_WORSE)
    team = facts["nature"] not in {"medical", "other", "overdose"}
    return Story(
        facts=facts,
        lost=dice.random() < 0.08,
        slip=dice.random() < 0.06,
        note=dice.random() < 0.3,
        choice=dice.choice(("more", "fewer")) if team and dice.random() < 0.25 else "",
        later={"weapon": "firearm", "weapon_access": "within_reach"}
        if team and dice.random() < 0.15
        else {},
        alone=team and dice.random() < 0.5,
    )
