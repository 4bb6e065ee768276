"""Marks larger than a shape, shared by widgets and delegates: boxes, caps, bars, hatching."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui.theme.fonts import width
from ui.theme.icons import paint_icon
from ui.theme.state import current, pf, px
from ui.theme.text import draw_middle

# Keys whose cap shows a picture; the accessible name still says the word.
KEY_ICONS = {"Enter": "corner-down-left", "Backspace": "delete"}
_ARROWS = {"Up": "↑", "Down": "↓"}
CAP_HEIGHT = 24.0


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    *,
    thick: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose edge lies inside `rect`; lengths are design lengths."""
    pen_width = max(1.0, pf(thick)) if edge else 0.0
    inside = rect.adjusted(pen_width / 2, pen_width / 2, -pen_width / 2, -pen_width / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(edge, pen_width, dashed=dashed) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inside, pf(radius), pf(radius))


def _pen(colour: QColor, pen_width: float, *, dashed: bool) -> QPen:
    pen = QPen(colour, pen_width)
    if dashed:
        pen.setDashPattern([pf(5) / pen_width, pf(3) / pen_width])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint_priority(
    painter: QPainter, rect: QRectF, priority: int | None, ink: QColor | None = None
) -> None:
    """The priority box: 1 filled, 2 outlined, 3 and below thin, dashed amber when nobody set it."""
    theme = current()
    at = (rect.center().x(), rect.center().y())
    if priority is None:
        rounded(painter, rect, 4, None, ink or theme.warn, thick=1.5, dashed=True)
        draw_middle(painter, at, "\u2013", "mark", ink or theme.text)
    elif priority == 1:
        rounded(painter, rect, 4, ink or theme.text)
        inverse = theme.danger_fill if ink else theme.panel
        draw_middle(painter, at, "1", "mark", inverse)
    elif priority == 2:  # noqa: PLR2004  the priorities are what they are called
        rounded(painter, rect, 4, None, ink or theme.text, thick=2)
        draw_middle(painter, at, "2", "mark", ink or theme.text)
    else:
        rounded(painter, rect, 4, None, ink or theme.edge)
        draw_middle(painter, at, str(priority), "body", ink or theme.text2)


def cap_width(key: str) -> int:
    """How wide the cap of a key is."""
    return max(px(CAP_HEIGHT), round(width(_cap_text(key), "cap")) + px(12))


def _cap_text(key: str) -> str:
    return "" if key in KEY_ICONS else "+".join(_ARROWS.get(p, p) for p in key.split("+"))


def paint_cap(
    painter: QPainter, rect: QRectF, key: str, ink: QColor, edge: QColor, *, thick: float = 1.0
) -> None:
    """The cap of a key."""
    rounded(painter, rect, 4, None, edge, thick=thick)
    if key in KEY_ICONS:
        paint_icon(painter, KEY_ICONS[key], rect, ink, 15)
        return
    at = (rect.center().x(), rect.center().y())
    draw_middle(painter, at, _cap_text(key), "cap", ink)


def paint_limit(painter: QPainter, rect: QRectF, fraction: float, *, over: bool) -> None:
    """A bar that fills towards its limit and turns amber past it; upright ones from below."""
    theme = current()
    radius = min(rect.width(), rect.height()) / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.line)
    painter.drawRoundedRect(rect, radius, radius)
    if fraction <= 0:
        return  # of nothing not even the round end
    painter.setBrush(theme.warn if over else theme.text2)
    painter.drawRoundedRect(_filled(rect, max(0.0, min(1.0, fraction))), radius, radius)


def _filled(rect: QRectF, fraction: float) -> QRectF:
    thin = min(rect.width(), rect.height())
    if rect.height() > rect.width():
        length = max(thin, rect.height() * fraction)
        return QRectF(rect.left(), rect.bottom() - length, rect.width(), length)
    return QRectF(rect.left(), rect.top(), max(thin, rect.width() * fraction), rect.height())


def paint_hatch(painter: QPainter, rect: QRectF, first: QColor, second: QColor) -> None:
    """Slanted stripes, for the edge of a band that says something is broken."""
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, second)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(first)
    step, slant, left = pf(14), rect.height(), rect.left() - pf(14)
    top, bottom = rect.top(), rect.bottom()
    while left < rect.right() + slant:
        painter.drawPolygon(
            QPolygonF([
                QPointF(left, bottom), QPointF(left + slant, top),
                QPointF(left + slant + step / 2, top), QPointF(left + step / 2, bottom),
            ])
        )  # fmt: skip
        left += step
    painter.restore()
