"""What the verbs share: their options, an open console, a loop that runs to an exit code."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from crt_console import config
from crt_console.cli import output
from crt_console.console import Console
from crt_console.domain.errors import Refused
from crt_console.protocol import loader

REFUSED, UNAVAILABLE = 1, 3
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen on the command line for any verb that touches data."""

    settings: config.Settings
    as_json: bool


def options(function: F) -> F:
    """Add the options of every verb that touches data; the verb gets them as one object."""

    def gather(ctx: click.Context, _option: click.Parameter, as_json: bool) -> None:  # noqa: FBT001
        given = {name: ctx.params.pop(name, None) for name in ("db", "by", "console", "pack")}
        try:
            settings = config.load(**given)
        except config.BadSettings as problem:
            raise click.UsageError(f"{problem}.", ctx) from problem
        ctx.obj = Chosen(settings=settings, as_json=as_json)

    shared = (
        click.option("--db", metavar="URL", is_eager=True, help="Where the room is kept."),
        click.option("--as", "by", metavar="NAME", is_eager=True, help="Who does this."),
        click.option("--console", metavar="ID", is_eager=True, help="At which console."),
        click.option("--pack", metavar="NAME|FILE", is_eager=True, help="The protocol pack."),
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            callback=gather,
            expose_value=False,
            help="JSON on stdout and nothing else.",
        ),
    )
    for option in reversed(shared):
        function = option(function)
    return function


@contextlib.asynccontextmanager
async def opened(chosen: Chosen, *, follow: bool = False) -> AsyncIterator[Console]:
    """An open console for as long as the block lasts; without `follow` the board stays still."""
    settings = chosen.settings
    try:
        pack = loader.load(settings.pack)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    console = await Console.open(
        settings.database,
        by=settings.by,
        console=settings.console,
        pack=pack,
        timers=settings.timers,
        follow=follow,
        dues=False,
    )
    try:
        yield console
    finally:
        await console.close()


def run(work: Coroutine[Any, Any, int]) -> int:
    """Run a verb to its exit code; a reader of its output that leaves has seen enough."""
    try:
        return asyncio.run(work)
    except BrokenPipeError:
        output.nobody_reads()
        return 0
