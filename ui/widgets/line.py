"""One line of words in several roles, cut at whole words when there is no room."""

from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme.text import draw
from ui.widgets.paintable import Painted, painter_for


class Run(NamedTuple):
    """Some words in one role and colour."""

    text: str
    role: str = "body"
    colour: str = "text"


class Line(Painted):
    """Runs of words side by side, `gap` apart; plain text always."""

    def __init__(
        self, *runs: Run, gap: float = 8, right: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._gap, self._right = gap, right
        self._runs: tuple[Run, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_runs(*runs)

    def set_runs(self, *runs: Run) -> None:
        """Shows other words."""
        before = self.sizeHint()
        self._runs = tuple(run for run in runs if run.text)
        self.setAccessibleName(" ".join(run.text for run in self._runs))
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def text(self) -> str:
        """All its words."""
        return self.accessibleName()

    def _length(self) -> float:
        gaps = max(0, len(self._runs) - 1) * theme.px(self._gap)
        return sum(theme.width(run.text, run.role) for run in self._runs) + gaps

    def sizeHint(self) -> QSize:
        tall = max((theme.metrics(run.role).height() for run in self._runs), default=0)
        return QSize(int(self._length()) + 1, max(theme.px(22), int(tall) + 1))

    def minimumSizeHint(self) -> QSize:
        """Room for the first word at least; the rest may be cut."""
        first = self._runs[0] if self._runs else Run("")
        wide = theme.width(first.text.split(" ", 1)[0] + "…", first.role)
        return QSize(min(int(wide) + 1, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        left = max(0.0, self.width() - self._length()) if self._right else 0.0
        for run in self._runs:
            if left >= self.width():
                theme.elisions.append(theme.Elision(run.text, ""))
                continue
            shown = theme.fit(run.text, run.role, self.width() - left)
            at = (left, self.height() / 2)
            left = draw(painter, at, shown, run.role, colours.colour(run.colour))
            left += theme.px(self._gap)
        painter.end()


def label(text: str, role: str = "body", colour: str = "text", *, right: bool = False) -> Line:
    """A line with one run."""
    return Line(Run(text, role, colour), right=right)
