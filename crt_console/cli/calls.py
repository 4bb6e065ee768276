"""`receive`, `import`, `replay`: calls coming in, from any CAD or from the past."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

from crt_console.cli import output, session
from crt_console.domain.commands import Outcome, ReceiveCall
from crt_console.domain.errors import Refused, Unavailable
from crt_console.inbound.counts import Counts
from crt_console.inbound.importing import import_file
from crt_console.inbound.profile import Profile, ProfileError, load_profile
from crt_console.inbound.receive import receive as take_in
from crt_console.inbound.replay import replay as play

STEP = 5  # hundredths between two lines of progress where nobody sees a bar
PROFILE = "profile"


@click.command()
@session.options
@click.option("--follow", is_flag=True, help="Wait for more lines until interrupted.")
@click.option("--system", default="cad", show_default=True, help="Whose numbers these are.")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def receive(chosen: session.Chosen, file: IO[bytes], system: str, *, follow: bool) -> int:
    """Take in calls from any CAD, one JSON object a line; `external` and `at` are required.

    A bad line is kept with its reason and raises an alarm; the rest go on.
    """
    return session.run(_receive(chosen, file, system, follow=follow))


async def _receive(chosen: session.Chosen, file: IO[bytes], system: str, *, follow: bool) -> int:
    counts = Counts()
    async with session.opened(chosen) as console:
        with telling(counts, as_json=chosen.as_json):
            taking = take_in(
                console, file, follow=follow, system=system, counts=counts, tell=_waiting
            )
            await until_stopped(taking)
    return 0


def _waiting(because: str) -> None:
    output.complain(f"waiting: {because}")


@click.command(name="import")
@session.options
@click.option(PROFILE, f"--{PROFILE}", required=True, metavar="NAME|FILE.toml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_(chosen: session.Chosen, file: Path, profile: str) -> int:
    """Bring in past calls by a mapping profile; the same file twice adds nothing."""
    return session.run(_import(chosen, file, _profile(profile)))


async def _import(chosen: session.Chosen, file: Path, profile: Profile) -> int:
    counts = Counts(with_updated=False)
    async with session.opened(chosen) as console:
        with telling(counts, as_json=chosen.as_json):
            await import_file(console, file, profile, progress(), counts)
    return 0


@click.command()
@session.options
@click.option(PROFILE, f"--{PROFILE}", required=True, metavar="NAME|FILE.toml")
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0)
@click.option("--from", "start", metavar="T", help="First time that counts, as 2024-03-01T08:00.")
@click.option("--to", "end", metavar="T", help="First time that no longer counts.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def replay(
    chosen: session.Chosen,
    *,
    file: Path,
    profile: str,
    speed: float,
    start: str | None,
    end: str | None,
) -> int:
    """Let past calls arrive now, at X times real speed."""
    window = _time(start, "--from"), _time(end, "--to")
    return session.run(_replay(chosen, file, _profile(profile), speed=speed, window=window))


async def _replay(
    chosen: session.Chosen,
    file: Path,
    profile: Profile,
    *,
    speed: float,
    window: tuple[datetime | None, datetime | None],
) -> int:
    counts = Counts(with_updated=False)
    on_call = None if chosen.as_json else _arrived
    async with session.opened(chosen) as console:
        playing = play(
            console,
            file,
            profile,
            speed=speed,
            start=window[0],
            end=window[1],
            on_call=on_call,
            counts=counts,
        )
        with telling(counts, as_json=chosen.as_json):
            whole = await until_stopped(playing)
    return 0 if whole else session.REFUSED


def _arrived(command: ReceiveCall, outcome: Outcome) -> None:
    output.say(f"{outcome.incident or '?'}  {command.type or 'no type'}")


def _profile(name: str) -> Profile:
    try:
        return load_profile(name)
    except ProfileError as problem:
        raise Refused(str(problem)) from problem


def _time(text: str | None, option: str) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"“{text}” is not a time; write one like 2024-03-01T08:00.", param_hint=option
        ) from None


async def until_stopped(work: Coroutine[Any, Any, object]) -> bool:
    """Do this until it ends or somebody interrupts; return whether it came to its end."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for each in signals:
        loop.add_signal_handler(each, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return False
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
    return True


def progress() -> Callable[[int, int], None]:
    """Return what shows how far an import is, on stderr: in place, or a line for each step."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        part = 100 if not total else done * 100 // total
        end = done == total
        if part == shown or (not end and not sys.stderr.isatty() and part < shown + STEP):
            return
        shown = part
        mark = "\r" if sys.stderr.isatty() else ""
        line = f"{mark}{done} of {total} rows, {part} %"
        with contextlib.suppress(OSError):
            print(line, end="\n" if end or not mark else "", file=sys.stderr, flush=True)

    return show


@contextlib.contextmanager
def telling(counts: Counts, *, as_json: bool) -> Iterator[None]:
    """Write at the end of the block what became of the lines, those before an outage too."""
    try:
        yield
    except Unavailable:
        tell(counts, as_json=as_json)
        raise
    tell(counts, as_json=as_json)


def tell(counts: Counts, *, as_json: bool) -> None:
    """Write what became of the lines."""
    shown = counts.to_json()
    if as_json:
        output.emit(shown)
        return
    numbers = [f"{value} {key}" for key, value in shown.items() if isinstance(value, int)]
    output.say(", ".join(numbers))
    for key in ("reasons", "oddities", "unmapped", "ignored"):
        for what, number in shown.get(key, {}).items():
            output.say(f"  {key}: {what}: {number}")
    for note in shown.get("notes", ()):
        output.say(f"  note: {note}")
