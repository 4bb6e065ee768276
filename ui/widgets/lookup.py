"""A line to type in that offers what it may become, beneath, without moving anything."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.theme import marks
from ui.widgets.choice_list import Choice, ChoiceList
from ui.widgets.keys import Keys
from ui.widgets.paintable import frame, painter_for


class Offers(QWidget):
    """The list that lies over what is beneath; it never takes the keyboard."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = ChoiceList(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        edge = theme.px(5)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.list)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        marks.rounded(painter, frame(self), 6, colours.raised, colours.edge, thick=1.5)
        painter.end()


class LookupEdit(QLineEdit):
    """Emits `looked` with each text that was typed; `offer` shows what it may become.

    Down and Up walk the offers, Enter takes the picked one (`chosen`, its code) or, with none
    picked, emits `passed`. Esc puts the offers away before it means anything else. `walked`
    comes when another offer is picked, or none any more.
    """

    looked = Signal(str)
    chosen = Signal(str)
    passed = Signal()
    left = Signal()
    walked = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(theme.px(40))
        self._offers: Offers | None = None
        self.textEdited.connect(self.looked)
        self._keys = Keys(
            {"Down": self._down, "Up": self._up, "Return": self._enter, "Esc": self.fold},
            self, parent=self,
        )  # fmt: skip

    def offers(self) -> ChoiceList | None:
        """The list while it is shown."""
        return self._offers.list if self._offers and self._offers.isVisible() else None

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Shows these beneath, if the keyboard is still here."""
        if not choices or not self.hasFocus():
            self.fold()
            return
        shown = self._box()
        shown.list.fill(choices)
        self.setAccessibleDescription(f"{len(choices)} offered, arrow down to choose")
        self._place(shown)
        shown.show()
        shown.raise_()

    def _box(self) -> Offers:
        if self._offers is None or self._offers.parentWidget() is not self.window():
            self._offers = Offers(f"{self.accessibleName()}: offered", self.window())
            self._offers.list.itemClicked.connect(self._clicked)
            self.destroyed.connect(self._offers.deleteLater)
        return self._offers

    def _place(self, shown: Offers) -> None:
        at = self.mapTo(self.window(), QPoint(0, self.height() + theme.px(4)))
        wide = min(self.width(), theme.px(900))
        tall = shown.list.tall() + 2 * theme.px(5)
        room = self.window().height() - at.y()
        if tall > room and at.y() > room:  # more space above
            at.setY(at.y() - self.height() - theme.px(8) - tall)
        shown.setGeometry(at.x(), at.y(), wide, tall)

    def fold(self) -> bool:
        """Puts the offers away; false when there were none."""
        self.setAccessibleDescription("")
        if self._offers is None or not self._offers.isVisible():
            return False
        self._offers.hide()
        self.walked.emit()
        return True

    def _down(self) -> bool:
        shown = self.offers()
        if shown is not None:
            shown.step(1)
            self.walked.emit()
        return shown is not None

    def _up(self) -> bool:
        shown = self.offers()
        if shown is not None:
            shown.step(-1)
            self.walked.emit()
        return shown is not None

    def _enter(self) -> None:
        shown = self.offers()
        code = shown.code() if shown is not None else ""
        self.fold()
        if code:
            self.chosen.emit(code)
        else:
            self.passed.emit()

    def _clicked(self, item: QListWidgetItem) -> None:
        shown = self.offers()
        if shown is not None:
            shown.setCurrentItem(item)
            self._enter()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.fold()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._offers is not None and self._offers.isVisible():
            self._place(self._offers)
