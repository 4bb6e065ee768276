# ruff: noqa: PLW0108 - panels are made anew with theme and width: found when a key is pressed
"""The keys of the supervisor's window: the table that F1 shows, and what they do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.actions import ANYWHERE, Key

if TYPE_CHECKING:
    from ui.supervisor_window import SupervisorWindow

DECIDE, DUE, LISTS, TEAM, READING = (
    "on the card that waits for you", "on what is due", "in every list",
    "on the picked team, after F5", "while an incident is open",
)  # fmt: skip

HER_KEYS: tuple[Key, ...] = (
    Key("F1", "all keys of this window", ANYWHERE),
    Key("F4", "to the waiting incidents", ANYWHERE),
    Key("F5", "to the teams", ANYWHERE),
    Key("F6", "to the incident that was opened last", ANYWHERE),
    Key("F8", "to what is due, and who has it", ANYWHERE),
    Key("F9", "to what was overridden or not sent", ANYWHERE),
    Key("F11", "police and EMS to the emergency", ANYWHERE),
    Key("F12", "I have it: the emergency", ANYWHERE),
    Key("F", "to today’s figures", ANYWHERE),
    Key("D", "explain today’s figures, or hide that", ANYWHERE),
    Key("W", "change who is at this window", ANYWHERE),
    Key("Y", "yes, I agree", DECIDE),
    Key("N", "no, the safety floor stands", DECIDE),
    Key("K", "what its button says: Seen, or Take it", DECIDE),
    Key("O", "open its incident", DECIDE),
    Key("T", "take what is due: the picked one, or the first nobody has", DUE),
    Key("Up, Down", "to the line above or below", LISTS),
    Key("Enter, O", "open the incident of the line, here in this window", LISTS),
    Key("Tab", "to the next button or list", LISTS),
    Key("S", "start the shift, or change its end", TEAM),
    Key("U", "out of service, and why; in service again", TEAM),
    Key("E", "end the shift", TEAM),
    Key("Up, Down", "scroll; PgUp and PgDn by a page", READING),
    Key("A", "all steps of what happened", READING),
    Key("Esc", "back to the list it was opened from", READING),
)


class HerKeys:
    """Function keys anywhere, letters while nothing is typed; `press` is false for other keys."""

    def __init__(self, window: "SupervisorWindow") -> None:
        self._window = window
        self.functions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F1: lambda: window.overlay.open(),
            Qt.Key.Key_F4: lambda: window.to_list(window.waiting.head, window.waiting.table.view),
            Qt.Key.Key_F5: lambda: window.to_list(window.teams.head, window.teams.table.view),
            Qt.Key.Key_F6: lambda: window.open_last(),
            Qt.Key.Key_F8: lambda: window.left.focus_dues(),
            Qt.Key.Key_F9: lambda: window.to_list(window.decided.head, window.decided.table.view),
            Qt.Key.Key_F11: lambda: window.help_emergency(),
            Qt.Key.Key_F12: lambda: window.own_emergency(),
            Qt.Key.Key_Escape: lambda: window.close_incident(),
        }
        self.letters: dict[str, Callable[[], object]] = {
            "D": lambda: window.define(),
            "F": lambda: window.to_list(window.today.head, window.today.counts.view),
            "W": lambda: window.acts.set_name(""),
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for."""
        function = self.functions.get(Qt.Key(event.key()))
        if function is not None:
            function()
            return True
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if held or isinstance(QApplication.focusWidget(), QLineEdit):
            return False
        return self._letter(event.text().upper())

    def _letter(self, key: str) -> bool:
        window, act = self._window, self.letters.get(key)
        if act is not None:
            act()
            return True
        if key == "A" and window.reading:
            window.incident.timeline.toggle()
            return True
        if key == "O" and window.open_picked():
            return True
        return window.teams.press(key) or window.left.press(key)


def focus(view: QWidget) -> None:
    """Give a widget the keyboard as a shortcut does."""
    view.setFocus(Qt.FocusReason.ShortcutFocusReason)
