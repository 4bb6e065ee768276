"""What somebody is typing, kept on disk until it is saved, so that a crash loses nothing."""

import contextlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile, QObject, QThreadPool, QTimer, Signal

from crt_console.domain.ids import derived_id, new_id

CALL, NOTE = "call", "note"
WAIT_MS = 200  # with the time a write takes this stays below the 300 ms that may be lost
_log = logging.getLogger("crt_console.ui")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Half-typed fields under an identity; `about` is the incident of a note."""

    id: str = field(default_factory=new_id)
    kind: str = CALL
    about: str = ""
    session: str = ""
    started_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed."""
        return not any(value.strip() for value in self.fields.values())


class Drafts(QObject):
    """The drafts of one person in a folder only they can read; one file each, written whole.

    `keep` waits 200 ms for more keystrokes, `flush` does not. `changed` says that the list may
    have changed; `failed` carries why nothing can be kept, and "" once it works again.
    """

    changed = Signal()
    failed = Signal(str)
    _written = Signal(str)

    def __init__(self, folder: Path, who: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder / derived_id("drafts", who)
        self._session = new_id()
        self._lock: QLockFile | None = None
        self._drafts: dict[str, Draft] = {}
        self._waiting: dict[str, Draft] = {}
        self._why = ""
        # One thread: the writes of a draft and its removal keep their order, and a slow disk
        # never holds up the window.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.flush)
        self._written.connect(self._note_failure)
        self._open()

    def _open(self) -> None:
        try:
            _make_private(self._folder)
            self._lock = QLockFile(str(self._folder / f"{self._session}.lock"))
            self._lock.setStaleLockTime(0)
            self._lock.tryLock(0)
            self._drafts = {draft.id: draft for draft in self._left_behind()}
        except OSError as error:
            self._why = _words(error)

    @property
    def why(self) -> str:
        """Why nothing can be kept; "" while it works."""
        return self._why

    def calls(self) -> tuple[Draft, ...]:
        """Half-typed calls, oldest first."""
        calls = (draft for draft in self._drafts.values() if draft.kind == CALL)
        return tuple(sorted(calls, key=lambda draft: draft.started_at))

    def note(self, incident_id: str) -> str:
        """The half-typed note on an incident; "" for none."""
        draft = self._drafts.get(_note_id(incident_id))
        return draft.fields.get("text", "") if draft else ""

    def keep_note(self, incident_id: str, text: str, now: datetime) -> None:
        """Keeps what a note reads so far; with no words left it is gone."""
        draft = Draft(
            id=_note_id(incident_id), kind=NOTE, about=incident_id, started_at=now,
            fields={"text": text},
        )  # fmt: skip
        self.keep(draft)

    def drop_note(self, incident_id: str) -> None:
        """Forgets the half-typed note on an incident: it was saved."""
        self.drop(_note_id(incident_id))

    def keep(self, draft: Draft) -> None:
        """Keeps a draft as it reads now; an empty one is forgotten."""
        if draft.empty:
            self.drop(draft.id)
            return
        new = draft.id not in self._drafts
        mine = replace(draft, session=self._session)
        self._drafts[draft.id] = self._waiting[draft.id] = mine
        if not self._timer.isActive():  # from the first keystroke on, so that 300 ms holds
            self._timer.start()
        if new:
            self.changed.emit()

    def drop(self, draft_id: str) -> None:
        """Forgets a draft and removes its file."""
        self._waiting.pop(draft_id, None)
        if self._drafts.pop(draft_id, None) is not None:
            path = self._path(draft_id)
            self._pool.start(lambda: self._remove(path))
            self.changed.emit()

    def flush(self) -> None:
        """Starts writing at once what still waits."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for draft in waiting.values():
            path = self._path(draft.id)
            self._pool.start(lambda path=path, draft=draft: self._write(path, draft))

    def close(self) -> None:
        """Writes what still waits and comes back when it is on the disk."""
        self.flush()
        self._pool.waitForDone()
        if self._lock is not None:
            self._lock.unlock()

    def _path(self, draft_id: str) -> Path:
        return self._folder / f"{draft_id}.json"

    def _left_behind(self) -> list[Draft]:
        """Drafts of sessions that run no more; those of a console still open are its own."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                draft = msgspec.json.decode(path.read_bytes(), type=Draft)
            except (OSError, msgspec.MsgspecError):
                _log.warning("a draft cannot be read and is left where it is")
                continue
            if path.stem != draft.id or draft.started_at.tzinfo is None:
                _log.warning("a draft is not what was kept and is left where it is")
                continue
            if not self._alive(draft.session):
                found.append(draft)
        return found

    def _alive(self, session: str) -> bool:
        other = QLockFile(str(self._folder / f"{session}.lock"))
        other.setStaleLockTime(0)
        if other.tryLock(0):
            other.unlock()
            return False
        return other.error() is QLockFile.LockError.LockFailedError

    # In the writing thread

    def _write(self, path: Path, draft: Draft) -> None:
        try:
            _make_private(path.parent)
            _replace(path, msgspec.json.encode(draft))
        except OSError as error:
            self._written.emit(_words(error))
        else:
            self._written.emit("")

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self._written.emit(_words(error))

    # Back in the window

    def _note_failure(self, why: str) -> None:
        if why != self._why:
            self._why = why
            self.failed.emit(why)


def _note_id(incident_id: str) -> str:
    return f"note-{incident_id}"


def _words(error: OSError) -> str:
    return (error.strerror or "the disk did not answer").lower()


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _replace(path: Path, body: bytes) -> None:
    """Write a file so that after a crash it is the old one or the new one, and private."""
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    with contextlib.suppress(OSError):  # a folder cannot be opened everywhere
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
