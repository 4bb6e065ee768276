"""Cycles of Python objects are collected in the window's thread and nowhere else.

Automatic collection runs in whichever thread happens to allocate. In the writer's or the feed's
it would take Qt objects apart there while the window uses them: the process dies.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_FULL_EVERY = 60


class Garbage(QObject):
    """Switches automatic collection off and collects by a timer of the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Takes over; what has been made so far is taken to last."""
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Lets Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect(self) -> None:
        """Collects what is young, and now and then everything."""
        self._rounds += 1
        gc.collect(2 if self._rounds % _FULL_EVERY == 0 else 1)
