"""What became of a shift, told from its journal: every call, every unit, every alarm."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board, fold
from crt_console.domain.entries import Entry
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind, HandoverState, IncidentStatus
from crt_console.protocol.standing import is_live, needs_of

_SLACK = timedelta(milliseconds=1)


@dataclass(slots=True)
class Story:
    """What the journal says of the shift."""

    calls: dict[str, str] = field(default_factory=dict)  # incident id → number
    ends: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    acts: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    why: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unjustified: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    board: Board = field(default_factory=Board)

    @property
    def left(self) -> list[str]:
        """Calls that were neither sent, nor handed over, nor not-sent with a reason."""
        return [number for key, number in self.calls.items() if not self.ends[key]]

    @property
    def seconds(self) -> int:
        """How often a second person answered."""
        return self.acts["Confirmed"] + self.acts["Denied"]

    @property
    def open(self) -> list[str]:
        """Incidents that nobody closed."""
        return [i.number for i in self.board.open_incidents]


def told(entries: Iterable[Entry], timers: Timers) -> Story:
    """Read the journal from its first entry."""
    story = Story()
    for entry in entries:
        before = story.board
        story.board = fold(before, [entry], {})
        story.acts[entry.kind] += 1
        _ends(story, entry)
        for change in entry.changes:
            if change.table == "alarms":
                _alarm(story, before, entry, change.id, timers)
        _book(story)
    return story


def _ends(story: Story, entry: Entry) -> None:
    key = entry.incident_id
    if key is None:
        return
    if entry.kind == "CallReceived":
        story.calls[key] = story.board.incidents[key].number
    kinds = {"UnitAssigned": "sent", "HandoverAccepted": "handed over", "NotSent": "not sent"}
    if entry.kind in kinds and (entry.kind != "NotSent" or entry.data.get("reason")):
        story.ends[key].add(kinds[entry.kind])


def _book(story: Story) -> None:
    taken = Counter(
        a.unit_id for a in story.board.tables["assignments"].values() if a.released_at is None
    )
    story.doubles += [f"{unit} at {story.board.seq}" for unit, n in taken.items() if n > 1]


def _alarm(story: Story, before: Board, entry: Entry, key: str, timers: Timers) -> None:
    """Count an alarm when it is raised, or steps up, and say what made it due."""
    was, now = before.alarms.get(key), story.board.alarms.get(key)
    if now is None or now.raised_at is None:
        return
    if was is not None and was.raised_at is not None and was.step == now.step:
        return
    kind = now.kind.value
    story.raised[kind] += 1
    because = entry.kind if entry.kind != "AlarmRaised" else _cause(before, now, entry.at, timers)
    if because:
        story.why[kind][because] += 1
    else:
        story.unjustified.append(f"{kind} at {entry.seq}")


def _cause(  # noqa: PLR0911 - a kind each
    board: Board, alarm: Alarm, at: datetime, timers: Timers
) -> str:
    """Return why it fell due, judged anew from the rows; "" where they do not bear it out."""
    unit = board.units.get(alarm.unit_id or "")
    incident = board.incidents.get(alarm.incident_id or "")
    kind = alarm.kind
    if kind is AlarmKind.CHECK_IN and unit is not None:
        limit = min(timers.check_in.get(unit.status.value, 1e9), timers.check_in_wary)
        heard = unit.heard_at is not None and at - unit.heard_at >= _seconds(limit)
        return f"not heard in time, {unit.status.value}, step {alarm.step}" if heard else ""
    if kind is AlarmKind.STATUS and unit is not None:
        limit = timers.overdue.get(unit.status.value, 1e9)
        return f"{unit.status.value} too long" if at - unit.status_at >= _seconds(limit) else ""
    if incident is None:
        return ""
    if kind is AlarmKind.FIRST_QUESTION:
        late = at - incident.arrived_at >= _seconds(timers.first_question) and incident.unasked
        owner = "owned" if incident.owner else "nobody had taken it"
        return f"not asked in time, {owner}" if late else ""
    if kind is AlarmKind.WAITING:
        waits = incident.status is IncidentStatus.WAITING
        late = at - (incident.waiting_since or at) >= timers.limit(incident.priority) - _SLACK
        free = sum(u.free for u in board.units.values())
        return f"over the limit, {'some' if free else 'no'} team free" if waits and late else ""
    if kind in {AlarmKind.HANDOVER, AlarmKind.BACKUP}:
        handover = board.tables["handovers"].get(alarm.subject)
        if handover is None or handover.state is not HandoverState.OFFERED:
            return ""
        return f"{alarm.detail}: no answer in time" if handover.due_at <= at else ""
    if kind is AlarmKind.FLOOR_AGENCY:
        asked = is_live(board.handovers_of(incident.id), alarm.detail, floor=True)
        return "nobody asked it" if alarm.detail in needs_of(incident) and not asked else ""
    return ""


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds) - _SLACK


def slope(samples: Iterable[tuple[float, float]]) -> tuple[float, float, float]:
    """Return memory at a third of the time and at the end, and megabytes an hour between."""
    found = list(samples)
    rest = found[len(found) // 3 :]
    if len(rest) < 2:
        return 0.0, 0.0, 0.0
    n = len(rest)
    mean_t, mean_m = sum(t for t, _ in rest) / n, sum(m for _, m in rest) / n
    spread = sum((t - mean_t) ** 2 for t, _ in rest) or 1.0
    rise = sum((t - mean_t) * (m - mean_m) for t, m in rest) / spread
    return rest[0][1], rest[-1][1], rise * 3600


def refused(reports: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Return how often each kind of command was refused."""
    found: Counter[str] = Counter()
    for report in reports:
        for words, number in report["refused"].items():
            found[words.split(":", 1)[0]] += number
    return found
