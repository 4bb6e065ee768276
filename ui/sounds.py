"""Tones that can be told apart; loaded after the first paint, missing without a fault."""

import logging
from typing import Any

from PySide6.QtCore import QLoggingCategory, QUrl

from ui import theme

NAMES = (
    "new_call",
    "unassessed_due",
    "due",
    "handover",
    "emergency",
    "refused",
    "confirm",
)
NEVER_MUTED = frozenset({"emergency"})
_log = logging.getLogger("crt_console.ui")


class Sounds:
    """Plays tones by name; `state` is on, muted or none."""

    def __init__(self) -> None:
        self._effects: dict[str, Any] = {}
        self._muted = False
        self.remedy = ""

    def load(self) -> None:
        """Load the tones; without the system's sound library the console goes on without."""
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as error:
            self.remedy = "sound needs the library libpulse0"
            _log.warning("no sound: %s", error)
            return
        # A machine without sound is said on the strip, not on the terminal.
        QLoggingCategory.setFilterRules("qt.multimedia*=false")
        if QMediaDevices.defaultAudioOutput().isNull():
            self.remedy = "no loudspeaker was found"
            return
        for name in NAMES:
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(theme.resource("sounds", f"{name}.wav"))))
            self._effects[name] = effect

    @property
    def state(self) -> str:
        """How the strip marks the sound."""
        if not self._effects:
            return "none"
        return "muted" if self._muted else "on"

    def toggle(self) -> None:
        """Mute or unmute; the emergency tone sounds all the same."""
        self._muted = not self._muted

    def play(self, name: str) -> None:
        """Play a tone, unless it is muted."""
        effect = self._effects.get(name)
        if effect is not None and (not self._muted or name in NEVER_MUTED):
            effect.play()
