"""The supervisor's figures of today, each share with what it is a share of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crt_console.domain.words import NOT_SENT_REASONS
from ui.models.speech import hm
from ui.theme import age


class SpreadLike(Protocol):
    """How long something took, of `n` incidents."""

    @property
    def n(self) -> int: ...
    @property
    def median_s(self) -> float | None: ...
    @property
    def p90_s(self) -> float | None: ...


class FiguresLike(Protocol):
    """The figures as the console counts them."""

    @property
    def received(self) -> int: ...
    @property
    def advised_to_team(self) -> int: ...
    @property
    def sent(self) -> int: ...
    @property
    def not_sent(self) -> Mapping[str, int]: ...
    @property
    def not_assessed(self) -> int: ...
    @property
    def overridden(self) -> int: ...
    @property
    def waiting(self) -> SpreadLike: ...
    @property
    def response(self) -> SpreadLike: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A count; `share` fills its bar (0 to 1, None without one), `base` says of what."""

    label: str
    value: str
    share: float | None = None
    base: str = ""
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """How long something took, or that too few were counted to say so."""

    label: str
    half: str
    nine_in_ten: str
    n: str


def figure_rows(figures: FiguresLike, since: datetime) -> tuple[FigureRow, ...]:
    """Return the counts of the day so far."""
    received = figures.received
    not_sent = sum(figures.not_sent.values())
    reasons = sorted(figures.not_sent.items(), key=lambda pair: (-pair[1], pair[0]))
    return (
        FigureRow(label="Received", value=str(received), base=f"since {hm(since)}"),
        _share("Not assessed", figures.not_assessed, received),
        _share("Team advised", figures.advised_to_team, received),
        _share("Sent", figures.sent, figures.advised_to_team, of="advised"),
        _share("Not sent", not_sent, figures.advised_to_team, of="advised"),
        *(
            FigureRow(label=NOT_SENT_REASONS.get(code, code), value=str(count), indented=True)
            for code, count in reasons
        ),
        _share("Overridden", figures.overridden, received),
    )


def _share(label: str, count: int, base: int, of: str = "") -> FigureRow:
    if not base:
        return FigureRow(label=label, value=str(count), share=0.0)  # a share of nothing
    share = count / base
    return FigureRow(
        label=label, value=str(count), share=min(1.0, share), base=f"{share:.0%} of {of or base}"
    )


def time_rows(figures: FiguresLike) -> tuple[TimeRow, ...]:
    """Return how long callers waited and how long teams took."""
    return (
        _time("Call to sent", figures.waiting),
        _time("Call to on scene", figures.response),
    )


def _time(label: str, spread: SpreadLike) -> TimeRow:
    few = "too few" if spread.n else "none"
    return TimeRow(
        label=label,
        half=_age(spread.median_s, few),
        nine_in_ten=_age(spread.p90_s, few),
        n=str(spread.n),
    )


def _age(seconds: float | None, few: str) -> str:
    return few if seconds is None else age(seconds)
