"""The foot of a scrolled area: what would be cut in the middle is covered, and said to be there."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from ui import theme
from ui.theme import marks
from ui.theme.text import draw, draw_right
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.heading import SectionHeading
from ui.widgets.paintable import Painted, painter_for

_FOOT = 26  # height of the line that says so
_CAP = 20  # as tall as its line lets it be
_WORDS = "more below"


class MoreBelow(Painted):
    """Lies over the foot of `area` while something is below it; no line of text is shown by half.

    `key` is the cap of the key that scrolls there; `colour` the surface the area lies on.
    What has a true `keeps_together` is shown whole or not at all, where it begins far enough down.
    """

    settled = Signal()

    def __init__(self, area: QScrollArea, *, key: str = "PgDn", colour: str = "bg") -> None:
        super().__init__("", area)
        self._area, self._key, self._colour = area, key, colour
        self._note, self._next, self._cuts = "", "", False
        self._cards: list[tuple[Card, QRectF]] = []  # whose lower part is covered
        self._tail = 0  # of the area's width that is no card's
        self._first, self._beside = 0, list[QRect]()  # what is covered, and parts above that
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self.settle)
        bar.rangeChanged.connect(self._soon)
        area.viewport().installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.settle)
        self.hide()

    @staticmethod
    def height_of() -> int:
        """How much it covers at the least."""
        return theme.px(_FOOT)

    def set_note(self, words: str) -> None:
        """Say beside it what must come first, in a line of its own that stays; "" for nothing."""
        if words == self._note:
            return
        self._note = words
        self._area.setViewportMargins(0, 0, 0, self.height_of() if words else 0)
        self._soon()
        self.update()

    def set_next(self, words: str) -> None:
        """Say beside the key what comes next there; "" for nothing."""
        if words != self._next:
            self._next = words
            self.update()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What has the keyboard is not covered."""
        if new is not None and self._area.isAncestorOf(new):
            self._soon()

    def _soon(self) -> None:
        """Once, when all that moves now has moved."""
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._soon()
        return super().eventFilter(watched, event)

    def settle(self, _at: int = 0) -> None:
        """Cover from the first thing that would be cut, or nothing where all is shown."""
        bar, view, inside = (
            self._area.verticalScrollBar(),
            self._area.viewport(),
            self._area.widget(),
        )
        self._cuts = inside is not None and bar.value() < bar.maximum()
        if inside is None or not (self._cuts or self._note):
            self.setAccessibleName("")
            self.hide()
            self.settled.emit()
            return
        end = view.height() + (self.height_of() if self._note else 0)
        foot = end - self.height_of()
        first, beside = _first_cut(inside, view, foot) if self._cuts else (foot, [])
        top = min([first, *(part.top() for part in beside)])
        at = view.mapTo(self._area, QPoint(0, top))
        self.setGeometry(at.x(), at.y(), view.width(), end - top)
        self._first, self._beside = first - top, [part.translated(0, -top) for part in beside]
        self._cards = _cut_cards(inside, view, first, top) if self._cuts else []
        layout = inside.layout()
        self._tail = layout.contentsMargins().right() if layout else 0
        said = (_WORDS if self._cuts else "", self._note)
        self.setAccessibleName(", ".join(words for words in said if words))
        self.show()
        self.raise_()
        self.update()
        self.settled.emit()

    def whole_from(self, value: int) -> int:
        """Return where to scroll to instead, so that no line is cut above either."""
        bar, inside = self._area.verticalScrollBar(), self._area.widget()
        value = max(0, min(value, bar.maximum()))
        parts = [_spot(part, inside) for part in _lines(inside)] if inside else []
        first = min((part.top() for part in _over(parts, value)), default=value)
        return first if first > bar.value() or value < bar.value() else value

    def covers(self, widget: QWidget) -> bool:
        """Whether it lies over some of this widget."""
        if not self.isVisible():
            return False
        spot = QRect(widget.mapTo(self._area, QPoint(0, 0)) - self.pos(), widget.size())
        return spot.bottom() >= self._first or any(spot.intersects(b) for b in self._beside)

    def hides(self, widget: QWidget) -> bool:
        """Whether nothing of this widget is seen because of it."""
        top = widget.mapTo(self._area, QPoint(0, 0)).y() - self.y()
        return self.isVisible() and top >= self._first

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        self._cover(painter)
        self._paint_foot(painter)
        painter.end()

    def _cover(self, painter: QPainter) -> None:
        """Nothing but surfaces where something would be cut: a card goes on under the foot."""
        region = QRegion(0, self._first, self.width(), self.height())
        for part in self._beside:
            region = region.united(part)
        painter.save()
        painter.setClipRegion(region)
        painter.fillRect(self.rect(), theme.current().colour(self._colour))
        foot = QRect(0, self.height() - self.height_of(), self.width(), self.height_of())
        painter.setClipRegion(region.subtracted(foot))
        for card, area in self._cards:
            card.paint_surface(painter, area)
        painter.restore()

    def _paint_foot(self, painter: QPainter) -> None:
        colours, tall = theme.current(), theme.px(_FOOT)
        line = QRectF(0, self.height() - tall, self.width() - self._tail, tall)
        marks.rounded(painter, line, 6, colours.panel, colours.line if colours.outlined else None)
        if self._cuts:
            self._paint_way(painter, line)
        if self._note:
            self._paint_lock(painter, line)

    def _lock_width(self) -> float:
        return theme.width(self._note, "strong") + theme.px(24 + 20)

    def _paint_lock(self, painter: QPainter, line: QRectF) -> None:
        """What must come first, framed as a locked button is; across the line where it may."""
        colours, inner = theme.current(), theme.px(10)
        right = line.right() - inner
        left = line.right() - self._lock_width() if self._cuts else line.left()
        frame = QRectF(left, line.top() + 1, line.right() - left, line.height() - 2)
        marks.rounded(painter, frame, 5, None, colours.edge, thick=1.5, dashed=True)
        spot = QRectF(left + inner, line.top(), theme.px(18), line.height())
        theme.paint_icon(painter, "lock", spot, colours.text, 16)
        if self._cuts:
            draw_right(painter, (right, line.center().y()), self._note, "strong", colours.text)
        else:
            at = (spot.right() + theme.px(6), line.center().y())
            draw(painter, at, self._note, "strong", colours.text)

    def _paint_way(self, painter: QPainter, line: QRectF) -> None:
        """That there is more, and the key that leads there."""
        colours, centre = theme.current(), line.center().y()
        spot = QRectF(theme.px(10), line.top(), theme.px(18), line.height())
        theme.paint_icon(painter, "chevron-down", spot, colours.text2, 16)
        left = draw(painter, (theme.px(34), centre), _WORDS, "body", colours.text)
        wide, cap = marks.cap_width(self._key), theme.px(_CAP)
        spot = QRectF(left + theme.px(10), int(centre - cap / 2), wide, cap)
        marks.paint_cap(painter, spot, self._key, colours.text2, colours.edge, thick=1.25)
        start, end = spot.right() + theme.px(16), line.right() - theme.px(10)
        if self._note:
            end -= self._lock_width()
        if self._next and start < end:
            words = theme.fit(self._next, "strong", end - start)
            draw(painter, (start, centre), words, "strong", colours.text)


def _first_cut(inside: QWidget, view: QWidget, foot: int) -> tuple[int, list[QRect]]:
    """Where the first thing begins that reaches below `foot`, and what is cut by that in turn."""
    parts = [p for p in inside.findChildren(QWidget) if _whole(p) and p.isVisibleTo(inside)]
    shown = [(part, _spot(part, view)) for part in parts]
    far = [spot for _, spot in shown if spot.top() > foot // 2]
    first = min((spot.top() for spot in _over(far, foot)), default=foot)
    for card in _cards(inside):  # none begins that shows nothing of what is in it
        top = _spot(card, view).top()
        above = (part for part, spot in shown if top < spot.bottom() < first)
        if foot // 2 < top < first and not any(map(card.isAncestorOf, above)):
            first = top
    focused = QApplication.focusWidget()
    held = focused if focused is not None and inside.isAncestorOf(focused) else None
    for heading in inside.findChildren(SectionHeading):  # nor does a heading stand alone
        spot = _spot(heading, view)
        alone = not any(spot.bottom() < other.top() < first for other in far)
        used = held is not None and spot.top() <= _spot(held, view).center().y() <= spot.bottom()
        if heading.isVisibleTo(inside) and foot // 2 < spot.top() < first and alone and not used:
            first = spot.top()
    return first, _over(far, first)


def _cut_cards(inside: QWidget, view: QWidget, line: int, top: int) -> list[tuple[Card, QRectF]]:
    """The cards that begin above the line and end below it, outer ones first."""
    spots = ((card, _spot(card, view)) for card in _cards(inside))
    return [
        (card, QRectF(spot.translated(0, -top)))
        for card, spot in spots
        if spot.top() < line <= spot.bottom()
    ]


def _cards(inside: QWidget) -> list[Card]:
    return [card for card in inside.findChildren(Card) if card.isVisibleTo(inside)]


def _lines(inside: QWidget) -> list[QWidget]:
    parts = inside.findChildren(QWidget)
    return [p for p in parts if _whole(p) and not _together(p) and p.isVisibleTo(inside)]


def _spot(part: QWidget, view: QWidget) -> QRect:
    return QRect(part.mapTo(view, QPoint(0, 0)), part.size())


def _over(parts: list[QRect], line: int) -> list[QRect]:
    return [part for part in parts if part.top() < line < part.top() + part.height()]


def _whole(part: QWidget) -> bool:
    """Words, buttons, fields with their label are whole or not; what only holds them may be cut."""
    whole = isinstance(part, Painted | QAbstractButton | Field) or not part.children()
    return whole or _together(part)


def _together(part: QWidget) -> bool:
    return bool(getattr(part, "keeps_together", False))
