"""Parts that columns of lists share: headings, scrolling; the supervisor's widths."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.delegates.table import INSET
from ui.delegates.table_view import Table, TableView
from ui.panels.supervisor_below import FOOT, Below, Words
from ui.widgets import Line, Panel, Run
from ui.widgets.follow import FollowFocus
from ui.widgets.quiet_bar import QuietBar

HEAD = 40  # of every column: their headings stand on one line
_FEWEST = 5  # of fewer rows each would become too tall
_LITTLE = 100  # less room than this below a list shows nothing of the next one
MARGIN = 12  # of a column; rows stand INSET further in, so that a picked one has an edge
_WIDE, _ROOMY, _LESS_TIGHT, _THREE = 1800, 1440, 1340, 1200


@dataclass(frozen=True, slots=True)
class Widths:
    """The columns of the window in design lengths; `right` is 0 where there are two."""

    left: float
    right: float
    short: bool  # two lines a row, shorter words

    @property
    def stacked(self) -> bool:
        """Whether all lists but the dues share one column."""
        return not self.right

    @property
    def narrow(self) -> bool:
        """Whether strip and bands are lower."""
        return self.short


def widths_for(width: float) -> Widths:
    """Return the columns for this effective width (pixels divided by the scale)."""
    if width >= _WIDE:
        return Widths(496, 440, short=False)
    if width >= _ROOMY:
        return Widths(440, 412, short=True)
    if width >= _THREE:
        return Widths(388, 360 if width < _LESS_TIGHT else 382, short=True)
    return Widths(384, 0, short=True)


class Head(QWidget):
    """The title of a list with its count, a quiet note, and what acts on the list."""

    def __init__(self, title: str, *acts: QWidget) -> None:
        super().__init__()
        self._title = title
        self.words = Line(Run(title, "lead"), gap=10)
        self.note = Line(Run("", "body", "text2"), right=True)
        row = QHBoxLayout(self)
        inset = theme.px(INSET)
        row.setContentsMargins(inset, 0, inset, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.note)
        for act in acts:
            row.addWidget(act)
        self.setFixedHeight(theme.px(HEAD))

    def tell(self, count: int | str | None = None, note: str = "", *, instead: str = "") -> None:
        """Shows another count and note; `instead` names what the acts are for."""
        number = "" if count is None else str(count)
        if instead:
            self.words.set_runs(Run(instead, "lead"))
        else:
            self.words.set_runs(Run(self._title, "lead"), Run(number, "strong", "text2"))
        self.note.set_runs(Run(note, "body", "text2"))
        self.note.setVisible(bool(note))


class _Follow(FollowFocus):
    """A table shows its picked row itself, not its last one."""

    def _show(self, part: QWidget, inside: QWidget) -> None:
        if not isinstance(part, TableView):
            super()._show(part, inside)


class ScrollColumn(QScrollArea):
    """A column that scrolls where it has more than the window is high; `below` says what."""

    def __init__(self, surface: str) -> None:
        super().__init__()
        _Follow(self)
        self.page = Panel(surface)
        self.body = QVBoxLayout(self.page)
        side = theme.px(MARGIN)
        self.body.setContentsMargins(side, theme.px(10), side, theme.px(12))
        self.body.setSpacing(theme.px(16))
        self.setWidget(self.page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietBar())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(theme.px(30))
        colours = self.palette()
        colours.setColor(self.viewport().backgroundRole(), theme.current().colour(surface))
        self.viewport().setPalette(colours)
        self.below = Below(self, surface)

    def fill(self, *panels: QWidget) -> None:
        """Holds these below each other."""
        for panel in panels:
            self.body.addWidget(panel)
        self.body.addStretch(1)

    def count(self, part: QWidget, words: Words) -> None:
        """Says at its foot what of this part is below."""
        self.below.count(part, words)

    def fill_rows(self, table: Table, tall: Callable[[], float]) -> None:
        """From now on rows are so tall that the last whole one ends where the foot begins."""
        self.below.before = lambda: self._fill_rows(table, tall())

    def _fill_rows(self, table: Table, height: float) -> None:
        first = table.view.mapTo(self.page, QPoint(0, 0)).y()
        room = self.viewport().height() - theme.px(FOOT) - first
        tall, rows = theme.px(height), table.view.rows.rowCount()
        many = min(room // tall, rows)
        rest = self.page.sizeHint().height() - table.view.height() + rows * tall
        over = rest - theme.px(MARGIN) > self.viewport().height()
        if many >= _FEWEST and over and room - many * tall < theme.px(_LITTLE):
            height = room // many / theme.state.scale
        table.set_height(height)

    def show_top(self, part: QWidget) -> None:
        """Scrolls so that a part begins where the column does."""
        margin = theme.px(10)
        self.verticalScrollBar().setValue(part.mapTo(self.page, QPoint(0, -margin)).y())


def inset(part: QWidget) -> QWidget:
    """Holds a part so that it begins and ends with the words of the rows."""
    box = QWidget()
    around = QVBoxLayout(box)
    side = theme.px(INSET)
    around.setContentsMargins(side, 0, side, 0)
    around.addWidget(part)
    return box


def stacked(widget: QWidget, *parts: QWidget, gap: float = 4) -> QVBoxLayout:
    """Lays parts below each other in a widget, edge to edge."""
    down = QVBoxLayout(widget)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(theme.px(gap))
    for part in parts:
        down.addWidget(part)
    return down
