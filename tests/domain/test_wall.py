"""The room's clock on the days its hour changes; all of it in a town that has such days."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crt_console.domain.commands import CheckIn
from crt_console.domain.grammar import parse
from crt_console.domain.wall import begin_of, end_of, last_on_wall, next_on_wall

TOWN = ZoneInfo("America/New_York")
BACK, FORTH = date(2026, 11, 1), date(2026, 3, 8)


@pytest.fixture(autouse=True)
def _town(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def town(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=TOWN, fold=fold)
    return at.astimezone(ZoneInfo("UTC"))


@pytest.mark.parametrize(("day", "hours"), [(BACK, 25), (FORTH, 23)])
def test_a_day_begins_and_ends_at_midnight(day: date, hours: int) -> None:
    assert begin_of(day) == town(day, 0)
    assert end_of(day) - begin_of(day) == timedelta(hours=hours)


@pytest.mark.parametrize("day", [BACK, FORTH])
def test_a_shift_set_the_evening_before_ends_when_the_clock_shows_it(day: date) -> None:
    evening = town(day - timedelta(days=1), 22)

    assert next_on_wall(evening, 16, 0) == town(day, 16)


@pytest.mark.parametrize("day", [BACK, FORTH])
def test_what_was_at_half_past_midnight_is_said_after_the_change(day: date) -> None:
    assert last_on_wall(town(day, 3, 30), 0, 30) == town(day, 0, 30)
    got = parse("checkin crt1 at 00:30", now=town(day, 3, 30), known_units=["crt1"], facts={})
    assert isinstance(got, CheckIn)
    assert got.happened_at == town(day, 0, 30)


def test_of_the_hour_that_comes_twice_the_nearer_is_meant() -> None:
    assert last_on_wall(town(BACK, 1, 40, 1), 1, 35) == town(BACK, 1, 35, 1)
    assert last_on_wall(town(BACK, 1, 40), 1, 35) == town(BACK, 1, 35)
    assert next_on_wall(town(BACK, 1, 40), 1, 35) == town(BACK, 1, 35, 1)
