"""Reads packs from TOML and turns them into the immutable form the engine runs."""

from __future__ import annotations

import tomllib
from datetime import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crt_console.domain.words import NOT_SENT_REASONS
from crt_console.protocol import schema
from crt_console.protocol.pack import (
    Answer,
    Clause,
    Condition,
    Derived,
    Exemption,
    Fallback,
    OpenHours,
    Pack,
    Provider,
    Question,
    Rule,
    Switch,
)
from crt_console.protocol.vocabulary import RESOURCES, UNKNOWN, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PROTOCOLS = RESOURCES / "protocols"
DEFAULT_PACK = "hartford"
CANT_SAY = "Can’t say"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def load(name_or_path: str | Path, switches: Mapping[str, bool] | None = None) -> Pack:
    """The pack of that name or file, with these switches set; ValueError says what is wrong."""
    return _load(str(name_or_path), tuple(sorted((switches or {}).items())))


@cache
def _load(name_or_path: str, switches: tuple[tuple[str, bool], ...]) -> Pack:
    return parse(read(name_or_path), name_or_path, dict(switches))


def read(name_or_path: str) -> str:
    """The text of the pack of that name or file; ValueError when there is none."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = PROTOCOLS / f"{name_or_path}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in PROTOCOLS.glob("*.toml")))
        msg = f"no pack {name_or_path!r}; give a .toml file or one of: {known}"
        raise ValueError(msg)
    return path.read_text(encoding="utf-8")


def parse(text: str, label: str, switches: Mapping[str, bool] | None = None) -> Pack:
    """The pack written in this text; ValueError names the line or rule and the fix."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{label}: {error}"
        raise ValueError(msg) from error
    except RecursionError:
        msg = f"{label}: lists within lists too deep to be a pack"
        raise ValueError(msg) from None
    try:
        return _Builder(schema.convert(raw), dict(switches or {})).pack()
    except ValueError as error:
        msg = f"{label}: {error}"
        raise ValueError(msg) from error


class _Builder:
    """Checks names and values while it turns tables into a pack."""

    def __init__(self, file: schema.PackFile, chosen: dict[str, bool]) -> None:
        self._file = file
        self._derived: set[str] = set()
        self._switches = {
            name: Switch(name, chosen.pop(name, t.default), t.default, t.says, t.because, t.source)
            for name, t in file.switches.items()
        }
        if chosen:
            raise ValueError(_choose("no switch", next(iter(chosen)), self._switches))

    def pack(self) -> Pack:
        """The whole pack, with every name checked."""
        file = self._file
        derived = tuple(found for t in file.derived for found in self._derive(t))
        rules = [*self._rules(), *self._unknown_rules()]
        _unique("rule", [r.id for r in rules])
        return Pack(
            id=file.name,
            name=file.name,
            version=file.version,
            about=file.about,
            facts={t.fact: self._question(t) for t in file.questions},
            wording={t.fact: t.say for t in file.questions},
            derived=derived,
            rules=tuple(rules),
            switches=self._switches,
            providers=tuple(self._provider(t) for t in file.providers),
            areas=file.areas,
            fallbacks=tuple(self._fallback(t) for t in file.fallback),
            priorities=self._priorities(),
            skills={_agency("skills", a): frozenset(s) for a, s in file.skills.items()},
            exemptions=tuple(self._exemption(t) for t in file.exemptions),
        )

    def _is_on(self, where: str, on: str, off: str) -> bool:
        for name in (on, off):
            if name and name not in self._switches:
                raise ValueError(_choose(f"{where}: no switch", name, self._switches))
        return not (on and not self._switches[on].value) and not (off and self._switches[off].value)

    def _condition(self, where: str, when: schema.When) -> Condition:
        for fact, values in when.items():
            if not values:
                msg = f"{where}: {fact} lists no value; name at least one"
                raise ValueError(msg)
            if fact in self._derived and fact not in VOCABULARY.facts:
                if values != [True]:
                    msg = f"{where}: {fact} is derived; write {fact} = [true], or use unless"
                    raise ValueError(msg)
                continue
            for value in values:
                _check_value(where, fact, value, self._derived)
        return tuple((fact, frozenset(values)) for fact, values in when.items())

    def _derive(self, table: schema.DerivedTable) -> list[Derived]:
        where = f"derived {table.name}"
        if table.name in VOCABULARY.facts:
            _check_value(where, table.name, table.value, set())
        elif table.value is not True:
            msg = f"{where}: a name outside the vocabulary can only become true"
            raise ValueError(msg)
        common = self._condition(where, table.unless)
        clauses = [
            Clause(
                self._condition(where, c.when), self._condition(where, c.unless) + common, c.because
            )
            for c in table.any
            if self._is_on(where, c.on, c.off)
        ]
        if table.name in self._derived:
            msg = f"{where}: derived twice; put all its clauses in one"
            raise ValueError(msg)
        self._derived.add(table.name)
        return [Derived(table.name, table.value, tuple(clauses), table.source)]

    def _rules(self) -> list[Rule]:
        found = []
        for t in self._file.rules:
            where = f"rule {t.id}"
            clause = Clause(
                self._condition(where, t.when), self._condition(where, t.unless), t.because
            )
            agencies = frozenset(_agency(where, a) for a in t.agencies)
            if t.response is not None:
                if t.response not in VOCABULARY.responses:
                    raise ValueError(
                        _choose(f"{where}: no response", t.response, VOCABULARY.responses)
                    )
                agencies |= VOCABULARY.responses[t.response].agencies
            asked = frozenset(t.asked)
            for fact in asked - VOCABULARY.facts.keys():
                raise ValueError(_choose(f"{where}: no fact", fact, VOCABULARY.facts))
            rule = Rule(
                t.id, clause, t.response, agencies, t.standby, frozenset(t.skills), t.source, asked
            )
            if self._is_on(where, t.on, t.off):
                found.append(rule)
        return found

    def _unknown_rules(self) -> list[Rule]:
        """What 'asked and unknown' means, as rules: the pack's word, else the vocabulary's."""
        for fact in self._file.unknown.keys() - VOCABULARY.facts.keys():
            raise ValueError(_choose("unknown: no fact", fact, VOCABULARY.facts))
        tables = {
            fact: schema.UnknownTable(
                [a.split()[0] for a in adds],
                f"nobody can say: {fact}",
                "vocabulary",
                standby=any(a.endswith(" near") for a in adds),
            )
            for fact, adds in VOCABULARY.unknown_default.items()
        } | self._file.unknown
        return [
            Rule(
                f"unknown_{fact}",
                Clause(((fact, frozenset({UNKNOWN})),), (), t.because),
                None,
                frozenset(_agency(f"unknown.{fact}", a) for a in t.adds),
                t.standby,
                frozenset(),
                t.source,
            )
            for fact, t in tables.items()
            if t.adds
        ]

    def _question(self, t: schema.QuestionTable) -> Question:
        where = f"question {t.fact}"
        for value, label in t.answers:
            _check_value(where, t.fact, value, set())
            if len(label) > 18:  # noqa: PLR2004 - the room the screen gives an answer
                msg = f"{where}: the label {label!r} has more than 18 letters; shorten it"
                raise ValueError(msg)
        if "en" not in t.say:
            msg = f"{where}: say has no English words; add say.en"
            raise ValueError(msg)
        answers = [Answer(v, label) for v, label in t.answers if v != UNKNOWN]
        answers.append(Answer(UNKNOWN, CANT_SAY))
        return Question(
            t.fact,
            t.ask,
            t.say["en"],
            tuple(answers),
            only_if=self._condition(where, t.only_if),
        )

    def _provider(self, t: schema.ProviderTable) -> Provider:
        where = f"provider {t.name}"
        for area in t.areas:
            if area not in self._file.areas:
                raise ValueError(_choose(f"{where}: no area", area, self._file.areas))
        return Provider(
            _agency(where, t.agency),
            t.name,
            t.phone,
            tuple(_hours(where, h) for h in t.hours),
            frozenset(t.areas),
            t.source,
            t.note,
        )

    def _fallback(self, t: schema.FallbackTable) -> Fallback:
        where = f"fallback {t.agency}"
        for reason in t.reasons:
            if reason not in NOT_SENT_REASONS:
                raise ValueError(_choose(f"{where}: no reason", reason, NOT_SENT_REASONS))
        then = tuple(_agency(where, a) for a in t.then)
        return Fallback(_agency(where, t.agency), frozenset(t.reasons), then, t.because)

    def _priorities(self) -> dict[str, int]:
        for nature in self._file.priorities:
            _check_value("priorities", "nature", nature, set())
        return self._file.priorities

    def _exemption(self, t: schema.ExemptionTable) -> Exemption:
        _check_value("exemption", t.fact, t.value, set())
        return Exemption(t.fact, t.value, t.because)


def _hours(where: str, t: schema.HoursTable) -> OpenHours:
    for day in t.days:
        if day not in DAYS:
            raise ValueError(_choose(f"{where}: no day", day, DAYS))
    return OpenHours(
        frozenset(DAYS.index(d) for d in t.days),
        time.fromisoformat(t.start),
        time.max if t.end == "24:00" else time.fromisoformat(t.end),
    )


def _check_value(where: str, fact: str, value: object, derived: set[str]) -> None:
    if fact not in VOCABULARY.facts:
        raise ValueError(_choose(f"{where}: no fact", fact, {*VOCABULARY.facts, *derived}))
    if value not in VOCABULARY.facts[fact]:
        allowed = [str(v).lower() for v in VOCABULARY.facts[fact]]
        raise ValueError(_choose(f"{where}: {fact} has no value", value, allowed))


def _agency(where: str, agency: str) -> str:
    if agency not in VOCABULARY.agencies:
        raise ValueError(_choose(f"{where}: no agency", agency, VOCABULARY.agencies))
    return agency


def _unique(what: str, names: list[str]) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        msg = f"{what} {twice[0]} stands there twice; give each its own id"
        raise ValueError(msg)


def _choose(what: str, wrong: object, known: Iterable[object]) -> str:
    names = ", ".join(sorted(str(k) for k in known))
    return f"{what} {wrong!r}; choose one of: {names}"
