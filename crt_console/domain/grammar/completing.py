"""What the command bar offers to go on with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from crt_console.domain.grammar import intake, sending, teams
from crt_console.domain.grammar.line import Facts, squashed
from crt_console.domain.grammar.verb import Verb
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, NOT_SENT_REASONS, UnitStatus

VERBS: dict[str, Verb] = {
    squashed(verb.name): verb for verb in (*intake.VERBS, *sending.VERBS, *teams.VERBS)
}
MOST = 12
Names = Mapping[str, str] | Iterable[str]


@dataclass(frozen=True, slots=True)
class Completion:
    """The whole line as it would read, and what the offered word means."""

    text: str
    says: str


def complete(
    text: str, *, units: Names, incidents: Names, facts: Facts | None = None
) -> tuple[Completion, ...]:
    """Return lines that go on from this one; names may come with what they say."""
    *before, word = text.split(" ") if text.strip() else [""]
    known = {"unit": _said(units), "incident": _said(incidents)}
    offers = _offers([part for part in before if part], known, facts or {})
    start = " ".join([*before, ""]) if before else ""
    wanted = squashed(word)
    return tuple(
        Completion(f"{start}{offer} ", says)
        for offer, says in offers.items()
        if squashed(offer).startswith(wanted) and squashed(offer) != wanted
    )[:MOST]


def _said(names: Names) -> dict[str, str]:
    if isinstance(names, Mapping):
        return {_one_word(name): says for name, says in names.items()}
    return {_one_word(name): "" for name in names}


def _one_word(name: str) -> str:
    return "".join(name.split()).lower()


def _offers(before: list[str], known: dict[str, dict[str, str]], facts: Facts) -> dict[str, str]:
    if not before:
        verbs = {verb.name: f"{verb.form}: {verb.says}" for verb in VERBS.values()}
        return {**verbs, **known["unit"]}
    verb = VERBS.get(squashed(before[0]))
    if verb is None:
        named = "".join(before).lower() in known["unit"]
        return {status.value: "" for status in UnitStatus} if named else {}
    kind = _kind(verb, len(before) - 1)
    if kind == "facts":
        return _fact_offers(before, facts)
    offers: dict[str, str] = {}
    for part in kind.split(" or "):
        offers.update(known.get(part) or _fixed(part))
    return offers


def _kind(verb: Verb, position: int) -> str:
    if position < len(verb.wants):
        return verb.wants[position].removesuffix("…")
    last = verb.wants[-1] if verb.wants else ""
    if last == "facts":
        return last
    return last.removesuffix("…") if last.endswith("…") else ""


def _fixed(part: str) -> dict[str, str]:
    lists: dict[str, Collection[str]] = {
        "field": tuple(intake.FIELDS),
        "shift": ("start", "end"),
        "all": ("all",),
        "add": ("add",),
        "clear": ("clear",),
        "standby": ("standby",),
        "urgent": ("urgent",),
    }
    coded: dict[str, Mapping[str, str]] = {
        "agency": AGENCY_NAMES,
        "agencies": {**AGENCY_NAMES, "none": "nobody"},
        "not_sent": NOT_SENT_REASONS,
        "disposition": DISPOSITIONS,
    }
    return dict(coded.get(part, {})) or dict.fromkeys(lists.get(part, ()), "")


def _fact_offers(before: list[str], facts: Facts) -> dict[str, str]:
    if len(before) == 2 or before[-1].endswith(","):  # noqa: PLR2004 - the verb and its incident
        return {fact: " ".join(str(value).lower() for value in facts[fact]) for fact in facts}
    return {str(value).lower(): "" for value in facts.get(before[-1].lower(), ())}
