"""Checks one JSON line from another system; what is wrong with it is said in a few words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from crt_console.domain.limits import INVISIBLE
from crt_console.domain.words import Source

LONGEST = 256 * 1024  # bytes of one line
TEXTS = ("place", "type", "text", "call_back", "language", "neighbourhood")
FIELDS = frozenset({*TEXTS, "external", "at", "updated_at", "priority", "source", "lat", "lon"})
LEAST, MOST = 1, 3  # priorities
# Tabs and new lines are words' own; NUL no database takes; halves of a character nobody can write.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Bad(ValueError):  # noqa: N818 - said of a line, not of us
    """A line that cannot be taken; the reason names the field, never what stood in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What another system says of a call."""

    external: str
    at: datetime
    updated_at: datetime | None
    priority: int | None
    source: Source
    lat: float | None
    lon: float | None
    texts: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def read_message(line: bytes) -> Message:
    """Return what a line says; raises Bad."""
    said = _object(line)
    external = _text(said, "external")
    if external is None:
        raise Bad("external is missing")
    if INVISIBLE.search(external):  # without them it could be another call's
        raise Bad("invisible characters in external")
    at = _time(said, "at")
    if at is None:
        raise Bad("at is missing")
    lat, lon = _number(said, "lat", 90.0), _number(said, "lon", 180.0)
    if (lat is None) != (lon is None):
        raise Bad("lat and lon must come together")
    return Message(
        external=external,
        at=at,
        updated_at=_time(said, "updated_at"),
        priority=_priority(said),
        source=_source(said),
        lat=lat,
        lon=lon,
        texts={name: text for name in TEXTS if (text := _text(said, name)) is not None},
        ignored=tuple(name for name in said if name not in FIELDS),
    )


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise Bad(f"line longer than {LONGEST // 1024} KB")
    try:
        line.decode("utf-8")
        said = msgspec.json.decode(line)
    except UnicodeDecodeError:
        raise Bad("not UTF-8") from None
    except (msgspec.DecodeError, RecursionError):
        raise Bad("not JSON") from None
    if not isinstance(said, dict):
        raise Bad("not a JSON object")
    return said


def _text(said: dict[str, Any], name: str) -> str | None:
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Bad(f"{name} must be text")
    if _CONTROL.search(value):
        raise Bad(f"control characters in {name}")
    return value.strip() or None


def _time(said: dict[str, Any], name: str) -> datetime | None:
    text = _text(said, name)
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
        utc = time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Bad(f"{name} is not an ISO 8601 time") from None
    if time.tzinfo is None:
        raise Bad(f"{name} has no time zone")
    return utc


def _priority(said: dict[str, Any]) -> int | None:
    value = said.get("priority")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Bad("priority must be a whole number")
    if not LEAST <= value <= MOST:
        raise Bad("priority must be 1, 2 or 3")
    return value


def _source(said: dict[str, Any]) -> Source:
    text = _text(said, "source")
    if text is None:
        return Source.E911
    try:
        return Source(text.lower())
    except ValueError:
        raise Bad(f"source must be one of {', '.join(Source)}") from None


def _number(said: dict[str, Any], name: str, limit: float) -> float | None:
    value = said.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Bad(f"{name} must be a number")
    if not -limit <= value <= limit:
        raise Bad(f"{name} must be between -{limit:.0f} and {limit:.0f}")
    return float(value)
