"""The made-up day on both databases: begins plausibly, lives on, never takes the last team."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from crt_console.console import Console
from crt_console.domain.board import Board
from crt_console.domain.commands import AcceptHandover, AssignUnits, TakeIncident
from crt_console.domain.entries import Entry
from crt_console.domain.timers import Timers
from crt_console.domain.words import (
    AGENCY_NAMES,
    DISPOSITIONS,
    NOT_SENT_REASONS,
    AlarmKind,
    HandoverState,
    IncidentStatus,
    UnitStatus,
)
from crt_console.inbound import demo
from crt_console.inbound.demo_day import the_day
from crt_console.inbound.demo_pace import Act, Pace, people
from crt_console.protocol.engine import evaluate
from crt_console.protocol.loader import load
from crt_console.protocol.vocabulary import check_facts

ME = "M. Ortiz"


def play(url: str, work: Callable[[Console], Awaitable[None]]) -> None:
    async def sit() -> None:
        console = await Console.open(
            url, by=ME, console="3", pack=load("hartford"), timers=Timers()
        )
        try:
            await work(console)
        finally:
            await console.close()

    asyncio.run(sit())


def free(board: Board) -> int:
    return sum(unit.free for unit in board.units.values())


async def entries_of(console: Console) -> tuple[Entry, ...]:
    found: tuple[Entry, ...] = ()
    while more := await console.entries(found[-1].seq if found else 0):
        found += more
    return found


def test_the_evening_is_plausible_and_verifies(database_url: str) -> None:
    async def work(console: Console) -> None:
        assert await demo.is_empty(console)
        await demo.seed(console, me=ME, now=console.now())
        assert not await demo.is_empty(console)
        board = console.board
        statuses = {i.status for i in board.incidents.values()}
        waiting, working = IncidentStatus.WAITING, IncidentStatus.WORKING
        assert {waiting, working, IncidentStatus.CLOSED} == statuses
        owners = [i.owner for i in board.open_incidents]
        assert {ME, "A. Kim", "T. Baker", None} == set(owners)
        assert 10 <= len(owners) <= demo.MOST_OPEN
        assert owners.count(ME) >= 3
        assert free(board) >= 2
        assert {UnitStatus.ONSCENE, UnitStatus.ENROUTE, UnitStatus.STAGED} <= {
            unit.status for unit in board.units.values()
        }
        kinds = [alarm.kind for alarm in board.raised]
        assert set(kinds) == {AlarmKind.HANDOVER, AlarmKind.RING_BACK}
        assert len(kinds) == 2
        now = console.now()
        assert sum(a.raised_at is None and a.due_at <= now for a in board.alarms.values()) == 0
        assert any(not incident.facts for incident in board.open_incidents)
        assert any(incident.held for incident in board.open_incidents)
        assert len(board.cautions) == len(the_day().evening.cautions)
        verdict = await console.verify()
        assert verdict.ok, verdict.problem

    play(database_url, work)


def test_what_was_long_ago_is_entered_as_long_ago(sqlite_url: str) -> None:
    async def work(console: Console) -> None:
        now = console.now()
        await demo.seed(console, me=ME, now=now)
        board = console.board
        scene = next(s for s in the_day().evening.open if s.story == "zion-crying")
        text = the_day().stories[scene.story].text
        incident = next(i for i in board.open_incidents if board.text(i.text) == text)
        taken = board.assignments_of(incident.id)[0]
        unit = board.units[taken.unit_id]
        minutes = [
            (now - at).total_seconds() / 60
            for at in (incident.arrived_at, taken.at, unit.status_at)
        ]
        assert minutes == pytest.approx([34, 29.5, 22.2], abs=0.01)
        assert incident.sent_at == taken.at
        closed = [i.closed_at for i in board.incidents.values() if i.closed_at is not None]
        assert len(closed) == len(the_day().evening.closed)
        assert all((now - at).total_seconds() > 1800 for at in closed)

    play(sqlite_url, work)


def test_the_day_lives_on(database_url: str) -> None:
    seen: list[Board] = []

    async def watch(console: Console) -> None:
        async for changes in console.changes():
            seen.append(changes.board)  # noqa: PERF401 - it is cancelled, and what came is kept

    async def work(console: Console) -> None:
        await demo.seed(console, me=ME, now=console.now())
        start = console.board
        mine = {i.id for i in start.open_incidents if i.owner == ME}
        watching = asyncio.create_task(watch(console))
        living = asyncio.create_task(demo.live(console, me=ME, pace=200, seed=1))
        await asyncio.wait([living], timeout=6)
        assert not living.done(), living.exception()
        living.cancel()
        watching.cancel()
        await asyncio.wait([living, watching])
        entries = [e for e in await entries_of(console) if e.seq > start.seq]
        kinds = {entry.kind for entry in entries}
        assert {"CallReceived", "IncidentTaken", "AnswerGiven", "UnitAssigned"} <= kinds
        assert {"UnitReported", "HandoverAccepted", "IncidentClosed"} <= kinds
        assert min(free(board) for board in seen) >= 1
        assert max(len(board.open_incidents) for board in seen) <= demo.MOST_OPEN
        by_others = {"AnswerGiven", "UnitAssigned", "IncidentTaken", "NoteAdded"}
        by_others |= {"IncidentClosed", "AdviceOverridden", "HandoverOffered", "NotSent"}
        touched = {e.kind for e in entries if e.incident_id in mine}
        assert not touched & by_others - {"HandoverOffered"}
        assert ME not in {e.by for e in entries if e.kind != "AlarmRaised"}
        verdict = await console.verify()
        assert verdict.ok, verdict.problem

    play(database_url, work)


async def until(console: Console, true: Callable[[Board], bool]) -> Board:
    async with asyncio.timeout(60):
        async for changes in console.changes():
            if true(changes.board):
                return changes.board
    raise AssertionError


def test_a_team_that_me_sends_travels_reports_and_comes_free(sqlite_url: str) -> None:
    async def work(console: Console) -> None:
        await demo.seed(console, me=ME, now=console.now())
        text = the_day().stories["albany-week"].text
        board = console.board
        incident = next(i for i in board.open_incidents if board.text(i.text) == text)
        unit = next(u for u in board.units.values() if u.free)
        await console.do(AssignUnits(units=(unit.id,), incident=incident.id))
        living = asyncio.create_task(demo.live(console, me=ME, pace=200, seed=2))
        board = await until(
            console, lambda b: b.incidents[incident.id].status is IncidentStatus.RESULT
        )
        living.cancel()
        await asyncio.wait([living])
        stamps = next(a for a in board.tables["assignments"].values() if a.unit_id == unit.id)
        assert stamps.acknowledged_at < stamps.enroute_at < stamps.on_scene_at
        assert board.incidents[incident.id].owner == ME

    play(sqlite_url, work)


def test_when_me_sends_every_team_one_comes_free_again(sqlite_url: str) -> None:
    async def work(console: Console) -> None:
        await demo.seed(console, me=ME, now=console.now())
        text = the_day().stories["albany-week"].text
        board = console.board
        incident = next(i for i in board.open_incidents if board.text(i.text) == text)
        all_free = tuple(u.id for u in board.units.values() if u.free)
        await console.do(AssignUnits(units=all_free, incident=incident.id))
        living = asyncio.create_task(demo.live(console, me=ME, pace=50, seed=3))
        await until(console, lambda b: free(b) == 0)
        await until(console, lambda b: free(b) >= 2)
        living.cancel()
        await asyncio.wait([living])

    play(sqlite_url, work)


def test_what_me_takes_from_a_colleague_is_left_alone(sqlite_url: str) -> None:
    async def work(console: Console) -> None:
        await demo.seed(console, me=ME, now=console.now())
        board = console.board
        text = the_day().stories["barbour-threat"].text
        incident = next(i for i in board.open_incidents if board.text(i.text) == text)
        await console.do(TakeIncident(incident=incident.id))
        living = asyncio.create_task(demo.live(console, me=ME, pace=200, seed=4))
        board = await until(
            console,
            lambda b: any(h.scene_clear_at for h in b.handovers_of(incident.id)),
        )
        await until(console, lambda b: len(b.incidents) > len(board.incidents) + 5)
        living.cancel()
        await asyncio.wait([living])
        assert console.board.incidents[incident.id].open
        assert not console.board.assignments_of(incident.id)
        police = console.board.handovers_of(incident.id)
        assert [h.state for h in police] == [HandoverState.ACCEPTED]

    play(sqlite_url, work)


def test_a_refusal_is_no_reason_to_stop(sqlite_url: str) -> None:
    async def work(console: Console) -> None:
        await demo.seed(console, me=ME, now=console.now())
        before = console.board.seq
        for handover in console.board.tables["handovers"].values():
            if handover.state is HandoverState.OFFERED:
                about = {"incident": handover.incident_id, "agency": handover.agency}
                for name in ("Doyle", "Ramos"):
                    accept = AcceptHandover(name=name, **about)
                    await demo._carry_out(console, Act(accept, "police desk"))
        kinds = [entry.kind for entry in await console.entries(before)]
        assert "HandoverAccepted" in kinds
        assert "CommandRefused" in kinds

    play(sqlite_url, work)


# the data


@contextmanager
def naming(story: str) -> Iterator[None]:
    try:
        yield
    except (AssertionError, ValueError) as problem:
        raise AssertionError(f"{story}: {problem}") from problem


def test_every_story_speaks_the_words_of_the_product() -> None:
    day = the_day()
    places = {place.name for place in day.places}
    for story in day.stories.values():
        with naming(story.id):
            check_facts(story.facts)
            check_facts(story.later)
            assert story.place in places
            assert story.ends in DISPOSITIONS
            assert story.priority in {1, 2, 3}
            assert not story.not_sent or story.not_sent in NOT_SENT_REASONS
            agencies = {
                story.backup,
                story.declines,
                *(story.choice.agencies if story.choice else ()),
            }
            assert agencies - {""} <= AGENCY_NAMES.keys()
            assert re.fullmatch(r"860 555 01\d\d", day.call_backs[story.id])
    assert len(day.by_text) == len(day.stories)
    assert len({place.key for place in day.places}) == len(day.places) >= 80


def test_the_stories_cover_what_the_console_is_for() -> None:
    day, pack = the_day(), load("hartford")
    advised = {"+".join(sorted(evaluate(pack, s.facts).agencies)) for s in day.stories.values()}
    assert advised >= {"", "crt", "crt+ems", "crt+police", "ems", "ems+police", "police"}
    assert advised >= {"youth", "police+youth", "crmhc", "crmhc+ems", "line", "fire+police"}
    stories = day.stories.values()
    assert {story.source.value for story in stories} >= {"911", "officer", "988", "211"}
    assert {story.source.value for story in stories} >= {"outreach", "follow-up"}
    assert {"English", "Spanish", "Portuguese", "Polish"} == {
        language for team in day.teams for language in team.languages
    }
    for name in ("lost", "later", "again", "quiet", "backup", "declines", "choice", "not_sent"):
        assert any(getattr(s, name) not in (None, "", {}, False) for s in stories), name
    assert len(stories) >= 55


def test_the_evening_names_what_there_is() -> None:
    day = the_day()
    scenes = (*day.evening.closed, *day.evening.open)
    assert {scene.story for scene in scenes} <= day.stories.keys()
    assert {scene.team for scene in scenes} - {""} <= {team.call_sign for team in day.teams}
    assert set(day.agencies) == set(AGENCY_NAMES) - {"crt"}
    known = {place.name for place in day.places} | set(day.call_backs.values())
    assert {caution.about for caution in day.evening.cautions} <= known
    assert {team.base for team in day.teams} <= known


# the pace


def test_a_key_ripens_once_in_its_time_and_the_same_each_time() -> None:
    def first(seed: int, *, hurry: bool = False) -> int:
        pace = Pace(1.0, seed)
        for second in range(200):
            pace.begin(float(second))
            if pace.ripe(20, 60, "call", 1, hurry=hurry):
                return second
        raise AssertionError

    assert 20 <= first(1) <= 60
    assert first(1) == first(1)
    assert {first(seed) for seed in range(5)} != {first(1)}
    assert first(1, hurry=True) == 5


def test_what_is_not_asked_for_begins_anew() -> None:
    pace = Pace(1.0, 1)
    pace.begin(0.0)
    assert not pace.ripe(10, 10, "x")
    pace.begin(5.0)
    pace.begin(9.0)
    assert not pace.ripe(10, 10, "x")
    pace.begin(18.0)
    assert not pace.ripe(10, 10, "x")
    pace.begin(19.0)
    assert pace.ripe(10, 10, "x")


@pytest.mark.parametrize("me", ["A. Kim", "m. ortiz", "J. Reyes", "somebody"])
def test_nobody_else_has_the_name_of_the_person_at_the_window(me: str) -> None:
    dispatchers, supervisor = people(me)
    names = [name.casefold() for name in (*dispatchers, supervisor)]
    assert me.casefold() not in names
    assert len(set(names)) == 3
