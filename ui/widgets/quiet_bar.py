"""A scroll bar that keeps its room, so that nothing changes its width when there is more."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollBar


class QuietBar(QScrollBar):
    """Shows nothing while there is nothing to scroll; for areas where a bar is always on."""

    _needed = True

    def set_needed(self, *, needed: bool) -> None:
        """Shows nothing either where only a margin is left to scroll."""
        if needed != self._needed:
            self._needed = needed
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._needed and self.maximum() > self.minimum():
            super().paintEvent(event)
