"""The keys that are named at the foot of the window, fewer where there is less room."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.flow import empty
from ui.widgets.line import label
from ui.widgets.marks import KeyCap

_ALL = (("F3", "new call"), ("F4", "queue"), ("F5", "teams"), ("F8", "due"), ("F1", "all keys"))
_SOME = (
    ("N", "note"), ("T", "what happened"), ("F3", "new"), ("F8", "due"), ("F1", "keys"),
)  # fmt: skip
_FEW = (("N", "note"), ("T", "what happened"), ("F1", "keys"))
_WIDE, _NARROW = 1500, 1000


class KeyHints(QWidget):
    """Caps with their words; `fit` chooses how many for the width of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._shown: tuple[tuple[str, str], ...] = ()
        self.fit(_WIDE)

    def fit(self, width: float) -> None:
        """Names as many keys as a window of this design width has room for."""
        wanted = _ALL if width >= _WIDE else _SOME if width >= _NARROW else _FEW
        if wanted == self._shown:
            return
        self._shown = wanted
        empty(self._row)
        for number, (key, words) in enumerate(wanted):
            if number:
                self._row.addSpacing(theme.px(8))
            self._row.addWidget(KeyCap(key))
            self._row.addWidget(label(words, "body", "text2"))

    def keys(self) -> tuple[str, ...]:
        """The keys it names."""
        return tuple(key for key, _ in self._shown)
