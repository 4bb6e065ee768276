"""`journal` and `db`: proofs, copies, schema steps."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from crt_console.cli import output, session
from crt_console.store import status
from crt_console.store import upgrade as steps
from crt_console.store.create import prepare
from crt_console.store.database import Database
from crt_console.store.verify import Verdict
from crt_console.store.verify import verify as prove

T = TypeVar("T")


@click.group()
def journal() -> None:
    """What happened, in order, for good."""


@journal.command()
@session.options
@click.pass_obj
def verify(chosen: session.Chosen) -> int:
    """Prove that the journal is gapless and unaltered and folds to the state."""
    verdict = _with(chosen, _verified)  # without a board: it could not be read from altered rows
    if chosen.as_json:
        output.emit(verdict)
    elif verdict.ok:
        output.say(f"{verdict.entries} entries, none missing, none altered; they fold to the state")
    else:
        where = f" at entry {verdict.first_bad}" if verdict.first_bad is not None else ""
        output.complain(f"the journal does not hold{where}: {verdict.problem}")
    return 0 if verdict.ok else session.REFUSED


def _verified(database: Database) -> Verdict:
    prepare(database)
    return database.read(prove)


@click.group()
def db() -> None:
    """The database: schema steps, copies, versions."""


def _with(chosen: session.Chosen, function: Callable[[Database], T]) -> T:
    database = Database(chosen.settings.database)
    try:
        return function(database)
    finally:
        database.close()


@db.command("status")
@session.options
@click.pass_obj
def status_(chosen: session.Chosen) -> int:
    """Tell the kind of database, its schema and how much it holds; changes nothing."""
    found = _with(chosen, status.status)
    if chosen.as_json:
        output.emit(found)
    elif found.schema is None:
        output.say(f"{found.kind}: empty; the first verb that needs tables makes them")
    else:
        output.say(
            f"{found.kind}: schema {found.schema} (this version needs {found.needed}),"
            f" {found.entries} entries, {found.incidents} incidents, {found.units} teams"
        )
    return 0 if found.schema in {None, found.needed} else session.REFUSED


@db.command()
@session.options
@click.pass_obj
def upgrade(chosen: session.Chosen) -> int:
    """Bring the schema to this version; an empty database gets its tables."""
    before, after = _with(chosen, steps.upgrade)
    if chosen.as_json:
        output.emit({"ok": True, "from": before, "to": after})
    else:
        output.say(f"schema {before or 'none'} → {after}" if before != after else f"is {after}")
    return 0


@db.command()
@session.options
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(chosen: session.Chosen, file: Path) -> int:
    """Write a consistent copy to a new file while consoles run."""
    session.run(_backup(chosen, file))
    if chosen.as_json:
        output.emit({"ok": True, "file": str(file), "bytes": file.stat().st_size})
    else:
        output.say(f"{file}: {file.stat().st_size} bytes")
    return 0


async def _backup(chosen: session.Chosen, file: Path) -> int:
    async with session.opened(chosen) as console:
        await console.backup(file)
    return 0
