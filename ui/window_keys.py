# ruff: noqa: PLW0108 - panels are made anew with theme and width: found when a key is pressed
"""The keys of the dispatcher's window: function keys anywhere, letters while nothing is typed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from ui.dialogs import acts
from ui.held_keys import HeldKeys
from ui.widgets.live_keys import FollowKeys

if TYPE_CHECKING:
    from ui.main_window import MainWindow


_SENDS = {"P": "police", "M": "ems", "R": "fire"}


def _means_nothing(event: QKeyEvent) -> bool:
    """A key that repeats, a key for other keys, or one pressed together with such a key."""
    plain = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    alone = event.key() in {Qt.Key.Key_Shift, Qt.Key.Key_Control}
    return alone or event.isAutoRepeat() or bool(event.modifiers() & ~plain)


class WindowKeys(QObject):
    """Shortcuts of one window; letters come through `press` when no text field took them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        anywhere: dict[str, Callable[[], object]] = {
            "F1": lambda: window.overlay.open(),
            "F2": lambda: window.bar.open(),
            "F3": window.open_new_call,
            "Ctrl+G": self._go_on,
            "F4": window.focus_queue,
            "F5": window.focus_teams,
            "F6": self._to_incident,
            "F7": window.supervisor_wanted.emit,
            "F8": window.show_dues,
            "F10": window.emergency,
            "F11": self._help,
            "F12": self._have_it,
            "Ctrl+Down": lambda: window.incident.turn_page(down=True),
            "Ctrl+Up": lambda: window.incident.turn_page(down=False),
            "Ctrl+M": window.mute_wanted.emit,
            "Ctrl+Q": window.close_wanted.emit,
        }
        self._anywhere = tuple(anywhere)
        for key, act in anywhere.items():
            self._shortcut(key, act)
        for digit in "1234567890":
            self._shortcut(f"Alt+{digit}", partial(self._answer, digit))
        self._letters: dict[str, Callable[[], object]] = {
            "/": lambda: window.bar.open(),
            "O": lambda: window.open_other(),
            "C": lambda: window.act(acts.record_ring_back),
            "D": lambda: window.act(acts.override_advice),
            "W": lambda: window.act(acts.mark_not_sent),
            "K": lambda: window.act(acts.close_incident),
            "A": lambda: window.act(acts.clear_scene),
            "G": lambda: window.incident.take(),
            "E": lambda: window.incident.other_language(),
            "T": lambda: window.incident.show_timeline(),
            "N": lambda: window.incident.foot.write(),
            "U": lambda: window.incident.caller_lost(),
            "Y": lambda: self._handover(acts.accept_handover),
            "X": lambda: self._handover(acts.decline_handover),
            "Z": lambda: window.incident.withdraw(),
            "V": lambda: window.act(acts.agree_below),
            "S": self._to_send,
            "+": lambda: window.send.next_best(),
        }
        FollowKeys(window)
        self._held = HeldKeys("".join(_SENDS), self._send_agency, self._typed, self)

    def _go_on(self) -> None:
        """The form has its own list, without the call that is being typed."""
        window = self._window
        typing = window.middle.currentWidget() is window.new_call
        (window.new_call.offers if typing else window.offers).go_on_first()

    def names(self) -> set[str]:
        """Every function key and letter that does something."""
        return {
            key for key in (*self._anywhere, *self._letters, *_SENDS) if not key.startswith("Alt+")
        }

    def _shortcut(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: act() and None)

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key that nobody else took; False where it means nothing."""
        if _means_nothing(event):
            return False
        window = self._window
        if self.in_teams() and window.team_acts.press(event):
            return True
        if self._held.press(event.text(), window.desk.incident_id):
            return True
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Escape}:
            back = event.key() == Qt.Key.Key_Backspace
            window.incident.undo() if back else self._escape()
            return True
        return self._letter(event.text().upper())

    def _letter(self, key: str) -> bool:
        if key and self._window.incident.press(key):
            return True
        act = self._letters.get(key)
        if act is None:
            return False
        asks = self._window.incident.asks
        before = asks.ask
        act()
        if asks.ask is not None and asks.ask is not before:
            asks.ask.deafen()
        return True

    def _send_agency(self, key: str, incident_id: str) -> None:
        self._window.send.ask_agency(_SENDS[key], incident_id)

    def _typed(self, words: str) -> None:
        """Words typed where no field has the keyboard belong into the note."""
        window = self._window
        window.show_incident()
        window.incident.foot.write(words)

    def _escape(self) -> None:
        """What stands above is closed; typing is over, so that letters are keys again."""
        window = self._window
        window.incident.leave_question()
        window.show_incident()
        if window.incident.note.hasFocus():
            window.setFocus()

    def in_teams(self) -> bool:
        """Whether the keyboard is in the list of teams or among the acts of the picked one."""
        focus = QApplication.focusWidget()
        window = self._window
        return focus is not None and (
            focus is window.teams.view or window.team_acts.isAncestorOf(focus)
        )

    def _answer(self, digit: str) -> None:
        self._window.incident.press(digit)

    def _to_incident(self) -> None:
        self._window.show_incident()
        self._window.setFocus()

    def _to_send(self) -> None:
        self._window.send.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _handover(self, make: Callable[..., object]) -> None:
        agency = self._window.incident.card.inset.first_waiting
        if agency:
            self._window.act(make, agency)

    def _emergencies(self) -> list[object]:
        return [d for d in self._window.due.dues if d.emergency]

    def _help(self) -> None:
        for due in self._emergencies()[:1]:
            self._window.send_help(due)  # type: ignore[arg-type]

    def _have_it(self) -> None:
        for due in self._window.due.dues:
            if due.emergency:
                self._window.have_it(due.alarm_id)
                return
