"""The send bar says in every window what is locked and why, how far the team is, whom it passes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from ui import samples, screens, theme
from ui.main_window import MainWindow
from ui.screens_scenes import LEAST, NOT_ASSESSED, PROVISIONAL, STAGE, WIDE, Scene, Size
from ui.widgets import ActionButton, Kind, WrapLabel

LOW = (1366, 768)


@pytest.fixture(autouse=True)
def _as_before(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    theme.apply("dark", 1.0)
    yield
    theme.apply("dark", 1.0)


@pytest.mark.parametrize(("size", "scale"), [(LEAST, 1.0), (LOW, 1.5)], ids=["least", "low"])
@pytest.mark.parametrize("selected", [NOT_ASSESSED, PROVISIONAL])
def test_what_must_be_asked_first_is_seen_where_there_is_no_button(
    selected: str, size: Size, scale: float
) -> None:
    theme.apply("dark", scale)
    with screens.standing(Scene(name="locked", selected=selected), size) as window:
        assert isinstance(window, MainWindow)
        assert not window.send.button.isVisible()
        more = window.incident.more
        assert more.isVisible()
        assert "First ask about " in more.accessibleName()


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        (samples.SELECTED, "Passes over CRT 5: nearer, no Spanish."),
        (STAGE, "0.3 mi, reported 9 min ago."),
    ],
)
@pytest.mark.parametrize(
    ("size", "scale"), [(WIDE, 1.0), (LEAST, 1.0), (LOW, 1.5)], ids=["wide", "least", "low"]
)
def test_distance_and_who_is_passed_over_are_said_at_every_size(
    selected: str, said: str, size: Size, scale: float
) -> None:
    theme.apply("dark", scale)
    scene = Scene(name="send", board=samples.stage, selected=selected)
    with screens.standing(scene, size) as window:
        assert isinstance(window, MainWindow)
        beside = window.send.reason.text() if window.send.reason.isVisible() else ""
        assert said in beside + window.send.button.accessibleDescription()


def test_who_is_in_the_list_of_teams_needs_no_way_there() -> None:
    with screens.standing(Scene(name="sent", selected="incident-138"), WIDE) as window:
        assert isinstance(window, MainWindow)
        assert "another team: F5" in window.send.button.accessibleDescription()
        window.focus_teams()
        assert "to send another: pick a team, Enter" in window.send.button.accessibleDescription()
        window.setFocus()
        assert "another team: F5" in window.send.button.accessibleDescription()


def test_off_duty_is_not_counted_among_the_teams() -> None:
    with screens.standing(Scene(name="teams"), LEAST) as window:
        assert isinstance(window, MainWindow)
        assert window.teams.heading.accessibleName() == "Teams 7 1 off duty"


def test_a_flat_button_grows_with_what_it_says_below(qtbot: QtBot) -> None:
    button = ActionButton("Assign CRT 2", "S", second="1.0 mi", kind=Kind.PRIMARY)
    qtbot.addWidget(button)
    button.set_flat(flat=True)
    button.resize(500, 50)
    bare = button.sizeHint().height()
    button.set_below("Nearest.")
    one = button.sizeHint().height()
    button.set_below("Nearest. " * 20)
    assert bare < one < button.sizeHint().height()
    button.set_below("")
    button.resize(150, 50)  # too narrow for both beside each other
    assert button.sizeHint().height() == one


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_answer_of_a_second_person_stands_beside_the_words_where_it_fits(scale: float) -> None:
    theme.apply("dark", scale)
    scene = Scene(name="asked", board=samples.second_person, selected=STAGE)
    with screens.standing(scene, LOW) as window:
        assert isinstance(window, MainWindow)
        inset = window.incident.card.inset
        words = next(w for w in inset.findChildren(WrapLabel) if "no answer yet" in w.text())
        back = next(b for b in inset.findChildren(ActionButton) if "Take back" in b.label())
        spot = QRect(back.mapTo(inset, QPoint()), back.size())
        assert inset.rect().contains(spot)
        assert not spot.intersects(QRect(words.mapTo(inset, QPoint()), words.size()))
        assert spot.top() < words.geometry().bottom()
        assert any("can agree" in w.text() for w in inset.findChildren(WrapLabel))
