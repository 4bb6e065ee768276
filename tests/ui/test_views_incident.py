"""The advice card's words: why, what would change it, who chose what and who may agree."""

import pytest

from crt_console.domain.board import Board
from tests.support.desks import START as NOW
from ui import samples
from ui.models.incident_view import AdviceView, Stand, advice_view
from ui.sample_rows import COLLEAGUE, ME, sample_pack


def _view(board: Board, number: int, me: str = ME) -> AdviceView:
    incident = board.incidents[f"incident-{number}"]
    return advice_view(board, incident, sample_pack(), NOW, pending={}, me=me)


def test_a_reason_follows_a_colon_and_does_not_say_again_who_goes() -> None:
    assert _view(samples.ordinary(NOW), 136).because == "Why: may turn violent"
    assert _view(samples.ordinary(NOW), 142).because.startswith("Why: somebody needs looking after")


def test_who_comes_in_place_of_the_team_does_not_come_too() -> None:
    alone, beside = _view(samples.ordinary(NOW), 142), _view(samples.ordinary(NOW), 136)
    assert alone.changes[0].then == "police and fire, no team"
    assert alone.changes[1].then == "police too"
    assert beside.changes[0].then == "fire too, no team"  # police go already and stay


@pytest.mark.parametrize(
    ("me", "headline"),
    [(ME, "You chose: community team alone"), (COLLEAGUE, f"{ME} chose: community team alone")],
)
def test_below_the_floor_it_says_who_chose_and_who_must_go(me: str, headline: str) -> None:
    view = _view(samples.second_person(NOW), 144, me)
    assert (view.stand, view.headline) == (Stand.BELOW_FLOOR, headline)
    assert view.because == "Police must go: violence or a threat now"
    assert view.mine == (me == ME)
    assert view.possible == ""  # the next act is to agree or not
