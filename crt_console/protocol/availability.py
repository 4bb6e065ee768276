"""Whether the advised team can go now, and what to offer when it cannot; never part of advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crt_console.domain.words import NOT_SENT_REASONS
from crt_console.protocol.engine import TEAMS, holds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crt_console.protocol.engine import Advice
    from crt_console.protocol.pack import Condition, Pack, Provider
    from crt_console.protocol.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether the advised team can go; if not, the reason's code and what to offer, in order."""

    available: bool
    reason: str | None
    fallback: tuple[str, ...]
    agency: str | None
    because: str


def availability(  # noqa: PLR0917 - each is a fact of its own about here and now
    pack: Pack,
    advice: Advice,
    local_time: datetime,
    area: str | None,
    free_team: bool,  # noqa: FBT001 - agreed with those who call it
    facts: Mapping[str, Value] | None = None,
) -> Availability:
    """Whether the advised team can go now; an unknown area (None) counts as inside.

    Where no team is advised the reason is what the facts say against one, if they are given.
    """
    agency = next((a for a in TEAMS if a in advice.agencies), None)
    if agency is None:
        against = not_sent_reason(advice, facts or {})
        return Availability(False, against, (), None, NOT_SENT_REASONS[against])
    reason = _hindrance(pack, agency, local_time, area, free_team=free_team)
    if reason is None:
        return Availability(True, None, (), agency, "")
    then, because = _fallback(pack, advice, agency, reason)
    return Availability(False, reason, then, agency, because)


def _hindrance(
    pack: Pack, agency: str, local_time: datetime, area: str | None, *, free_team: bool
) -> str | None:
    providers = [p for p in pack.providers if p.agency == agency]
    in_area = [p for p in providers if area is None or not p.areas or area in p.areas]
    if providers and not in_area:
        return "out_of_area"
    if providers and not any(is_open(p, local_time) for p in in_area):
        return "off_hours"
    if agency == "crt" and not free_team:
        return "no_team_free"
    return None


def is_open(provider: Provider, local_time: datetime) -> bool:
    """True if somebody answers for the provider at this local time."""
    if not provider.hours:
        return True
    day, clock = local_time.weekday(), local_time.time().replace(tzinfo=None)
    return any(day in h.days and h.start <= clock < h.end for h in provider.hours)


def _fallback(pack: Pack, advice: Advice, agency: str, reason: str) -> tuple[tuple[str, ...], str]:
    for fallback in pack.fallbacks:
        if fallback.agency == agency and reason in fallback.reasons:
            then = tuple(a for a in fallback.then if a not in advice.agencies)
            return then, fallback.because
    return (), NOT_SENT_REASONS[reason]


def _one(fact: str, *values: Value) -> Condition:
    return ((fact, frozenset(values)),)


_HURT = (
    "injury",
    "ingestion_overdose_conscious",
    "overdose",
    "severe_symptoms",
    "needs_hospital_now",
    "unconscious_or_not_breathing",
)
_AGAINST: tuple[tuple[str, Condition], ...] = (
    ("weapon", _one("weapon", "firearm", "edged", "unknown_type")),
    ("weapon", _one("weapon_access", "in_hand_or_on_person")),
    ("violence", _one("violence_now", "threat", "assault_or_combative", "immediate_safety_risk")),
    ("violence", _one("threat_to_others", "specific_threat")),
    ("crime", _one("crime", "property", "violent", "domestic_violence")),
    ("crime", _one("sexual_offence_intent", True)),
    ("medical", _one("medical", *_HURT)),
    ("medical", _one("suicide", "attempt_in_progress", "attempt_or_ingestion_occurred")),
    ("medical", _one("nature", "overdose", "medical")),
    ("caller_wants_police", _one("caller_requests_police", True)),
)


def not_sent_reason(advice: Advice, facts: Mapping[str, Value]) -> str:
    """The reason code to suggest when no team is advised."""
    for reason, condition in _AGAINST:
        if holds(condition, facts):
            return reason
    return "other" if advice.safe_to_advise else "could_not_triage"
