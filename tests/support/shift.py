"""A room for tests: people say command lines, the real writer carries them out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from crt_console.domain.board import Board
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.entries import Entry
from crt_console.domain.grammar import Show, parse
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind
from crt_console.protocol.loader import load
from crt_console.protocol.vocabulary import VOCABULARY
from crt_console.services.carry_out import carry_out
from crt_console.store.create import prepare
from crt_console.store.database import Database
from crt_console.store.queries import entries_after, load_board
from crt_console.store.writer import Writer

HARMLESS = "medical none_reported, weapon none, violence_now none, suicide none"


class Shift:
    """Several people at one database; `say` speaks the grammar, `do` gives a command."""

    def __init__(self, url: str, timers: Timers | None = None) -> None:
        self.database = Database(url)
        prepare(self.database)
        self.pack = load("hartford")
        self.writer = Writer(
            self.database,
            carry_out,
            by="Ortiz",
            console="3",
            pack=self.pack,
            timers=timers or Timers(),
        )

    def do(self, command: Command, by: str = "Ortiz") -> Outcome:
        """Carry out a command as this person."""
        return self.writer.carry_out(command, by)

    def say(self, line: str, by: str = "Ortiz") -> Outcome:
        """Carry out a command line as this person."""
        command = parse(line, now=datetime.now(UTC).astimezone(), facts=VOCABULARY.facts)
        assert not isinstance(command, Show)
        return self.do(command, by)

    def new(self, line: str = "124 Albany Ave, welfare check, p2") -> str:
        """Take a call by hand and return the incident's number."""
        number = self.say(f"new {line}").incident
        assert number is not None
        return number

    def ready(self, facts: str = HARMLESS, *, nature: str = "welfare_check") -> str:
        """Return the number of an incident that was asked everything, and free teams."""
        self.teams()
        number = self.new()
        self.say(f"answer {number} nature {nature}, age_group adult, {facts}")
        return number

    def teams(self) -> None:
        """Make three teams known."""
        for sign in ("crt1", "crt2", "crt5"):
            self.say(f"unit add {sign} members:A,B languages:English")

    def board(self) -> Board:
        """Return the board as a console would load it."""
        with self.reading() as connection:
            return load_board(connection, datetime.now(UTC)).board

    def incident(self, number: str) -> Incident:
        """Return an incident as it stands."""
        return next(i for i in self.board().incidents.values() if i.number == number)

    def unit(self, key: str) -> Unit:
        """Return a unit as it stands."""
        return next(u for u in self.board().units.values() if u.key == key)

    def handovers(self, number: str) -> dict[str, str]:
        """Return agency → state of what still counts."""
        board = self.board()
        return {h.agency: h.state.value for h in board.handovers_of(self.incident(number).id)}

    def alarms(self, *, raised: bool = True) -> list[str]:
        """Return the kinds of open alarms, most urgent first."""
        board = self.board()
        shown = board.raised if raised else tuple(board.alarms.values())
        return [a.kind.value for a in shown]

    def check_in_due(self, key: str) -> datetime:
        """Return when a unit has to be heard next."""
        alarms, unit = self.board().alarms.values(), self.unit(key)
        return next(
            a.due_at for a in alarms if a.kind is AlarmKind.CHECK_IN and a.subject == unit.id
        )

    def entries(self, connection: Connection) -> tuple[Entry, ...]:
        """Return the whole journal."""
        found = entries_after(connection, seq=0, most=10_000)
        return found.entries if found else ()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to look with."""
        with self.database.reading() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.writer.close()
        self.database.close()


def quick(**seconds: float) -> Timers:
    """Return timers in which these fall due after so many seconds."""
    return replace(Timers(), **seconds)  # type: ignore[arg-type]
