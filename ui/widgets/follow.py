"""A scrolled area that shows whatever gets the keyboard, from wherever it came."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui import theme
from ui.widgets.card import Card

_MARGIN = 40  # more than what says that there is more below


class FollowFocus(QObject):
    """Scrolls to what has the keyboard: Qt does so only when it was inside before."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not isValid(self._area):  # an area that goes takes the keyboard away
            return
        inside = self._area.widget()
        if inside is not None and inside.isAncestorOf(now):
            self._show(self._shown_for(now), inside)

    def _show(self, part: QWidget, inside: QWidget) -> None:
        """With a margin always: Qt keeps one only for what was out of sight before."""
        bar, view, margin = self._area.verticalScrollBar(), self._area.viewport(), theme.px(_MARGIN)
        top = part.mapTo(inside, QPoint(0, 0)).y()
        lowest = top + part.height() + margin - view.height()
        bar.setValue(max(min(bar.value(), top - margin), lowest))

    def _shown_for(self, now: QWidget) -> QWidget:
        """The card that `now` is in, where it fits: nobody answers what is scrolled away."""
        card: QWidget | None = now
        while card is not None and not isinstance(card, Card):
            card = card.parentWidget()
        room = self._area.viewport().height() - theme.px(_MARGIN)
        fits = card is not None and card.height() <= room
        return card if card is not None and fits else now
