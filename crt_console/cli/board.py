"""`state` and `watch`: the board now, and every change to it."""

from typing import Any

import click

from crt_console.cli import feed, output, session, shapes
from crt_console.cli.calls import until_stopped
from crt_console.console import Console
from crt_console.domain.entries import Entry

AT_ONCE = 500


@click.command()
@session.options
@click.pass_obj
def state(chosen: session.Chosen) -> int:
    """Tell the board now: incidents, teams and what is due."""
    return session.run(_state(chosen))


async def _state(chosen: session.Chosen) -> int:
    async with session.opened(chosen) as console:
        shown = shapes.state(console.board, console.now())
    if chosen.as_json:
        output.emit(shown)
    else:
        _print(shown)
    return 0


def _print(shown: dict[str, Any]) -> None:
    incidents = [
        (i["number"], i["status"], f"p{i['priority'] or '-'}", i["type"] or "no type",
         i["place"] or "no place", " + ".join(i["agencies"]) or "-", ", ".join(i["units"]) or "-",
         i["owner"] or "-")
        for i in shown["incidents"]
    ]  # fmt: skip
    head = ("INCIDENT", "STATUS", "PRIO", "TYPE", "PLACE", "ADVICE", "TEAMS", "OWNER")
    output.say(output.table(head, incidents) if incidents else "No incidents.")
    units = [
        (u["call_sign"], u["status"], u["incident"] or "-", ", ".join(u["members"]) or "-")
        for u in shown["units"]
    ]
    if units:
        output.say("\n" + output.table(("TEAM", "STATUS", "INCIDENT", "MEMBERS"), units))
    due = [
        (a["kind"], a["subject"], f"{a['since']:%H:%M:%S}", a["owner"] or "-", a["id"])
        for a in shown["alarms"]
    ]
    if due:
        output.say("\n" + output.table(("DUE", "ABOUT", "SINCE (UTC)", "OWNER", "ID"), due))


@click.command()
@session.options
@click.option("--since", type=click.IntRange(min=0), metavar="SEQ", help="Begin after this entry.")
@click.pass_obj
def watch(chosen: session.Chosen, since: int | None) -> int:
    """Write the change feed, a JSON line a change, until interrupted."""
    return session.run(_watch(chosen, since))


async def _watch(chosen: session.Chosen, since: int | None) -> int:
    async with session.opened(chosen, follow=True) as console:
        await until_stopped(_follow(console, since))
    return 0


async def _follow(console: Console, since: int | None) -> None:
    names = feed.Names()
    names.learn_board(console.board)
    last = console.board.seq if since is None else since
    async for changes in console.changes():
        names.learn_board(changes.board)
        for entry in changes.entries:
            if entry.seq == last + 1:
                last = _write(entry, names)
        while last < changes.board.seq:  # from before, or more than the feed carried
            missed = await console.entries(last, AT_ONCE)
            for entry in missed:
                last = _write(entry, names)
            if not missed:
                break


def _write(entry: Entry, names: feed.Names) -> int:
    output.emit(feed.change(entry, names))
    return entry.seq
