"""More choices than keys: 9 turns to the next, letters find a word on any page; low windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Changes, Link
from crt_console.domain.words import DISPOSITIONS, NOT_SENT_REASONS
from tests.support.desks import MemoryRoom, desk_of, held, press, write
from ui import screens, theme
from ui.dialogs import acts
from ui.dialogs.ask import AskHost, AskText
from ui.dialogs.ask_choice import AskChoice
from ui.main_window import MainWindow
from ui.screens_scenes import LEAST, SCENES, SMALL, WIDE, Size
from ui.widgets import Kind

Key = Qt.Key


def _choice(qtbot: QtBot, choices: dict[str, str]) -> AskChoice:
    ask = AskChoice("Why?", choices, "Go")
    qtbot.addWidget(ask)
    ask.resize(700, 400)
    ask.show()
    ask.activateWindow()
    ask.begin()
    qtbot.waitUntil(ask.list.hasFocus)
    return ask


def test_every_choice_has_a_number_on_its_page(qtbot: QtBot) -> None:
    ask = _choice(qtbot, NOT_SENT_REASONS)
    found: list[str] = []
    for _ in ask.list.pages():
        for digit in "12345678":
            write(digit)
            found.append(ask.list.code())
        write("9")
    assert found[: len(NOT_SENT_REASONS)] == list(NOT_SENT_REASONS)
    write("1")
    assert ask.list.code() == "weapon"  # after the last page the first again


def test_enter_on_the_line_that_says_more_turns_and_does_not_answer(qtbot: QtBot) -> None:
    ask = _choice(qtbot, DISPOSITIONS)
    answers: list[object] = []
    ask.answered.connect(answers.append)
    press(Key.Key_End)
    press(Key.Key_Return)
    assert answers == []
    write("3")
    press(Key.Key_Return)
    assert answers == [{"code": "test"}]


def test_letters_find_a_word_on_another_page(qtbot: QtBot) -> None:
    ask = _choice(qtbot, NOT_SENT_REASONS)
    write("can")
    assert ask.list.code() == "cancelled"
    ask.list.pick_code("crime")
    assert ask.list.code() == "crime"


def test_ten_choices_are_one_page(qtbot: QtBot) -> None:
    ask = _choice(qtbot, {str(n): f"line {n}" for n in range(10)})
    write("0")
    assert ask.list.code() == "9"


def test_the_rest_of_a_typed_word_does_not_land_in_a_field(qtbot: QtBot) -> None:
    host, ask = AskHost(), AskText("Who?", [("name", "Name", True)], "Accepted")
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    host.open(ask)
    qtbot.waitUntil(ask.line("name").hasFocus)
    ask.deafen()
    write("es he")
    assert ask.values() == {"name": ""}
    QTest.keyClick(held(), Key.Key_Right)  # no letter: what follows is meant
    write("Hale")
    assert ask.values() == {"name": "Hale"}


def test_without_a_database_the_act_says_so_until_it_is_back(qtbot: QtBot) -> None:
    room = MemoryRoom()
    made = room.incident(place="9 Elm St", priority=2)
    desk = desk_of(room)
    ask = acts.close_incident(desk, made.id)
    qtbot.addWidget(ask)
    assert isinstance(ask, AskChoice)
    assert (ask.primary.label(), ask.primary.kind()) == ("Close it", Kind.PLAIN)
    ask.list.pick(0)
    assert (ask.primary.label(), ask.primary.kind()) == ("Close it", Kind.PRIMARY)
    desk.take(Changes(board=room.board, link=Link(live=False)))
    assert (ask.primary.label(), ask.primary.kind()) == ("Nothing is saved now", Kind.LOCKED)
    desk.take(Changes(board=room.board, link=Link()))
    assert (ask.primary.label(), ask.primary.kind()) == ("Close it", Kind.PRIMARY)


@pytest.mark.parametrize(
    "name", [s.name for s in SCENES if s.name.startswith("ask-") and not s.supervisor]
)
def test_in_a_low_window_an_ask_is_seen_whole(qtbot: QtBot, name: str) -> None:
    del qtbot
    theme.apply("dark", 1.5)
    scene = next(s for s in SCENES if s.name == name)
    with screens.standing(scene, SMALL) as window:
        assert isinstance(window, MainWindow)
        ask, view = window.incident.asks.ask, window.incident.area.viewport()
        assert ask is not None
        for _page in range(2):
            top = ask.mapTo(view, ask.rect().topLeft()).y()
            assert top >= 0
            assert top + ask.height() <= view.height()
            if not isinstance(ask, AskChoice):
                break
            assert not ask.list.verticalScrollBar().maximum()
            ask.list.turn()
            QApplication.processEvents()
    theme.apply("dark", 1.0)


@pytest.mark.parametrize("size", [WIDE, SMALL, LEAST], ids=["wide", "small", "least"])
@pytest.mark.parametrize("name", ["ask-accepted", "ask-not-sent", "ask-ring-back"])
def test_below_an_ask_the_advice_goes_on_where_it_can_begin_and_a_warning_stays(
    qtbot: QtBot, name: str, size: Size
) -> None:
    del qtbot
    scene = next(s for s in SCENES if s.name == name)
    with screens.standing(scene, size) as window:
        assert isinstance(window, MainWindow)
        column = window.incident
        view, ask = column.area.viewport(), column.asks
        left = view.height() - ask.mapTo(view, ask.rect().bottomLeft()).y()
        assert ask.mapTo(view, ask.rect().topLeft()).y() >= 0
        assert column.head.cautions.isVisible() == (name == "ask-not-sent")
        assert column.card.isVisible() == (left > theme.px(100))
        assert column.more.isVisible() == bool(column.area.verticalScrollBar().maximum())
        assert not column.card.isVisible() or not column.more.hides(column.card.tag)
        assert name != "ask-ring-back" or not column.more.hides(column.card.question)
        column.asks.close_ask()
        assert column.card.isVisible()


def test_the_first_field_that_is_covered_and_calls_put_aside_are_named_there(qtbot: QtBot) -> None:
    del qtbot
    scene = next(s for s in SCENES if s.name == "new-call")
    with screens.standing(scene, SMALL) as window:
        assert isinstance(window, MainWindow)
        assert window.new_call.more._next == "Where the call comes from · 1 call put aside"
