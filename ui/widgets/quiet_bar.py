"""A scroll bar that keeps its room, so that nothing changes its width when there is more."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollBar


class QuietBar(QScrollBar):
    """Shows nothing while there is nothing to scroll; for areas where a bar is always on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)
