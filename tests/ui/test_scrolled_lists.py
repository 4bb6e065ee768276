"""A list that somebody scrolled stays where it is; one that follows its row goes on following."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.support.desks import START, MemoryRoom, desk_of
from ui import samples
from ui.delegates import Density
from ui.models import SortedRows
from ui.panels.lists import QueuePanel, TeamsPanel


def _queue(qtbot: QtBot, incidents: int) -> tuple[QueuePanel, MemoryRoom]:
    room = MemoryRoom()
    for number in range(incidents):
        room.incident(place=f"{number} Main St", type="welfare check")
    panel = QueuePanel(desk_of(room), width=396, density=Density.WIDE)
    qtbot.addWidget(panel)
    panel.resize(560, 600)
    panel.show()
    panel.refresh()
    return panel, room


def _rows(panel: QueuePanel) -> SortedRows:
    rows = panel.view.model()
    assert isinstance(rows, SortedRows)
    return rows


def _one_more(panel: QueuePanel, room: MemoryRoom) -> None:
    desk = panel._desk
    room.incident(place="1 Elm St", type="fight")
    desk.board = replace(room.board)
    panel.refresh()


def test_news_do_not_take_a_reader_back_to_the_picked_row(qtbot: QtBot) -> None:
    panel, room = _queue(qtbot, 60)
    panel._desk.select(_rows(panel).row_at(1).key)
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    away = bar.value()
    assert away > 0
    _one_more(panel, room)
    assert bar.value() == away


def test_a_picked_row_that_is_seen_stays_seen(qtbot: QtBot) -> None:
    panel, room = _queue(qtbot, 60)
    key = _rows(panel).row_at(1).key
    panel._desk.select(key)
    moved = replace(room.board.incidents[key], type="other", priority=3, waiting_since=None)
    room.put("incidents", key, replace(moved, arrived_at=moved.arrived_at.replace(hour=23)))
    panel._desk.board = room.board
    panel.refresh()
    index = _rows(panel).index_of(key)
    assert index.row() > 40
    assert panel.view.visualRect(index).intersects(panel.view.viewport().rect())


def test_the_foot_counts_what_stands_below(qtbot: QtBot) -> None:
    panel, _ = _queue(qtbot, 60)
    view = panel.view
    bottom = view.viewport().height()
    rows, places = _rows(panel), range(_rows(panel).rowCount())
    hidden = [n for n in places if view.visualRect(rows.index(n, 0)).center().y() > bottom]
    assert view.hidden() == ([], [rows.row_at(n) for n in hidden])
    assert len(hidden) > 30


def test_a_picked_row_stays_seen_when_others_take_of_the_lists_room(qtbot: QtBot) -> None:
    panel, _ = _queue(qtbot, 60)
    key = _rows(panel).row_at(7).key
    panel._desk.select(key)
    assert panel.view.verticalScrollBar().value() == 0
    panel.resize(560, 260)
    qtbot.waitUntil(lambda: panel.view.height() < 260)
    assert panel.view.shows(key)


def test_a_list_that_is_shown_late_begins_with_a_whole_row(qtbot: QtBot) -> None:
    room = MemoryRoom()
    for number in range(30):
        room.incident(place=f"{number} Main St")
    panel = QueuePanel(desk_of(room), width=396, density=Density.WIDE)
    qtbot.addWidget(panel)
    panel.refresh()
    panel._desk.select(_rows(panel).row_at(20).key)
    panel.resize(560, 333)
    panel.show()
    view, rows = panel.view, _rows(panel)
    assert view.shows(panel._desk.incident_id)
    assert 0 in {view.visualRect(rows.index(row, 0)).top() for row in range(rows.rowCount())}


def test_at_the_end_of_a_list_its_last_row_keeps_its_heading(qtbot: QtBot) -> None:
    room = MemoryRoom()
    room.board = samples.crowded(START)
    panel = TeamsPanel(desk_of(room), width=440, density=Density.WIDE)
    qtbot.addWidget(panel)
    panel.resize(440, 500)
    panel.show()
    panel.refresh()
    view = panel.view
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    rows = view.model()
    place = view.visualRect(rows.index(rows.rowCount() - 2, 0))  # "Not here" and one row
    drawn = view.viewport().grab(place).toImage()
    colours = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
    assert len(colours) > 1
