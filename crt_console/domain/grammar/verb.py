"""What a verb of the command line is: its form, what it says, how its line is read."""

from collections.abc import Callable
from dataclasses import dataclass

from crt_console.domain.commands import Command
from crt_console.domain.grammar.line import Line, Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb. `wants` names what each further word is, for completion; the last repeats if `…`.

    `timed` verbs are reports: `at HH:MM` at their end is when it happened.
    """

    name: str
    form: str
    says: str
    read: Callable[[Line], Command | Show]
    wants: tuple[str, ...] = ()
    timed: bool = False
