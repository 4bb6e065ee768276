"""The foot of a scrolled area: nothing is cut in the middle, and more is said to be there."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import Card, SectionHeading, WrapLabel
from ui.widgets.more_below import MoreBelow

LINES = 12


def _area(qtbot: QtBot, height: int) -> tuple[QScrollArea, MoreBelow, list[WrapLabel]]:
    inside = QWidget()
    down = QVBoxLayout(inside)
    lines = [WrapLabel(f"line {number}") for number in range(LINES)]
    for line in lines:
        down.addWidget(line)
    area, more = _scrolled(qtbot, inside, height)
    qtbot.waitUntil(lambda: more.isVisible() == (height < 1000))
    return area, more, lines


def _scrolled(qtbot: QtBot, inside: QWidget, height: int) -> tuple[QScrollArea, MoreBelow]:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    more = MoreBelow(area)
    qtbot.addWidget(area)
    area.resize(300, height)
    area.show()
    return area, more


def test_it_is_not_there_where_all_is_shown(qtbot: QtBot) -> None:
    _, more, _ = _area(qtbot, 1000)

    assert not more.isVisible()
    assert more.accessibleName() == ""


@pytest.mark.parametrize("height", [150, 163, 171, 180, 199])
def test_a_line_is_shown_whole_or_covered(qtbot: QtBot, height: int) -> None:
    area, more, lines = _area(qtbot, height)

    assert more.accessibleName() == "more below"
    for line in lines:
        top = line.mapTo(area, line.rect().topLeft()).y()
        shown = top + line.height() <= more.y()
        hidden = top >= more.y()
        assert shown or hidden, line.text()
    assert any(more.covers(line) for line in lines)


def test_it_goes_when_the_end_is_reached(qtbot: QtBot) -> None:
    area, more, lines = _area(qtbot, 150)

    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())

    assert not more.isVisible()
    assert not more.covers(lines[-1])


@pytest.mark.parametrize("height", [150, 163, 171, 180, 199])
def test_lines_beside_each_other_are_whole_or_covered_too(qtbot: QtBot, height: int) -> None:
    inside = QWidget()
    across = QHBoxLayout(inside)
    lines = [WrapLabel(f"line {number}") for number in range(2 * LINES)]
    for column in range(2):
        down = QVBoxLayout()
        down.addSpacing(12 * column)  # half a line lower: any cut goes through something
        for line in lines[column::2]:
            down.addWidget(line)
        across.addLayout(down)
    area, more = _scrolled(qtbot, inside, height)
    qtbot.waitUntil(more.isVisible)
    seen = area.grab().toImage()
    more.hide()
    whole, above = area.grab().toImage(), QRect(0, 0, 300, height - 30)  # the foot and a frame
    for line in lines:
        spot = QRect(line.mapTo(area, QPoint(0, 0)), line.size()) & above
        if spot.isEmpty() or spot.height() < line.height() // 2:
            continue
        colours = {seen.pixel(x, y) for x in _every(spot.left(), spot.width())
                   for y in _every(spot.top(), spot.height())}  # fmt: skip
        assert seen.copy(spot) == whole.copy(spot) or len(colours) == 1, line.text()


def _every(start: int, count: int) -> range:
    return range(start, start + count)


@pytest.mark.parametrize("height", [150, 1000])
def test_what_must_come_first_is_said_whether_or_not_there_is_more(
    qtbot: QtBot, height: int
) -> None:
    area, more, lines = _area(qtbot, height)
    more.set_note("First ask about breathing")
    qtbot.waitUntil(lambda: more.accessibleName().endswith("First ask about breathing"))

    assert more.isVisible()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert more.isVisible(), "at the end too"
    last = lines[-1]
    assert last.mapTo(area, last.rect().bottomLeft()).y() < more.y(), "and covers nothing there"

    more.set_note("")
    qtbot.waitUntil(lambda: not more.isVisible())


def test_what_keeps_together_is_whole_or_covered_and_is_then_hidden(qtbot: QtBot) -> None:
    inside, block = QWidget(), QWidget()
    block.keeps_together = True  # type: ignore[attr-defined]
    down, within = QVBoxLayout(inside), QVBoxLayout(block)
    down.addWidget(first := WrapLabel("first"))
    for number in range(3):
        down.addWidget(WrapLabel(f"line {number}"))
    for number in range(LINES):
        within.addWidget(WrapLabel(f"answer {number}"))
    down.addWidget(block)
    area, more = _scrolled(qtbot, inside, 200)
    qtbot.waitUntil(more.isVisible)

    assert more.hides(block)
    assert not more.hides(first)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not more.hides(block)


def test_a_card_that_shows_nothing_of_what_is_in_it_does_not_begin(qtbot: QtBot) -> None:
    inside, card = QWidget(), Card(down=30)
    down = QVBoxLayout(inside)
    for number in range(3):
        down.addWidget(WrapLabel(f"line {number}"))
    for number in range(LINES):
        card.body.addWidget(WrapLabel(f"fact {number}"))
    down.addWidget(card)
    area, more = _scrolled(qtbot, inside, 160)
    qtbot.waitUntil(more.isVisible)
    top = card.mapTo(area, QPoint(0, 0)).y()
    foot = area.height() - MoreBelow.height_of()

    assert top < foot < top + 30 + 24, "the foot lies in the card's upper margin"
    assert more.hides(card)


def test_a_page_begins_with_a_whole_line(qtbot: QtBot) -> None:
    area, more, lines = _area(qtbot, 150)
    tops = {line.y() for line in lines}
    wanted = lines[3].y() + 7

    assert more.whole_from(wanted) == lines[3].y()
    area.verticalScrollBar().setValue(lines[3].y())
    assert more.whole_from(lines[3].y() + 7) == lines[3].y() + 7, "it goes on all the same"
    assert more.whole_from(lines[2].y() - 3) in tops | {0, lines[2].y() - 3}
    assert more.whole_from(-50) == 0


def test_no_heading_stands_alone_above_the_foot(qtbot: QtBot) -> None:
    inside = QWidget()
    down = QVBoxLayout(inside)
    for number in range(5):
        down.addWidget(WrapLabel(f"line {number}"))
    heading, tall = SectionHeading("What happened"), QWidget()
    tall.setFixedHeight(200)
    down.addWidget(heading)
    down.addWidget(tall)
    area, more = _scrolled(qtbot, inside, 260)
    qtbot.waitUntil(more.isVisible)

    assert heading.mapTo(area, QPoint(0, heading.height())).y() < area.height() - more.height_of()
    assert more.hides(heading)
