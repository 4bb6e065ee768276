"""What the supervisor reads in her window: an incident, her keys, and all of it in any size."""

import asyncio
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Changes, Link
from tests.support.desks import press
from tests.support.supervisor import Window, play, still
from tests.tools import supervisor_boards as boards
from ui import samples, theme
from ui.actions import ANYWHERE
from ui.panels.keys_sheet import parts_of
from ui.panels.supervisor_parts import ScrollColumn
from ui.supervisor_keys import HER_KEYS, HerKeys
from ui.widgets import KeyCap, Kind, WrapLabel


@pytest.fixture(autouse=True)
def _look() -> Iterator[None]:
    with still():
        yield


def test_enter_opens_an_incident_here_and_leaves_the_dispatcher_alone(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.desk.select("incident-142")
        press(Qt.Key.Key_F4)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert _reads(window)
        assert window.incident.place.text() == "55 Park St, apt 2"
        assert not window.teams.isVisible()
        press(Qt.Key.Key_Escape)
        assert window.waiting.table.view.hasFocus()
        assert window.teams.isVisible()
        press(Qt.Key.Key_F8)
        press(Qt.Key.Key_O)
        assert window.incident.key == "incident-136"
        assert "Police: nobody accepted" in _words(window)
        press(Qt.Key.Key_F5)
        assert not _reads(window)
        press(Qt.Key.Key_F6)
        assert _reads(window)
        assert window.desk.incident_id == "incident-142"

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_the_open_incident_follows_the_room(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        press(Qt.Key.Key_F4)
        press(Qt.Key.Key_Return)
        assert "nobody yet" in _words(window)
        incidents = dict(room.board.incidents)
        incidents["incident-146"] = replace(incidents["incident-146"], owner="A. Kim")
        tables = {**room.board.tables, "incidents": incidents}
        window.desk.take(Changes(board=replace(room.board, tables=tables)))
        assert "A. Kim has it" in window.incident.about.text()
        assert window.incident.hasFocus()

    play(qtbot, samples.ordinary(boards.NOW), scene)


def _reads(window: Window) -> bool:
    return window.reading


def _words(window: Window) -> str:
    """All words of the incident she has opened."""
    return " ".join(part.text() for part in window.incident.findChildren(WrapLabel))


def test_f1_shows_her_keys_and_each_of_them_is_one(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        press(Qt.Key.Key_F1)
        assert window.overlay.isVisible()
        shown = {cap.accessibleName() for cap in window.overlay.findChildren(KeyCap)}
        assert shown == {f"key {part}" for key in HER_KEYS for part in parts_of(key.key)} - {
            "key …"
        }
        press(Qt.Key.Key_Escape)
        assert not window.overlay.isVisible()
        keys = HerKeys(window)
        functions = {QKeySequence(key).toString() for key in keys.functions} - {"Esc"}
        anywhere = {key.key for key in HER_KEYS if key.where == ANYWHERE}
        assert anywhere == functions | set(keys.letters)

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_what_she_did_goes_and_what_was_not_done_stays(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        assert window.foot.said.text() == ""
        for tag, stays in (("DONE", False), ("NOT SAVED", True)):
            window.acts.answered.emit(tag, "words")
            theme.clock.hold(theme.clock.now() + 9)
            window.tick()
            assert bool(window.foot.said.text()) is stays

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_nothing_looks_as_if_it_could_be_saved_while_the_database_is_gone(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        card = window.left.cards[0]
        (stop,) = card.stops()
        assert stop.kind() is Kind.QUIET  # type: ignore[attr-defined]
        assert window.left.take.kind() is Kind.LOCKED  # what it says: by radio
        assert window.left.take.label().endswith(": by radio")
        press(Qt.Key.Key_F5)
        press(Qt.Key.Key_E)
        assert not window.teams.start.isVisible()
        press(Qt.Key.Key_N)
        await asyncio.sleep(0.01)
        assert room.done == []
        assert window.foot.said.text().startswith("NOT SAVED")
        window.desk.take(Changes(board=room.board, link=Link()))
        assert window.left.cards[0].stops()[0].kind() is Kind.PRIMARY  # type: ignore[attr-defined]
        assert window.teams.start.isVisible()

    play(qtbot, samples.second_person(boards.NOW), scene, link=boards.GONE)


def test_a_low_window_counts_what_is_below_and_keys_reach_it(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(911, 512)
        await asyncio.sleep(0.03)
        card = window.left.cards[0]
        assert _whole(card, window.left)
        assert window.middle.below.text() == (
            "Below: 3 teams · 7 waiting, 1 over · 5 overridden or not sent"
        )
        for key, list_ in ((Qt.Key.Key_F4, window.waiting), (Qt.Key.Key_F9, window.decided)):
            press(key)
            await asyncio.sleep(0.02)
            assert list_.table.view.hasFocus()
            assert _whole(list_.head, window.middle)

    play(qtbot, samples.second_person(boards.NOW), scene)


def _whole(part: QWidget, column: ScrollColumn) -> bool:
    """Whether a part can be seen from its top to its foot."""
    top = part.mapTo(column.viewport(), QPoint(0, 0)).y()
    foot = column.viewport().height() if not column.below.text() else column.below.y()
    return top >= 0 and top + part.height() <= foot


@pytest.mark.parametrize("state", ["usual", "told", "emergency", "crowded", "empty", "gone"])
@pytest.mark.parametrize(("width", "height", "scale"),
                         [(1920, 1080, 1.0), (1366, 768, 1.0), (1920, 1080, 1.5),
                          (1366, 768, 1.5)])  # fmt: skip
def test_only_names_and_places_are_ever_cut(
    qtbot: QtBot, state: str, width: int, height: int, scale: float
) -> None:
    board, link = boards.boards()[state]
    people = {", ".join(unit.members) for unit in board.units.values()}
    reasons = {unit.oos_reason for unit in board.units.values()}
    may = {words for words in board.content.values() if words} | people | reasons

    async def scene(window: Window, _room: boards.Room) -> None:
        theme.apply("dark", scale)
        window.resize(width, height)
        await asyncio.sleep(0.03)
        assert (window.width(), window.height()) == (width, height)
        assert window.strip.minimumSizeHint().width() <= width
        theme.elisions.clear()
        window._body.grab()  # strip and due line are the dispatcher's too, and tried there
        assert {cut.full for cut in theme.elisions} - may == set()
        for column in (window.left, window.middle, window.right):
            assert column.page.minimumSizeHint().width() <= column.viewport().width()

    play(qtbot, board, scene, link=link)


@pytest.mark.parametrize("width", [1920, 1366, 1100])
def test_tab_reaches_everything_and_everything_has_a_name(qtbot: QtBot, width: int) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(width, 768)
        await asyncio.sleep(0.03)
        stops = [
            widget
            for kind in (QAbstractButton, QListView, QLineEdit)
            for widget in window.findChildren(kind)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
        ]  # fmt: skip
        assert len(stops) >= 14
        assert [widget for widget in stops if not widget.accessibleName()] == []
        window.left.cards[0].stops()[0].setFocus()
        seen = set()
        for _ in range(len(stops) + 4):
            held = QApplication.focusWidget()
            assert held is not None
            seen.add(held)
            press(Qt.Key.Key_Tab)
        assert {widget.accessibleName() for widget in set(stops) - seen} == set()

    play(qtbot, boards.overridden(boards.decided(samples.second_person(boards.NOW))), scene)
