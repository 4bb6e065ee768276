"""Writes what a transaction has staged: journal, words, rows, lists, the head, and the wake-up."""

from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec

from crt_console.store import statements
from crt_console.store.columns import to_micros
from crt_console.store.held import Held
from crt_console.store.pen import Link
from crt_console.store.prepared import Hand
from crt_console.store.room import Room

NOTIFY_BYTES = 7900  # PostgreSQL takes less than 8,000


class Wake(msgspec.Struct, frozen=True):
    """What a NOTIFY carries where it fits: the entries, their words, the hash they follow."""

    prev: str
    entries: list[msgspec.Raw]
    content: dict[str, str | None]


_table = attrgetter("table")
_wake = msgspec.json.Encoder()


def flush(room: Room, outcome: str, *, notify: bool) -> None:
    """Write everything, in as few statements as there are kinds of rows."""
    pen, hand = room.pen, room.hand
    links = pen.links()
    _write_rows(hand, list(room.rows.changed()))
    if links:
        hand.run(statements.PUT_ENTRY, [_entry_values(link) for link in links])
    if pen.content:
        hand.run(statements.PUT_CONTENT, pen.content)
    for statement, values in pen.asides:
        hand.run(statement, [values])
    seq = pen.next_seq - 1
    operation = {"operation_id": room.operation_id, "seq": seq, "outcome": outcome}
    hand.run(statements.PUT_OPERATION, [operation])
    if not links:
        return
    head = {
        "seq": seq,
        "hash": links[-1].hash,
        "serial_year": pen.serial_year,
        "serial": pen.serial,
    }
    hand.run(statements.PUT_HEAD, [head])
    if notify:
        hand.run(statements.NOTIFY, [{"payload": _payload(links, pen.content)}])


def _write_rows(hand: Hand, rows: list[Held]) -> None:
    """Change rows before adding any: a unit is released before it is assigned anew."""
    known = [held for held in rows if held.stored is not None]
    for (table, columns), group in groupby(known, _changed):
        if columns:  # nothing, where boards only get it back
            hand.write(statements.update_of(table, columns), [held.row for held in group])
    if len(known) < len(rows):
        for table, group in groupby((held for held in rows if held.stored is None), _table):
            hand.write(statements.INSERTS[table], [held.row for held in group])


def _changed(held: Held) -> tuple[str, tuple[str, ...]]:
    return held.table, held.differing()


def _entry_values(link: Link) -> dict[str, Any]:
    entry = link.entry
    return {
        "seq": entry.seq,
        "at": to_micros(entry.at),
        "kind": entry.kind,
        "operation_id": entry.operation_id,
        "by_": entry.by,
        "console": entry.console,
        "incident_id": entry.incident_id,
        "unit_id": entry.unit_id,
        "body": link.body.decode(),
        "prev_hash": link.prev_hash,
        "hash": link.hash,
    }


def _payload(links: list[Link], content: list[dict[str, str]]) -> str:
    """Return the entries themselves where a NOTIFY can carry them, else the last number."""
    if sum(len(link.body) for link in links) < NOTIFY_BYTES:
        wake = Wake(
            prev=links[0].prev_hash,
            entries=[msgspec.Raw(link.body) for link in links],
            content={row["id"]: row["body"] for row in content},
        )
        encoded = _wake.encode(wake)
        if len(encoded) < NOTIFY_BYTES:
            return encoded.decode()
    return str(links[-1].entry.seq)
