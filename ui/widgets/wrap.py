"""A paragraph that knows how tall it is for its width."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.paintable import Painted, painter_for

_LARGE = 18
_WIDEST = 520  # how wide it would like to be when nobody says


class WrapLabel(Painted):
    """Words that wrap; the height follows the width, so layouts never overlap it."""

    def __init__(
        self, text: str = "", role: str = "body", colour: str = "text",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._text, self._role, self._colour = text, role, colour
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._settle()

    def set_text(self, text: str, colour: str | None = None) -> None:
        """Shows other words."""
        self._text, self._colour = text, colour or self._colour
        self.setAccessibleName(text)
        self._settle()
        self.update()

    def role(self) -> str:
        """How large its words are."""
        return self._role

    def set_role(self, role: str) -> None:
        """Shows its words larger or smaller."""
        if role != self._role:
            self._role = role
            self._settle()
            self.update()

    def text(self) -> str:
        """Its words."""
        return self._text

    def renew(self) -> None:
        self._settle()
        super().renew()

    def height_for(self, room: float) -> int:
        """How tall it is when `room` wide."""
        return words_tall(self._text, self._role, room)

    def _settle(self) -> None:
        tall = self.height_for(self.width() or theme.px(_WIDEST))
        if tall != self.minimumHeight() or tall != self.maximumHeight():
            self.setFixedHeight(tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def sizeHint(self) -> QSize:
        wide = min(int(theme.width(self._text, self._role)) + 1, theme.px(_WIDEST))
        return QSize(wide, self.height_for(self.width() or wide))

    def minimumSizeHint(self) -> QSize:
        """Room for its longest word."""
        words = self._text.split() or [""]
        wide = max(theme.width(word, self._role) for word in words)
        return QSize(int(wide) + 1, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setPen(theme.current().colour(self._colour))
        draw_words(painter, QPointF(0, 0), self._text, self._role, self.width())
        painter.end()


def words_tall(text: str, role: str, room: float) -> int:
    """How tall words are when they wrap in a room so wide."""
    return int(_laid(text, role, room)[1]) if text else 0


def draw_words(painter: QPainter, at: QPointF, text: str, role: str, room: float) -> None:
    """Draw words that wrap in a room so wide, with the painter's pen."""
    _laid(text, role, room)[0].draw(painter, at)


def _laid(text: str, role: str, room: float) -> tuple[QTextLayout, float]:
    layout = QTextLayout(_no_orphan(text, role, room).replace("\n", "\u2028"), theme.font(role))
    layout.setTextOption(_option())
    layout.beginLayout()
    top, step = 0.0, _step(role)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, 1.0))
        line.setPosition(QPointF(0, top + (step - line.height()) / 2))
        top += step
    layout.endLayout()
    return layout, top


def _no_orphan(text: str, role: str, room: float) -> str:
    """Keep the last two words together where they fit: none has a line of its own."""
    before, _, last = text.rpartition(" ")
    pair = f"{before.rpartition(' ')[2]}\u00a0{last}"
    together = " " in before and theme.width(pair, role) <= room
    return f"{before}\u00a0{last}" if together else text


def _step(role: str) -> int:
    """Line height: roomy for body text, closer for large words."""
    pixels = theme.ROLES[role][0]
    return theme.px(pixels * (1.5 if pixels <= _LARGE else 1.25))


def _option() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
