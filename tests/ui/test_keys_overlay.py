"""The sheet of all keys: complete, scrolled by keyboard, gone with Esc."""

import gc
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.grammar import HELP, parse
from tests.support.desks import held, press
from ui import theme
from ui.actions import COMMANDS, EXAMPLES, IN_FULL, KEYS
from ui.garbage import Garbage
from ui.panels.keys_overlay import KeysOverlay
from ui.panels.keys_sheet import Sheet, groups_of, parts_of
from ui.widgets import Line
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
    QApplication.processEvents()  # what waits for the next event must not outlive the window
    overlay.grab()
    said = {child.accessibleName() for child in overlay.findChildren(QWidget)}
    assert {key.what for key in KEYS} <= said
    assert {words for command in COMMANDS for words in command[:2]} <= said
    assert list(theme.elisions) == []
    theme.apply("dark", 1.0)


def test_every_command_a_person_can_say_has_an_example_that_is_one() -> None:
    verbs = {form.split("[")[0].split()[0] for form, _ in HELP}
    assert verbs - EXAMPLES.keys() - IN_FULL.keys() == {"confirm", "deny", "ack"}
    for line, _, _ in COMMANDS:
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


@pytest.mark.parametrize("tall", [500, 768, 1080])
@pytest.mark.parametrize("wide", [700, 1366, 1920])
@pytest.mark.usefixtures("qapp")
def test_a_group_of_keys_is_parted_only_where_much_of_it_goes_on(wide: int, tall: int) -> None:
    groups = groups_of(KEYS, COMMANDS)
    _, pages = Sheet(groups, wide, tall, wide // 300).pages()
    shown = [group for page in pages for column in page for group in column]
    for group in groups:  # all its lines, one after the other
        parts = [part.lines for part in shown if part.where == group.where]
        assert sum(parts, ()) == group.lines
        assert tall == 500 or len(parts) == 1 or all(len(part) >= 3 for part in parts)
    if (wide, tall) == (1920, 1080):
        assert sorted(shown) == sorted(groups)


@pytest.mark.usefixtures("qapp")
def test_a_long_group_begins_in_the_room_that_is_left_on_a_page() -> None:
    _, pages = Sheet(groups_of(KEYS, COMMANDS), 1210, 590, 4).pages()
    last = pages[0][-1][-1]
    assert last.where == pages[1][0][0].where
    assert {line.key for line in last.lines} < {key.key for key in KEYS}


@pytest.mark.usefixtures("qapp")
def test_where_all_has_room_it_is_one_page() -> None:
    _, pages = Sheet(groups_of(KEYS, COMMANDS), 1860, 990, 6).pages()
    assert len(pages) == 1


def test_each_key_has_a_cap_of_its_own() -> None:
    assert parts_of("1 … 9, 0") == ("1", "…", "9", "0")
    assert parts_of("Up, Down") == ("Up", "Down")
    assert parts_of("Ctrl+Enter") == ("Ctrl+Enter",)


def test_a_page_shows_all_that_was_not_on_the_one_before(qtbot: QtBot) -> None:
    _, _, overlay = _window(qtbot, 1366, 768)
    overlay.open()
    area = overlay.findChildren(QScrollArea)[0]
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    heads = [w for w in area.findChildren(Line) if w.text() == "In the New Call form"]
    spot = heads[0].mapTo(area.viewport(), QPoint(0, 0)).y()
    assert spot >= area.viewport().height() - MoreBelow.height_of()
    press(Qt.Key.Key_PageDown)
    spot = heads[0].mapTo(area.viewport(), QPoint(0, 0)).y()
    assert 0 <= spot < theme.px(20)


@pytest.mark.parametrize(
    ("wide", "tall", "below"),
    [
        (1920, 1080, ""),
        (1366, 768, "more keys and the commands are below"),
        (900, 500, "more keys and the commands are below"),
    ],
)
def test_its_head_says_what_is_not_on_the_first_page(
    qtbot: QtBot, wide: int, tall: int, below: str
) -> None:
    _, _, overlay = _window(qtbot, wide, tall)
    overlay.open()
    heads = [line.text() for line in overlay.findChildren(Line)]
    assert f"All keys and commands {below}".strip() in heads
