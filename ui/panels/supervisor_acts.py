"""What the supervisor does, entered under her own name; refusals are told in her window only."""

import asyncio
from typing import Any

from PySide6.QtCore import QObject, Signal

from crt_console.domain.commands import Command
from crt_console.domain.errors import Refused, Unavailable
from ui.models.desk import Desk


class SupervisorActs(QObject):
    """Acts by a name given in her window; without one nothing is done.

    `named` carries the new name; `answered` a tag (DONE, REFUSED, NOT SAVED, WHO) and words.
    """

    named = Signal(str)
    answered = Signal(str, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.name = ""

    def set_name(self, name: str) -> None:
        """She is this person from now on; "" for nobody yet."""
        self.name = " ".join(name.split())
        self.named.emit(self.name)

    @property
    def saving(self) -> bool:
        """Whether what she does can be saved now."""
        return self._desk.link.live and self._desk.link.saving

    def do(self, command: Command, done: str) -> bool:
        """Carry out a command under her name; false without a name or without a database."""
        if not self.name:
            self.answered.emit("WHO", "First say who you are, at the top left.")
            return False
        if not self.saving:
            self.answered.emit("NOT SAVED", "The database is gone. Say it on the radio.")
            return False
        task = self._desk.do(command, by=self.name, quiet=True)
        task.add_done_callback(lambda ended: self._ended(ended, done))
        return True

    def _ended(self, task: asyncio.Task[Any], done: str) -> None:
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            self.answered.emit("DONE", done)
        elif isinstance(error, Refused):
            self.answered.emit("REFUSED", error.because)
        elif isinstance(error, Unavailable):
            self.answered.emit("NOT SAVED", error.because)
