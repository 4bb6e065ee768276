"""The figures of a day, counted from the incidents that came in since."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from crt_console.domain.incident import Incident
from crt_console.domain.words import TEAM
from crt_console.store.rows import from_row
from crt_console.store.tables import ROWS

ENOUGH_FOR_P90 = 10  # with fewer, a 90th percentile is one person's bad luck
_incidents = ROWS["incidents"]
_SINCE = select(_incidents).where(
    _incidents.c.opened_at >= bindparam("since"),
    _incidents.c.imported.is_(False),
    _incidents.c.linked_to.is_(None),
)


class Spread(NamedTuple):
    """How long something took: of `n` incidents, in seconds; p90 only where n is enough."""

    n: int = 0
    median_s: float | None = None
    p90_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the supervisor reads: counts of incidents, and two times.

    `waiting` runs from the call to the first team sent, `response` from the call to a team there.
    """

    received: int = 0
    advised_to_team: int = 0
    sent: int = 0
    not_sent: dict[str, int] = field(default_factory=dict)
    not_assessed: int = 0
    overridden: int = 0
    waiting: Spread = field(default_factory=Spread)
    response: Spread = field(default_factory=Spread)


def figures(connection: Connection, since: datetime) -> Figures:
    """Return the figures of what came in since; imported and linked incidents do not count."""
    rows: Iterable[Any] = connection.execute(_SINCE, {"since": since})
    return count([from_row("incidents", row) for row in rows])


def count(found: Sequence[Incident]) -> Figures:
    """Return the figures of these incidents."""
    return Figures(
        received=len(found),
        advised_to_team=sum(TEAM in i.agencies for i in found),
        sent=sum(i.sent_at is not None for i in found),
        not_sent=dict(Counter(i.not_sent for i in found if i.not_sent is not None)),
        not_assessed=sum(i.unasked for i in found),
        overridden=sum(i.override is not None for i in found),
        waiting=_spread(i.sent_at - i.arrived_at for i in found if i.sent_at),
        response=_spread(i.on_scene_at - i.arrived_at for i in found if i.on_scene_at),
    )


def _spread(times: Iterable[timedelta]) -> Spread:
    seconds = [time.total_seconds() for time in times]
    if not seconds:
        return Spread()
    enough = len(seconds) >= ENOUGH_FOR_P90
    p90 = quantiles(seconds, n=10, method="inclusive")[-1] if enough else None
    return Spread(n=len(seconds), median_s=median(seconds), p90_s=p90)
