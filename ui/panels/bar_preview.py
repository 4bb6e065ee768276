"""What the line in the command bar is going to do, said beside it while it is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.action import ActionButton, Kind
from ui.widgets.line import Line, Run

_GAP = 10
_CAP = 60  # what the act has besides its words: the cap of Enter, and edges


class Preview(QWidget):
    """The act that Enter does, as a button; or what is missing until it does one."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.act = ActionButton("", "Enter", kind=Kind.PRIMARY)
        self.act.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays in the line
        self.act.clicked.connect(self.wanted)
        self.act.set_flat(flat=True)
        self._words = Line()
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(_GAP))
        row.addWidget(self.act)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, act: str, words: str, room: float) -> None:
        """Names the act and what it is about; without an act the words say what is missing."""
        self.act.setVisible(bool(act))
        if act:
            self.act.set_action(theme.fit(act, "strong", room - theme.px(_CAP)))
            room -= self.act.sizeHint().width() + theme.px(_GAP)
        fits = not act or theme.width(words, "body") < room  # rather nothing than a stump
        self._words.set_runs(Run(words if fits else "", "body", "text2"))
        self.show()

    def text(self) -> str:
        """What it says while it is shown."""
        if not self.isVisible():
            return ""
        parts = (self.act.label() if self.act.isVisible() else "", self._words.text())
        return ": ".join(part for part in parts if part)
