"""Words painted to the pixel: centred on their capitals, cut at whole words, every cut recorded."""

import re
from collections import deque
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QStaticText, QTransform

from ui.theme.fonts import ROLES, font, metrics, width
from ui.theme.state import px

_STREET = re.compile(
    r"\s(St|Ave|Avenue|Street|Rd|Road|Blvd|Dr|Drive|Ln|Lane|Ct|Pl|Ter|Pkwy|Hwy)\.?(?=[\s,]|$)"
)


# Words that a cut never ends with: they say something of the next one.
_HANGING = {"not", "no", "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "with"}


@dataclass(frozen=True, slots=True)
class Elision:
    """A text that did not fit, and what was shown instead."""

    full: str
    shown: str


# A test empties it, paints, and reads; at work only the last ones are kept.
elisions: deque[Elision] = deque(maxlen=200)


def fit(text: str, role: str, room: float) -> str:
    """The text if it fits, else shorter by street types, then whole words; each cut is recorded."""
    if width(text, role) <= room:
        return text
    shown = _shorter(text, role, room)
    elisions.append(Elision(text, shown))
    return shown


def _shorter(text: str, role: str, room: float) -> str:
    for kept in (_STREET.sub("", text), *_fewer_words(_STREET.sub("", text))):
        if width(kept, role) <= room:
            return kept
    letters = text
    while letters and width(letters + "…", role) > room:
        letters = letters[:-1]
    return letters + "…" if letters else ""


def _fewer_words(text: str) -> list[str]:
    words = text.split(" ")
    counts = [n for n in range(len(words) - 1, 0, -1) if words[n - 1].lower() not in _HANGING]
    return [" ".join(words[:count]).rstrip(" ·,&") + "…" for count in counts]


@cache
def _top(role: str, _pixels: int) -> float:
    """How far above the centre of its capitals a text begins."""
    return metrics(role).capHeight() / 2 - metrics(role).ascent()


@lru_cache(maxsize=1024)  # a full screen has some three hundred
def _shaped(text: str, role: str, _pixels: int) -> QStaticText:
    """The text with its letters already placed: half the work of drawing it each time."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), font(role))
    return made


def draw(painter: QPainter, at: tuple[float, float], text: str, role: str, colour: QColor) -> float:
    """Writes a text from (left, centre of its capitals); returns where it ends."""
    left, pixels = at[0], px(ROLES[role][0])
    painter.setFont(font(role))
    painter.setPen(colour)
    place = QPointF(left, at[1] + _top(role, pixels))
    painter.drawStaticText(place, _shaped(text, role, pixels))
    return left + width(text, role)


def draw_right(
    painter: QPainter, at: tuple[float, float], text: str, role: str, colour: QColor
) -> float:
    """The same, ending at the point; returns where it starts."""
    left = at[0] - width(text, role)
    draw(painter, (left, at[1]), text, role, colour)
    return left


def draw_middle(
    painter: QPainter, at: tuple[float, float], text: str, role: str, colour: QColor
) -> None:
    """The same, centred on the point."""
    draw(painter, (at[0] - width(text, role) / 2, at[1]), text, role, colour)
