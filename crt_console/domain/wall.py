"""The clock on the room's wall: what it shows on a day, also where the hour changes that day."""

from datetime import UTC, date, datetime, time, timedelta

_DAY = timedelta(days=1)


def begin_of(day: date) -> datetime:
    """Return when that day begins."""
    return _shown(day, time())


def end_of(day: date) -> datetime:
    """Return when that day is over."""
    return _shown(day + _DAY, time()).astimezone(UTC)


def next_on_wall(now: datetime, hour: int, minute: int) -> datetime:
    """Return the next time the room's clock shows this."""
    return min(at for at in _near(now, hour, minute) if at > now)


def last_on_wall(latest: datetime, hour: int, minute: int) -> datetime:
    """Return the last time the room's clock showed this, until then."""
    return max(at for at in _near(latest, hour, minute) if at <= latest)


def _near(now: datetime, hour: int, minute: int) -> list[datetime]:
    """Return every time around today: where the hour is set back, a day has it twice."""
    today = now.astimezone().date()
    days = (today - _DAY, today, today + _DAY)
    return [
        _shown(day, time(hour, minute, fold=fold)).astimezone(UTC)
        for day in days
        for fold in (0, 1)
    ]


def _shown(day: date, at: time) -> datetime:
    # without a zone it is the machine's, as it holds then: the offset of now is another next week
    return datetime.combine(day, at).astimezone()
