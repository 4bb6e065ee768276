"""The board of this console and how it follows the journal: by payload, by number, or anew."""

import logging
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from crt_console.domain.board import Board, Changes, Gap, fold, pruned, words_of
from crt_console.domain.entries import Entry, parse_entry
from crt_console.store import queries
from crt_console.store.flush import Wake
from crt_console.store.pen import next_hash
from crt_console.sync.clock import Clock

FAR_BEHIND = 1000  # entries; from here on reading the rows is quicker
_wake = msgspec.json.Decoder(Wake)
_log = logging.getLogger(__name__)


class Follower:
    """Holds the last board; every method returns what changed, or None."""

    def __init__(self, clock: Clock) -> None:
        self.board = Board()
        self.hash = ""
        self._clock = clock

    def reload(self, connection: Connection) -> Changes:
        """Read the rows anew."""
        now = queries.clock(connection)
        self._clock.set(now)
        loaded = queries.load_board(connection, now)
        self.board, self.hash = loaded.board, loaded.hash
        return Changes(board=self.board, reloaded=True)

    def catch_up(self, connection: Connection) -> Changes | None:
        """Read what is new in the journal, or the rows where the journal does not fit."""
        seq, newest = queries.head(connection)
        if seq == self.board.seq and newest == self.hash:
            return None
        if not 0 < seq - self.board.seq <= FAR_BEHIND:
            return self.reload(connection)
        try:
            found = queries.entries_after(connection, self.board.seq, FAR_BEHIND)
            if found is None or found.prev_hash != self.hash:
                return self.reload(connection)
            words = queries.words_of_entries(connection, found.entries)
            changes = self._fold(found.entries, words, found.hash)
        except (Gap, msgspec.MsgspecError):
            _log.info("journal does not fit the board at %d: reading the rows", self.board.seq)
            return self.reload(connection)
        missing = self._missing(found.entries)
        if missing:
            known = {**self.board.content, **queries.words(connection, missing)}
            self.board = replace(self.board, content=known)
            changes = replace(changes, board=self.board)
        return changes

    def apply(self, payload: str) -> Changes | None:
        """Apply what a NOTIFY carried; raises Gap where it is not what comes next."""
        if not payload.startswith("{"):
            if int(payload) <= self.board.seq:
                return None
            raise Gap("only the number was sent")
        try:
            wake = _wake.decode(payload)
            entries = tuple(parse_entry(bytes(raw)) for raw in wake.entries)
        except msgspec.MsgspecError as error:
            raise Gap("an entry of another version") from error
        if entries[-1].seq <= self.board.seq:
            return None
        if wake.prev != self.hash:
            raise Gap("entries in between are missing")
        newest = self.hash
        for raw in wake.entries:
            newest = next_hash(newest, bytes(raw))
        before = self.board, self.hash
        changes = self._fold(entries, wake.content, newest)
        if self._missing(entries):  # something comes back whose words have to be read
            self.board, self.hash = before
            raise Gap("words are missing")
        return changes

    def prune(self) -> Changes | None:
        """Let go of what closed long ago."""
        board = pruned(self.board, self._clock.now())
        if all(len(rows) == len(self.board.tables[name]) for name, rows in board.tables.items()):
            self.board = board
            return None
        self.board = board
        return Changes(board=board, reloaded=True)

    def _fold(
        self, entries: Sequence[Entry], words: Mapping[str, str | None], newest: str
    ) -> Changes:
        self.board = fold(self.board, entries, words)
        self.hash = newest
        return Changes(board=self.board, entries=tuple(entries), touched=touched_by(entries))

    def _missing(self, entries: Sequence[Entry]) -> set[str]:
        """Return ids of words that rows on the board name and the board does not have."""
        missing: set[str] = set()
        for change in (change for entry in entries for change in entry.changes):
            row = self.board.tables.get(change.table, {}).get(change.id)
            if row is not None:
                missing |= words_of(row) - self.board.content.keys()
        return missing


def touched_by(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the ids of all rows, incidents and units that these entries are about."""
    ids: set[str] = set()
    for entry in entries:
        ids.update(key for key in (entry.incident_id, entry.unit_id) if key is not None)
        ids.update(change.id for change in entry.changes)
        parents = (change.values.get("incident_id") for change in entry.changes)
        ids.update(parent for parent in parents if parent is not None)
    return frozenset(ids)
