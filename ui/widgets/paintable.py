"""What every widget of ours that paints itself shares."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import state


class Painted(QWidget):
    """A widget that shows and takes no part in the keyboard; a new theme or scale resizes it."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        state.changed.connect(self.renew)

    def renew(self) -> None:
        """Asks for its size again and repaints."""
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As small as it is: what shows a state is never squeezed."""
        return self.sizeHint()


def painter_for(widget: QWidget) -> QPainter:
    """A smooth painter on a widget; the caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def frame(widget: QWidget) -> QRectF:
    """The widget's whole area in floats."""
    return QRectF(widget.rect())
