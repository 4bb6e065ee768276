"""Whether a screen reader and a keyboard can get at everything that a window shows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_EDGE = 8


def faults(root: QWidget) -> list[str]:
    """What cannot be named, reached by Tab, or seen to have the keyboard, in `root`."""
    walked, unseen = _walk(root)
    shown = _interactive(root)
    return [
        *(f"no name: {_words(w)}" for w in shown if not w.accessibleName().strip()),
        *(f"Tab does not come to {_words(w)}" for w in _left_out(shown, walked)),
        *(f"covered, and Tab comes to {_words(w)}" for w in walked if not root.isAncestorOf(w)),
        *(f"focus cannot be seen on {_words(w)}" for w in unseen),
    ]


def _interactive(root: QWidget) -> list[QWidget]:
    """What can be pressed or typed into, as far as it is shown."""
    shown = [w for w in root.findChildren(QWidget) if w.isVisible() and w.window() is root.window()]
    return [w for w in shown if _pressable(w) or w.focusPolicy() != Qt.FocusPolicy.NoFocus]


def _pressable(widget: QWidget) -> bool:
    passes = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return isinstance(widget, QAbstractButton) and not passes


def _left_out(shown: list[QWidget], walked: list[QWidget]) -> list[QWidget]:
    # Of a group walked with arrows, Tab comes to the one that is chosen; of switches with a key
    # each, to the frame around them, while their keys count.
    groups = {w.parentWidget() for w in walked if isinstance(w, QAbstractButton)}
    framed = [w for w in walked if getattr(w, "keeps_keys", False)]
    left = [w for w in shown if w.isEnabled() and w not in walked]
    left = [w for w in left if not any(frame.isAncestorOf(w) for frame in framed)]
    by_tab = Qt.FocusPolicy.TabFocus
    return [w for w in left if w.focusPolicy() & by_tab or w.parentWidget() not in groups]


def _walk(root: QWidget) -> tuple[list[QWidget], list[QWidget]]:
    """Where Tab goes until it is where it began, and where that cannot be seen."""
    walked: list[QWidget] = []
    unseen: list[QWidget] = []
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget() or root.window(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in walked:
            return walked, unseen
        walked.append(now)
        with_it = _about(now)
        root.window().setFocus()
        if _about(now) == with_it:
            unseen.append(now)
        now.setFocus()
    raise AssertionError("Tab never comes back")


def _about(widget: QWidget) -> QImage:
    """The window where this widget is, and a little around it."""
    place = widget.rect().adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
    place.translate(widget.mapTo(widget.window(), QPoint(0, 0)))
    return widget.window().grab(place).toImage()


def _words(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(parent).__name__} > {type(widget).__name__} “{widget.accessibleName()}”"
