"""`places` and `types`: the gazetteer, and what other systems' words stand for."""

import csv
import unicodedata
from pathlib import Path

import click

from crt_console.cli import output, session
from crt_console.domain.errors import Refused
from crt_console.domain.limits import fit
from crt_console.domain.places import Place, place_key
from crt_console.protocol.vocabulary import VOCABULARY
from crt_console.store.queries import MappedType

COLUMNS = ("name", "lat", "lon", "neighbourhood", "kind")


@click.group()
def places() -> None:
    """The gazetteer: addresses, crossings and landmarks with where they are."""


@places.command("import")
@session.options
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_places(chosen: session.Chosen, file: Path) -> int:
    """Add the places of a CSV file with the columns name,lat,lon,neighbourhood,kind."""
    return session.run(_import(chosen, read_places(file)))


async def _import(chosen: session.Chosen, rows: list[Place]) -> int:
    async with session.opened(chosen) as console:
        added = await console.add_places(rows)
    if chosen.as_json:
        output.emit({"received": len(rows), "places": added})
    else:
        output.say(f"{added} places from {len(rows)} rows")
    return 0


def read_places(path: Path) -> list[Place]:
    """Return the places of a CSV file; Refused names the line and what is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = {"name"} - set(reader.fieldnames or ())
            if missing:
                raise Refused(f"{path.name} has no column name: expected {', '.join(COLUMNS)}")
            return [_place(row, f"{path.name} line {reader.line_num}") for row in reader]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Refused(f"cannot read {path.name} as CSV in UTF-8: {problem}") from problem


def _place(row: dict[str, str | None], where: str) -> Place:
    name = _fitting("name", row, where)
    if not place_key(name):
        raise Refused(f"{where}: the name is missing")
    if None in row:
        raise Refused(f"{where}: more values than columns; put a name with commas in quotes")
    if any(
        unicodedata.category(sign) in {"Cc", "Cs"} for text in row.values() for sign in text or ""
    ):
        raise Refused(
            f"{where}: a control character, or a quote that does not close where it should"
        )
    return Place(
        id="",
        name=name,
        key="",
        lat=_degrees(row.get("lat"), 90, where),
        lon=_degrees(row.get("lon"), 180, where),
        neighbourhood=_fitting("neighbourhood", row, where),
        kind=_fitting("kind", row, where),
    )


def _fitting(column: str, row: dict[str, str | None], where: str) -> str:
    try:
        return fit(column, (row.get(column) or "").strip())
    except Refused as no:
        raise Refused(f"{where}: {no.because}") from None


def _degrees(text: str | None, most: float, where: str) -> float | None:
    if text is None or not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        raise Refused(f"{where}: “{text}” is not a number of degrees") from None
    if not -most <= value <= most:
        raise Refused(f"{where}: {text} is more than {most} degrees")
    return value


@click.group()
def types() -> None:
    """What other systems' words for a call stand for here."""


@types.command("list")
@session.options
@click.option("--unmapped", is_flag=True, help="Only those that nobody has mapped yet.")
@click.pass_obj
def list_types(chosen: session.Chosen, *, unmapped: bool) -> int:
    """Tell the words that were seen or mapped, the most frequent first."""
    return session.run(_list(chosen, unmapped=unmapped))


async def _list(chosen: session.Chosen, *, unmapped: bool) -> int:
    async with session.opened(chosen) as console:
        found = await console.types()
    rows = [row for row in found if not (unmapped and row.type)]
    rows.sort(key=lambda row: (-row.seen, row.system, row.raw))
    if chosen.as_json:
        output.emit({"types": rows})
        return 0
    shown = [(r.system or "-", r.raw, r.type or "not mapped", str(r.seen)) for r in rows]
    output.say(output.table(("SYSTEM", "WORD", "TYPE", "SEEN"), shown) if shown else "No types.")
    return 0


@types.command("map")
@session.options
@click.option("--priority", type=click.IntRange(1, 3), help="The priority that goes with it.")
@click.option("--nature", help="The nature that triage knows it by.")
@click.argument("system")
@click.argument("word")
@click.argument("type_", metavar="TYPE")
@click.pass_obj
def map_type(
    chosen: session.Chosen,
    *,
    system: str,
    word: str,
    type_: str,
    priority: int | None,
    nature: str | None,
) -> int:
    """Say that WORD of SYSTEM (cad, or a profile's name) stands for TYPE from now on."""
    if nature is not None and nature not in VOCABULARY.facts["nature"]:
        raise click.UsageError(f"no nature is called “{nature}”.")
    row = MappedType(
        system=fit("system", system),
        raw=fit("type", word),
        type=fit("type", type_),
        nature=nature,
        priority=priority,
    )
    return session.run(_map(chosen, row))


async def _map(chosen: session.Chosen, row: MappedType) -> int:
    async with session.opened(chosen) as console:
        await console.add_types([row])
    if chosen.as_json:
        output.emit({"ok": True, "mapped": row})
    else:
        output.say(f"{row.raw} of {row.system} is now {row.type}")
    return 0
