"""Where keys act just now: a cap that would only be typed, or do something else, is drawn dim.

Function keys and those with Ctrl and an arrow act anywhere.

A widget with a true `keeps_keys` keeps them: while it is used they do nothing outside of it.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

_KNOWN = "_parts_of_keys"
_LIKE_LETTERS = frozenset({"+", "Del", "Backspace"})  # in a text they change the text
_OF_A_PART = frozenset({"Enter", "Ctrl+Enter", "Esc"})  # in the text of their own part they act


def counts(widget: QWidget, key: str) -> bool:
    """Return whether this key, whose cap is drawn on the widget, does something now."""
    focus = QApplication.focusWidget()
    if key in _OF_A_PART:
        return _inside(widget, focus, key)
    types = key in _LIKE_LETTERS or (len(key) == 1 and key.isalnum())
    return not types or (
        _holder(widget) is _now(focus) and _where_they_count(widget) and not _taken(widget, key)
    )


def _inside(widget: QWidget, focus: QWidget | None, key: str) -> bool:
    """Whether the keyboard is in the part that the cap belongs to; Esc acts from none, too."""
    holder = _holder(widget)
    if holder is None or focus is None or holder is focus or holder.isAncestorOf(focus):
        return True
    return key == "Esc" and not typed(focus) and _holder(focus) is None


def _where_they_count(widget: QWidget) -> bool:
    """Whether the keyboard is where its part listens: `keys_count` of a part, if it has one."""
    part = _parts(widget)[1]
    return part is None or bool(getattr(part, "keys_count")())  # noqa: B009 - any part may have it


def _taken(widget: QWidget, key: str) -> bool:
    """Whether another part of the window, its `key_taker`, takes this key before."""
    taker = getattr(widget.window(), "key_taker", None)
    return taker is not None and not taker.isAncestorOf(widget) and bool(taker.takes(key))


def typed(focus: QWidget | None) -> bool:
    """Return whether letters become text where the keyboard is."""
    return isinstance(focus, QLineEdit | QPlainTextEdit)


def kept(focus: QWidget | None) -> bool:
    """Return whether no letter reaches the window from where the keyboard is."""
    return _now(focus) is not None


def _now(focus: QWidget | None) -> QWidget | None:
    if focus is None or typed(focus):
        return focus
    return _holder(focus)


def _holder(widget: QWidget) -> QWidget | None:
    return _parts(widget)[0]


def _parts(widget: QWidget) -> tuple[QWidget | None, QWidget | None]:
    """The part that keeps keys and the part that listens, found once: a cap is painted often."""
    known: tuple[QWidget | None, QWidget | None] | None = widget.__dict__.get(_KNOWN)
    if known is None:
        known = _above(widget, "keeps_keys"), _above(widget, "keys_count")
        widget.__dict__[_KNOWN] = known
    return known


def _above(widget: QWidget, name: str) -> QWidget | None:
    at: QWidget | None = widget
    while at is not None and not getattr(at, name, False):
        at = at.parentWidget()
    return at


class FollowKeys(QObject):
    """Repaints a window when letters begin or cease to act somewhere in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._where: tuple[bool, QWidget | None] = (False, None)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, focus: QWidget | None) -> None:
        # From one text into another of the same part nothing changes.
        where = typed(focus), None if focus is None else _holder(focus)
        if where != self._where and isValid(self._window):
            self._where = where
            self._window.update()
