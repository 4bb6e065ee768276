"""Made-up boards as the supervisor's window meets them, and the room that answers for them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from crt_console.domain.board import Board, Changes, Link
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.entries import Entry
from crt_console.domain.ids import AlarmId
from crt_console.domain.incident import Incident
from crt_console.domain.words import AlarmKind, IncidentStatus
from ui import samples
from ui.sample_rows import COLLEAGUE, ME, Workshop

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)
GONE = Link(live=False, saving=False, since=NOW - timedelta(seconds=47), because="no answer")


class Room:
    """Answers what the window reads; remembers what it was told to do, and by whom."""

    def __init__(self, board: Board, now: datetime = NOW) -> None:
        self.board, self._now = board, now
        self.done: list[tuple[Command, str | None]] = []
        self.read = 0

    def now(self) -> datetime:
        return self._now

    async def do(self, command: Command, *, by: str | None = None) -> Outcome:
        self.done.append((command, by))
        return Outcome(seq=1)

    async def changes(self) -> AsyncIterator[Changes]:
        yield Changes(board=self.board)

    async def timeline(self, incident_id: str) -> Any:
        entry = Entry(
            seq=1, at=self._now - timedelta(minutes=90), kind="NotSent", operation_id="o",
            by=COLLEAGUE, console="2", incident_id=incident_id,
        )  # fmt: skip
        return (SimpleNamespace(entry=entry, content={}),)

    async def places(self, _text: str, _limit: int = 8) -> Any:
        return ()

    async def figures(self, _since: datetime) -> Any:
        self.read += 1
        return SimpleNamespace(
            received=31, advised_to_team=14, sent=11, not_sent={"no_team_free": 2,
            "caller_withdrew": 1}, not_assessed=2, overridden=1,
            waiting=SimpleNamespace(n=11, median_s=250.0, p90_s=690.0),
            response=SimpleNamespace(n=9, median_s=860.0, p90_s=None),
        )  # fmt: skip


def decided(board: Board, now: datetime = NOW) -> Board:
    """The board with what was decided otherwise today, and shifts that end."""
    made = Workshop(now)
    made.tables = {name: dict(rows) for name, rows in board.tables.items()}
    made.content = dict(board.content)
    for serial, reason in ((118, "no_team_free"), (101, "caller_withdrew"), (94, "no_team_free")):
        made.incident(
            serial, "12 Grand St", 60.0 + 118 - serial, status=IncidentStatus.CLOSED,
            not_sent=reason, closed_at=made.ago(20), owner=COLLEAGUE,
        )  # fmt: skip
    for unit in list(made.tables["units"].values()):
        if unit.on_shift:
            ends = now.replace(hour=20 if unit.key in {"crt5", "crt7"} else 16, minute=0)
            made.put("units", replace(unit, shift_ends_at=ends))
    return made.board()


def overridden(board: Board, serial: int = 140, now: datetime = NOW) -> Board:
    """The board with police taken off an incident that had them advised."""
    made = Workshop(now)
    made.tables = {name: dict(rows) for name, rows in board.tables.items()}
    made.content = dict(board.content)
    before: Incident = made.tables["incidents"][f"incident-{serial}"]
    after: Incident = made.put(
        "incidents",
        replace(
            before, agencies=("crt", "police"), override=("crt",), override_by=ME,
            override_reason=made.words("Neighbours know them both and are still there."),
            override_at=made.ago(3),
        ),
    )  # fmt: skip
    made.alarm(AlarmKind.OVERRIDE, after.id, made.ago(3), after, detail="police", supervisor=True)
    return made.board()


def boards() -> dict[str, tuple[Board, Link]]:
    """Every state the window is looked at in."""
    asked = decided(samples.second_person(NOW))
    return {
        "usual": (asked, Link()),
        "told": (overridden(asked), Link()),
        "unnamed": (asked, Link()),
        "picked": (decided(samples.ordinary(NOW)), Link()),
        "emergency": (decided(samples.emergency(NOW)), Link()),
        "crowded": (decided(samples.crowded(NOW)), Link()),
        "empty": (samples.empty(NOW), Link()),
        "bare": (Board(seq=1, at=NOW), Link()),
        "gone": (asked, GONE),
    }


def alarm_id(board: Board, kind: AlarmKind) -> AlarmId:
    """The first alarm of a kind."""
    return next(a.id for a in board.alarms.values() if a.kind is kind)
