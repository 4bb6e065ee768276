"""What happened: one timeline of an incident, newest first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.models.timeline_view import TimelineRow
from ui.widgets import ActionButton, Kind, SectionHeading, WrapLabel, label
from ui.widgets.flow import replace

_SHOWN = 30


class Timeline(QWidget):
    """Rows of time, what it was, and the words; the oldest are shown on demand."""

    def __init__(self, me: str) -> None:
        super().__init__()
        self._me = me  # whose own acts need no name
        self._rows: tuple[TimelineRow, ...] = ()
        self._all = False
        self.heading = SectionHeading("What happened")
        self.more = ActionButton("newest first", "T", kind=Kind.QUIET)
        self.more.clicked.connect(self.toggle)
        self._page = QWidget()
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.more)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, theme.px(8), 0, 0)
        down.setSpacing(theme.px(6))
        down.addLayout(top)
        down.addWidget(self._page)
        down.addStretch(1)

    def show_rows(self, rows: tuple[TimelineRow, ...]) -> None:
        """Show these rows."""
        if rows == self._rows:
            return
        self._rows = rows
        self._fill()

    def toggle(self) -> None:
        """Show everything, small steps of the console included, or what matters."""
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        page = QWidget()  # shown once it is full: each line shown by itself lays out the window
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(2, 1)
        shown = [r for r in self._rows if self._all or not r.minor]
        more = len(shown) - _SHOWN if not self._all else 0
        for place, row in enumerate(shown if self._all else shown[:_SHOWN]):
            self._add(grid, place, row)
        replace(self._page, page)
        self._page = page
        words = f"{more} earlier" if more > 0 else "all steps" if not self._all else "what matters"
        self.more.set_action(words)

    def _add(self, grid: QGridLayout, place: int, row: TimelineRow) -> None:
        top = Qt.AlignmentFlag.AlignTop
        ink = "text2" if row.minor else "text"
        when = f"{row.at.astimezone():%H:%M:%S}" + (" ?" if row.unsure else "")
        grid.addWidget(label(when, "time", "text2"), place, 0, top)
        grid.addWidget(label(row.label, "body", "text2"), place, 1, top)
        name = row.who.replace(" ", "\u00a0")  # never a line with half of it
        who = f"  —\u00a0{name}" if row.who not in {"", self._me} else ""
        words = WrapLabel(f"{row.text}{who}", "body", ink)
        words.setAccessibleName(f"{when} {row.label} {row.text} {row.who}")
        grid.addWidget(words, place, 2, top)
