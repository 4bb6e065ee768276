"""Which team fits an incident best, and the reason in words for each."""

from collections.abc import Iterable
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit

_EARTH_MILES = 3958.8
_SAME_DISTANCE = 0.5  # miles: closer than this, idle time decides
_FAR = 999.0
_LONG_AGO_MINUTES = 1


class Ranked(Struct, frozen=True, kw_only=True):
    """One unit as it fits one incident. `distance` in miles, None where nobody knows."""

    unit: Unit
    free: bool
    missing_skills: tuple[str, ...]
    speaks: bool | None  # None: no language was asked for
    distance: float | None
    idle_minutes: float | None
    reason: str

    @property
    def key(self) -> tuple[object, ...]:
        """The order of the list: able, speaking, near (by half miles), idle longest."""
        away = _FAR if self.distance is None else self.distance
        return (
            not self.free,
            len(self.missing_skills),
            self.speaks is False,
            int(away / _SAME_DISTANCE),
            -(self.idle_minutes or 0),
            self.unit.key,
        )


def miles(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the straight-line distance in miles."""
    p, q = radians(lat_a), radians(lat_b)
    half = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_MILES * asin(sqrt(half))


def rank(
    incident: Incident, units: Iterable[Unit], now: datetime, skills: Iterable[str] = ()
) -> tuple[Ranked, ...]:
    """Return the units on shift, best first, each with its reason."""
    asked = tuple(skills)
    ranked = [_ranked(incident, unit, now, asked) for unit in units if unit.on_shift]
    return tuple(sorted(ranked, key=lambda r: r.key))


def passed_over(best: Unit, ranked: Iterable[Ranked]) -> tuple[tuple[str, str], ...]:
    """Return the free units that were not taken, nearest first, with why."""
    mine = next((r for r in ranked if r.unit.id == best.id), None)
    others = [r for r in ranked if r.free and r.unit.id != best.id]
    near = sorted(others, key=lambda r: _FAR if r.distance is None else r.distance)
    return tuple((r.unit.call_sign, _why_not(r, mine)) for r in near)


def distance_words(ranked: Ranked, now: datetime) -> str:
    """Return the distance with its basis and age, never a bare number."""
    if ranked.distance is None:
        return "place not known"
    basis = {"base": "from its base", "scene": "from its last scene"}.get(
        ranked.unit.position_basis, "reported"
    )
    at = ranked.unit.position_at
    if at is None or ranked.unit.position_basis == "base":
        return f"{ranked.distance:.1f} mi, {basis}"
    minutes = int((now - at).total_seconds() // 60)
    age = "now" if minutes < _LONG_AGO_MINUTES else f"{minutes} min ago"
    return f"{ranked.distance:.1f} mi, {basis} {age}"


def _ranked(incident: Incident, unit: Unit, now: datetime, skills: tuple[str, ...]) -> Ranked:
    missing = tuple(s for s in skills if s not in unit.skills)
    speaks = None if not incident.language else _speaks(unit, incident.language)
    idle = None
    if unit.free and unit.free_since is not None:
        idle = (now - unit.free_since).total_seconds() / 60
    return Ranked(
        unit=unit,
        free=unit.free,
        missing_skills=missing,
        speaks=speaks,
        distance=_distance(incident, unit),
        idle_minutes=idle,
        reason=_reason(unit, missing, speaks, incident.language, idle),
    )


def _speaks(unit: Unit, language: str) -> bool:
    return language.casefold() in {spoken.casefold() for spoken in unit.languages}


def _distance(incident: Incident, unit: Unit) -> float | None:
    if incident.lat is None or incident.lon is None or unit.lat is None or unit.lon is None:
        return None
    return miles(incident.lat, incident.lon, unit.lat, unit.lon)


def _reason(
    unit: Unit,
    missing: tuple[str, ...],
    speaks: bool | None,  # noqa: FBT001 - three-valued, private
    language: str,
    idle: float | None,
) -> str:
    words = []
    if not unit.free:
        words.append("not free")
    if missing:
        words.append("no " + ", ".join(missing))
    if speaks is not None:
        words.append(language if speaks else f"no {language}")
    if idle is not None:
        words.append(f"free {int(idle)} min")
    return " · ".join(words)


def _why_not(other: Ranked, mine: Ranked | None) -> str:
    words = []
    if mine is not None and other.distance is not None and mine.distance is not None:
        words.append("nearer" if other.distance < mine.distance else "farther")
    if other.missing_skills:
        words.append("no " + ", ".join(other.missing_skills))
    if other.speaks is False:
        words.append("does not speak the language")
    idle, my_idle = other.idle_minutes or 0, (mine.idle_minutes or 0) if mine else 0
    if mine is not None and idle < my_idle:
        words.append("free for less long")
    return ", ".join(words) or "equal"
