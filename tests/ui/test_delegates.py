"""Rows say everything at the design widths, count in place, and stay picked while they move."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.tools import sample_lists, sample_rows
from ui import theme
from ui.delegates import Density, ListFoot, RowsView, elisions
from ui.delegates.base import RowDelegate
from ui.models import QueueRow, RowsModel, SectionRow, SortedRows

LOOKS = [(name, scale) for name in theme.THEMES for scale in (1.0, 1.5)]


@pytest.fixture(autouse=True)
def _held(qapp: object) -> Iterator[None]:
    theme.clock.hold(sample_rows.NOW)
    elisions.clear()
    yield
    theme.clock.use()
    theme.apply("dark", 1.0)


def _shown(qtbot: QtBot, view: RowsView, tall: float = 800) -> RowsView:
    qtbot.addWidget(view)
    view.resize(view.width(), theme.px(tall))
    view.show()
    qtbot.waitExposed(view)
    return view


def _queue(qtbot: QtBot, rows: list[QueueRow] | None = None) -> RowsView:
    rows = sample_rows.queue() if rows is None else rows
    return _shown(qtbot, sample_lists.queue_view(Density.WIDE, 480, rows))


def _picture(view: RowsView) -> QImage:
    return view.viewport().grab().toImage()


def _model(view: RowsView) -> RowsModel:
    return view.findChildren(RowsModel)[0]


def _sorted(view: RowsView) -> SortedRows:
    proxy = view.model()
    assert isinstance(proxy, SortedRows)
    return proxy


def _rect(view: RowsView, key: str) -> QRect:
    return view.visualRect(_sorted(view).index_of(key))


@pytest.mark.parametrize(("name", "scale"), LOOKS)
@pytest.mark.parametrize("layout", ["wide", "medium", "crowded", "crowded-medium"])
def test_ordinary_rows_are_shown_in_full(
    qtbot: QtBot, name: str, scale: float, layout: str
) -> None:
    theme.apply(name, scale)
    page = sample_lists.page(layout)
    qtbot.addWidget(page)
    page.resize(page.sizeHint().width(), theme.px(1080))
    page.grab()

    assert list(elisions) == []


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_narrowest_queue_loses_street_types_only(qtbot: QtBot, scale: float) -> None:
    theme.apply(scale=scale)
    page = sample_lists.page("narrow")
    qtbot.addWidget(page)
    page.resize(page.sizeHint().width(), theme.px(1080))
    page.grab()

    assert {cut.full for cut in elisions} >= {"Sigourney St & Asylum Ave"}
    assert [cut for cut in elisions if "…" in cut.shown] == []


def test_a_row_too_narrow_for_its_words_is_recorded(qtbot: QtBot) -> None:
    rows = [dataclasses.replace(sample_rows.queue()[0], place="Corner of " * 12)]
    _queue(qtbot, rows).grab()

    assert any(cut.shown.endswith("…") for cut in elisions)


@pytest.mark.parametrize("layout", sorted(sample_lists.LAYOUTS))
def test_a_tick_leaves_the_picture_of_a_whole_repaint(qtbot: QtBot, layout: str) -> None:
    page = sample_lists.page(layout)
    qtbot.addWidget(page)
    page.resize(page.sizeHint().width(), 900)
    page.show()
    qtbot.waitExposed(page)
    for view in page.findChildren(RowsView):
        _check_tick(view)


def _check_tick(view: RowsView) -> None:
    theme.clock.hold(sample_rows.NOW)
    view.counting()
    picture = _picture(view)
    theme.clock.hold(sample_rows.NOW + 1)
    delegate = view.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    whole = _WholeRows(delegate)
    region = view.counting()
    painter = QPainter(picture)
    view.viewport().render(painter, region.boundingRect().topLeft(), region)
    painter.end()

    assert not region.isEmpty()
    assert whole.stop() == 0
    assert picture == _picture(view)


def test_a_row_that_becomes_late_is_drawn_whole(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    view.counting()
    before = _picture(view)
    theme.clock.hold(sample_rows.NOW + 60 - 42)
    region = view.counting(young_only=True)
    painter = QPainter(before)
    view.viewport().render(painter, region.boundingRect().topLeft(), region)
    painter.end()
    row = _rect(view, "146")

    assert QRegion(row).subtracted(region).isEmpty()
    assert before.copy(row) == _picture(view).copy(row)


class _WholeRows:
    """Counts the rows that a delegate draws whole."""

    def __init__(self, delegate: RowDelegate) -> None:
        self._rows, self._still, self._count = delegate.rows, delegate.rows.paint_still, 0
        setattr(self._rows, "paint_still", self._counted)  # noqa: B010  mypy guards methods

    def _counted(self, *args: Any) -> None:
        self._count += 1
        self._still(*args)

    def stop(self) -> int:
        del self._rows.__dict__["paint_still"]
        return self._count


def test_a_tick_repaints_a_small_part(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    view.counting()
    region = view.counting()
    rects = [region.boundingRect()] if region.rectCount() == 1 else list(region)  # type: ignore[call-overload]
    area = sum(r.width() * r.height() for r in rects)

    assert 0 < area < 0.15 * view.viewport().width() * view.viewport().height()


def test_old_ages_may_rest(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    young, old = _rect(view, "146"), _rect(view, "141")

    assert view.counting(young_only=True).intersects(young)
    assert not view.counting(young_only=True).intersects(old)
    assert view.counting().intersects(old)


def test_words_stand_still_while_ages_grow(qtbot: QtBot) -> None:
    row = dataclasses.replace(sample_rows.queue()[3], limit_s=None)
    view = _queue(qtbot, [row])
    left = QRect(_rect(view, row.key).topLeft(), QPoint(380, _rect(view, row.key).bottom()))
    pictures = []
    for age in (0, 59, 599, 5999, 6001):
        theme.clock.hold((row.waiting_since or 0) + age)
        pictures.append(_picture(view).copy(left))

    assert all(picture == pictures[0] for picture in pictures)


def _colours(view: RowsView, rect: QRect) -> set[str]:
    picture = _picture(view)
    middle = rect.center().y()
    return {picture.pixelColor(x, middle).name() for x in range(rect.left(), rect.right())}


@pytest.mark.parametrize("name", theme.THEMES)
def test_an_emergency_fills_its_row(qtbot: QtBot, name: str) -> None:
    theme.apply(name, 1.0)
    view = _queue(qtbot, sample_rows.queue(emergency=True))

    assert theme.current().danger_fill.name() in _colours(view, _rect(view, "138"))
    assert theme.current().danger_fill.name() not in _colours(view, _rect(view, "136"))


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_picked_row_has_its_bar(qtbot: QtBot, name: str) -> None:
    theme.apply(name, 1.0)
    view = _queue(qtbot)
    view.select("142")

    assert theme.current().accent.name() in _colours(view, _rect(view, "142"))
    assert theme.current().accent.name() not in _colours(view, _rect(view, "144"))


@pytest.mark.parametrize("name", theme.THEMES)
def test_states_differ_without_their_colours(qtbot: QtBot, name: str) -> None:
    theme.apply(name, 1.0)
    base = sample_rows.teams()[0]
    seen: list[bytes] = []
    states = [s for s in theme.Shape if s not in {theme.Shape.NOT_ASKED, theme.Shape.NOT_ASSESSED}]
    for shape in states:
        row = dataclasses.replace(base, shape=shape)
        view = _shown(qtbot, sample_lists.team_view(Density.WIDE, 440, [row]), 120)
        spot = QRect(_rect(view, row.key).topLeft(), QPoint(40, _rect(view, row.key).bottom()))
        grey = _picture(view).copy(spot).convertToFormat(QImage.Format.Format_Mono)
        seen.append(bytes(grey.constBits()))

    assert len(set(seen)) == len(states)


def test_a_click_and_the_arrow_keys_pick_and_skip_headings(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    spy = QSignalSpy(view.picked)
    spot = _rect(view, "140").center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key)

    assert [spy.at(n)[0] for n in range(spy.count())] == ["140", "138", "140"]


def test_enter_opens_and_letters_are_left_to_the_window(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    view.select("142")
    opened, picked = QSignalSpy(view.opened), QSignalSpy(view.picked)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(view, "1p5")

    assert [opened.at(n)[0] for n in range(opened.count())] == ["142"]
    assert picked.count() == 0
    assert view.selected() == "142"


def test_rows_that_move_take_the_mark_along_and_pick_nothing(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    view.select("142")
    picked = QSignalSpy(view.picked)
    rows = [
        dataclasses.replace(r, order=(-1.0,)) if r.key == "142" else r for r in sample_rows.queue()
    ]
    _model(view).set_rows(rows)

    assert _sorted(view).keys()[1] == "142"
    assert view.selectionModel().selectedIndexes() == [_sorted(view).index_of("142")]
    assert picked.count() == 0


def test_a_row_that_goes_leaves_nothing_picked_and_comes_back_picked(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    view.select("142")
    picked = QSignalSpy(view.picked)
    _model(view).set_rows([r for r in sample_rows.queue() if r.key != "142"])
    gone = view.selectionModel().selectedIndexes()
    _model(view).set_rows(sample_rows.queue())

    assert gone == []
    assert picked.count() == 0
    assert view.selectionModel().selectedIndexes() == [_sorted(view).index_of("142")]


def test_focus_shows_in_the_list(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    view = sample_lists.queue_view(Density.WIDE, 480, sample_rows.queue())
    other = QWidget(box)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    view.setParent(box)
    view.resize(480, 800)
    view.select("142")
    box.show()
    qtbot.waitExposed(box)
    box.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = _picture(view)
    view.setFocus()

    assert _picture(view) != before


def test_the_foot_counts_what_is_hidden_and_over(qtbot: QtBot) -> None:
    view = _shown(qtbot, sample_lists.queue_view(Density.WIDE, 480, sample_rows.queue()), 200)
    foot = ListFoot(view)
    qtbot.addWidget(foot)
    foot.count()

    assert foot.accessibleName() == "10 more below, 1 due"
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: foot.accessibleName() == "9 above, 2 due")


def test_the_foot_says_where_an_emergency_is_that_cannot_be_seen(qtbot: QtBot) -> None:
    rows = sample_rows.queue()
    last = next(row for row in reversed(rows) if row.section == "working")
    rows = [dataclasses.replace(row, emergency=True) if row is last else row for row in rows]
    view = _shown(qtbot, sample_lists.queue_view(Density.WIDE, 480, rows), 200)
    foot = ListFoot(view)
    qtbot.addWidget(foot)
    foot.resize(480, 30)
    foot.count()
    red = QColor(theme.current().danger_fill)

    assert foot.accessibleName() == f"EMERGENCY {last.number} below · 9 more below, 1 due"
    assert foot.grab().toImage().pixelColor(470, 15) == red
    view.select(last.key)
    foot.count()
    assert "EMERGENCY" not in foot.accessibleName()
    assert foot.grab().toImage().pixelColor(470, 15) != red


def test_a_row_that_is_shown_leaves_no_row_cut_above_it(qtbot: QtBot) -> None:
    view = _shown(qtbot, sample_lists.queue_view(Density.WIDE, 480, sample_rows.queue()), 230)
    wanted = sample_rows.queue()[-4].key
    view.select(wanted)
    tops = [view.visualRect(view.model().index(n, 0)).top() for n in range(view.model().rowCount())]

    assert 0 in tops
    assert view.viewport().rect().contains(_rect(view, wanted))


def test_a_change_of_scale_makes_rows_taller(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    before = _rect(view, "142").height()
    theme.apply(scale=1.5)
    view.executeDelayedItemsLayout()

    assert _rect(view, "142").height() == before * 3 // 2


def test_the_surface_is_the_panel(qtbot: QtBot) -> None:
    view = _queue(qtbot, [])

    assert _picture(view).pixelColor(5, 5) == QColor(theme.current().panel)


def test_a_screen_reader_hears_every_row(qtbot: QtBot) -> None:
    view = _queue(qtbot)
    proxy = _sorted(view)
    said = [proxy.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(9)]

    assert said[0] == "Waiting 7"
    assert said[1] == "priority not set, Albany Ave & Main St, NOT ASSESSED, ask: weapon, 146"
    assert isinstance(proxy.row_at(0), SectionRow)
