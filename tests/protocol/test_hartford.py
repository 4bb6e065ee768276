"""The Hartford pack: its policy case by case, and what it promises of every case."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_console.protocol.checking import problems
from crt_console.protocol.engine import evaluate
from crt_console.protocol.loader import load, read
from crt_console.protocol.vocabulary import (
    FIRST_HELP,
    UNKNOWN,
    VOCABULARY,
    Value,
)
from tests.support.packs import CALM

PACK = load("hartford")
PACK_TEXT = read("hartford")
TEAM_NATURES = (
    "mental_health_crisis",
    "suicidal",
    "self_harm",
    "psychosis",
    "welfare_check",
    "person_down_unchecked",
    "intoxicated_person",
    "disturbance_yelling",
    "trespass_unwanted",
    "unsheltered_person",
    "panhandling",
    "indecent_exposure",
    "neighbour_dispute",
    "family_dispute",
    "service_request",
    "non_emergency_transport",
)
HARMLESS: dict[str, Value] = {
    **CALM,
    "age_group": "adult",
    "crime": "none",
    "threat_to_others": "none",
    "history_violence": "none_known",
    "in_traffic": False,
    "intoxication": "none",
    "scene_info_sufficient": True,
    "sexual_offence_intent": False,
}

# What is known beside four calm answers -> the response: all agencies. In the shell's words.
POLICY = """
person_down_unchecked, medical unknown -> CRT_EMS: crt ems
person_down_unchecked, medical none_reported -> CRT_EMS: crt ems
panhandling, unhoused yes -> CRT_ALONE: crt
neighbour_dispute, violence_now none -> CRT_ALONE: crt
neighbour_dispute, violence_now threat -> CO_RESPONSE: crt police
family_dispute -> CRT_ALONE: crt
family_dispute, age_group minor -> YOUTH_CRISIS: youth
family_dispute, crime domestic_violence -> POLICE: police
family_dispute, violence_now assault_or_combative -> POLICE: police
youth_behaviour, violence_now property_destruction -> YOUTH_CRISIS_POLICE: police youth
youth_behaviour -> YOUTH_CRISIS: youth
mental_health_crisis, caller_relation school, location_type school -> YOUTH_CRISIS: youth
overdose -> EMS: ems
overdose, violence_now assault_or_combative -> EMS_POLICE: ems police
noise -> POLICE: police
noise, behavioural_health_nexus yes -> CRT_ALONE: crt
mental_health_crisis, officer_on_scene_requests yes,
    caller_relation public_safety_partner -> CRT_ALONE: crt
other, officer_on_scene_requests yes -> CRT_ALONE: crt
mental_health_crisis, weapon edged, weapon_access no, police_cleared_scene yes -> CRT_ALONE: crt
mental_health_crisis, violence_now property_destruction, police_cleared_scene yes -> CRT_ALONE: crt
mental_health_crisis, violence_now assault_or_combative,
    police_cleared_scene yes -> CRT_ALONE: crt police
mental_health_crisis, acuity grave, caller_relation professional -> MOBILE_CRISIS: crmhc
psychosis, hearing_voices yes, cannot_care_for_self yes -> MOBILE_CRISIS: crmhc
psychosis, hearing_voices yes -> CRT_ALONE: crt
psychosis, caller_relation self, caller_accepts_phone_support yes -> TRANSFER_988_211: line
psychosis, caller_relation family, caller_accepts_phone_support yes -> CRT_ALONE: crt
psychosis, caller_accepts_phone_support yes, violence_now potential -> CO_RESPONSE: crt police
psychosis, known_to_crmhc yes -> MOBILE_CRISIS: crmhc
psychosis, acuity grave, violence_now threat -> MOBILE_CRISIS_POLICE: crmhc police
psychosis, threat_to_others command_hallucinations_no_act -> MOBILE_CRISIS_POLICE: crmhc police
disturbance_yelling, history_violence person_on_person -> CO_RESPONSE: crt police
suicidal, suicide ideation_no_plan -> CRT_ALONE: crt
suicidal, suicide ideation_or_threat -> CRT_ALONE: crt
suicidal, suicide intent_or_plan -> CO_RESPONSE: crt police
suicidal, suicide plan_with_accessible_means -> EMS_POLICE: ems police
suicidal, suicide attempt_in_progress -> EMS_POLICE: ems police
suicidal, suicide ideation_no_plan, weapon edged,
    weapon_access in_building_secured -> CRT_POLICE_STANDBY: crt police
suicidal, suicide ideation_no_plan, age_group minor -> YOUTH_CRISIS: youth
suicidal, suicide ideation_no_plan, location_type height_or_water -> POLICE_FIRE: fire police
suicidal, suicide ideation_no_plan, location_type vehicle, in_traffic yes -> POLICE: police
suicidal, suicide unknown -> CRT_POLICE_STANDBY: crt police
psychosis, suicide unknown -> CRT_ALONE: crt
suicidal, suicide ideation_no_plan, weapon edged, weapon_access no -> CRT_POLICE_STANDBY: crt police
welfare_check, location_type vehicle, intoxication severe -> CRT_POLICE_STANDBY: crt ems police
welfare_check, location_type vehicle -> CRT_ALONE: crt
self_harm, medical injury -> CRT_EMS: crt ems
self_harm, weapon edged, weapon_access no -> CO_RESPONSE: crt police
intoxicated_person, intoxication mild -> CRT_ALONE: crt
intoxicated_person, intoxication severe -> CRT_EMS: crt ems
intoxicated_person, in_traffic yes -> CRT_POLICE_STANDBY: crt police
trespass_unwanted, caller_relation business, caller_requests_police yes -> CRT_ALONE: crt
mental_health_crisis, caller_relation family, caller_requests_police yes -> CO_RESPONSE: crt police
mental_health_crisis, caller_relation business,
    caller_requests_police yes -> CO_RESPONSE: crt police
mental_health_crisis, scene_info_sufficient no -> CO_RESPONSE: crt police
mental_health_crisis, threat_to_others specific_threat -> CO_RESPONSE: crt police
mental_health_crisis, crime property -> CO_RESPONSE: crt police
mental_health_crisis, violence_now property_destruction -> CO_RESPONSE: crt police
mental_health_crisis, violence_now unknown -> CRT_POLICE_STANDBY: crt police
mental_health_crisis, weapon unknown -> CRT_POLICE_STANDBY: crt police
mental_health_crisis, medical unknown -> CRT_EMS: crt ems
mental_health_crisis, weapon unknown, medical unknown -> CRT_POLICE_STANDBY: crt ems police
mental_health_crisis, medical needs_hospital_now -> EMS: ems
mental_health_crisis, weapon firearm -> POLICE: police
non_emergency_transport, medical minor -> CRT_ALONE: crt
service_request, caller_relation business -> CRT_ALONE: crt
service_request, caller_relation self, caller_accepts_phone_support yes -> TRANSFER_988_211: line
indecent_exposure -> CRT_ALONE: crt
indecent_exposure, sexual_offence_intent yes -> POLICE: police
weapon_person -> POLICE: police
weapon_person, weapon unknown -> POLICE: police
medical -> EMS: ems
medical, behavioural_health_nexus yes -> CRT_EMS: crt ems
other, behavioural_health_nexus no -> NO_DISPATCH:
other, behavioural_health_nexus no, crime property -> POLICE: police
other, behavioural_health_nexus yes -> CRT_ALONE: crt
unknown -> CRT_POLICE_STANDBY: crt police
welfare_check, age_group unknown -> CRT_ALONE: crt
welfare_check, location_type private_residence -> CRT_ALONE: crt
welfare_check, location_type vehicle, medical unconscious_or_not_breathing -> EMS: ems fire
welfare_check, severely_confused yes -> CRT_EMS: crt ems
"""
LINES = POLICY.strip().replace(",\n   ", ",").splitlines()


def told(known: str) -> dict[str, Value]:
    """The facts of a line, on top of the calm ones; the first is the nature."""
    pairs = [part.split(maxsplit=1) for part in f"nature {known}".split(", ")]
    return {**CALM, **{fact: _meant(fact, value) for fact, value in pairs}}


def _meant(fact: str, word: str) -> Value:
    return word == "yes" if fact in VOCABULARY.flags and word in {"yes", "no"} else word


@pytest.mark.parametrize("line", LINES)
def test_policy(line: str) -> None:
    known, expected = line.split(" -> ")
    advice = evaluate(PACK, told(known))
    found = f"{advice.response}: {' '.join(sorted(advice.agencies))}"
    assert found.strip() == expected, advice.because
    assert "{" not in advice.because
    assert not advice.because.startswith((":", ";"))


@pytest.mark.parametrize("nature", TEAM_NATURES)
def test_a_harmless_call_of_a_team_type_is_the_teams_alone(nature: str) -> None:
    advice = evaluate(PACK, {**HARMLESS, "nature": nature})
    assert advice.response == "CRT_ALONE", advice.because
    assert advice.agencies == {"crt"}
    assert advice.assessed


@pytest.mark.parametrize("nature", VOCABULARY.facts["nature"])
def test_every_nature_assessed_and_calm_has_an_answer_or_a_next_question(nature: Value) -> None:
    advice = evaluate(PACK, {**CALM, "nature": nature, "age_group": "adult"})
    assert advice.response is not None or advice.ask is not None


def test_at_most_one_team_is_ever_possible() -> None:
    teams = {"crt", "crmhc", "youth", "line"}
    for agencies in evaluate(PACK, {}).possible:
        assert len(agencies & teams) <= 1, agencies


def test_the_pack_check_finds_nothing() -> None:
    assert problems(PACK) == []


def test_every_rule_has_its_reason_and_source() -> None:
    for rule in PACK.rules:
        assert rule.because, rule.id
        assert rule.source, rule.id
    for switch in PACK.switches.values():
        assert switch.because, switch.name
        assert switch.source, switch.name
    assert "RECONSTRUCTED FROM PUBLIC SOURCES" in PACK_TEXT


def test_every_question_can_be_said_in_both_languages_and_answered_by_key() -> None:
    for fact, question in PACK.facts.items():
        assert {"en", "es"} <= PACK.wording[fact].keys(), fact
        assert question.answers[-1].value == UNKNOWN
        labels = [a.label for a in question.answers]
        assert all(0 < len(label) <= 18 for label in labels), fact
        assert len(set(labels)) == len(labels), fact
        # Keys 1 to 9 and 0; what is happening is chosen from its own list.
        assert len(labels) <= 10 or fact == "nature", fact


@pytest.mark.parametrize(
    ("fact", "left_out", "offered"),
    [
        ("medical", "none", "alert"),
        ("medical", "ingestion_overdose_conscious", "overdose"),
        ("medical", "severe_symptoms", "needs_hospital_now"),
        ("suicide", "intent_with_means_police", "imminent_means_in_hand"),
    ],
)
def test_a_value_is_not_offered_only_where_another_says_the_same(
    fact: str, left_out: str, offered: str
) -> None:
    answers = {answer.value for answer in PACK.facts[fact].answers}
    assert left_out not in answers
    assert offered in answers
    kinds = VOCABULARY.facts["nature"]
    for nature, cleared, place in product(kinds, (True, False), ("vehicle", "public_outdoor")):
        others = {"nature": nature, "police_cleared_scene": cleared, "location_type": place}
        said = [
            evaluate(PACK, {**CALM, **others, fact: v}, ahead=False) for v in (left_out, offered)
        ]
        assert said[0].agencies == said[1].agencies, others
        assert (said[0].response, said[0].standby) == (said[1].response, said[1].standby), others


@pytest.mark.parametrize(
    ("switch", "facts", "without"),
    [
        ("officer_on_request", {"caller_requests_police": True}, "crt"),
        ("history_with_police", {"history_violence": "person_on_person"}, "crt"),
        ("traffic_with_police", {"in_traffic": True}, "crt"),
        ("suicidal_without_plan", {"suicide": "ideation_no_plan"}, "crt police"),
        ("private_homes", {"location_type": "private_residence"}, "crt police"),
        ("minors_to_youth_provider", {"age_group": "minor"}, "crt"),
        ("phone_help", {"caller_accepts_phone_support": True}, "crt"),
    ],
)
def test_a_switch_turns_its_line(switch: str, facts: dict[str, Value], without: str) -> None:
    known: dict[str, Value] = {**CALM, "nature": "mental_health_crisis", **facts}
    other = load("hartford", {switch: not PACK.switches[switch].default})
    assert " ".join(sorted(evaluate(other, known).agencies)) == without
    assert evaluate(PACK, known).agencies != evaluate(other, known).agencies


def test_the_noise_switch() -> None:
    assert evaluate(load("hartford", {"noise": True}), told("noise")).agencies == {"crt"}


def test_every_choice_of_switches_keeps_the_chains() -> None:
    for name, switch in PACK.switches.items():
        assert problems(load("hartford", {name: not switch.default})) == [], name


STEPS = [
    (fact, low, high)
    for fact, chains in VOCABULARY.chains.items()
    for chain in chains
    for low, high in [
        *(pair for below, above in pairwise(chain) for pair in product(below, above)),
        *((low, UNKNOWN) for low in chain[0]),
    ]
]


def knowledge() -> st.SearchStrategy[dict[str, Value]]:
    """Any state of knowledge: each fact not asked, unknown or a value."""
    return st.fixed_dictionaries(
        {}, optional={f: st.sampled_from(values) for f, values in VOCABULARY.facts.items()}
    )


@given(facts=knowledge(), step=st.sampled_from(sorted(STEPS, key=str)))
def test_more_danger_never_takes_first_help_away(
    facts: dict[str, Value], step: tuple[str, Value, Value]
) -> None:
    fact, low, high = step
    calmer = evaluate(PACK, {**facts, fact: low}, ahead=False).agencies & FIRST_HELP
    worse = evaluate(PACK, {**facts, fact: high}, ahead=False).agencies & FIRST_HELP
    assert calmer <= worse


@given(facts=knowledge())
def test_no_unarmed_team_where_the_floor_wants_police_first(facts: dict[str, Value]) -> None:
    advice = evaluate(PACK, facts)
    armed = facts.get("weapon_access") == "in_hand_or_on_person"
    if armed and facts.get("weapon", "none") != "none" and not facts.get("police_cleared_scene"):
        assert not advice.agencies & {"crt", "crmhc", "youth", "line"}
    whole = len(facts) == len(VOCABULARY.facts)
    assert not whole or advice.possible == (advice.agencies,)
