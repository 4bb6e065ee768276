"""Words that must be noticed, beside a tag; a screen reader hears them at once."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.theme.shapes import Shape
from ui.widgets.tag import Look, Tag
from ui.widgets.wrap import WrapLabel


class Said(QWidget):
    """A tag such as NOT SAVED with the reason; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = Tag("NOT SAVED", Look.DANGER, Shape.REFUSED)
        self._words = WrapLabel("", "medium")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._tag)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, tag: str, words: str, look: Look = Look.DANGER) -> None:
        """Shows this until `clear`."""
        shape = {Look.DANGER: Shape.REFUSED, Look.WARN: Shape.CANT_SAY}.get(look, Shape.CHECK)
        self._tag.set_tag(tag, look, shape)
        self._words.set_text(words)
        self.show()
        announce(self, f"{tag}: {words}")

    def clear(self) -> None:
        """Has nothing to say."""
        self._words.set_text("")
        self.hide()

    def text(self) -> str:
        """What it says; "" for nothing."""
        return f"{self._tag.accessibleName()}: {self._words.text()}" if self._words.text() else ""


def announce(widget: QWidget, words: str) -> None:
    """Lets a screen reader say this now."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
