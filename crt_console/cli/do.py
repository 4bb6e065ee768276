"""`do`: one dispatcher, one command or many, each answered at once."""

import signal
import sys
from collections.abc import Iterator
from typing import Any

import click

from crt_console.cli import output, session
from crt_console.cli.show import show
from crt_console.console import Console
from crt_console.domain.commands import AddUnit, Outcome
from crt_console.domain.errors import Refused, Unavailable, Unknown
from crt_console.domain.grammar import HELP, Show, parse
from crt_console.protocol.vocabulary import VOCABULARY

Answer = dict[str, Any]
FORMS = "\n".join(f"{form}\n    {says}" for form, says in HELP)


class Dispatcher:
    """Reads lines and answers them, as one person at one console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._signs = {unit.call_sign for unit in console.board.units.values()}
        self.code = 0

    async def answer(self, text: str) -> Answer:
        """Carry one line out; every answer is a value, a refusal too."""
        try:
            return await self._carried_out(text)
        except Unknown as problem:
            answer = _no("unknown", problem.because, by=problem.by)
        except Refused as problem:
            answer = _no("refused", problem.because, by=problem.by)
        except Unavailable as problem:
            self.code = session.UNAVAILABLE
            answer = _no("unavailable", problem.because, may_be_done=problem.may_be_done)
        except Exception as fault:  # noqa: BLE001 - the next command may do; a trace may hold words
            answer = _no("fault", output.fault(fault))
        self.code = self.code or session.REFUSED
        return answer

    async def _carried_out(self, text: str) -> Answer:
        now = self._console.now().astimezone()
        command = parse(text, now=now, known_units=self._signs, facts=VOCABULARY.facts)
        if isinstance(command, Show):
            return await show(self._console, command.ref)
        outcome = await self._console.do(command)
        if isinstance(command, AddUnit):
            self._signs.add(command.call_sign)
        if outcome.kind != "done":
            self.code = self.code or session.REFUSED
        return form(outcome)


def _no(kind: str, because: str, *, by: str | None = None, **more: Any) -> Answer:
    return {"ok": False, "kind": kind, "because": because, "by": by, **more}


def form(outcome: Outcome) -> Answer:
    """Return the JSON form of what an act led to."""
    named = {
        name: value
        for name in ("incident_id", "unit", "id", "because")
        if (value := getattr(outcome, name)) is not None
    }
    head: Answer = {"ok": True} if outcome.kind == "done" else {"ok": False, "kind": outcome.kind}
    about = {**head, "seq": outcome.seq, "incident": outcome.incident, **named}
    return {**about, **{key: value for key, value in outcome.data.items() if key not in about}}


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=f"\b\nThe commands, case-free:\n{FORMS}",
)
@session.options
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def do(chosen: session.Chosen, command: tuple[str, ...]) -> int:
    """Carry out one command, or one a line from stdin until it ends."""
    lines = iter([" ".join(command)]) if command else typed_lines()
    try:
        return session.run(_do(chosen, lines))
    except Unavailable as problem:
        if chosen.as_json:
            output.emit(_no("unavailable", problem.because))
        raise


async def _do(chosen: session.Chosen, lines: Iterator[str]) -> int:
    # The loop would only take note of Ctrl-C, and go on waiting for a line.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    async with session.opened(chosen) as console:
        dispatcher = Dispatcher(console)
        for line in lines:
            tell(await dispatcher.answer(line), as_json=chosen.as_json)
    return dispatcher.code


def typed_lines() -> Iterator[str]:
    """Yield what is typed or piped in, line by line, blank ones left out.

    It blocks: between two lines this process has nothing to do but wait for its person.
    """
    while line := sys.stdin.buffer.readline():
        text = line.decode("utf-8", "replace").strip()
        if text:
            yield text


def tell(answer: Answer, *, as_json: bool) -> None:
    """Write an answer in the form that was asked for."""
    if as_json:
        output.emit(answer)
    elif answer["ok"]:
        output.say(_sentence(answer))
    else:
        ask = f" (confirm {answer['id']})" if answer["kind"] == "confirm" else ""
        output.complain(f"{answer['kind']}: {answer['because']}{ask}")


def _sentence(answer: Answer) -> str:
    about = [str(answer[key]) for key in ("incident", "unit", "call_sign") if answer.get(key)]
    hidden = {"ok", "seq", "incident", "incident_id", "unit", "id", "call_sign", "timeline"}
    rest = [f"{key}: {_plain(value)}" for key, value in answer.items() if key not in hidden]
    shown = "; ".join(part for part in rest if not part.endswith(": "))
    return " ".join(["done", *about]) + (f"; {shown}" if shown else "")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_plain(v)}" for k, v in value.items() if v not in (None, ""))
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each) for each in value)
    return "" if value is None else str(value)
