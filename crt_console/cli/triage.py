"""`triage` and `pack check`: guidance without a database."""

from collections.abc import Iterator
from typing import IO, Any

import click
import msgspec

from crt_console.cli import output
from crt_console.domain.errors import Refused
from crt_console.protocol import checking, loader
from crt_console.protocol.pack import Pack
from crt_console.protocol.triage import triage_line


@click.command()
@click.option("--pack", "name", default=loader.DEFAULT_PACK, show_default=True, metavar="NAME|FILE")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@click.argument("file", type=click.File("rb"), default="-")
def triage(name: str, file: IO[bytes], *, as_json: bool) -> int:
    """Advise on facts: a JSON object a line in, `{"id": …, "facts": {…}, "context": {…}}`.

    A fact that is absent has not been asked. A wrong line is named and the others go on.
    """
    pack = _loaded(name)
    wrong = 0
    for number, line in _lines(file):
        try:
            answer = _writable(triage_line(pack, line))
        except (ValueError, RecursionError) as problem:
            wrong += 1
            output.complain(f"line {number}: {problem}")
            if as_json:
                output.emit({"id": _id(line), "error": str(problem), "line": number})
            continue
        if as_json:
            output.emit(answer)
        else:
            output.say(_sentence(answer))
    return 1 if wrong else 0


def _loaded(name: str) -> Pack:
    try:
        return loader.load(name)
    except ValueError as problem:
        raise Refused(str(problem)) from problem


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield number, line


def _writable(answer: dict[str, Any]) -> dict[str, Any]:
    try:
        msgspec.json.encode(answer["id"])
    except UnicodeEncodeError:
        problem = "the id has half a character in it"
        raise ValueError(problem) from None
    return answer


def _id(line: bytes) -> Any:
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return raw.get("id") if isinstance(raw, dict) else None


def _sentence(answer: dict[str, Any]) -> str:
    who = " + ".join(answer["agencies"]) or "nobody"
    if not answer["assessed"]:
        who = f"not assessed, so far {who}"
    ask = f"; ask: {answer['ask']}" if answer["ask"] else ""
    return f"{answer['id']}: {who}, because {answer['because']}{ask}"


@click.group()
def pack() -> None:
    """Protocol packs: a city's policy as data."""


@pack.command()
@click.option("--json", "as_json", is_flag=True)
@click.argument("name", metavar="FILE|NAME")
def check(name: str, *, as_json: bool) -> int:
    """Hold a pack against the schema and the floor."""
    found = checking.check(name)
    if as_json:
        output.emit({"ok": not found, "problems": found})
    elif found:
        for problem in found:
            output.say(f"{problem.kind}: {problem.rule or name}: {problem.because}")
    else:
        output.say(f"{name}: no problem found")
    return 1 if found else 0
