"""Tables: any change of rows tells Qt the truth; what the supervisor's lists say and leave out."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from crt_console.domain.board import Board
from crt_console.domain.words import AlarmKind, ConfirmationState
from tests.tools.supervisor_boards import NOW, decided, overridden
from ui import samples, theme
from ui.delegates.table import Cell, Column, needs_of, spans
from ui.models.due_view import due_chips
from ui.models.supervisor_decided import Decided, decided_rows
from ui.models.supervisor_view import asks, due_rows, nobody_has, told
from ui.models.table_rows import Keyed, Listed, TableRows
from ui.panels.supervisor_teams import time_of_day
from ui.sample_rows import COLLEAGUE, ME, SUPERVISOR
from ui.widgets import Run

pytestmark = pytest.mark.usefixtures("qapp")
_ROWS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 2)), unique_by=lambda row: row[0]
)


@given(st.lists(_ROWS, max_size=6))
def test_rows_stand_in_the_order_given_and_the_model_holds(
    steps: list[list[tuple[str, int]]],
) -> None:
    model = TableRows()
    _tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for step in steps:
        held = {row.key: QPersistentModelIndex(model.index(i)) for i, row in _rows_of(model)}
        wanted = [Listed(key, value, f"{key}{value}") for key, value in step]
        model.set_rows(wanted)
        shown = [model.index(place).data() for place in range(model.rowCount())]
        assert shown == [row.words for row in wanted]
        # What Qt holds on to goes where its row goes, and ends with it.
        for key, index in held.items():
            assert index.row() == model.place_of(key)


def _rows_of(model: TableRows) -> list[tuple[int, Keyed]]:
    return [(place, model.row_at(place)) for place in range(model.rowCount())]


def test_a_row_that_only_moves_is_not_made_anew() -> None:
    model = TableRows()
    rows = [Listed(key, 0, key) for key in "abc"]
    model.set_rows(rows)
    moved = [rows[2], rows[0], rows[1]]
    heard: list[object] = []
    model.rowsInserted.connect(lambda *_: heard.append(1))
    model.set_rows(moved)
    model.dataChanged.connect(lambda *_: heard.append(1))
    model.set_rows(moved)
    assert heard == []


def test_columns_share_what_the_fixed_ones_leave() -> None:
    def says(_row: object, _now: float) -> Cell:
        return ()

    columns = (Column("", says, width=100), Column("", says, stretch=3), Column("", says))
    places = spans(columns, 544)
    edges = [round(edge) for place in places for edge in place]
    assert (edges[:2], edges[-1]) == ([10, 110], 534)
    wide = [end - start for start, end in places]
    assert round(wide[1] / wide[2], 6) == 3


def test_columns_are_as_wide_as_their_words_and_only_places_give_way() -> None:
    def says(row: tuple[str, str, str], _now: float) -> Cell:
        return (Run(row[0], "body"),)

    def below(row: tuple[str, str, str], _now: float) -> Cell:
        return (Run(row[2], "body"),)

    columns = (
        Column("", says, width=20, grows=True, below=below, over=2),
        Column("", lambda row, _now: (Run(row[1], "body"),)),
        Column("", says, stretch=0),
    )
    rows = [("CRT 12 out of service", "425 Flatbush Ave, side entrance", "a very long name " * 9)]
    needs = needs_of(columns, rows, 0.0)
    state, place = (theme.width(words, "body") + 1 for words in rows[0][:2])
    assert needs == (state, place, state)
    roomy = [end - start for start, end in spans(columns, 2000, needs)]
    assert (roomy[0], roomy[2]) == (state, state)
    tight = [end - start for start, end in spans(columns, 44 + state * 2.5, needs)]
    assert tight[0] == state
    assert [round(wide, 6) for wide in tight[1:]] == [round(state * 0.75, 6)] * 2


def test_the_card_says_who_what_and_why_and_the_asker_cannot_agree() -> None:
    board = samples.second_person(NOW)
    (card,) = asks(board, SUPERVISOR)
    assert card.title == f"{ME} wants to send the community team alone to 144"
    assert (card.safe, card.unsafe, card.locked) == ("No, with police", "Yes, team alone", "")
    assert card.reason.startswith("“")
    assert asks(board, ME.lower())[0].locked == f"{ME} asked: another person has to agree."
    assert asks(board, "")[0].locked.startswith("First say who you are")


def test_a_danger_that_has_grown_locks_the_yes() -> None:
    board = samples.second_person(NOW)
    incident = board.incidents["incident-144"]
    worse = replace(incident, held=(*incident.held, 0, 1, 2, 3))
    tables: dict[str, Any] = {**board.tables, "incidents": {**board.incidents, incident.id: worse}}
    (card,) = asks(replace(board, tables=tables), SUPERVISOR)
    assert "danger has grown" in card.locked


def test_what_nobody_has_stands_first_and_what_has_a_card_is_left_to_it() -> None:
    board = overridden(samples.second_person(NOW))
    rows = due_rows(board, NOW)
    assert [row.owner for row in rows[:2]] == ["", ME]
    assert rows[0].open
    assert not any(row.open for row in rows[1:])
    kinds = {due.kind for due in nobody_has(board, NOW)}
    assert kinds == {AlarmKind.HANDOVER}
    assert rows[-1].words == "Mobile crisis: Dr. Shah"
    assert rows[-1].done == "accepted"
    assert [view.title for view in told(board)] == ["Sent without police"]


def test_her_dues_stand_in_the_order_of_the_due_line() -> None:
    board = samples.crowded(NOW)
    dues = [chip.alarm_id for chip in due_chips(board, NOW, "")]
    hers = [chip.alarm_id for chip in nobody_has(board, NOW)]
    rows = [row.key for row in due_rows(board, NOW) if row.open]
    assert len(hers) > 1
    assert hers == [key for key in dues if key in hers]
    assert rows == hers
    first = next(row for row in due_rows(board, NOW) if row.open)
    assert first.priority == board.incidents[first.incident_id].priority


def test_decisions_of_today_with_reason_and_who_agreed() -> None:
    board = decided(overridden(samples.second_person(NOW)))
    known = {"incident-118": Decided(NOW - timedelta(hours=2), COLLEAGUE)}
    rows = {row.number: row for row in decided_rows(board, NOW - timedelta(hours=12), known)}
    assert rows["144"].words == "asks to send community team alone, below the floor"
    assert rows["140"].words.startswith("without police: “Neighbours")
    assert (rows["118"].words, rows["118"].who) == ("not sent: no team free", COLLEAGUE)
    assert rows["101"].at == ""
    assert decided_rows(board, NOW, known) == ()


def test_an_override_that_was_agreed_to_is_one_row() -> None:
    board = _agreed(samples.second_person(NOW))
    (row,) = decided_rows(board, NOW - timedelta(hours=1), {})
    assert row.who == ME
    assert f"below the floor: {SUPERVISOR} agreed" in row.words


def _agreed(board: Board) -> Board:
    asked = replace(
        board.confirmations["confirmation-144"], state=ConfirmationState.CONFIRMED,
        decided_by=SUPERVISOR, decided_at=NOW,
    )  # fmt: skip
    incident = replace(
        board.incidents["incident-144"], override=("crt",), override_by=SUPERVISOR,
        override_at=NOW,
    )  # fmt: skip
    tables: dict[str, Any] = {
        **board.tables,
        "confirmations": {asked.id: asked},
        "incidents": {**board.incidents, incident.id: incident},
    }
    return replace(board, tables=tables)


def test_a_time_of_day_is_the_next_one() -> None:
    for text, minutes in (("23:59", None), ("2359", None), ("7", 0), ("07:30", 30)):
        at = time_of_day(text, NOW)
        assert at is not None
        assert NOW < at <= NOW + timedelta(days=1)
        assert at.minute == (59 if minutes is None else minutes)
    assert [time_of_day(text, NOW) for text in ("24:00", "12:60", "soon", "", "12345")] == [
        None
    ] * 5
