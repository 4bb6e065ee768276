"""The sheet of all keys: complete, scrolled by keyboard, gone with Esc."""

import gc
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.grammar import HELP, parse
from tests.support.desks import held, press
from ui import theme
from ui.actions import COMMANDS, EXAMPLES, KEYS
from ui.garbage import Garbage
from ui.panels.keys_overlay import KeysOverlay
from ui.widgets.more_below import MoreBelow


def _window(qtbot: QtBot, wide: int, tall: int) -> tuple[QWidget, QLineEdit, KeysOverlay]:
    window, note = QWidget(), QLineEdit()
    note.setAccessibleName("Note")
    QVBoxLayout(window).addWidget(note)
    overlay = KeysOverlay(window)
    qtbot.addWidget(window)
    window.resize(wide, tall)
    window.show()
    window.activateWindow()
    note.setFocus()
    qtbot.waitUntil(note.hasFocus)
    return window, note, overlay


def test_it_opens_scrolls_and_gives_the_keyboard_back(qtbot: QtBot) -> None:
    _, note, overlay = _window(qtbot, 900, 500)
    closed: list[bool] = []
    overlay.closed.connect(lambda: closed.append(True))
    overlay.open()
    assert held().accessibleName() == "Keys, then commands; arrows scroll"
    bar = overlay.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    press(Qt.Key.Key_Down)
    assert bar.value() > 0
    press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    press(Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(held(), Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    assert note.hasFocus()
    assert closed == [True]


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("scale", "wide"), [(1.0, 1920), (1.5, 1366)])
def test_it_names_every_key_and_command_in_full(
    qtbot: QtBot, name: str, scale: float, wide: int
) -> None:
    theme.apply(name, scale)
    _, _, overlay = _window(qtbot, wide, 768)
    theme.elisions.clear()
    overlay.open()
    overlay.grab()
    said = {child.accessibleName() for child in overlay.findChildren(QWidget)}
    assert {key.what for key in KEYS} <= said
    assert {words for command in COMMANDS for words in command} <= said
    assert list(theme.elisions) == []
    theme.apply("dark", 1.0)


def test_every_command_a_person_can_say_has_an_example_that_is_one() -> None:
    verbs = {form.split("[")[0].split()[0] for form, _ in HELP}
    assert verbs - EXAMPLES.keys() == {"confirm", "deny", "ack"}
    for line in EXAMPLES.values():
        parse(line, now=datetime.now(UTC), known_units=("crt2",), facts={"weapon": ("none",)})


def test_a_page_passes_no_line_over_and_what_is_below_is_said(qtbot: QtBot) -> None:
    _, _, overlay = _window(qtbot, 900, 500)
    overlay.open()
    area = overlay.findChildren(QScrollArea)[0]
    foot = overlay.findChildren(MoreBelow)[0]
    qtbot.waitUntil(foot.isVisible)
    seen = foot.y()
    press(Qt.Key.Key_PageDown)
    assert 0 < area.verticalScrollBar().value() <= seen
    press(Qt.Key.Key_PageUp)
    assert area.verticalScrollBar().value() == 0
    press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not foot.isVisible())


@pytest.mark.usefixtures("qapp")
def test_garbage_is_collected_here_and_python_takes_over_again() -> None:
    garbage = Garbage()
    garbage.start()
    assert not gc.isenabled()
    garbage.collect()
    garbage.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
