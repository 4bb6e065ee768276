"""The shapes that stand beside their words; every state has its own, so colour only helps."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from ui.theme.state import state
from ui.theme.tokens import Theme, load

_UNIT = 16.0  # every shape is drawn in a square of this side


class Shape(StrEnum):
    """A mark for a state of a team, of an assessment, of a fact or of the console."""

    FREE = "free"
    TOLD = "told"
    ON_THE_WAY = "on_the_way"
    STAGED = "staged"
    ON_SCENE = "on_scene"
    CLEARING = "clearing"
    OUT_OF_SERVICE = "out_of_service"
    OFF_DUTY = "off_duty"
    OVER = "over"
    EMERGENCY = "emergency"
    ASKED_0 = "asked_0"
    ASKED_1 = "asked_1"
    ASKED_2 = "asked_2"
    ASKED_3 = "asked_3"
    ASKED_4 = "asked_4"
    TEAM_ALONE = "team_alone"
    AGENCIES = "agencies"
    CHECK = "check"
    DANGER = "danger"
    CANT_SAY = "cant_say"
    NOT_ASSESSED = "not_assessed"
    NOT_ASKED = "not_asked"
    FAULT = "fault"
    REFUSED = "refused"
    CLOCK = "clock"


def asked(count: int) -> Shape:
    """The ring of four arcs with `count` of them filled."""
    return Shape(f"asked_{max(0, min(4, count))}")


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever can be read on the colour."""
    return QColor("#1A1200") if colour.lightnessF() > _LIGHT else QColor("#FFFFFF")


_LIGHT = 0.45


def paint_shape(painter: QPainter, shape: Shape, rect: QRectF, ink: QColor | None = None) -> None:
    """Draws a shape into a square; `ink` is its one colour where it stands on a fill."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatio()
    name = ink.name() if ink else ""
    pixmap = _pixmap(shape, round(side * ratio), ratio, state.theme.name, name)
    corner = rect.center() - QPointF(side / 2, side / 2)
    # On whole pixels of the screen, or the edges blur.
    spot = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
    painter.drawPixmap(spot, pixmap)


@lru_cache(maxsize=1024)
def _pixmap(shape: Shape, pixels: int, ratio: float, theme_name: str, ink: str) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixels / _UNIT, pixels / _UNIT)
    painter.setPen(Qt.PenStyle.NoPen)
    _PAINTERS[shape](painter, load(theme_name), QColor(ink) if ink else None)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _stroke(painter: QPainter, colour: QColor, thick: float = 2.0) -> None:
    pen = QPen(colour, thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _solid(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)


def _rounded(points: list[tuple[float, float]], painter: QPainter, colour: QColor) -> None:
    """A polygon with slightly rounded corners."""
    pen = QPen(colour, 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def _free(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _solid(painter, ink or theme.free)
    painter.drawEllipse(QRectF(1, 1, 14, 14))


def _told(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.text
    _stroke(painter, colour)
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    _solid(painter, colour)
    painter.drawPie(QRectF(2, 2, 12, 12), 90 * 16, 180 * 16)


def _on_the_way(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _rounded([(3, 2.5), (14, 8), (3, 13.5)], painter, ink or theme.text)


def _staged(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _solid(painter, ink or theme.text)
    painter.drawRoundedRect(QRectF(3, 2, 3.8, 12), 1, 1)
    painter.drawRoundedRect(QRectF(9.2, 2, 3.8, 12), 1, 1)


_DIAMOND = [(8.0, 1.6), (14.4, 8.0), (8.0, 14.4), (1.6, 8.0)]


def _on_scene(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _rounded(_DIAMOND, painter, ink or theme.text)


def _clearing(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _stroke(painter, ink or theme.text)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in _DIAMOND]))


def _ring(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _stroke(painter, ink or theme.off)
    painter.drawEllipse(QRectF(2, 2, 12, 12))


def _struck_ring(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _ring(painter, theme, ink)
    painter.drawLine(QPointF(4.2, 4.2), QPointF(11.8, 11.8))


def _exclaim(painter: QPainter, colour: QColor, top: float, bottom: float) -> None:
    """An exclamation mark between two heights."""
    _solid(painter, colour)
    length = bottom - top
    painter.drawRoundedRect(QRectF(7.1, top, 1.8, length * 0.6), 0.9, 0.9)
    painter.drawEllipse(QPointF(8, bottom - 0.95), 1.1, 1.1)


def _over(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.warn
    _rounded([(8, 2), (14.8, 13.8), (1.2, 13.8)], painter, colour)
    _exclaim(painter, ink_on(colour), 5.6, 12.8)


def _octagon(low: float, high: float) -> list[tuple[float, float]]:
    cut = (high - low) * 0.293
    return [
        (low + cut, low), (high - cut, low), (high, low + cut), (high, high - cut),
        (high - cut, high), (low + cut, high), (low, high - cut), (low, low + cut),
    ]  # fmt: skip


def _emergency(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.danger
    _rounded(_octagon(1.2, 14.8), painter, colour)
    _exclaim(painter, theme.danger_fill if ink else ink_on(colour), 3.9, 12.2)


def _asked(count: int) -> Callable[[QPainter, Theme, QColor | None], None]:
    def paint(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
        for arc in range(4):
            _stroke(painter, ink or (theme.text if arc < count else theme.edge), 1)
            pen = painter.pen()
            pen.setWidthF(2.8 if arc < count else 1.5)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(QRectF(2, 2, 12, 12), (76 - 90 * arc) * 16, -62 * 16)

    return paint


def _tick(painter: QPainter, colour: QColor, thick: float, *, small: bool) -> None:
    _stroke(painter, colour, thick)
    points = [(4.8, 8.2), (7.1, 10.5), (11.3, 5.9)] if small else [(2.5, 8.4), (6, 12), (13.5, 4)]
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _check(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _tick(painter, ink or theme.text, 2.0, small=False)


def _team_alone(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _free(painter, theme, ink)
    _tick(painter, theme.danger_fill if ink else theme.raised, 2.2, small=True)


def _agencies(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    path = QPainterPath(QPointF(8, 1))
    path.cubicTo(10, 2.6, 12, 3.2, 14, 3.3)
    path.cubicTo(14.2, 8.6, 12.8, 12.6, 8, 15)
    path.cubicTo(3.2, 12.6, 1.8, 8.6, 2, 3.3)
    path.cubicTo(4, 3.2, 6, 2.6, 8, 1)
    _solid(painter, ink or theme.text)
    painter.drawPath(path)


def _square(painter: QPainter, colour: QColor) -> None:
    _solid(painter, colour)
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 2.4, 2.4)


def _danger(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.danger
    _square(painter, colour)
    _exclaim(painter, theme.danger_fill if ink else ink_on(colour), 3.6, 12.6)


def _question_mark(painter: QPainter, colour: QColor) -> None:
    _stroke(painter, colour, 1.9)
    path = QPainterPath(QPointF(5.7, 6.1))
    path.cubicTo(5.8, 3.2, 10.5, 3.2, 10.4, 6.2)
    path.cubicTo(10.4, 7.9, 8.1, 7.9, 8, 9.6)
    painter.drawPath(path)
    _solid(painter, colour)
    painter.drawEllipse(QPointF(8, 12.2), 1.15, 1.15)


def _cant_say(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.warn
    _square(painter, colour)
    _question_mark(painter, ink_on(colour))


def _not_assessed(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    """As a can't-say in a row; as an outlined square on the amber tag."""
    if ink is None:
        _cant_say(painter, theme, None)
        return
    _stroke(painter, ink, 1.8)
    painter.drawRoundedRect(QRectF(1.2, 1.2, 13.6, 13.6), 3, 3)
    _question_mark(painter, ink)


def _cross(painter: QPainter, colour: QColor) -> None:
    _stroke(painter, colour)
    painter.drawLine(QPointF(5.4, 5.4), QPointF(10.6, 10.6))
    painter.drawLine(QPointF(10.6, 5.4), QPointF(5.4, 10.6))


def _fault(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.danger
    _rounded(_octagon(1.2, 14.8), painter, colour)
    _cross(painter, theme.danger_fill if ink else ink_on(colour))


def _refused(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    colour = ink or theme.danger
    _stroke(painter, colour, 1.8)
    painter.drawEllipse(QRectF(1.2, 1.2, 13.6, 13.6))
    _cross(painter, colour)


def _clock(painter: QPainter, theme: Theme, ink: QColor | None) -> None:
    _stroke(painter, ink or theme.text2, 1.6)
    painter.drawEllipse(QRectF(1.6, 1.6, 12.8, 12.8))
    painter.drawPolyline(QPolygonF([QPointF(8, 4.4), QPointF(8, 8.2), QPointF(10.6, 9.6)]))


_PAINTERS: dict[Shape, Callable[[QPainter, Theme, QColor | None], None]] = {
    Shape.FREE: _free,
    Shape.TOLD: _told,
    Shape.ON_THE_WAY: _on_the_way,
    Shape.STAGED: _staged,
    Shape.ON_SCENE: _on_scene,
    Shape.CLEARING: _clearing,
    Shape.OUT_OF_SERVICE: _struck_ring,
    Shape.OFF_DUTY: _ring,
    Shape.OVER: _over,
    Shape.EMERGENCY: _emergency,
    **{asked(count): _asked(count) for count in range(5)},
    Shape.TEAM_ALONE: _team_alone,
    Shape.AGENCIES: _agencies,
    Shape.CHECK: _check,
    Shape.DANGER: _danger,
    Shape.CANT_SAY: _cant_say,
    Shape.NOT_ASSESSED: _not_assessed,
    Shape.NOT_ASKED: _ring,
    Shape.FAULT: _fault,
    Shape.REFUSED: _refused,
    Shape.CLOCK: _clock,
}
