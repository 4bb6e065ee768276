"""The incident's column at every size: danger first, one edge, nothing asked by half."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import screens, theme
from ui.main_window import MainWindow
from ui.models.incident_view import FactView
from ui.screens_scenes import LEAST, SCENES, SMALL, WIDE, Size
from ui.theme import Shape
from ui.widgets import FactChip, Surface

SIZES = ((SMALL, 1.0), (LEAST, 1.0), (SMALL, 1.5), (WIDE, 1.5))
DISPATCHER = {scene.name: scene for scene in SCENES if not scene.supervisor}


@pytest.fixture(autouse=True)
def _as_before(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    yield
    theme.apply("dark", 1.0)


@pytest.fixture(params=SIZES, ids=lambda param: f"{param[0][0]} at {param[1]}")
def size(request: pytest.FixtureRequest) -> Size:
    wanted, scale = request.param
    theme.apply("dark", scale)
    return wanted  # type: ignore[no-any-return]


def _settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def _edges(window: MainWindow, part: QWidget) -> tuple[int, int]:
    spot = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    return spot.left(), spot.right()


def _whole(window: MainWindow, part: QWidget) -> bool:
    view = window.incident.area.viewport()
    spot = QRect(part.mapTo(view, QPoint(0, 0)), part.size())
    return view.rect().contains(spot) and not window.incident.more.covers(part)


@pytest.mark.parametrize("name", ["ordinary", "stage", "staged-no-police", "below-the-floor"])
def test_the_column_at_every_size(size: Size, name: str) -> None:
    with screens.standing(DISPATCHER[name], size) as window:
        assert isinstance(window, MainWindow)
        _has_one_left_and_one_right_edge(window)
        _shows_danger_without_scrolling(window, danger=name != "ordinary")
        _shows_a_quiet_question_whole_or_names_it_below(window)
        if name == "ordinary":
            assert window.send.button.isVisible()
            assert _whole(window, window.incident.head.cautions), "seen before a team is sent"


def _has_one_left_and_one_right_edge(window: MainWindow) -> None:
    head, edges = window.incident.head, _edges(window, window.incident.card)
    assert _edges(window, head.priority)[0] == edges[0]
    assert _edges(window, head.age)[1] == _edges(window, head.owner)[1] == edges[1]
    parts = [part for part in (head.cautions, window.incident.foot) if part.isVisible()]
    if not window.send.heading.isVisible():
        parts.append(window.send.card)  # a bar below it
    for part in parts:
        margin = part.contentsMargins().right()
        left, right = _edges(window, part)
        assert (left, right - margin) == edges


def _shows_danger_without_scrolling(window: MainWindow, *, danger: bool) -> None:
    card = window.incident.card
    first = [c for c in card.dangers.findChildren(FactChip) if c.isVisible()]
    rest = [c for c in card.facts.findChildren(FactChip) if not c.isHidden()]
    assert [_fact(chip) for chip in first] == (["Violence"] if danger else [])
    assert all(_whole(window, chip) for chip in first)
    assert ("Violence" in map(_fact, rest)) is not danger


def _fact(chip: FactChip) -> str:
    return chip.accessibleName().split(":")[0]


def _shows_a_quiet_question_whole_or_names_it_below(window: MainWindow) -> None:
    column, question = window.incident, window.incident.card.question
    seen = [_whole(window, part) for part in (question.ask, *question.buttons)]
    assert all(seen) or not any(seen)
    assert column.more.hides(question) is not all(seen)


def test_what_happened_takes_room_that_is_left_over_in_a_low_window() -> None:
    theme.apply("dark", 1.5)
    with screens.standing(DISPATCHER["ordinary"], WIDE) as window:
        assert isinstance(window, MainWindow)
        assert window.incident.timeline.isVisible()
    theme.apply("dark", 1.0)
    with screens.standing(DISPATCHER["ordinary"], LEAST) as window:
        assert isinstance(window, MainWindow)
        assert not window.incident.timeline.isVisible()


def test_danger_comes_before_the_question_where_height_is_scarce() -> None:
    theme.apply("dark", 1.5)
    with screens.standing(DISPATCHER["not-assessed"], SMALL) as window:
        assert isinstance(window, MainWindow)
        assert window.desk.incident is not None
        card = window.incident.card
        view = window.incident.view(window.desk.incident)
        facts = (FactView("weapon", "Weapon", "Firearm", Shape.DANGER), *view.facts)
        card.show_view(replace(view, facts=facts), incident_id="other", again=False)
        _settle()
        assert _whole(window, card.dangers)
        assert card.dangers.y() < card.question.y()
        assert not card.question.say.isVisible()
        assert _whole(window, card.question.buttons[5])


def test_with_nothing_open_one_line_says_so_on_the_line_of_the_heading(size: Size) -> None:
    with screens.standing(DISPATCHER["empty"], size) as window:
        assert isinstance(window, MainWindow)
        said, heading = window.incident.empty, window.queue.heading
        middles = [p.mapTo(window, p.rect().center()).y() for p in (said, heading)]
        assert abs(middles[0] - middles[1]) <= theme.px(2)
        assert said.height() < 2 * theme.px(20)  # it has not wrapped
        assert window.send.card.surface() is Surface.STILL
    with screens.standing(DISPATCHER["ordinary"], size) as window:
        assert isinstance(window, MainWindow)
        assert window.send.card.surface() is Surface.RAISED


@pytest.mark.parametrize(
    ("name", "said"),
    [("provisional", "Team alone"), ("below-the-floor", "Accepted Y · Declined X")],
)
def test_the_foot_of_the_lowest_window_names_what_matters_below(name: str, said: str) -> None:
    theme.apply("dark", 1.5)
    with screens.standing(DISPATCHER[name], SMALL) as window:
        assert isinstance(window, MainWindow)
        _settle()
        theme.elisions.clear()
        window.incident.more.grab()
        assert window.incident.more._next == said
        assert not theme.elisions
