"""The rows of queue and teams as plain values; ages and lateness are computed while painting."""

from dataclasses import dataclass
from typing import NamedTuple

from ui.theme import Shape, age

Order = tuple[float, ...]
NO_ORDER: Order = ()


class Section(NamedTuple):
    """A part of a list: its name in the rows and its title on the screen."""

    name: str
    title: str


EMERGENCY = Section("emergency", "Emergency")  # above all else, wherever its row stood before
QUEUE_SECTIONS = (EMERGENCY, Section("waiting", "Waiting"), Section("working", "Working"))
TEAM_SECTIONS = (
    EMERGENCY,
    Section("free", "Free"),
    Section("busy", "Busy"),
    Section("not_here", "Not here"),
)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The heading above the rows of a section; the model makes it."""

    key: str
    section: str
    title: str
    count: int
    note: str = ""
    order: Order = NO_ORDER

    def words(self) -> str:
        """What a screen reader says."""
        return f"{self.title} {self.count}"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An open incident. Times are seconds since 1970; `{due}` in the words counts to `due_at`.

    `order` is compared between rows of a section, least first; `detail` gives way when there
    is no room; `brief` is the state in a one-line row.
    """

    key: str
    section: str
    number: str
    place: str
    state_shape: Shape
    state: str
    priority: int | None = None
    assessed: bool = False
    source: str = ""
    next_act: str = ""
    detail: str = ""
    brief: str = ""
    owner: str = ""
    waiting_since: float | None = None
    limit_s: float | None = None
    due_at: float | None = None
    emergency: bool = False
    unread: bool = False
    order: Order = NO_ORDER

    def late(self, now: float) -> float | None:
        """Seconds past the waiting limit or a due, whichever is more; None if in time."""
        end = self.due_at
        if self.waiting_since is not None and self.limit_s is not None:
            limit = self.waiting_since + self.limit_s
            end = limit if end is None or limit < end else end
        return None if end is None or now < end else now - end

    def name(self) -> str:
        """What it is called in a word."""
        return self.number

    def filled(self, now: float) -> float | None:
        """Share of the waiting limit that is used, above 1 when over; None without a limit."""
        if self.waiting_since is None or not self.limit_s:
            return None
        return (now - self.waiting_since) / self.limit_s

    def since(self) -> float | None:
        """From when the age counts."""
        return self.waiting_since

    def words(self) -> str:
        """What a screen reader says."""
        urgency = "emergency" if self.emergency else f"priority {self.priority or 'not set'}"
        parts = (urgency, self.place, self.state, spoken(self.next_act, None, 0), self.number)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team. `started` is when its state began; `{due}` in the words counts to `due_at`.

    The second line is `reason` (why it ranks where it does) where there is one, else `place`
    and `detail`, of which the place gives way; `brief` stands in for all in a one-line row.
    """

    key: str
    section: str
    call_sign: str
    shape: Shape
    state: str
    incident: str = ""
    place: str = ""
    detail: str = ""
    reason: str = ""
    brief: str = ""
    started: float | None = None
    due_at: float | None = None
    emergency: bool = False
    rank: int | None = None
    order: Order = NO_ORDER

    def late(self, now: float) -> float | None:
        """Seconds past its due; None if in time."""
        return None if self.due_at is None or now < self.due_at else now - self.due_at

    def name(self) -> str:
        """What it is called in a word."""
        return self.call_sign

    def since(self) -> float | None:
        """From when the age counts."""
        return self.started

    def words(self) -> str:
        """What a screen reader says."""
        second = spoken(self.reason or self.detail, None, 0)
        parts = (self.call_sign, self.state, self.incident, self.place, second)
        return ", ".join(part for part in parts if part)


Row = QueueRow | TeamRow | SectionRow


def spoken(text: str, due_at: float | None, now: float) -> str:
    """The words with `{due}` counted down; without a time to come, `in {due}` is left out."""
    if "{due}" not in text:
        return text
    if due_at is None or now >= due_at:
        return text.replace(" in {due}", "").replace("{due}", "").strip()
    return text.replace("{due}", age(due_at - now))
