"""The keys that are named at the foot of the window, fewer where there is less room."""

from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets import live_keys
from ui.widgets.flow import empty
from ui.widgets.line import label
from ui.widgets.marks import KeyCap

_ALL = (("F3", "new call"), ("F4", "queue"), ("F5", "teams"), ("F8", "due"), ("F1", "all keys"))
_SOME = (
    ("N", "note"), ("T", "what happened"), ("F5", "teams"), ("F8", "due"), ("F1", "keys"),
)  # fmt: skip
_FEW = (("N", "note"), ("T", "what happened"), ("F5", "teams"), ("F1", "keys"))
_ANYWHERE = (("F3", "new call"), ("F8", "due"), ("F1", "keys"))
_TYPING = (("Tab", "complete"), ("↑", "earlier line"), ("Esc", "cancel"))
_WIDE, _NARROW = 1500, 1000


class KeyHints(QWidget):
    """Caps with their words; `fit` chooses how many for the width of the window.

    Letters are named only while they are keys.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._shown: tuple[tuple[str, str], ...] = ()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
        self.fit(_WIDE)

    def fit(
        self, width: float, *, typing: bool = False, few: bool = False, opened: bool = True
    ) -> None:
        """Names as many keys as a window of this design width has room for.

        While a line is `typing` those of the line; `few` where something else needs the room;
        those that act on an incident only while one is `opened`.
        """
        self._opened = opened
        self._width, self._line = width, (_TYPING[-1:] if few else _TYPING) if typing else ()
        self._show(letters=not live_keys.kept(QApplication.focusWidget()))

    def _moved(self, _before: QWidget | None, focus: QWidget | None) -> None:
        self._show(letters=not live_keys.kept(focus))

    def _show(self, *, letters: bool) -> None:
        few = _ALL if self._width >= _WIDE else _SOME if self._width >= _NARROW else _FEW
        acts = letters and (self._opened or few is _ALL)
        wanted = self._line or (few if acts else _ANYWHERE)
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
