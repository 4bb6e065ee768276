"""The lines of the sheet of keys, and how they come into columns and pages."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.actions import Example, Key
from ui.theme import marks
from ui.widgets import KeyCap, WrapLabel, label
from ui.widgets.wrap import words_tall

BETWEEN = 28  # columns, in design lengths
_ROW, _GROUP = 4, 12  # between lines, and above a heading
_AFTER_CAPS, _BETWEEN_CAPS = 12, 4
_HEAD = 24
_STEP = 20  # how finely the height of columns is tried
_TO = "…"  # between the first and the last of several keys
_LEAST = 3  # columns, where there is room for them; lines of what is parted


class Line(NamedTuple):
    """A key or a command, and where it counts."""

    where: str
    words: str
    says: str = ""
    key: str = ""


class Group(NamedTuple):
    """Lines that belong together under their heading."""

    where: str
    lines: tuple[Line, ...]


Column = tuple[Group, ...]
Page = tuple[Column, ...]


def groups_of(keys: Sequence[Key], commands: Sequence[Example]) -> tuple[Group, ...]:
    """Return keys by where they count, then the commands."""
    lines = [Line(key.where, key.what, key=key.key) for key in keys]
    lines += [Line(one.where, one.line, one.says) for one in commands]
    parts = groupby(lines, key=lambda line: line.where)
    return tuple(Group(where, tuple(found)) for where, found in parts)


class Sheet:
    """Groups in a room `wide` and `tall`, in up to `most` columns a page."""

    def __init__(self, groups: Sequence[Group], wide: float, tall: float, most: int) -> None:
        self.groups, self.wide, self.tall, self.most = tuple(groups), wide, tall, most
        self._caps = {group.where: _caps(group) for group in groups}
        self._measured: dict[tuple[Line, int], float] = {}

    def pages(self) -> tuple[int, list[Page]]:
        """How many columns a page has, and the pages: one where all has room, else more.

        Where they are more a group that is parted goes on in the next column under its heading.
        """
        for count in range(min(_LEAST, self.most), self.most + 1):
            columns = self._columns(self.groups, count)
            if len(columns) <= count:
                return count, [tuple(columns)]
        columns = self._packed(self.groups, self.each(self.most), self.tall, fill=True)
        starts = range(0, len(columns), self.most)
        return self.most, [tuple(columns[at : at + self.most]) for at in starts]

    def _columns(self, groups: Sequence[Group], count: int) -> list[Column]:
        """As even as they can be where all stand side by side, else full ones."""
        each = self.each(count)
        full = self._packed(groups, each, self.tall)
        if len(full) > count:
            return full
        tallest = max(self._group(group, each) for group in groups)
        heights = range(int(min(tallest, self.tall)), int(self.tall), theme.px(_STEP))
        tried = (self._packed(groups, each, height) for height in heights)
        return next((columns for columns in tried if len(columns) <= count), full)

    def each(self, count: int) -> int:
        """How wide a column is."""
        return int((self.wide - theme.px(BETWEEN) * (count - 1)) / count)

    def _packed(
        self, groups: Sequence[Group], each: int, tall: float, *, fill: bool = False
    ) -> list[Column]:
        """Columns, each group in the first that has room; its parts follow each other.

        With `fill` a group that would begin another page begins in what is left of this one.
        """
        columns: list[list[Group]] = []
        left: list[float] = []
        for group in groups:
            full = fill and len(left) % self.most == 0
            first, room = 0, max(left, default=0) if full else 0
            for part in self._parts(group, each, tall, room):
                need = self._group(part, each)
                free = (at for at in range(first, len(left)) if need <= left[at])
                first = next(free, len(left))
                if first == len(left):
                    columns.append([])
                    left.append(tall)
                columns[first].append(part)
                left[first] -= need
        return [tuple(column) for column in columns]

    def _parts(self, group: Group, each: int, tall: float, room: float = 0) -> list[Group]:
        """A group, in parts where it is taller than a column; the first takes what room is left."""
        parts: list[list[Line]] = [[]]
        left = room - _head()
        for line in group.lines:
            need = self._line(line, each)
            if need > left:
                parts.append([])
                left = tall - _head()
            parts[-1].append(line)
            left -= need
        shown = [part for part in parts if part]
        if room and len(shown) > 1 and min(map(len, shown)) < _LEAST:
            return self._parts(group, each, tall)
        return [Group(group.where, tuple(part)) for part in shown]

    def _group(self, group: Group, each: int) -> float:
        return _head() + sum(self._line(line, each) for line in group.lines)

    def _line(self, line: Line, each: int) -> float:
        """How tall a line is at the most, and what is below it."""
        if (line, each) not in self._measured:
            self._measured[line, each] = self._measure(line, each)
        return self._measured[line, each]

    def _measure(self, line: Line, each: int) -> float:
        if line.key:
            words = words_tall(line.words, "body", each - self._caps[line.where])
            return max(theme.px(marks.CAP_HEIGHT), words) + theme.px(_ROW)
        said = words_tall(line.says, "body", each)
        return words_tall(line.words, "medium", each) + said + theme.px(_ROW)


def _head() -> int:
    return theme.px(_GROUP + _HEAD + _ROW)


def parts_of(key: str) -> tuple[str, ...]:
    """Return the keys of a line, each for a cap of its own, and … between first and last."""
    return tuple(key.replace(",", " ").split())


def caps_wide(key: str) -> int:
    """How wide the caps of a line are."""
    parts = parts_of(key)
    each = (int(theme.width(p, "body")) if p == _TO else marks.cap_width(p) for p in parts)
    return sum(each) + theme.px(_BETWEEN_CAPS) * (len(parts) - 1)


def _caps(group: Group) -> int:
    """How wide the column of caps is in a group."""
    keys = [line.key for line in group.lines if line.key]
    return max((caps_wide(key) for key in keys), default=0) + theme.px(_AFTER_CAPS)


def page_widget(page: Page, each: int) -> QWidget:
    """Return a page whose columns are so wide."""
    widget = QWidget()
    across = QHBoxLayout(widget)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(theme.px(BETWEEN))
    for column in page:
        across.addWidget(_column(column, each))
    across.addStretch(1)
    return widget


def _column(groups: Column, each: int) -> QWidget:
    widget = QWidget()
    widget.setFixedWidth(each)
    down = QVBoxLayout(widget)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(theme.px(_ROW))
    for group in groups:
        caps = _caps(group)
        down.addSpacing(theme.px(_GROUP) - theme.px(_ROW))
        head = label(group.where[0].upper() + group.where[1:], "strong")
        head.setFixedHeight(theme.px(_HEAD))
        down.addWidget(head)
        for line in group.lines:
            if line.key:
                down.addLayout(_key(line, caps))
            else:
                down.addWidget(_Command(line))
    down.addStretch(1)
    return widget


def _key(line: Line, caps: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    cap = QWidget()
    cap.setFixedWidth(caps)
    inside = QHBoxLayout(cap)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(theme.px(_BETWEEN_CAPS))
    for part in parts_of(line.key):
        inside.addWidget(label(part) if part == _TO else KeyCap(part))
    inside.addStretch(1)
    row.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(WrapLabel(line.words), 1)
    return row


class _Command(QWidget):
    """A line as it is typed, and below it what it does."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(WrapLabel(line.words, "medium"))
        column.addWidget(WrapLabel(line.says, "body", "text2"))
