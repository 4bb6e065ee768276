"""The shape of a pack file, checked field by field before anything reads it."""

from __future__ import annotations

from typing import Any

import msgspec

Values = list[str | bool]
When = dict[str, Values]


class _Strict(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A table in which a misspelt field is an error."""


class SwitchTable(_Strict):
    """[switches.NAME]."""

    default: bool
    says: str
    because: str
    source: str


class ClauseTable(_Strict):
    """One alternative of a derived fact."""

    because: str
    when: When = {}
    unless: When = {}
    on: str = ""
    off: str = ""


class DerivedTable(_Strict):
    """[[derived]]."""

    name: str
    source: str
    any: list[ClauseTable]
    value: str | bool = True
    unless: When = {}


class RuleTable(_Strict):
    """[[rules]]."""

    id: str
    because: str
    source: str
    when: When = {}
    unless: When = {}
    asked: list[str] = []
    response: str | None = None
    agencies: list[str] = []
    standby: bool = False
    skills: list[str] = []
    on: str = ""
    off: str = ""


class UnknownTable(_Strict):
    """[unknown.FACT]: what asked and unknown adds."""

    adds: list[str]
    because: str
    source: str
    standby: bool = False


class QuestionTable(_Strict):
    """[[questions]], in the order in which they are asked."""

    fact: str
    ask: str
    say: dict[str, str]
    answers: list[tuple[str | bool, str]]
    only_if: When = {}


class HoursTable(_Strict):
    """When somebody answers: days mon..sun, times HH:MM."""

    days: list[str]
    start: str
    end: str


class ProviderTable(_Strict):
    """[[providers]]."""

    agency: str
    name: str
    source: str
    phone: str = ""
    hours: list[HoursTable] = []
    areas: list[str] = []
    note: str = ""


class FallbackTable(_Strict):
    """[[fallback]]."""

    agency: str
    reasons: list[str]
    then: list[str]
    because: str


class ExemptionTable(_Strict):
    """[[exemptions]]: a declared departure from the danger chains."""

    fact: str
    value: str | bool
    because: str


class PackFile(_Strict):
    """A whole pack file."""

    name: str
    version: str
    about: str
    rules: list[RuleTable]
    questions: list[QuestionTable] = []
    derived: list[DerivedTable] = []
    switches: dict[str, SwitchTable] = {}
    unknown: dict[str, UnknownTable] = {}
    providers: list[ProviderTable] = []
    areas: dict[str, str] = {}
    fallback: list[FallbackTable] = []
    priorities: dict[str, int] = {}
    skills: dict[str, list[str]] = {}
    exemptions: list[ExemptionTable] = []


def convert(raw: dict[str, Any]) -> PackFile:
    """The file's tables as typed values; ValueError naming the first wrong field."""
    try:
        return msgspec.convert(raw, PackFile)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
