"""The advice card's words: why, what would change it, who chose what and who may agree."""

import pytest

from crt_console.domain.board import Board
from crt_console.protocol.vocabulary import VOCABULARY
from tests.support.desks import START as NOW
from ui import samples
from ui.models.answers import SPOKEN, answer_words
from ui.models.incident_view import AdviceView, Stand, advice_view
from ui.sample_rows import COLLEAGUE, ME, sample_pack


def _view(board: Board, number: int, me: str = ME) -> AdviceView:
    incident = board.incidents[f"incident-{number}"]
    return advice_view(board, incident, sample_pack(), NOW, pending={}, me=me)


def test_a_reason_follows_a_colon_and_does_not_say_again_who_goes() -> None:
    assert _view(samples.ordinary(NOW), 142).because.startswith("Why: somebody needs looking after")


def test_a_reason_that_is_the_danger_beside_it_is_not_said_twice() -> None:
    view = _view(samples.ordinary(NOW), 136)
    assert view.because == ""
    assert "May turn violent" in [f.value for f in view.facts]


def test_what_a_team_will_be_ordered_is_said_before_one_is_sent() -> None:
    words = _view(samples.ordinary(NOW), 144).order_words
    assert words == "Team stages nearby, goes in when police accept"
    assert _view(samples.ordinary(NOW), 142).order_words == ""


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


def test_an_ask_that_nobody_accepted_says_so_with_its_clock() -> None:
    waiting = _view(samples.stage(NOW), 144).handovers[0]
    late = _view(samples.ordinary(NOW), 136).handovers[0]
    now = NOW.timestamp()
    assert waiting.spoken(now).endswith("ago, nobody accepted yet")
    assert waiting.due is not None
    assert waiting.spoken(waiting.due + 3) == "Police: nobody accepted +0:03"
    assert late.spoken(now) == "Police: nobody accepted +0:12"


def test_one_order_has_one_wording() -> None:
    assert _view(samples.ordinary(NOW), 136).order_words == "CRT 4: STAGE until police accept"


def test_answers_not_given_yet_are_said_as_a_dispatcher_would() -> None:
    pack = sample_pack()
    said = [
        answer_words(pack, fact, value)
        for fact, value in (
            ("location_type", "height_or_water"),
            ("threat_to_others", "command_hallucinations_no_act"),
            ("crime", "property"),
            ("suicide", "intent_or_plan"),
            ("crime", "unknown"),
        )
    ]
    assert said == [
        "high up or at water",
        "voices say to hurt somebody",
        "property crime",
        "a suicide plan, means unsure",
        "crime: can’t say",
    ]


def test_the_words_of_answers_are_of_the_vocabulary() -> None:
    for fact, value in SPOKEN:
        assert value in VOCABULARY.facts[fact]


def test_what_is_still_possible_is_short() -> None:
    assert _view(samples.ordinary(NOW), 145).possible == (
        "police, EMS or fire too · another service · no team"
    )
