"""What words and numbers may be at most: lengths, signs, times, whoever says them."""

import functools
import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from msgspec import Struct, structs

from crt_console.domain.errors import Refused, Unknown

T = TypeVar("T", bound=Struct)

SHORT = 200  # characters of whatever is not named below: a type, a reference, a word of a list
LONGEST: Mapping[str, int] = {
    "text": 20_000,
    "reason": 2_000,
    "place": 500,
    "about": 500,
    "at": 500,  # where a team stands
    "call_back": 60,
    "callback": 60,
    "call_sign": 30,
}
SEVERAL = 200  # words of one list, such as the members of a team
COMMAND_LINE = 25_000  # characters of one typed line
SPARED = frozenset({"operation_id", "body", "seen"})  # no words, or kept as they were
_SAID: Mapping[str, str] = {  # as a dispatcher calls it
    "call_back": "the number to call back",
    "callback": "the number to call back",
    "external": "their number",
    "number": "their number",
    "call_sign": "the call sign",
    "members": "a member’s name",
    "at": "the place",
    "about": "the place or number",
}
_NAMES: Mapping[str, str] = {  # what is so named can only be unknown
    "incident": "incident",
    "other": "incident",
    "unit": "team",
    "units": "team",
    "alarm": "open alarm",
    "confirmation": "request",
}
_ECHO = 20
_LINES = frozenset({"text", "reason"})  # these may have several lines
_DEGREES: Mapping[str, float] = {"lat": 90.0, "lon": 180.0}

# A clock that runs a little ahead is nobody's fault; a wrong zone must not cost a caller either:
# within a day such a call is taken as one of now, and flagged.
SKEW = timedelta(minutes=5)
AHEAD = timedelta(days=1)
BEHIND = timedelta(days=20 * 365)  # for calls arriving now
EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)  # for imports: 1970 is what a clock without time says

# What can be seen on no screen and make a row say what it does not: direction, width, tags.
# The two joiners stay between letters that need them (emoji, Persian), not beside Latin ones.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BREAK = re.compile("[\n\t]")
_RETURN = re.compile("\r\n?|\x85|\u2028|\u2029")
MARKS = 4  # signs stacked on one letter; more paint over the rows above


def clean(text: str, *, lines: bool = False) -> str:
    """Return words in one form (NFC) without what cannot be seen; new lines only with `lines`."""
    if text.isascii() and text.isprintable():
        return text
    plain = INVISIBLE.sub("", text)
    plain = _RETURN.sub("\n", plain) if lines else _BREAK.sub(" ", plain)
    plain = _CONTROL.sub(" ", plain)
    return plain if plain.isascii() else _unstacked(unicodedata.normalize("NFC", plain))


def _unstacked(text: str) -> str:
    """Return the text with no more marks on a letter than languages use."""
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)


def fit(name: str, text: str) -> str:
    """Return the words of this field, cleaned; Refused where they are too long."""
    most = LONGEST.get(name, SHORT)
    if len(text) > most:
        if name in _NAMES:
            raise Unknown(f"no {_NAMES[name]} {text[:_ECHO]}…")
        said = _SAID.get(name, f"the {name.replace('_', ' ')}")
        raise Refused(f"{said} is too long: {most:,} characters at most")
    return clean(text, lines=name in _LINES)


def fitted(said: T) -> T:
    """Return a command, or a call within one, as it may be kept; Refused says what is too much."""
    changed: dict[str, Any] = {}
    for name in _names(type(said)):
        value = getattr(said, name)
        if value is None or value is True or value is False:
            continue
        fits = _value(name if name != "value" else _named(said), value)
        if fits is not value:
            changed[name] = fits
    return structs.replace(said, **changed) if changed else said


@functools.cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name not in SPARED)


def _named(said: object) -> str:
    """The value of an edit is as long as the field it is for."""
    return str(getattr(said, "field", "value"))


def _value(name: str, value: Any) -> Any:
    if type(value) is str:
        if value.isascii() and value.isprintable() and len(value) <= LONGEST.get(name, SHORT):
            return value  # nearly all that is said
        fits = fit(name, value)
        return value if fits == value else fits
    if isinstance(value, float) and name in _DEGREES:
        return _degrees(name, value)
    return _several(name, value) if isinstance(value, tuple) and value else value


def _several(name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    if isinstance(values[0], Struct):
        return tuple(fitted(each) for each in values)
    if len(values) > SEVERAL:
        raise Refused(f"too many {name}: {SEVERAL} at most")
    fits = tuple(_value(name, each) for each in values)
    return values if all(a is b for a, b in zip(fits, values, strict=True)) else fits


def _degrees(name: str, value: float) -> float:
    most = _DEGREES[name]
    if not math.isfinite(value) or abs(value) > most:
        raise Refused(f"{name} must be a number between -{most:.0f} and {most:.0f}")
    return value


def wrong_time(at: datetime, now: datetime) -> str:
    """Return why a call that arrives now cannot be of this time, nothing where it can."""
    if at > now + AHEAD:
        return "is more than a day ahead of our clock: theirs, or its zone, is wrong"
    if at < now - BEHIND:
        return "is more than 20 years ago: their clock is wrong"
    return ""


def wrong_past(at: datetime, now: datetime) -> str:
    """Return why a past call cannot be of this time, nothing where it can."""
    if at > now + AHEAD:
        return "the time of the call is still to come"
    return "the time of the call is before 1971" if at < EARLIEST else ""
