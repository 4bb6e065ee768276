"""One typed line, read from left to right; what does not fit raises `Misread`."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from crt_console.domain.errors import Refused
from crt_console.domain.incident import FactValue
from crt_console.domain.unit import call_sign_key
from crt_console.domain.wall import last_on_wall
from crt_console.domain.words import AGENCY_NAMES

Facts = Mapping[str, Collection[FactValue]]
EARLY = timedelta(minutes=1)
_AT = re.compile(r"(?:^|\s)at\s+(\d{1,2}[:.]\d{2})$", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
ECHO = 120  # characters of what was typed that are said again
AN_INCIDENT = "an incident number, such as 142"
A_TEAM = "a call sign, such as crt2"


class Misread(Refused):
    """The line cannot be read; says what was found and what was expected. Nothing changes."""

    def __init__(self, because: str, expected: str) -> None:
        found = because if len(because) <= ECHO else f"{because[:ECHO]}…"
        super().__init__(f"{found}: expected {expected}.")
        self.expected = expected


class Show(Struct, frozen=True):
    """A question, not an act: everything about this incident or unit."""

    ref: str


def joined(text: str) -> str:
    """Return words as codes are written: lower case, one underscore between."""
    return "_".join(re.split(r"[\s_-]+", text.strip().lower()))


def squashed(text: str) -> str:
    """Return words without anything between them, lower case."""
    return re.sub(r"[\s_-]+", "", text).lower()


def listed(words: Collection[str]) -> str:
    """Return words as a person lists them: a, b or c."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


class Line:
    """What is left to read of one line; each method takes its part off the front."""

    def __init__(self, text: str, *, now: datetime, units: Collection[str], facts: Facts) -> None:
        self.left = text
        self.now = now
        self.units = frozenset(call_sign_key(unit) for unit in units)
        self.facts = facts
        self.at: datetime | None = None

    def take_time(self) -> None:
        """Take `at HH:MM` off the end; a time still to come was yesterday."""
        found = _AT.search(self.left)
        if not found:
            return
        self.at = last_on_wall(self.now + EARLY, *self.clock(found[1]))
        self.left = self.left[: found.start()].rstrip()

    def clock(self, text: str) -> tuple[int, int]:
        """Return hour and minute, as the clock of the room shows them."""
        found = _CLOCK.fullmatch(text)
        if not found:
            raise Misread(f"“{text}” is not a time", "hours and minutes, such as 14:31")
        return int(found[1]), int(found[2])

    def word(self, expected: str) -> str:
        """Take one word, which must be there."""
        if not self.left:
            raise Misread("Something is missing", expected)
        first, *rest = self.left.split(maxsplit=1)
        self.left = rest[0] if rest else ""
        return first

    def peek(self) -> str:
        """Return the next word in lower case without taking it."""
        return self.left.split(maxsplit=1)[0].lower() if self.left else ""

    def skip(self, word: str) -> bool:
        """Take this word if it comes next."""
        if self.peek() != word:
            return False
        self.word(word)
        return True

    def rest(self, expected: str = "") -> str:
        """Take all that is left; with `expected` it must be something."""
        words, self.left = self.left.removeprefix(", ").rstrip(" ,"), ""
        if expected and not words:
            raise Misread("Something is missing", expected)
        return words

    def end(self) -> None:
        """Hold that nothing is left."""
        if self.left:
            raise Misread(f"“{self.left}” is too much", "nothing more")

    def incident(self) -> str:
        """Take a reference to an incident: what people say, a number or an identity."""
        word = self.word(AN_INCIDENT)
        number, comma, rest = word.partition(",")
        if not re.search(r"\d", number):
            raise Misread(f"“{word}” is not an incident", AN_INCIDENT)
        if comma:
            self.left = f"{rest} {self.left}".strip()
        return number.removeprefix("#")

    def unit(self) -> str:
        """Take a call sign, which may have a space before its number."""
        words = self.left.split()
        unit, used = self._unit_at([word.strip(",") for word in words])
        self.left = " ".join(words[used:])
        return unit

    def all_units(self) -> tuple[str, ...]:
        """Take call signs to the end of the line; at least one."""
        words = self.rest(A_TEAM).replace(",", " ").split()
        found: list[str] = []
        while words:
            unit, used = self._unit_at(words)
            words = words[used:]
            if unit not in found:
                found.append(unit)
        if not found:
            raise Misread("Nobody is named", A_TEAM)
        return tuple(found)

    def _unit_at(self, words: list[str]) -> tuple[str, int]:
        if not words:
            raise Misread("Nobody is named", A_TEAM)
        for used in (3, 2, 1):
            if len(words) >= used and call_sign_key("".join(words[:used])) in self.units:
                return " ".join(words[:used]), used
        if len(words) > 1 and words[0].isalpha() and re.fullmatch(r"[0-9]{1,4}", words[1]):
            return " ".join(words[:2]), 2
        return words[0], 1

    def agency(self) -> str:
        """Take the name of an agency."""
        return agency(self.word(f"an agency: {listed(AGENCY_NAMES)}"))

    def code(self, codes: Mapping[str, str], what: str) -> tuple[str, str]:
        """Take a code, shortened while only one fits, and the text after it."""
        expected = f"{what}: {listed([code.replace('_', ' ') for code in codes])}"
        head, _, text = self.left.partition(",")
        self.left = ""
        if not head.strip():
            raise Misread("Something is missing", expected)
        fits = _fitting(head, codes)
        if len(fits) == 1:
            return fits[0], text.strip()
        if fits:
            raise Misread(f"“{head.strip()}” could be several", f"one of {listed(fits)}")
        words = head.split()
        for used in range(len(words) - 1, 0, -1):
            code = joined(" ".join(words[:used]))
            if code in codes:
                more = " ".join(words[used:])
                return code, f"{more}, {text.strip()}" if text.strip() else more
        raise Misread(f"“{head.strip()}” is not known", expected)


def _fitting(said: str, codes: Mapping[str, str]) -> list[str]:
    wanted = joined(said)
    if wanted in codes:
        return [wanted]
    whole = [code for code, says in codes.items() if joined(says) == wanted]
    return whole or [
        code
        for code, says in codes.items()
        if code.startswith(wanted) or joined(says).startswith(wanted)
    ]


def agency(word: str) -> str:
    """Return the agency of this name."""
    name = word.strip(" ,").lower()
    if name not in AGENCY_NAMES:
        raise Misread(f"“{word}” is not an agency", listed(AGENCY_NAMES))
    return name
