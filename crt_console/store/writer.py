"""The one function that writes: a command, one transaction, from BEGIN to COMMIT in one thread."""

import contextlib
import itertools
import time
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from crt_console.domain.commands import Command, Outcome, RaiseAlarm
from crt_console.domain.errors import Refused, Unavailable, Unknown
from crt_console.domain.limits import fitted
from crt_console.domain.timers import Timers
from crt_console.store import statements
from crt_console.store.database import Database, meant
from crt_console.store.failures import Failure, failure_of, unavailable, words_of
from crt_console.store.flush import flush
from crt_console.store.pen import Author, Head
from crt_console.store.prepared import Hand
from crt_console.store.room import Room
from crt_console.store.tables import WRITER_VERSION

Handle = Callable[[Room, Command], Outcome]
PATIENCE = 5.0  # seconds without a commit after which a person is told
_LIMIT = 6.0  # a server that answers nothing at all for so long is given up
_PAUSE = 0.02
_LEAST_ATTEMPTS = 3
_CLASHES = {  # as PostgreSQL and SQLite name them
    "one_open_assignment": "that unit has just been sent elsewhere",
    "assignments.unit_id": "that unit has just been sent elsewhere",
    "one_call_per_external": "that call has just come in by another way",
    "calls.system": "that call has just come in by another way",
    "one_unit_per_call_sign": "there is a unit of that call sign already",
    "units.key": "there is a unit of that call sign already",
}


class Stored(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of an operation; the words of a refusal are content."""

    outcome: Outcome | None = None
    refused: str | None = None
    by: str | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Stored)


class Writer:
    """Carries out commands, one after the other; to be used from one thread only."""

    def __init__(
        self,
        database: Database,
        handle: Handle,
        *,
        by: str,
        console: str,
        pack: Any,
        timers: Timers,
    ) -> None:
        self.by = by
        self.console = console
        self.pack = pack
        self.timers = timers
        self.held = 0.0  # seconds for which the last write held the head of the journal
        self._database = database
        self._handle = handle
        self._raw: Any = None
        self._file: tuple[int, int] | None = None
        self._committing = False  # whether a commit was sent and not answered

    def carry_out(self, command: Command, by: str | None = None) -> Outcome:
        """Return what the command led to; raises Refused or Unavailable.

        A command may be given again after Unavailable: its operation id is done once.
        """
        command = fitted(command)
        author = Author(
            by=by or self.by,
            console=self.console,
            operation_id=command.operation_id,
            happened_at=command.happened_at,
        )
        deadline = time.monotonic() + PATIENCE
        self._committing = False
        refused: Refused | None = None
        for attempt in itertools.count(1):
            # A console that was asleep finds its time over and its connection ended: try again.
            patient = attempt < _LEAST_ATTEMPTS or time.monotonic() < deadline
            try:
                return self._attempt(command, author, refused)
            except Refused:
                raise
            except Unavailable as gone:  # no connection, while a commit may have come through
                if not self._committing or not patient:
                    raise Unavailable(gone.because, may_be_done=self._committing) from gone
            except Exception as error:
                clash = self._judge(error, patient=patient)
                if clash is not None and refused is not None:
                    raise
                refused = clash or refused
            time.sleep(_PAUSE)
        raise AssertionError

    def probe(self) -> None:
        """Hold that the database takes writes, by one that only moves the head's time on.

        Raises Unavailable.
        """
        try:
            self._connect()
            with self._database.limit(self._raw, _LIMIT):
                self._begin()
                self._raw.commit()
        except Exception as error:
            self.close()
            raise meant(error) from error

    def close(self) -> None:
        """Let go of the connection."""
        raw, self._raw = self._raw, None
        if raw is not None:
            with contextlib.suppress(Exception):  # it may be dead already
                raw.close()

    def _judge(self, error: Exception, *, patient: bool) -> Refused | None:
        """Return where another attempt makes sense; raise what a person has to know otherwise."""
        failure = failure_of(error)
        if failure is Failure.CLASH:
            return Refused(_clash(words_of(error)))
        if failure is not Failure.BUSY:
            self.close()
        if failure is Failure.BUG:
            raise error
        if patient and failure is not Failure.FULL:
            return None
        if failure is Failure.FULL:  # the database itself says that it did nothing
            raise unavailable(error) from error
        if failure is Failure.LOST:
            raise unavailable(error, may_be_done=self._committing) from error
        raise Unavailable(
            f"the room is busy: nothing could be written for {PATIENCE:.0f} s; try again",
            may_be_done=self._committing,
        ) from error

    def _attempt(self, command: Command, author: Author, refused: Refused | None) -> Outcome:
        self._connect()
        with self._database.limit(self._raw, _LIMIT):
            try:
                return self._transaction(command, author, refused)
            except BaseException:
                with contextlib.suppress(Exception):  # a dead connection has rolled back already
                    self._raw.rollback()
                raise

    def _connect(self) -> None:
        file = self._database.identity()
        if file != self._file:  # a file that was taken away would still take writes
            self.close()
        if self._raw is None:
            self._raw, self._file = self._database.driver(), file

    def _begin(self) -> tuple[Hand, Head]:
        """Lock the journal's head, so that nobody else writes until the commit."""
        if self._database.kind == "sqlite":
            self._raw.execute("BEGIN IMMEDIATE")
        hand = self._database.hand(self._raw)
        statement = statements.TAKE_HEAD[self._database.kind]
        taken = hand.rows(statement, {"clock": time.time_ns() // 1000})
        head = Head(*taken[0])
        if head.writer_min > WRITER_VERSION:
            raise Unavailable("this console is too old to write here: update it")
        return hand, head

    def _transaction(self, command: Command, author: Author, refused: Refused | None) -> Outcome:
        raw = self._raw
        hand, head = self._begin()
        result = _outcome(hand, author.operation_id)
        started = time.perf_counter()
        self._committing = False  # had it come through, it would be known
        if result is None:
            room, result = self._decide(hand, head, author, command, refused)
            self._write(room, result)
            self._committing = True
            raw.commit()
            self._committing = False
            self.held = time.perf_counter() - started
        else:
            raw.rollback()
        if isinstance(result, Refused):
            raise result
        return result

    def _decide(
        self,
        hand: Hand,
        head: Head,
        author: Author,
        command: Command,
        refused: Refused | None,
    ) -> tuple[Room, Outcome | Refused]:
        """Return the room to be written and the result: a refusal leaves only its own entry."""
        room = Room(hand, head, author, self.pack, self.timers)
        if refused is None:
            try:
                outcome = self._handle(room, command)
            except Unknown:  # a slip of the tongue is no decision
                raise
            except Refused as no:
                if isinstance(command, RaiseAlarm):  # a console that came second
                    raise
                refused, about = no, room.about
                room = Room(hand, head, author, self.pack, self.timers)
                room.about = about
            else:
                if room.pending:
                    raise RuntimeError(
                        f"{type(command).__name__} changed rows and recorded nothing"
                    )
                seq = room.pen.next_seq - 1
                return room, outcome if outcome.seq else replace(outcome, seq=seq)
        room.record(
            "CommandRefused",
            incident=room.about,
            command=type(command).__name__,
            because=room.keep(refused.because),
            won=refused.by,
        )
        return room, refused

    def _write(self, room: Room, result: Outcome | Refused) -> None:
        if isinstance(result, Refused):
            stored = Stored(refused=room.pen.content[-1]["id"], by=result.by)
        else:
            stored = Stored(outcome=result)
        with room.hand.together():
            flush(
                room,
                _encoder.encode(stored).decode(),
                notify=self._database.kind == "postgresql",
            )


def _clash(words: str) -> str:
    """Return a sentence for what a constraint did not let happen."""
    said = (text for name, text in _CLASHES.items() if name in words)
    return next(said, f"somebody else was faster ({words})")


def _outcome(hand: Hand, operation_id: str) -> Outcome | Refused | None:
    """Return what became of an operation, if it was carried out before."""
    known = hand.first(statements.OPERATION, {"operation_id": operation_id})
    if known is None:
        return None
    stored = _decoder.decode(known[1])
    if stored.outcome is not None:
        return stored.outcome
    words = hand.first(statements.CONTENT, {"id": stored.refused})
    because = words[0] if words and words[0] else "refused before, for a reason that was removed"
    return Refused(because, by=stored.by)
