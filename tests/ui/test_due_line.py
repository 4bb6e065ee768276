"""The due line: chips stay while only time passes, and every due is shown or counted."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board, Changes
from crt_console.domain.commands import UndoAnswer
from crt_console.domain.words import AlarmKind
from tests.support.desks import START, MemoryRoom, desk_of
from ui import samples, theme
from ui.models.desk import Desk
from ui.models.due_view import upcoming
from ui.panels.due_line import DueLine
from ui.widgets import ActionButton, DueChip, Line


def _line(qtbot: QtBot, board: Board, wide: int = 1900) -> tuple[DueLine, MemoryRoom]:
    room = MemoryRoom()
    room.board = board
    line = DueLine(desk_of(room))
    qtbot.addWidget(line)
    line.resize(wide, 52)
    line.refresh()
    return line, room


def _chips(line: DueLine) -> list[DueChip]:
    return [chip for chip in line._chips if chip.parent() is not None]


def test_chips_stay_while_only_time_passes(qtbot: QtBot) -> None:
    line, room = _line(qtbot, samples.ordinary(START))
    before = _chips(line)
    room.done.append(UndoAnswer(incident="1"))  # a second passes
    line.refresh()
    assert before
    assert _chips(line) == before


def test_a_due_that_was_met_takes_its_chip_with_it(qtbot: QtBot) -> None:
    line, room = _line(qtbot, samples.ordinary(START))
    count = len(_chips(line))
    alarms = dict(room.board.alarms)
    del alarms[line.dues[0].alarm_id]
    line._desk.take(Changes(board=_with(room.board, alarms)))
    line.refresh()
    assert len(_chips(line)) == count - 1


def _with(board: Board, alarms: Mapping[str, Alarm]) -> Board:
    """The board with other alarms."""
    return Board(
        seq=board.seq + 1,
        at=board.at,
        tables={**board.tables, "alarms": alarms},
        content=board.content,
    )


@pytest.mark.parametrize("wide", [900, 1300, 1900])
def test_what_finds_no_room_is_counted(qtbot: QtBot, wide: int) -> None:
    board = samples.crowded(START)
    calm = {k: a for k, a in board.alarms.items() if a.kind is not AlarmKind.EMERGENCY}
    line, _ = _line(qtbot, _with(board, calm), wide)
    more = [b.accessibleName() for b in line.findChildren(ActionButton) if b.parent() is line._box]
    shown = len(_chips(line))
    assert 0 < shown < len(line.dues)
    assert any(f"{len(line.dues) - shown} more due" in name for name in more)


def test_in_an_emergency_help_says_where_it_is_sent(qtbot: QtBot) -> None:
    line, _ = _line(qtbot, samples.emergency(START))

    assert "Police + EMS to 138" in {b.label() for b in line.findChildren(ActionButton)}


@pytest.mark.parametrize("wide", [880, 910, 1024, 1366, 1900])
def test_beside_an_emergency_what_else_is_due_is_said_in_words(qtbot: QtBot, wide: int) -> None:
    line, _ = _line(qtbot, samples.emergency(START), wide)
    others = len(line.dues) - 1
    buttons = {b.label() for b in line.findChildren(ActionButton) if b.parent() is line._box}
    assert f"{others} more due" in buttons
    said = {part.text() for part in line._box.findChildren(Line)}
    assert ("nobody has it" in said) == (wide > 910)  # the button beside it says so
    assert any("88 Zion St" in words for words in said)
    assert line._room_left() + theme.width("00:00", "age") >= 0


@pytest.mark.parametrize(("wide", "cut"), [(1024, "138, Charter"), (880, "Charter")])
def test_a_long_place_is_cut_before_other_words(qtbot: QtBot, wide: int, cut: str) -> None:
    board = samples.emergency(START)
    (incident,) = (i for i in board.incidents.values() if i.serial == 138)
    long = {**board.content, str(incident.place): "Charter Oak International Academy, north gate"}
    line, _ = _line(qtbot, replace(board, content=long), wide)
    said = [part.text() for part in line._box.findChildren(Line)]
    assert [words for words in said if "Charter" in words and words.endswith("…")] == (
        [words for words in said if cut and words.startswith(cut)]
    )
    assert any(cut in words for words in said)
    assert "2 more due" in {b.label() for b in line.findChildren(ActionButton)}
    assert line._room_left() + theme.width("00:00", "age") >= 0


def test_what_comes_can_leave_a_kind_out() -> None:
    board = samples.ordinary(START)
    every = upcoming(board, START, "", most=99)
    some = upcoming(board, START, "", most=99, without=AlarmKind.WAITING)
    assert [due for due in every if due.kind is not AlarmKind.WAITING] == list(some)
    assert len(some) < len(every)
    assert upcoming(board, START, "", most=1, without=AlarmKind.WAITING) == some[:1]


def test_a_desk_forgets_what_has_left_the_board() -> None:
    room = MemoryRoom()
    kept = room.incident(place="1 Elm St")
    desk: Desk = desk_of(room)
    desk.heard = {kept.id: 3, "gone": 2}
    desk.take(Changes(board=room.board))
    assert desk.heard == {kept.id: 3, "gone": 2}
    desk.take(Changes(board=room.board, reloaded=True))
    assert desk.heard == {kept.id: 3}
