"""A scrolled area that shows whatever gets the keyboard, from wherever it came."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui.widgets.card import Card


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
            self._area.ensureWidgetVisible(self._shown_for(now))

    def _shown_for(self, now: QWidget) -> QWidget:
        """The card that `now` is in, where it fits: nobody answers what is scrolled away."""
        card: QWidget | None = now
        while card is not None and not isinstance(card, Card):
            card = card.parentWidget()
        fits = card is not None and card.height() <= self._area.viewport().height()
        return card if card is not None and fits else now
