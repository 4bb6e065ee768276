"""The only subscriber of the console: changes go to the desk, to the ears, to screen readers."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from crt_console.domain.board import Changes
from crt_console.domain.entries import Entry
from crt_console.domain.hearing import Hearing
from crt_console.domain.words import AlarmKind
from ui.models.desk import Desk
from ui.models.due_view import words_of
from ui.models.speech import number_of, place_words, what
from ui.sounds import Sounds

_TONES = {
    AlarmKind.EMERGENCY: "emergency",
    AlarmKind.FIRST_QUESTION: "unassessed_due",
    AlarmKind.HANDOVER: "handover",
    AlarmKind.BACKUP: "handover",
    AlarmKind.FLOOR_AGENCY: "handover",
    AlarmKind.SECOND_PERSON: "confirm",
}
_LISTEN_MS = 500
_FRAME = 1 / 60
_log = logging.getLogger("crt_console.ui")


class Bridge:
    """Feeds one desk from its console until it is cancelled."""

    def __init__(self, desk: Desk, sounds: Sounds, window: QWidget) -> None:
        self._desk, self._sounds, self._window = desk, sounds, window
        self._hearing = Hearing(desk.console, desk.timers)
        self.supervises: Callable[[], bool] = lambda: False
        self.rung: Counter[AlarmKind] = Counter()  # what was new here, by kind
        self._timer = QTimer(window)
        self._timer.setInterval(_LISTEN_MS)
        self._timer.timeout.connect(self.listen)

    def start(self) -> "asyncio.Task[None]":
        """Follow the console."""
        self._timer.start()
        return self._desk.tasks.start(self._follow())

    async def _follow(self) -> None:
        async for changes in self._desk.room.changes():
            self._desk.take(changes)
            try:
                self._hear(changes)
            except Exception:  # noqa: BLE001 - the board goes on, whatever cannot be heard
                _log.exception("what is new could not be told")
            await asyncio.sleep(_FRAME)  # what comes meanwhile is drawn as one

    def _hear(self, changes: Changes) -> None:
        for entry in changes.entries:
            self._tell(entry)
        if changes.entries or changes.reloaded:
            self.listen()

    def _tell(self, entry: Entry) -> None:
        """Say what is new: a call, and who took an alarm from whom it rang."""
        if entry.kind != "CallReceived" or entry.incident_id is None:
            return
        incident = self._desk.board.incidents.get(entry.incident_id)
        if incident is None:
            return
        self._sounds.play("new_call")
        board = self._desk.board
        place, kind = place_words(board, incident), what(board, incident)
        self.announce(f"New call {incident.serial}: {place}. {kind}")

    def listen(self) -> None:
        """Sound what is due and nobody has, or has had for too long."""
        board = self._desk.board
        self._hearing.supervises = self.supervises()
        for alarm, new in self._hearing.sounds(board, self._desk.now()):
            self._sounds.play(_TONES.get(alarm.kind, "due"))
            if new:
                self.rung[alarm.kind] += 1
                words, act = words_of(board, alarm)
                number = number_of(board, alarm.incident_id)
                self.announce(f"Due {number}: {words}. {act}")

    def announce(self, words: str) -> None:
        """Say something to a screen reader, if one listens."""
        event = QAccessibleAnnouncementEvent(self._window, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
