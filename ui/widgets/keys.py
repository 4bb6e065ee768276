"""Keys that belong to the widgets in focus, ahead of every shortcut of the window."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

Act = Callable[[], object]


def spelled(event: QKeyEvent) -> str:
    """The key as people write it: `Ctrl+Return`, `Alt+1`, `Esc`; both Enter keys are `Return`."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    text = QKeySequence(QKeyCombination(modifiers, key))
    return text.toString(QKeySequence.SequenceFormat.PortableText)


class Keys(QObject):
    """Gives keys to acts while a watched widget has the focus; a key held down acts once.

    An act that returns False leaves the key to the widget.
    """

    def __init__(self, acts: Mapping[str, Act], *watched: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self.acts = dict(acts)
        self.watch(*watched)

    def watch(self, *watched: QWidget) -> None:
        """Listens to these too."""
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claims the keys of its acts and carries them out."""
        kind = event.type()
        if kind not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)  # noqa: S101 - tells the type checker what Qt promises
        act = self.acts.get(spelled(event))
        if act is None:
            return super().eventFilter(watched, event)
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return event.isAutoRepeat() or act() is not False
