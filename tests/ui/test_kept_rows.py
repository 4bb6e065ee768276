"""Rows that are kept say what rows made anew would say, whatever happened to the board."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from crt_console.domain.board import Board
from crt_console.domain.timers import Timers
from crt_console.domain.words import ConfirmationState, HandoverState, Order, UnitStatus
from ui import samples
from ui.models.kept_rows import KeptRows
from ui.models.queue_view import queue_rows, row_of

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)
TIMERS = Timers()
ME = "M. Ortiz"
CHANGES: dict[str, tuple[dict[str, Any], ...]] = {
    "incidents": ({"type": "other", "priority": 1}, {"owner": "Kim"}, {"place": None}),
    "units": (
        {"status": UnitStatus.STAGED},
        {"emergency_at": NOW},
        {"order": Order.STAGE, "told": False, "order_at": NOW},
        {"call_sign": "CRT 99"},
    ),
    "handovers": ({"state": HandoverState.DECLINED}, {"state": HandoverState.ENDED}),
    "alarms": ({"raised_at": NOW, "due_at": NOW}, {"ended_at": NOW}, {"step": 2}),
    "confirmations": ({"state": ConfirmationState.DENIED},),
}


def _changed(board: Board) -> Iterator[Board]:
    """Boards with one row changed or gone, or with words taken away."""
    for table, rows in board.tables.items():
        for key, row in rows.items():
            others = {other: rows[other] for other in rows if other != key}
            yield replace(board, tables={**board.tables, table: others})
            for values in CHANGES.get(table, ()):
                new = {**rows, key: replace(row, **values)}
                yield replace(board, tables={**board.tables, table: new})
    for content in board.content:
        yield replace(board, content={**board.content, content: None})


def test_after_any_change_the_kept_rows_are_those_made_anew() -> None:
    for board in (samples.ordinary(NOW), samples.crowded(NOW)):
        kept = KeptRows()
        for changed in _changed(board):
            assert kept.rows(changed, NOW, TIMERS, ME) == queue_rows(changed, NOW, TIMERS, ME)


def test_what_falls_due_by_itself_is_made_anew() -> None:
    board, kept = samples.ordinary(NOW), KeptRows()
    for minutes in range(-90, 180):
        now = NOW + timedelta(minutes=minutes)
        assert kept.rows(board, now, TIMERS, ME) == queue_rows(board, now, TIMERS, ME)


def test_only_the_row_that_something_happened_to_is_made() -> None:
    made: list[str] = []

    def make(board: Board, incident: Any, *more: Any, **named: Any) -> Any:
        made.append(incident.id)
        return row_of(board, incident, *more, **named)

    board, kept = samples.crowded(NOW), KeptRows(make)
    kept.rows(board, NOW, TIMERS, ME)
    assert set(made) == {i.id for i in board.open_incidents}
    made.clear()
    kept.rows(replace(board), NOW, TIMERS, ME)
    assert made == []
    one = board.open_incidents[3]
    incidents = {**board.incidents, one.id: replace(one, priority=1, type="other")}
    kept.rows(replace(board, tables={**board.tables, "incidents": incidents}), NOW, TIMERS, ME)
    assert made == [one.id]
