"""A living, made-up day of the city: an evening under way, then calls, colleagues and teams."""

import asyncio
import random
from collections.abc import Iterator
from datetime import datetime

from crt_console.console import Console
from crt_console.domain.board import Board
from crt_console.domain.errors import Refused, Unavailable
from crt_console.inbound.demo_day import Day, Story, the_day
from crt_console.inbound.demo_dispatch import Dispatchers
from crt_console.inbound.demo_field import Field
from crt_console.inbound.demo_pace import Act, Pace, people
from crt_console.inbound.demo_seed import CAD, Seeder, call_of

MOST_OPEN = 14  # incidents, above which nobody calls
_ARRIVALS = (20.0, 60.0)  # seconds between two calls
_TICK, _SHORTEST_TICK = 0.5, 0.02
_CATCH_UP = 2.0  # seconds until the board must show what was done
_LOOK = 0.01
_AWAY = 1.0  # seconds until the database is tried again


async def is_empty(console: Console) -> bool:
    """Return whether nothing was ever done in this room, so that a made-up day may begin."""
    return console.board.seq == 0


async def seed(console: Console, *, now: datetime, me: str | None = None) -> None:
    """Fill an empty room with an evening under way; some of it is `me`'s."""
    await _shown(console, await Seeder(console, the_day(), me=me or console.by, now=now).run())


async def live(console: Console, *, me: str, pace: float = 1.0, seed: int | None = None) -> None:
    """Let the day go on until cancelled, `pace` times as fast; `seed` makes it the same again.

    Calls arrive, colleagues work on what `me` does not have, teams and agencies answer everybody.
    """
    town = _Town(the_day(), me, pace, random.randrange(1 << 32) if seed is None else seed)  # noqa: S311
    town.begin(console.board)
    loop = asyncio.get_running_loop()
    while True:
        for act in town.acts(console.board, loop.time(), console.now()):
            await _carry_out(console, act)
        await asyncio.sleep(max(_TICK / pace, _SHORTEST_TICK))


class _Town:
    """Everybody but the person at the window."""

    def __init__(self, day: Day, me: str, pace: float, seed: int) -> None:
        self._day = day
        self._pace = Pace(pace, seed)
        self._names, supervisor = people(me)
        self._field = Field(day, self._pace, supervisor)
        self._dispatchers = Dispatchers(day, self._pace, self._names, me)
        self._random = random.Random(seed)  # noqa: S311 - a made-up day, guards nothing
        self._deck: list[Story] = []
        self._called = 0

    def begin(self, board: Board) -> None:
        """Go on from this board: no number of the CAD twice in one room, new stories first."""
        self._called = board.seq
        told = {board.text(incident.text) for incident in board.incidents.values()}
        self._deck = [s for s in self._day.stories.values() if s.text not in told]
        self._random.shuffle(self._deck)

    def acts(self, board: Board, clock: float, now: datetime) -> list[Act]:
        """Return what everybody does now."""
        self._pace.begin(clock)
        arriving = self._call(board)
        return [*self._field.acts(board), *self._dispatchers.acts(board, now), *arriving]

    def _call(self, board: Board) -> Iterator[Act]:
        if len(board.open_incidents) >= MOST_OPEN:
            return iter(())
        if not self._pace.ripe(*_ARRIVALS, "call", self._called):
            return iter(())
        story = self._draw({board.text(i.text) for i in board.open_incidents})
        self._called += 1
        if story.source.planned:  # nobody calls: a colleague enters the visit
            return iter((Act(call_of(self._day, story), self._names[0]),))
        external = f"D26-{self._called:05d}"
        return iter((Act(call_of(self._day, story, external=external), CAD),))

    def _draw(self, told: set[str]) -> Story:
        """Return a story that nobody is telling at present; each once before any comes again."""
        for _ in range(2):
            for at, story in enumerate(self._deck):
                if story.text not in told:
                    return self._deck.pop(at)
            self._deck = list(self._day.stories.values())
            self._random.shuffle(self._deck)
        raise RuntimeError("every story of the day is being told")


async def _carry_out(console: Console, act: Act) -> None:
    """Do it, unless somebody was faster or the database is away; then see it on the board."""
    try:
        outcome = await console.do(act.command, by=act.by)
    except Refused:
        return  # the person at the window was first
    except Unavailable:
        await asyncio.sleep(_AWAY)
        return
    await _shown(console, outcome.seq or 0)


async def _shown(console: Console, seq: int) -> None:
    """Wait until the board has got as far as this entry, a while at most."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _CATCH_UP
    while console.board.seq < seq and loop.time() < until:  # noqa: ASYNC110 - comes from a thread
        await asyncio.sleep(_LOOK)
