"""The button that says what it will do, and its key."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import marks
from ui.theme.text import draw
from ui.theme.tokens import Theme
from ui.widgets import live_keys
from ui.widgets.button import Button
from ui.widgets.paintable import frame, painter_for
from ui.widgets.wrap import draw_words, words_tall


class Kind(StrEnum):
    """How a button looks and whether it can be pressed."""

    PLAIN = "plain"
    PRIMARY = "primary"  # the next act: the only thing filled with the accent
    LOCKED = "locked"  # says what must come first
    STATE = "state"  # says how it is: nothing to press
    DANGER = "danger"
    URGENT = "urgent"  # for danger that may come: its edge only, a fill would say it is there
    QUIET = "quiet"  # words and a cap, no edge
    BAND = "band"  # on the red band
    BAND_PRIMARY = "band_primary"


@dataclass(frozen=True, slots=True)
class _Look:
    fill: QColor | None
    edge: QColor | None
    ink: QColor
    cap: QColor


# Tokens of fill, edge, words and cap; "" for none.
_LOOKS = {
    Kind.PLAIN: ("raised", "edge", "text", "edge"),
    Kind.PRIMARY: ("accent", "", "accent_ink", "accent_ink"),
    Kind.LOCKED: ("", "edge", "text", "text"),
    Kind.STATE: ("", "line", "text", "text"),
    Kind.DANGER: ("danger_fill", "", "danger_ink", "danger_ink"),
    Kind.URGENT: ("raised", "danger", "text", "danger"),
    Kind.QUIET: ("", "", "text2", "edge"),
    Kind.BAND: ("danger_fill", "danger_ink", "danger_ink", "danger_ink"),
    Kind.BAND_PRIMARY: ("danger_ink", "", "danger_fill", "danger_fill"),
}

_SIDE = 10  # from the edge of a small button to its words or cap
_SNUG_SIDE, _SNUG_GAP = 8, 6  # where columns are narrow
_BIG_SIDE = 16  # of the large one
_HALF_LINE = 10.5  # of the first line of a flat one with more below
_RING_SIDE = 4  # of one without an edge, while the ring of the keyboard is drawn around it
_STRONG = frozenset({Kind.DANGER, Kind.URGENT, Kind.BAND_PRIMARY, Kind.PRIMARY})
_STILL = frozenset({Kind.LOCKED, Kind.STATE})


def _look(kind: Kind, theme_now: Theme, *, hover: bool) -> _Look:
    fill, edge, ink, cap = _LOOKS[kind]
    if hover and kind in {Kind.PLAIN, Kind.QUIET, Kind.URGENT}:
        fill = "sel"
    return _Look(
        theme_now.colour(fill) if fill else None,
        theme_now.colour(edge) if edge else None,
        theme_now.colour(ink),
        theme_now.colour(cap),
    )


class ActionButton(Button):
    """A label, the cap of its key, and where there is more to say a second line.

    `clicked` comes from mouse, Space and Enter; a locked one never sends it. A flat one has its
    second words beside the label where they fit there, and below them what `set_below` says.
    """

    def __init__(
        self, label: str, key: str = "", *, second: str = "", kind: Kind = Kind.PLAIN,
        icon: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(label, parent)
        self._label, self._key, self._second, self._icon = label, key, second, icon
        self._kind = kind
        self._flat, self._below, self._snug = False, "", False
        self._name()

    def set_flat(self, *, flat: bool) -> None:
        """Is less tall, and says what more there is beside the label instead of below it."""
        self._flat = flat
        self.updateGeometry()
        self.update()

    def set_snug(self) -> None:
        """Has its words and its cap closer to its edges and to each other."""
        self._snug = True
        self.updateGeometry()

    def set_action(self, label: str, second: str = "", kind: Kind | None = None) -> None:
        """Says and does something else; the key stays."""
        before = self.sizeHint()
        self._label, self._second, self._kind = label, second, kind or self._kind
        self._name()
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def set_below(self, words: str) -> None:
        """Says more in lines of its own, where it is flat."""
        self._below = words
        self._name()
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Shows another key on the cap."""
        self._key = key
        self._name()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Shows another icon before the words."""
        self._icon = icon
        self.update()

    def kind(self) -> Kind:
        """How it looks now."""
        return self._kind

    def label(self) -> str:
        """The act it names."""
        return self._label

    def _name(self) -> None:
        self.setAccessibleName(self._label)
        key = f"key {self._key}" if self._key else ""
        parts = (self._second, self._below, key)
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        still = self._kind in _STILL
        shape = Qt.CursorShape.ArrowCursor if still else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def hitButton(self, pos: object) -> bool:
        """Only an act that is not locked can be hit."""
        return self._kind not in _STILL and super().hitButton(pos)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._kind in _STILL and event.key() != Qt.Key.Key_Tab:
            event.ignore()
            return
        super().keyPressEvent(event)

    def click(self) -> None:
        """Presses it, unless it is locked."""
        if self._kind not in _STILL:
            super().click()

    def _big(self) -> bool:
        return bool(self._second)

    def _lead(self) -> int:
        icon = self._icon or self._kind is Kind.LOCKED
        side = _SNUG_SIDE if self._snug else _SIDE
        return theme.px(_BIG_SIDE if self._big() else side) + (theme.px(30) if icon else 0)

    def sizeHint(self) -> QSize:
        first, second = theme.width(self._label, self._role()), theme.width(self._second, "body")
        beside = self._flat and self._big()
        words = first + theme.px(12) + second if beside else max(first, second)
        gap = theme.px(_SNUG_GAP if self._snug else 12)
        cap = marks.cap_width(self._key) + gap if self._shows_cap() else 0
        side = 0 if self._edgeless() else self._aside()
        return QSize(int(self._lead() + words + cap) + 1 + side, self._height())

    def _role(self) -> str:
        if self._big():
            return "lead"
        return "strong" if self._kind in _STRONG else "body"

    def _height(self) -> int:
        if self._flat:
            if not self._big():
                return theme.px(28)
            tall = self._tall_below()
            return tall + theme.px(36) if tall else theme.px(44)
        return theme.px(64 if self._big() else 36)

    def _shows_cap(self) -> bool:
        return bool(self._key) and self._kind not in _STILL

    def minimumSizeHint(self) -> QSize:
        """The act is never cut; on the large one the words may be, its key never."""
        return QSize(theme.px(96), self._height()) if self._big() else self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._flat and self._big():
            self.updateGeometry()  # what fits beside each other depends on the width

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        look = _look(self._kind, colours, hover=self.underMouse() and self.isEnabled())
        if not self.isEnabled():
            look = _Look(None, None, colours.text2, colours.line)
        self._paint_body(painter, look)
        right = self._paint_cap(painter, look) if self._shows_cap() else self._right()
        self._paint_words(painter, look, right)
        painter.end()

    def _edgeless(self) -> bool:
        return self._kind is Kind.QUIET and not self._big()

    def _aside(self) -> int:
        if self._edgeless():
            ringed = self.hasFocus() and self._shows_cap()
            return theme.px(_RING_SIDE) if ringed else 0  # its cap ends where what is above does
        return theme.px(12 if self._big() else _SNUG_SIDE if self._snug else _SIDE)

    def _right(self) -> float:
        return self.width() - self._aside()

    def _paint_body(self, painter: QPainter, look: _Look) -> None:
        area, colours = frame(self), theme.current()
        filled = look.edge is None and look.fill is not None
        if not self.hasFocus():
            dashed = self._kind is Kind.LOCKED
            thick = 1.5 if dashed else 1.25
            marks.rounded(painter, area, 6, look.fill, look.edge, thick=thick, dashed=dashed)
            return
        ring = colours.danger_ink if self._kind in {Kind.BAND, Kind.BAND_PRIMARY} else colours.text
        if filled and self._kind is not Kind.QUIET:
            gap = theme.pf(4)
            marks.rounded(painter, area, 8, None, ring, thick=2)
            marks.rounded(painter, area.adjusted(gap, gap, -gap, -gap), 5, look.fill)
            return
        fill = look.fill if self._kind is Kind.BAND else colours.sel
        marks.rounded(painter, area, 6, fill, ring, thick=2.5)

    def _paint_cap(self, painter: QPainter, look: _Look) -> float:
        wide, tall = marks.cap_width(self._key), theme.px(marks.CAP_HEIGHT)
        spot = QRectF(self._right() - wide, int(self._first() - tall / 2), wide, tall)
        plain, colours = self._kind in {Kind.PLAIN, Kind.QUIET}, theme.current()
        ink, edge = colours.text2 if plain else look.ink, look.cap
        if not live_keys.counts(self, self._key):
            # On a fill there is no dim that could be told from the cap of a key that acts.
            ink, edge = (colours.off, colours.line) if plain else (QColor(0, 0, 0, 0),) * 2
        marks.paint_cap(painter, spot, self._key, ink, edge, thick=1.25)
        return spot.left() - theme.px(_SNUG_GAP if self._snug else 8)

    def _first(self) -> float:
        """The middle of the first line: above that of the button where there is one more."""
        if self._flat:
            return (self.height() - self._tall_below()) / 2
        return self.height() / 2 - (theme.px(12) if self._big() else 0)

    def _words_below(self) -> str:
        """What a flat one says below its label, the second words too if they fit beside no more."""
        beside = self._beside("strong")
        return " · ".join(w for w in ("" if beside else self._second, self._below) if w)

    def _tall_below(self) -> int:
        room = self._right() - theme.px(_BIG_SIDE)
        return words_tall(self._words_below(), "body", room) if self._big() else 0

    def _beside(self, role: str) -> bool:
        """Whether the second words fit beside the label of a flat one."""
        cap = marks.cap_width(self._key) + theme.px(8) if self._shows_cap() else 0
        room = self._right() - cap - self._lead() - theme.px(12)
        return theme.width(self._label, role) + theme.width(self._second, "body") <= room

    def _paint_words(self, painter: QPainter, look: _Look, right: float) -> None:
        left, middle = self._lead(), self._first()
        icon = "lock" if self._kind is Kind.LOCKED else self._icon
        if icon:
            tall = theme.px(24)
            spot = QRectF(left - theme.px(32), middle - tall / 2, tall, tall)
            theme.paint_icon(painter, icon, spot, look.ink, 18)
        role = self._role()
        cut = theme.width(self._label, role) > right - left
        if self._big() and (cut or (self._flat and not self._beside(role))):
            role = "strong"  # rather smaller than cut
        first = theme.fit(self._label, role, right - left)
        end = draw(painter, (left, middle), first, role, look.ink)
        if self._big():
            self._paint_more(painter, look, (end + theme.px(12), right))

    def _paint_more(self, painter: QPainter, look: _Look, beside: tuple[float, float]) -> None:
        """The second words beside the label of a flat one, else below it from edge to edge."""
        left, middle = theme.px(_BIG_SIDE), self._first()
        room = self._right() - left
        if not self._flat:
            said = theme.fit(self._second, "body", room)
            draw(painter, (left, middle + theme.px(24)), said, "body", look.ink)
            return
        if self._beside("strong"):
            draw(painter, (beside[0], middle), self._second, "body", look.ink)
        at = QPointF(left, middle + theme.px(_HALF_LINE))
        painter.setPen(look.ink)
        draw_words(painter, at, self._words_below(), "body", room)
