"""A desk that stands still, for pictures: no database, no loop, one moment of a made-up day."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crt_console.domain.board import Board
from crt_console.domain.places import Place, place_key
from crt_console.domain.timers import Timers
from crt_console.domain.words import TEAM
from ui.models.desk import Desk
from ui.models.no_room import NoRoom
from ui.sample_rows import ME, sample_pack
from ui.sample_story import story
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class _Took:
    n: int
    median_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as the console counts it."""

    received: int
    advised_to_team: int
    sent: int
    not_sent: Mapping[str, int]
    not_assessed: int
    overridden: int
    waiting: _Took
    response: _Took


_EARLIER, _SENT_EARLIER = 15, 7  # incidents of the morning that are on no board any more


def _day(board: Board) -> _Day:
    """Count the morning and what the board shows: figures that its lists do not belie."""
    shown = board.incidents.values()
    if not shown:
        none = _Took(0, None, None)
        return _Day(0, 0, 0, {}, 0, 0, none, none)
    gone_to = sum(bool(i.sent_at or board.assignments_of(i.id)) for i in shown)
    there = sum(i.on_scene_at is not None for i in shown)
    return _Day(
        received=_EARLIER + len(shown),
        advised_to_team=_SENT_EARLIER + sum(TEAM in i.agencies for i in shown),
        sent=_SENT_EARLIER + gone_to,
        not_sent=Counter(i.not_sent for i in shown if i.not_sent is not None),
        not_assessed=sum(i.unasked for i in shown),
        overridden=sum(i.override is not None for i in shown),
        waiting=_Took(_SENT_EARLIER + gone_to, 250.0, 690.0),
        response=_Took(_SENT_EARLIER + there, 860.0, None),
    )


class StillRoom(NoRoom):
    """Answers what windows read (timeline, places, figures) with made-up words."""

    async def timeline(self, incident_id: str) -> Any:
        """Return what happened on an incident of the sample board."""
        return story(self.board, incident_id)

    async def places(self, text: str, limit: int = 8) -> Any:
        """Return two places, whatever was typed."""
        del text
        names = (("124 Albany Ave", "Clay Arsenal"), ("1240 Albany Ave", "Upper Albany"))
        found = (
            Place(id=str(n), name=name, key=place_key(name), lat=41.77, lon=-72.68,
                  neighbourhood=where)
            for n, (name, where) in enumerate(names, start=1)
        )  # fmt: skip
        return tuple(found)[:limit]

    async def figures(self, since: datetime) -> Any:
        """Return the day of this board, or one on which nothing came in yet."""
        del since
        return _day(self.board)


class StillTasks(Tasks):
    """Runs each task to its end at once, in a loop that nothing else uses."""

    def start(self, work: Coroutine[Any, Any, Any], *, quiet: bool = False) -> asyncio.Task[Any]:
        """Run a coroutine that waits for nothing."""
        loop = asyncio.new_event_loop()
        try:
            task = loop.create_task(work)
            task.add_done_callback(lambda done: self._ended(done, quiet=quiet))
            loop.run_until_complete(asyncio.wait([task]))
        finally:
            loop.close()
        return task

    def _has_loop(self) -> bool:
        return True  # each task has its own


class StillDesk(Desk):
    """The desk of one person on a made-up board, at the moment of the picture."""

    def __init__(self, board: Board, now: datetime) -> None:
        super().__init__(
            StillRoom(board, now),
            who=ME,
            console="3",
            pack=sample_pack(),
            timers=Timers(),
            shared=True,
        )
        self.tasks = StillTasks(self.said.emit)
