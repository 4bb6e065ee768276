"""The list of dues: a row each, walked by keys, with one button on the row under the keyboard."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Board, Changes, Link
from crt_console.domain.commands import AcknowledgeAlarm
from tests.support.desks import MemoryRoom, desk_of, drive, press, until
from ui import samples, theme
from ui.models.desk import Desk
from ui.models.due_rows import DueRow
from ui.panels.due_list import DueList
from ui.widgets import ActionButton, Kind

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)
Key = Qt.Key


class _Room(MemoryRoom):
    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board, self.at = board, NOW

    def now(self) -> datetime:
        return self.at


class _Beneath(QWidget):
    """A window that hears the keys nobody took."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.text())


def _open(
    qtbot: QtBot, board: Board, link: Link | None = None, width: int = 1000
) -> tuple[DueList, _Room, Desk]:
    room = _Room(board)
    desk = desk_of(room)
    desk.take(Changes(board=board, link=link or Link()))
    panel = DueList(desk)
    qtbot.addWidget(panel)
    panel.resize(width, 500)
    panel.show()
    panel.activateWindow()
    panel.open()
    qtbot.waitUntil(panel.table.view.hasFocus)
    return panel, room, desk


def _picked(panel: DueList) -> DueRow:
    return next(row for row in panel.rows if row.key == panel.table.view.key)


def _buttons(panel: DueList) -> list[str]:
    view = panel.table.view
    return [b.label() for b in view.findChildren(ActionButton) if b.isVisibleTo(view)]


@pytest.mark.parametrize("width", [500, 1000])
def test_all_that_is_due_has_a_row_and_the_last_can_be_seen(qtbot: QtBot, width: int) -> None:
    board = samples.crowded(NOW)
    panel, _, _ = _open(qtbot, board, width=width)
    assert len(panel.rows) == 19
    press(Key.Key_End)
    last, view = panel.rows[-1], panel.table.view
    assert _picked(panel) == last
    spot = view.visualRect(view.rows.index(len(panel.rows) - 1))
    assert 0 < view.viewport().mapTo(panel, spot.bottomLeft()).y() <= panel.height()


def test_keys_walk_the_rows_and_enter_opens_the_one_they_are_on(qtbot: QtBot) -> None:
    panel, _, _ = _open(qtbot, samples.crowded(NOW))
    opened: list[object] = []
    panel.opened.connect(opened.append)
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Up)
    press(Key.Key_Return)
    assert opened == [panel.rows[1].due]


def test_only_the_row_under_the_keyboard_has_a_button(qtbot: QtBot) -> None:
    panel, _, _ = _open(qtbot, samples.crowded(NOW))
    assert _buttons(panel) == ["I have it"]
    own = next(place for place, row in enumerate(panel.rows) if row.due.mine)
    panel.table.view.pick(panel.rows[own].key)
    assert _buttons(panel) == []


def test_one_act_stands_out_that_of_the_row_or_opening_what_is_ones_own(qtbot: QtBot) -> None:
    panel, _, _ = _open(qtbot, samples.crowded(NOW))
    own = next(row.key for row in panel.rows if row.due.mine)
    for key in (panel.rows[0].key, own, panel.rows[0].key):
        panel.table.view.pick(key)
        buttons = [b for b in panel.findChildren(ActionButton) if b.isVisibleTo(panel)]
        shown = [b.label() for b in buttons if b.kind() is Kind.PRIMARY]
        assert shown == (["Open"] if key == own else ["I have it"])


def test_the_order_is_said_and_can_be_seen(qtbot: QtBot) -> None:
    panel, _, _ = _open(qtbot, samples.crowded(NOW), width=500)
    assert panel.title.text() == "Due 19 urgent kinds first, then priority"
    checks = [row for row in panel.rows if row.due.words.startswith("Check-in")]
    assert [row.priority for row in checks] == sorted(row.priority or 2 for row in checks)


def test_its_key_takes_the_row_once_and_never_an_own_one(qtbot: QtBot) -> None:
    async def play() -> None:
        panel, room, _ = _open(qtbot, samples.crowded(NOW))
        first = panel.rows[0]
        press(Key.Key_G)
        await until(lambda: room.done)
        panel.table.view.pick(next(row.key for row in panel.rows if row.due.mine))
        press(Key.Key_G)
        await until(lambda: room.done)
        taken = [done.alarm for done in room.done if isinstance(done, AcknowledgeAlarm)]
        assert taken == [first.due.alarm_id]
        assert len(room.done) == 1

    drive(play())


def test_no_letter_or_number_goes_to_what_lies_beneath(qtbot: QtBot) -> None:
    beneath, desk = _Beneath(), desk_of(_Room(samples.ordinary(NOW)))
    desk.take(Changes(board=samples.ordinary(NOW)))
    panel = DueList(desk)
    panel.setParent(beneath)
    qtbot.addWidget(beneath)
    beneath.show()
    panel.open()
    for key in (Key.Key_P, Key.Key_1, Key.Key_K, Key.Key_Slash, Key.Key_F6):
        QTest.keyClick(panel.table.view, key)
    assert beneath.heard == ["/", ""]


def test_times_run_and_what_falls_due_comes_by_itself(qtbot: QtBot) -> None:
    panel, room, _ = _open(qtbot, samples.ordinary(NOW))
    before = len(panel.rows)
    theme.clock.hold(NOW.timestamp())
    column = panel.table.view.itemDelegate().columns[4]  # type: ignore[attr-defined]
    early = column.says(panel.rows[0], NOW.timestamp())
    assert column.live
    assert early != column.says(panel.rows[0], NOW.timestamp() + 1)
    room.at = NOW + timedelta(minutes=10)
    panel.tick()
    theme.clock.use()
    assert len(panel.rows) > before


def test_when_a_row_goes_the_keyboard_stays_where_it_was(qtbot: QtBot) -> None:
    panel, room, desk = _open(qtbot, samples.crowded(NOW))
    press(Key.Key_Down)
    gone, following = panel.rows[1], panel.rows[2]
    alarms = {key: row for key, row in room.board.alarms.items() if key != gone.key}
    desk.board = replace(room.board, tables={**room.board.tables, "alarms": alarms})
    panel.refresh()
    assert _picked(panel).key == following.key


def test_without_a_database_nothing_looks_as_if_it_could_be_saved(qtbot: QtBot) -> None:
    panel, _, _ = _open(qtbot, samples.crowded(NOW), Link(live=False, since=NOW))
    assert _buttons(panel) == []
    assert panel.rows
