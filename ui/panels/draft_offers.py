"""Half-typed calls that wait to be gone on with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.models.drafts import Draft, Drafts
from ui.panels.columns import is_flat
from ui.theme.shapes import Shape
from ui.widgets import ActionButton, Card, Kind, ShapeIcon, label
from ui.widgets.card import Surface
from ui.widgets.flow import empty

_LONGEST = 60
_SURE = "Discard now?"
KEY = "Ctrl+G"


class DraftOffers(QWidget):
    """A card for each half-typed call: go on, or throw away (asked twice); hidden when none.

    `go_on` carries the draft. `set_open` names the one that is being typed now. In a low window
    `mark`, the button that opens the form with its own list, counts them instead.
    """

    go_on = Signal(object)

    def __init__(
        self, drafts: Drafts, parent: QWidget | None = None, *, mark: ActionButton | None = None
    ) -> None:
        super().__init__(parent)
        self._drafts, self._mark = drafts, mark
        self._open = ""
        self._quiet = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        drafts.changed.connect(self.renew)
        self.renew()

    def set_open(self, draft_id: str) -> None:
        """Leaves out the draft that is being typed; "" for none."""
        self._open = draft_id
        self.renew()

    def set_quiet(self, *, on: bool) -> None:
        """Offers nothing for now."""
        self._quiet = on
        self.renew()

    def offered(self) -> tuple[Draft, ...]:
        """The drafts it shows."""
        return tuple(draft for draft in self._drafts.calls() if draft.id != self._open)

    def renew(self) -> None:
        """Shows the drafts as they are now."""
        empty(self._column)
        kept = self.offered()
        low = self._mark is not None and is_flat(self.window())
        if self._mark is not None:
            self._mark.set_action(f"New · {len(kept)} aside" if kept and low else "New call")
        shown = () if self._quiet or low else kept
        for draft in shown:
            self._column.addWidget(self._row(draft, KEY if draft is shown[0] else ""))
        self.setVisible(bool(shown))

    def go_on_first(self) -> None:
        """Goes on with the first of them, if any."""
        for draft in self.offered()[:1]:
            self.go_on.emit(draft)

    def _row(self, draft: Draft, key: str) -> QWidget:
        card = Card(Surface.OUTLINED, across=12, down=6)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(ShapeIcon(Shape.CANT_SAY, name="not saved"))
        title = f"Call put aside, from {draft.started_at.astimezone():%H:%M}"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "medium"))
        words.addWidget(label(_gist(draft), "body", "text2"))
        row.addLayout(words, 1)
        go_on = ActionButton("Go on", KEY)
        go_on.setMinimumWidth(go_on.sizeHint().width())  # below each other, with a key or not
        go_on.set_key(key)
        go_on.setAccessibleName(f"Go on with it: {title}")
        go_on.clicked.connect(lambda: self.go_on.emit(draft))
        row.addWidget(ThrowAway("Discard that one", lambda: self._drafts.drop(draft.id)))
        row.addWidget(go_on)
        card.body.addLayout(row)
        return card


class ThrowAway(ActionButton):
    """Throws something away at the second press; leaving it in between takes the first back."""

    def __init__(self, words: str, act: object, parent: QWidget | None = None) -> None:
        super().__init__(_SURE, kind=Kind.QUIET, parent=parent)
        asked = self.sizeHint().width()
        self.set_action(words)
        self.setMinimumWidth(max(asked, self.sizeHint().width()))
        self._words, self._act = words, act
        self._sure = False
        self.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        if self._sure and callable(self._act):
            self.settle()
            self._act()
            return
        self._sure = True
        self.set_action(_SURE)

    def settle(self) -> None:
        """Takes a first press back."""
        if self._sure:
            self._sure = False
            self.set_action(self._words)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.settle()


def _gist(draft: Draft) -> str:
    said = (draft.fields.get(name, "").strip() for name in ("place", "call_back", "text"))
    words = " · ".join(" ".join(part.split()) for part in said if part)
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"
