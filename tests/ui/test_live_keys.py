"""Which caps act: not those of letters that would only be typed, not those beneath a list."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import AnswerButton, live_keys
from ui.widgets.choice_list import Choice
from ui.widgets.choices import Choices


def _window(qtbot: QtBot, *parts: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    live_keys.FollowKeys(window)
    return window


def test_letters_and_numbers_do_not_act_while_something_is_typed(qtbot: QtBot) -> None:
    line, answer = QLineEdit(), AnswerButton("1", "Yes")
    window = _window(qtbot, line, answer)
    window.setFocus()
    assert live_keys.counts(answer, "1")
    line.setFocus()
    assert not live_keys.counts(answer, "1")
    assert live_keys.counts(answer, "F3")
    assert live_keys.counts(answer, "↑")


def test_numbers_of_two_choices_act_only_in_the_one_with_the_keyboard(qtbot: QtBot) -> None:
    one, other = (
        Choices(name, (("1", Choice("a", "a")), ("2", Choice("b", "b")))) for name in "xy"
    )
    _window(qtbot, one, other)
    one.buttons()[0].setFocus()
    assert live_keys.counts(one.buttons()[1], "2")
    assert not live_keys.counts(other.buttons()[1], "2")


def test_a_cap_is_drawn_anew_when_its_key_begins_to_act(qtbot: QtBot) -> None:
    line, answer = QLineEdit(), AnswerButton("1", "Yes")
    window = _window(qtbot, line, answer)
    answer.set_live(live=True)
    window.setFocus()
    lit = answer.grab().toImage()
    line.setFocus()
    assert answer.grab().toImage() != lit
    window.setFocus()
    assert answer.grab().toImage() == lit
