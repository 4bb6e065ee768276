"""The clock that ages are painted from, and how an age is written."""

import time
from collections.abc import Callable


class Clock:
    """Seconds since 1970; a picture or a test may hold it still."""

    def __init__(self) -> None:
        self._source: Callable[[], float] = time.time

    def now(self) -> float:
        """Seconds since 1970 as the screen counts them."""
        return self._source()

    def use(self, source: Callable[[], float] = time.time) -> None:
        """Takes another source of time, e.g. the database's; without one, the computer's."""
        self._source = source

    def hold(self, at: float) -> None:
        """Stands still at `at`."""
        self._source = lambda: at


clock = Clock()

_HOURS_FROM = 100 * 60


def age(seconds: float) -> str:
    """`m:ss` up to 99:59, then `h:mm h`; a start in the future counts as now."""
    whole = max(0, int(seconds))
    if whole < _HOURS_FROM:
        return f"{whole // 60}:{whole % 60:02}"
    return f"{whole // 3600}:{whole % 3600 // 60:02} h"


def over(seconds: float) -> str:
    """By how much a limit is exceeded: `+2:19`."""
    return f"+{age(seconds)}"
