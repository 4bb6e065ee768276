"""The supervisor's figures, each with its base."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ui.models.figures_view import figure_rows, time_rows
from ui.models.speech import hm

SINCE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Took:
    """A spread, as the console counts it."""

    n: int = 0
    median_s: float | None = None
    p90_s: float | None = None


@dataclass(frozen=True)
class Day:
    """The figures of a day, as the console counts them."""

    received: int = 31
    advised_to_team: int = 14
    sent: int = 11
    not_sent: dict[str, int] = field(default_factory=lambda: {"no_team_free": 2, "other": 1})
    not_assessed: int = 2
    overridden: int = 1
    waiting: Took = Took(11, 250.0, 690.0)
    response: Took = Took(9, 860.0, None)


def test_every_share_says_what_it_is_a_share_of() -> None:
    rows = {row.label: row for row in figure_rows(Day(), SINCE)}
    assert (rows["Received"].value, rows["Received"].base) == ("31", f"since {hm(SINCE)}")
    assert rows["Team advised"].base == "45% of 31"
    assert (rows["Not sent"].value, rows["Not sent"].base) == ("3", "21% of advised")
    assert (rows["no team free"].value, rows["no team free"].indented) == ("2", True)


def test_times_have_their_n_and_no_figure_from_too_few() -> None:
    waiting, response = time_rows(Day())
    assert (waiting.half, waiting.nine_in_ten, waiting.n) == ("4:10", "11:30", "11")
    assert (response.half, response.nine_in_ten, response.n) == ("14:20", "too few", "9")


def test_a_day_before_its_first_call_says_so_in_words() -> None:
    rows = figure_rows(Day(received=0, advised_to_team=0, sent=0, not_sent={}, not_assessed=0,
                           overridden=0), SINCE)  # fmt: skip
    assert {row.base for row in rows[1:]} == {""}
    (none, _) = time_rows(Day(waiting=Took(), response=Took()))
    assert (none.half, none.nine_in_ten, none.n) == ("none", "none", "0")


@given(st.integers(0, 5), st.integers(0, 9))
def test_a_day_without_calls_divides_by_nothing(received: int, sent: int) -> None:
    rows = figure_rows(Day(received=received, sent=sent), SINCE)
    assert all(row.share is None or 0 <= row.share <= 1 for row in rows)
