"""What a transaction is going to write to the journal: entries, words, the chain of hashes."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Executable

from crt_console.domain.entries import Entry, canonical
from crt_console.domain.ids import ContentId, new_id
from crt_console.store.held import Taken, change_of, together
from crt_console.store.references import number_of


class Author(Struct, frozen=True, kw_only=True):
    """Who acts, from which console, with which operation id, and when if not now."""

    by: str
    console: str
    operation_id: str
    happened_at: datetime | None = None


class Head(Struct, frozen=True):
    """The head of the journal as this transaction took it."""

    seq: int
    hash: str
    at: int
    writer_min: int
    serial_year: int
    serial: int


class Link(Struct, frozen=True):
    """One entry with its canonical bytes and its place in the chain."""

    entry: Entry
    body: bytes
    prev_hash: str
    hash: str


def digest_of(salt: str, body: str) -> str:
    """Return the hexadecimal digest by which entries name words."""
    return hashlib.sha256(f"{salt}{body}".encode()).hexdigest()


def next_hash(prev_hash: str, body: bytes) -> str:
    """Return the hash of an entry from the one before it and its canonical bytes."""
    return hashlib.sha256(prev_hash.encode() + body).hexdigest()


class Staged(Struct, eq=False):
    """An entry that may still take something along."""

    seq: int
    kind: str
    incident_id: str | None
    unit_id: str | None
    data: dict[str, Any]
    taken: tuple[Taken, ...]
    content: tuple[tuple[str, str], ...]


class Pen:
    """The only maker of journal entries."""

    def __init__(self, head: Head, author: Author, at: datetime) -> None:
        self.head = head
        self._staged: list[Staged] = []
        self.next_seq = head.seq + 1  # the number of the entry that comes next
        self.content: list[dict[str, str]] = []  # carried by an entry
        self.asides: list[tuple[Executable, dict[str, Any]]] = []
        self.serial_year, self.serial = head.serial_year, head.serial
        self._author = author
        self._at = at
        # A console whose clock is ahead claims a time that is still to come.
        self._unsure = author.happened_at is not None and author.happened_at > at
        self._kept: dict[str, dict[str, str]] = {}
        self._loose: list[dict[str, str]] = []

    def keep(self, text: str | None) -> ContentId | None:
        """Stage words; what no database can hold is left out."""
        if not text:
            return None
        body = text.replace("\0", "").encode("utf-8", "replace").decode()
        salt = secrets.token_hex(16)
        row = {"id": new_id(), "salt": salt, "sha256": digest_of(salt, body), "body": body}
        self._kept[row["id"]] = row
        self._loose.append(row)
        return ContentId(row["id"])

    def words(self, content_id: str) -> str | None:
        """Return words that were kept in this transaction."""
        row = self._kept.get(content_id)
        return None if row is None else row["body"]

    def aside(self, statement: Executable, values: dict[str, Any]) -> None:
        """Stage a write to a list that is no part of the state the journal folds to."""
        self.asides.append((statement, values))

    def enter(
        self,
        kind: str,
        *,
        incident_id: str | None,
        unit_id: str | None,
        data: dict[str, Any],
        taken: tuple[Taken, ...],
    ) -> None:
        """Stage the next entry."""
        content = tuple((row["id"], row["sha256"]) for row in self._loose)
        self._staged.append(Staged(self.next_seq, kind, incident_id, unit_id, data, taken, content))
        self.next_seq += 1
        self.content += self._loose
        self._loose = []

    def last_is_about(self, incident_id: str | None) -> bool:
        """Return whether this transaction's last entry is about the incident."""
        return bool(self._staged) and self._staged[-1].incident_id == incident_id

    def carry(self, taken: tuple[Taken, ...]) -> None:
        """Have the last entry carry these changes too."""
        last = self._staged[-1]
        last.taken = together(last.taken, taken)

    def links(self) -> list[Link]:
        """Return the staged entries as the journal takes them."""
        links: list[Link] = []
        prev_hash = self.head.hash
        for staged in self._staged:
            entry = self._entry(staged)
            body = canonical(entry)
            links.append(Link(entry, body, prev_hash, next_hash(prev_hash, body)))
            prev_hash = links[-1].hash
        return links

    def _entry(self, staged: Staged) -> Entry:
        return Entry(
            seq=staged.seq,
            at=self._at,
            kind=staged.kind,
            operation_id=self._author.operation_id,
            by=self._author.by,
            console=self._author.console,
            incident_id=staged.incident_id,
            unit_id=staged.unit_id,
            happened_at=self._author.happened_at,
            unsure=self._unsure,
            data=staged.data,
            changes=tuple(map(change_of, staged.taken)),
            content=staged.content,
        )

    def next_number(self, year: int) -> tuple[int, str]:
        """Return the next serial of this year and its number."""
        if year > self.serial_year:  # a console whose zone is behind does not turn it back
            self.serial_year, self.serial = year, 0
        self.serial += 1
        return self.serial, number_of(self.serial_year, self.serial)
