"""Replays past calls as if they arrived now, at any speed."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from crt_console.domain.commands import Outcome, PastCall, ReceiveCall
from crt_console.domain.errors import Refused
from crt_console.domain.ids import OperationId, derived_id, new_id
from crt_console.inbound.counts import Counts
from crt_console.inbound.door import Door
from crt_console.inbound.profile import Profile
from crt_console.inbound.reader import Quarantined, read_calls

OnCall = Callable[[ReceiveCall, Outcome], None]


async def replay(
    console: Door,
    path: Path | str,
    profile: Profile,
    *,
    speed: float = 1.0,
    start: datetime | None = None,
    end: datetime | None = None,
    on_call: OnCall | None = None,
    counts: Counts | None = None,
) -> Counts:
    """Let the calls of [start, end) arrive in order, their real gaps divided by `speed`.

    Each run has numbers of its own, so that the same file can be replayed again. Times without
    zone are the profile's wall time. `counts`, if given, grows meanwhile.
    """
    if not speed > 0:
        raise Refused("speed must be more than 0: 1 is real time, 60 is a minute a second")
    counts = Counts(with_updated=False) if counts is None else counts
    calls = _chosen(Path(path), profile, _zoned(start, profile), _zoned(end, profile), counts)
    system = f"{profile.whose}#{new_id()[:8]}"  # its own numbers, but the words of the profile
    loop = asyncio.get_running_loop()
    began = loop.time()
    for call in calls:
        due = began + (call.at - calls[0].at).total_seconds() / speed
        if (early := due - loop.time()) > 0:
            await asyncio.sleep(early)
        await _arrive(console, system, call, counts, on_call)
    return counts


def _zoned(time: datetime | None, profile: Profile) -> datetime | None:
    return time.replace(tzinfo=profile.zone) if time and time.tzinfo is None else time


def _chosen(
    path: Path, profile: Profile, start: datetime | None, end: datetime | None, counts: Counts
) -> list[PastCall]:
    calls: list[PastCall] = []
    seen: set[str] = set()
    for found in read_calls(path, profile, counts.notes):
        if isinstance(found, Quarantined):
            counts.bad(found.reason)
        elif (start and found.at < start) or (end and found.at >= end):
            continue
        elif found.external in seen:
            counts.received += 1
            counts.duplicate += 1
        else:
            seen.add(found.external)
            calls.append(found)
    return sorted(calls, key=lambda call: call.at)


async def _arrive(
    console: Door, system: str, past: PastCall, counts: Counts, on_call: OnCall | None
) -> None:
    command = arriving(system, past)
    counts.oddities.update(past.flags)
    if past.type_unmapped:
        counts.unmapped[past.type or "(none)"] += 1
    try:
        outcome = await console.do(command)
    except Refused as refused:
        counts.bad(refused.because)
        return
    counts.received += 1
    if outcome.data.get("result") == "duplicate":
        counts.duplicate += 1
    else:
        counts.accepted += 1
    if on_call is not None:
        on_call(command, outcome)


def arriving(system: str, past: PastCall) -> ReceiveCall:
    """Return the call of the past as one that comes in now; the database says when that is."""
    return ReceiveCall(
        operation_id=OperationId(derived_id("replay", system, past.external)),
        source=past.source,
        system=system,
        external=past.external,
        place=past.place,
        type=past.type or None,
        type_unmapped=past.type_unmapped,
        priority=past.priority,
        text=past.text,
        call_back=past.call_back,
        lat=past.lat,
        lon=past.lon,
        neighbourhood=past.neighbourhood or None,
    )
