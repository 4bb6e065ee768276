"""The foot of the supervisor's window: what came of her last act, and the keys."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets import Band, KeyCap, label
from ui.widgets.said import Said
from ui.widgets.tag import Look

_GOOD = frozenset({"DONE", "NOTHING"})
_GOES_AFTER_S = 8  # what was done has been read by then; what was not stays
_KEYS = (
    ("F1", "all keys"), ("F4", "waiting"), ("F5", "teams"), ("F8", "due"), ("O", "open"),
    ("W", "another name"),
)  # fmt: skip
_FEW = 4
_HINTS, _BOTH = 560, 1200  # a bar as wide as this has room for the keys, for words beside them


class FootBar(Band):
    """Said things at the left, keys at the right; fewer keys where there is less room."""

    def __init__(self, *, narrow: bool) -> None:
        super().__init__(height=44, colour="panel")
        self._narrow = narrow
        self._goes_at: float | None = None
        self.said = Said()
        self.row.addWidget(self.said, 1)
        self.row.addStretch(0)
        self._hints = QWidget()
        hints = QHBoxLayout(self._hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(theme.px(8))
        self._letters: list[QWidget] = []
        for key, words in _KEYS[:_FEW] if narrow else _KEYS:
            hint = QWidget()
            inside = QHBoxLayout(hint)
            inside.setContentsMargins(theme.px(8), 0, 0, 0)
            inside.setSpacing(theme.px(8))
            inside.addWidget(KeyCap(key))
            inside.addWidget(label(words, "body", "text2"))
            hints.addWidget(hint)
            if len(key) == 1:
                self._letters.append(hint)
        self.row.addStretch(1)
        self.row.addWidget(self._hints)

    def say(self, tag: str, words: str) -> None:
        """Shows what came of an act; "" takes it away."""
        self._hints.setVisible(self._hints_fit(said=bool(tag)))
        self._goes_at = theme.clock.now() + _GOES_AFTER_S if tag in _GOOD else None
        if not tag:
            self.said.clear()
            return
        self.said.say(tag, words, Look.OUTLINED if tag in _GOOD else Look.DANGER)

    def offer_letters(self, *, on: bool) -> None:
        """Names the keys that are letters only while they are no text."""
        for hint in self._letters:
            hint.setVisible(on)

    def tick(self) -> None:
        """Take away what was done a while ago."""
        if self._goes_at is not None and theme.clock.now() >= self._goes_at:
            self.say("", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hints.setVisible(self._hints_fit(said=bool(self.said.text())))

    def _hints_fit(self, *, said: bool) -> bool:
        """Where there is little room, what came of an act has it."""
        return self.width() >= theme.px(_BOTH if said else _HINTS)
