"""Limits and intervals of the room, as data; all in seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """How long things may take. `waiting` is by priority; `check_in` by status."""

    waiting: Mapping[int, float] = field(default_factory=lambda: {1: 600, 2: 1200, 3: 3600})
    waiting_default_priority: int = 2
    first_question: float = 60
    floor_agency: float = 60
    handover: float = 120
    handover_urgent: float = 60
    backup: float = 120
    backup_urgent: float = 60
    ring_back: float = 120
    check_in: Mapping[str, float] = field(
        default_factory=lambda: {
            "staged": 600,
            "onscene": 900,
            "transporting": 900,
            "clearing": 900,
        }
    )
    check_in_wary: float = 600
    check_in_step: float = 120
    overdue: Mapping[str, float] = field(
        default_factory=lambda: {"assigned": 120, "acknowledged": 300, "enroute": 1800}
    )
    again_without_owner: float = 30  # an alarm that nobody took sounds again, and everywhere
    again_silenced: float = 120

    def limit(self, priority: int | None) -> timedelta:
        """Return how long an incident of this priority may wait."""
        usual = self.waiting[self.waiting_default_priority]
        return timedelta(seconds=usual if priority is None else self.waiting.get(priority, usual))


def sped_up(timers: Timers, speed: float) -> Timers:
    """Return the same timers for a day that runs `speed` times as fast."""

    def divide(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: number / speed for key, number in value.items()}
        return value / speed

    names = [f.name for f in fields(timers) if f.name != "waiting_default_priority"]
    changed: dict[str, Any] = {name: divide(getattr(timers, name)) for name in names}
    return replace(timers, **changed)
