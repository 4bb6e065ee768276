"""Which caps act: not those of letters that would only be typed, not those beneath a list."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import ActionButton, AnswerButton, live_keys
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


def test_a_key_that_changes_the_text_does_not_act_while_something_is_typed(qtbot: QtBot) -> None:
    line, button = QLineEdit(), ActionButton("release…", "Del")
    window = _window(qtbot, line, button)
    window.setFocus()
    assert live_keys.counts(button, "Del")
    line.setFocus()
    assert not live_keys.counts(button, "Del")


class _Part(QWidget):
    """A part with a line and a button that Enter and Esc are the keys of."""

    keeps_keys = True

    def __init__(self) -> None:
        super().__init__()
        self.line, self.button = QLineEdit(), ActionButton("Save", "Enter")
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.button)


def test_enter_and_esc_act_where_the_keyboard_is_in_their_part(qtbot: QtBot) -> None:
    part, other, beside = _Part(), _Part(), AnswerButton("1", "Yes")
    _window(qtbot, part, other, beside)
    part.line.setFocus()
    assert [live_keys.counts(part.button, key) for key in ("Enter", "Esc")] == [True, True]
    assert [live_keys.counts(other.button, key) for key in ("Enter", "Esc")] == [False, False]
    beside.setFocus()
    assert [live_keys.counts(part.button, key) for key in ("Enter", "Esc")] == [False, True]


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


class _Acts(QWidget):
    """A part whose letters come before the window's while it listens."""

    def __init__(self) -> None:
        super().__init__()
        self.listens = False
        self.inside = AnswerButton("O", "Another status")
        QVBoxLayout(self).addWidget(self.inside)

    def keys_count(self) -> bool:
        return self.listens

    def takes(self, key: str) -> bool:
        return self.listens and key == "O"


def test_a_letter_of_two_parts_acts_in_one_of_them(qtbot: QtBot) -> None:
    acts, outside = _Acts(), AnswerButton("O", "Other")
    window = _window(qtbot, acts, outside)
    setattr(window, "key_taker", acts)  # noqa: B010 - as the dispatcher's window has one
    window.setFocus()
    assert (live_keys.counts(outside, "O"), live_keys.counts(acts.inside, "O")) == (True, False)
    acts.listens = True
    assert (live_keys.counts(outside, "O"), live_keys.counts(acts.inside, "O")) == (False, True)
    assert live_keys.counts(outside, "P")
