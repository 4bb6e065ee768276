"""The database's time, known here between two looks at it."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Goes on from the last moment the database told, whatever this machine's clock does."""

    def __init__(self) -> None:
        self._known = (datetime.now(UTC), time.monotonic())

    def set(self, moment: datetime) -> None:
        """Take the database's time."""
        self._known = (moment, time.monotonic())

    def now(self) -> datetime:
        """Return the database's time."""
        moment, then = self._known
        return moment + timedelta(seconds=time.monotonic() - then)
