"""Time in the made-up day: what takes a while, and who acts in the end."""

import random
from typing import NamedTuple

from crt_console.domain.commands import Command

_SOON = 5.0  # seconds that what is hurried still takes


class Act(NamedTuple):
    """One command and who gives it."""

    command: Command
    by: str


class Pace:
    """Lets things take their time, `pace` times as fast; one seed gives the same times again."""

    def __init__(self, pace: float, seed: int) -> None:
        self.now = 0.0
        self._pace = pace
        self._seed = seed
        self._known: dict[tuple[object, ...], float] = {}
        self._asked: dict[tuple[object, ...], float] = {}

    def begin(self, now: float) -> None:
        """Begin a round at this time; what was not asked for in the last one is forgotten."""
        self.now = now
        self._known, self._asked = self._asked, {}

    def ripe(self, low: float, high: float, *key: object, hurry: bool = False) -> bool:
        """Return whether what began when `key` was first asked for is over now.

        It takes between `low` and `high` seconds, a few where somebody has to `hurry`.
        """
        due = self._known.get(key)
        if due is None:
            due = self.now + (low + self.chance(*key) * (high - low)) / self._pace
        if hurry:
            due = min(due, self.now + _SOON / self._pace)
        if self.now >= due:
            return True
        self._asked[key] = due
        return False

    def chance(self, *key: object) -> float:
        """Return a number from 0 to 1, the same for the same key."""
        words = "\x1f".join(str(part) for part in (self._seed, *key))
        return random.Random(words).random()  # noqa: S311 - a made-up day, guards nothing


def people(me: str) -> tuple[tuple[str, str], str]:
    """Return the two other dispatchers and the supervisor of the day; nobody is called `me`."""
    names = [name for name in ("A. Kim", "M. Ortiz", "T. Baker") if not same(name, me)]
    supervisor = "L. Stone" if same(me, "J. Reyes") else "J. Reyes"
    return (names[0], names[1]), supervisor


def same(one: str | None, other: str) -> bool:
    """Return whether two names are one person's."""
    return one is not None and one.casefold() == other.casefold()
