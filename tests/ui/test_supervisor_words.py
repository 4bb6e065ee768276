"""What a stranger must not misread in the supervisor's window, and rows that end at a foot."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Board
from tests.support.supervisor import Window, play, still
from tests.tools import supervisor_boards as boards
from ui import samples, theme
from ui.delegates.table import Cell
from ui.models.speech import back_first
from ui.models.supervisor_incident import seen_incident
from ui.models.supervisor_teams import team_lines
from ui.models.supervisor_view import asks
from ui.panels.supervisor_left import _when
from ui.panels.supervisor_teams import _named_check_in
from ui.sample_rows import sample_pack
from ui.theme import Shape
from ui.widgets import Run

Make = Callable[[datetime], Board]


@pytest.fixture(autouse=True)
def _look() -> Iterator[None]:
    with still():
        yield


def _said(cell: Cell) -> str:
    return " ".join(piece.text for piece in cell if isinstance(piece, Run))


def test_a_time_to_come_cannot_be_read_as_a_time_of_day() -> None:
    lines = {line.call_sign: line for line in team_lines(samples.ordinary(boards.NOW), boards.NOW)}
    at = boards.NOW.timestamp()
    assert _said(_named_check_in(lines["CRT 7"], at)) == "check-in in 13:00"
    late = _named_check_in(lines["CRT 7"], at + 14 * 60)
    assert (late[0], _said(late)) == (Shape.OVER, "check-in +1:00")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("meal, back 14:45", "back 14:45 · meal"),
        ("vehicle, at the garage, back 15:30", "back 15:30 · vehicle, at the garage"),
        ("meal", "meal"),
        ("", ""),
    ],
)
def test_when_a_team_is_back_stands_before_why_it_is_away(reason: str, said: str) -> None:
    assert back_first(reason) == said


def test_dues_say_in_how_long_and_how_many_are_due_now(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        rows = window.left.dues.view.rows
        said = [_said(_when(rows.row_at(i), theme.clock.now())) for i in range(rows.rowCount())]
        assert said[0].startswith("+")
        assert "in 12:59" in said
        assert window.left.head.words.text() == "Due 2 now"
        assert window.teams.head.words.text() == "Teams 8 · 2 free"

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_what_is_locked_says_beside_it_what_comes_first(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        assert window.left.take.isVisible()
        assert window.left.head.note.text() == "your name first"
        window.acts.set_name("J. Reyes")
        assert window.left.head.note.isHidden()

    play(qtbot, samples.ordinary(boards.NOW), scene, name="")


def test_a_card_says_where_before_she_decides() -> None:
    board = samples.second_person(boards.NOW)
    (ask,) = asks(board, "J. Reyes")
    assert ask.place == "Bushnell Park, carousel"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 700), (1920, 1080)])
def test_the_last_whole_row_ends_where_the_foot_begins(
    qtbot: QtBot, width: int, height: int
) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(width, height)
        await asyncio.sleep(0.03)
        column, view = window.left, window.left.dues.view
        tall = view.visualRect(view.rows.index(0)).height()
        foot = column.below.y_of_foot()
        assert column.below.text()
        assert 0 <= foot - column.below.y() < 12
        assert tall < 60

    play(qtbot, samples.crowded(boards.NOW), scene)


def test_a_list_with_a_bar_of_its_own_keeps_its_right_edge(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(1920, 1080)
        await asyncio.sleep(0.03)
        view = window.waiting.table.view
        assert window.waiting.foot.accessibleName().startswith("Below: ")
        assert window.waiting.foot.width() == view.width()
        assert view.viewport().width() == window.today.counts.view.viewport().width()
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        assert window.waiting.foot.isHidden()

    play(qtbot, samples.crowded(boards.NOW), scene)


@pytest.mark.parametrize("make", [samples.ordinary, samples.stage, samples.crowded])
def test_no_line_of_an_incident_shows_what_should_have_been_filled_in(make: Make) -> None:
    board = make(boards.NOW)
    for incident in board.open_incidents:
        seen = seen_incident(board, incident, sample_pack(), boards.NOW)
        assert not [line for s in seen.sections for line in s.lines if "{" in line.words]


def test_a_list_that_ends_before_the_foot_leaves_no_room_there(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(1024, 700)
        await asyncio.sleep(0.03)
        view = window.teams.table.view
        last = view.visualRect(view.rows.index(view.rows.rowCount() - 1)).bottom()
        end = view.viewport().mapTo(window.middle, QPoint(0, last)).y()
        assert 0 <= window.middle.below.y_of_foot() - end < 12

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_a_card_below_leaves_room_in_the_foot_for_what_is_due_now(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(1024, 700)
        await asyncio.sleep(0.03)
        assert window.left.below.text() == "Below: 1 for you · 2 due now"

    play(qtbot, boards.overridden(samples.second_person(boards.NOW)), scene)


def test_what_cannot_be_saved_says_so_on_its_button(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        assert window.left.cards[-1].stops()[0].accessibleName() == "Seen: cannot be saved"

    play(qtbot, boards.overridden(samples.second_person(boards.NOW)), scene, link=boards.GONE)


def test_what_is_asked_of_a_team_stands_whole_below_its_name(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(1024, 700)
        await asyncio.sleep(0.03)
        window.teams.table.view.setFocus()
        window.teams.table.view.pick("unit-19")
        window.teams._out()
        await asyncio.sleep(0.03)
        assert window.teams.head.mapTo(window.middle, QPoint(0, 0)).y() >= 0

    play(qtbot, samples.crowded(boards.NOW), scene)
