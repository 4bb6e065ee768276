"""Line icons recoloured for the theme, kept as pixmaps."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.assets import resource
from ui.theme.state import current, px


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    drawing.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, colour: QColor, size: float) -> QPixmap:
    """The icon in a colour; `size` is a design length."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _pixmap(name, colour.name(), px(size), ratio)


def icon(name: str, token: str, size: float = 18) -> QIcon:
    """The icon in the colour of a token, for Qt's own widgets."""
    return QIcon(pixmap(name, current().colour(token), size))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor, size: float) -> None:
    """Draws the icon in the middle of `rect`, on whole pixels."""
    image = pixmap(name, colour, size)
    side = image.width() / image.devicePixelRatio()
    centre = rect.center()
    painter.drawPixmap(round(centre.x() - side / 2), round(centre.y() - side / 2), image)
