"""One timer for everything on the screen that counts."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ui.theme.clock import clock


class Ticker(QObject):
    """Emits `ticked` just after every full second of the screen's clock."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Starts counting."""
        self._timer.start(self._until_next())

    def stop(self) -> None:
        """Stops counting."""
        self._timer.stop()

    def _until_next(self) -> int:
        # A little late rather than early: an early tick would show the old second again.
        return int(1000 - clock.now() % 1 * 1000) + 15

    def _tick(self) -> None:
        self.ticked.emit()
        self._timer.start(self._until_next())
