"""The model keeps arrival order and tells Qt only what changed; the proxy sorts."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.models import ROW, QueueRow, RowsModel, SectionRow, SortedRows
from ui.models.rows import QUEUE_SECTIONS, spoken
from ui.theme import Shape

pytestmark = pytest.mark.usefixtures("qapp")


def _row(key: str, urgency: float = 1, section: str = "waiting", place: str = "A St") -> QueueRow:
    return QueueRow(key, section, key, place, Shape.ASKED_2, "Provisional", order=(urgency,))


def _tested() -> tuple[RowsModel, SortedRows, list[QObject]]:
    model = RowsModel(QUEUE_SECTIONS)
    proxy = SortedRows(model)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers: list[QObject] = [QAbstractItemModelTester(m, fatal) for m in (model, proxy)]
    return model, proxy, testers


_rows = st.lists(
    st.builds(
        _row,
        key=st.sampled_from("abcdefgh"),
        urgency=st.integers(0, 3),
        section=st.sampled_from(["waiting", "working"]),
        place=st.sampled_from(["A St", "B St"]),
    ),
    unique_by=lambda row: row.key,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_rows, min_size=2, max_size=6))
def test_any_sequence_of_boards_is_shown_in_order(boards: list[list[QueueRow]]) -> None:
    model, proxy, testers = _tested()
    for board in boards:
        model.set_rows(board)
        shown = [proxy.row_at(n) for n in range(proxy.rowCount())]
        body = [row for row in shown if not isinstance(row, SectionRow)]
        arrived = {key: n for n, key in enumerate(model.keys())}
        sections = ["waiting", "working"]

        assert {row.key: row for row in body} == {row.key: row for row in board}
        assert body == sorted(
            body, key=lambda row: (sections.index(row.section), row.order, arrived[row.key])
        )
        for heading in (row for row in shown if isinstance(row, SectionRow)):
            below = shown[shown.index(heading) + 1 :][: heading.count]
            assert [row.section for row in below] == [heading.section] * heading.count
    assert len(testers) == 2


def test_rows_that_stay_keep_their_place_and_their_index() -> None:
    model, proxy, _testers = _tested()
    model.set_rows([_row("a", 2), _row("b", 1), _row("c", 3)])
    kept = QPersistentModelIndex(proxy.index_of("c"))
    model.set_rows([_row("c", 0), _row("d", 5), _row("b", 1)])

    arrived = model.keys()
    assert [key for key in arrived if ":" not in key] == ["b", "c", "d"]
    assert proxy.keys() == ["section:waiting", "c", "b", "d"]
    assert kept.data(ROW).key == "c"


def test_only_what_changed_is_said() -> None:
    model, _proxy, _testers = _tested()
    rows = [_row(key) for key in "abcd"]
    model.set_rows(rows)
    said: list[object] = []
    model.dataChanged.connect(lambda top, bottom: said.append((top.row(), bottom.row())))
    model.rowsInserted.connect(lambda *_: said.append("inserted"))
    model.rowsRemoved.connect(lambda *_: said.append("removed"))
    model.layoutChanged.connect(lambda *_: said.append("layout"))
    model.set_rows(
        [dataclasses.replace(row, owner="A. Kim" if row.key == "c" else "") for row in rows]
    )
    model.set_rows(
        [dataclasses.replace(row, owner="A. Kim" if row.key == "c" else "") for row in rows]
    )

    assert said == [(2, 2)]


def test_headings_count_and_carry_the_note() -> None:
    model, proxy, _testers = _tested()
    model.set_rows([_row("a"), _row("b", section="working"), _row("c")], note="as of 14:31:20")
    headings = [row for n in range(5) if isinstance(row := proxy.row_at(n), SectionRow)]

    assert [(h.title, h.count, h.note) for h in headings] == [
        ("Waiting", 2, "as of 14:31:20"),
        ("Working", 1, ""),
    ]
    assert proxy.row_at(3).words() == "Working 1"


def test_headings_cannot_be_selected() -> None:
    model, proxy, _testers = _tested()
    model.set_rows([_row("a")])

    assert proxy.flags(proxy.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert proxy.flags(proxy.index_of("a")) & Qt.ItemFlag.ItemIsSelectable


def test_an_empty_board_has_no_headings() -> None:
    model, proxy, _testers = _tested()
    model.set_rows([_row("a")])
    model.set_rows([])

    assert proxy.rowCount() == 0
    assert not proxy.index_of("a").isValid()


@pytest.mark.parametrize("rows", [[_row("a"), _row("a")], [_row("a", section="elsewhere")]])
def test_rows_that_make_no_sense_are_a_bug(rows: list[QueueRow]) -> None:
    model, _proxy, _testers = _tested()

    with pytest.raises(ValueError, match="one key twice"):
        model.set_rows(rows)


def test_lateness_is_the_worst_of_limit_and_due() -> None:
    row = dataclasses.replace(_row("a"), waiting_since=100.0, limit_s=600.0, due_at=900.0)

    assert row.late(650.0) is None
    assert row.late(839.0) == 139.0
    assert row.late(1000.0) == 300.0
    assert row.filled(400.0) == 0.5


@pytest.mark.parametrize(
    ("now", "shown"), [(100.0, "check-in in 2:50"), (270.0, "check-in"), (280.0, "check-in")]
)
def test_words_count_down_and_then_say_the_bare_act(now: float, shown: str) -> None:
    assert spoken("check-in in {due}", 270.0, now) == shown
