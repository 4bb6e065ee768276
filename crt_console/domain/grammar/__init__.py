"""The one grammar of the command bar, the shell and scripts: a line in, a command value out."""

import difflib
from collections.abc import Collection
from datetime import datetime

from crt_console.domain.commands import Command
from crt_console.domain.grammar import intake, sending, teams
from crt_console.domain.grammar.completing import VERBS, Completion, complete
from crt_console.domain.grammar.line import Facts, Line, Misread, Show, listed, squashed
from crt_console.domain.limits import COMMAND_LINE, clean

__all__ = ["HELP", "Completion", "Facts", "Misread", "Show", "complete", "parse"]

HELP: tuple[tuple[str, str], ...] = (
    *((verb.form, verb.says) for verb in intake.VERBS),
    *((verb.form, verb.says) for verb in sending.VERBS),
    teams.STATUS_FORM,
    *((verb.form, verb.says) for verb in teams.VERBS),
)

ALL = "F1, or in a shell `do --help`, shows all"


def parse(
    text: str,
    *,
    now: datetime,
    known_units: Collection[str] = (),
    facts: Facts | None = None,
) -> Command | Show:
    """Return what this line means, or raise `Misread`, which says what was expected.

    `now` is on the clock of the room; `facts` are the words each fact may be answered with.
    """
    line = Line(_cleaned(text), now=now, units=known_units, facts=facts or {})
    if not line.left:
        raise Misread("Nothing was said", "a command, such as take 142")
    verb = VERBS.get(squashed(line.peek()))
    if verb is None or teams.names_unit(line):
        reported = teams.read_status(line)
        if reported is not None:
            return reported
    if verb is None:
        raise _unknown(line)
    line.word(verb.name)
    if verb.timed:
        line.take_time()
    return verb.read(line)


def _cleaned(text: str) -> str:
    """Return the line without what cannot be said or kept: control signs, half letters."""
    if len(text) > COMMAND_LINE:
        raise Misread("The line is too long", f"{COMMAND_LINE:,} characters at most")
    return " ".join(clean(text).split())


def _unknown(line: Line) -> Misread:
    first, *rest = line.left.split()
    if rest and (teams.names_unit(line) or any(sign.isdigit() for sign in first)):
        said, near = teams.near_status(line)
        wrong = f"“{said}” is not a status" if said else "The status is missing"
        return Misread(wrong, f"{listed(near)}; {ALL}")
    names = [verb.name for verb in VERBS.values()]
    near = difflib.get_close_matches(first.lower(), names, n=2, cutoff=0.8)
    expected = listed(near) if near else f"a command, or a call sign and its status; {ALL}"
    return Misread(f"“{first}” is not a command", expected)
