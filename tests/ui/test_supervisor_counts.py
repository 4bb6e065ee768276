"""What the supervisor's window counts and offers agrees in all its parts."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Board
from tests.support.supervisor import Window, play, still
from tests.tools import supervisor_boards as boards
from ui import samples
from ui.models.queue_view import counts
from ui.models.supervisor_waiting import WaitingLines
from ui.panels.supervisor_waiting import _bar
from ui.sample_rows import SUPERVISOR, TIMERS
from ui.screens_still import StillRoom
from ui.widgets import Kind, Run
from ui.widgets.live_keys import counts as counts_now
from ui.widgets.paintable import Painted


@pytest.fixture(autouse=True)
def _look() -> Iterator[None]:
    with still():
        yield


def test_strip_and_bars_agree_on_who_is_over() -> None:
    board, now = samples.crowded(boards.NOW), boards.NOW
    lines = WaitingLines().lines(board, now, TIMERS)
    late = sum(line.late(now.timestamp()) is not None for line in lines)
    assert late == counts(board, now, TIMERS).over > 0


def test_take_is_the_next_act_unless_the_red_band_has_it(qtbot: QtBot) -> None:
    async def usual(window: Window, _room: boards.Room) -> None:
        assert (window.left.take.label(), window.left.take.kind()) == ("Take 136", Kind.PRIMARY)

    async def emergency(window: Window, _room: boards.Room) -> None:
        take, dues = window.left.take, window.left.dues.view
        assert take.isHidden()  # one button for the emergency, in the red band
        dues.pick(dues.rows.row_at(1).key)
        assert (take.label(), take.kind()) == ("Take 136", Kind.PLAIN)

    play(qtbot, samples.ordinary(boards.NOW), usual)
    play(qtbot, samples.emergency(boards.NOW), emergency)


def test_a_letter_looks_like_a_key_only_where_it_is_one(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        defined = window.today.defined
        assert window.left.take.kind() is Kind.LOCKED
        assert not counts_now(defined, "D")
        window.acts.set_name(SUPERVISOR)
        window.left.dues.view.setFocus()
        assert counts_now(defined, "D")
        assert window.left.take.kind() is Kind.PRIMARY

    play(qtbot, samples.ordinary(boards.NOW), scene, name="")


def _owned(board: Board) -> Board:
    alarms = {key: replace(alarm, owner="A. Kim") for key, alarm in board.alarms.items()}
    return replace(board, tables={**board.tables, "alarms": alarms})


@pytest.mark.parametrize(
    ("board", "words"),
    [
        (samples.empty(boards.NOW), "Nothing is due"),
        (_owned(samples.ordinary(boards.NOW)), "Everything due is taken"),
    ],
)
def test_her_line_says_why_it_is_empty(qtbot: QtBot, board: Board, words: str) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        said = {p.accessibleName() for p in window.due.findChildren(Painted) if p.isVisible()}
        assert words in said
        assert "Not taken" not in said

    play(qtbot, board, scene)


def test_a_list_that_shows_no_row_gives_its_heading_to_the_foot(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(1366, 740)
        await asyncio.sleep(0.03)
        head = window.decided.head.mapTo(window.middle, QPoint(0, 0)).y()
        assert window.middle.below.text() == "Below: 4 overridden or not sent"
        assert window.middle.below.y() <= head

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_a_team_on_an_incident_is_offered_only_what_it_can_do(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        QTest.keyClick(window, Qt.Key.Key_F5)
        window.teams.table.view.pick("unit-4")
        assert [b.isVisible() for b in window.teams._buttons] == [True, False, False]
        assert window.teams.start.label() == "Shift until…"
        window.teams.table.view.pick("unit-2")
        assert all(b.isVisible() for b in window.teams._buttons)

    play(qtbot, samples.ordinary(boards.NOW), scene)


@pytest.mark.parametrize(("width", "height"), [(911, 512), (1366, 768), (1920, 1080)])
def test_what_a_team_can_do_is_said_in_whole_words(qtbot: QtBot, width: int, height: int) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.resize(width, height)
        await asyncio.sleep(0.03)
        QTest.keyClick(window, Qt.Key.Key_F5)
        window.teams.table.view.pick("unit-19")
        labels = [b.label() for b in window.teams._buttons]
        out = "OOS…" if width < 1000 else "Out of service…"
        assert labels == ["Shift until…", out, "End shift"]
        picked = "CRT 19 picked" if width > 1900 else "CRT 19"
        assert window.teams.head.words.text() == picked

    play(qtbot, samples.crowded(boards.NOW), scene)


def test_a_column_that_says_nothing_leaves_its_room(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        assert "Shift until" not in window.teams.table.titles.accessibleName()

    async def usual(window: Window, _room: boards.Room) -> None:
        assert "Shift until" in window.teams.table.titles.accessibleName()

    play(qtbot, samples.crowded(boards.NOW), scene)
    play(qtbot, samples.ordinary(boards.NOW), usual)


def test_the_foot_tells_what_is_due_from_what_is_not_yet(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        assert window.left.below_words(7) == "2 due now, 4 later, 1 accepted"
        assert window.left.below_words(2) == "1 later, 1 accepted"
        assert window.left.below_words(0) == ""

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_who_is_not_assessed_waits_without_a_bar() -> None:
    board, now = samples.ordinary(boards.NOW), boards.NOW
    lines = WaitingLines().lines(board, now, TIMERS)
    assert [line.number for line in lines if line.not_assessed] == ["146"]
    assert "not assessed" in lines[0].spoken()
    at = now.timestamp()
    words = [[p.text for p in _bar(line, at) if isinstance(p, Run)] for line in lines]
    assert [line.number for line, said in zip(lines, words, strict=True) if said] == ["146"]


@pytest.mark.parametrize("make", [samples.ordinary, samples.crowded, samples.second_person])
def test_made_up_figures_agree_with_the_lists(make: Callable[[datetime], Board]) -> None:
    board = make(boards.NOW)
    day = asyncio.run(StillRoom(board, boards.NOW).figures(boards.NOW))
    lines = WaitingLines().lines(board, boards.NOW, TIMERS)
    assert day.not_assessed == sum(line.not_assessed for line in lines)
    assert sum(day.not_sent.values()) == sum(bool(i.not_sent) for i in board.incidents.values())
    assert day.received > len(board.incidents)
    assert day.sent >= sum(unit.incident_id is not None for unit in board.units.values())
