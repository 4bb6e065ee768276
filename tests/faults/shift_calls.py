"""The calls of the shift: real ones of two cities, in their real bursts, 60 an hour."""

import asyncio
import random
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

from crt_console.domain.commands import PastCall
from crt_console.inbound.profile import load_profile
from crt_console.inbound.reader import Quarantined, read_calls
from crt_console.inbound.replay import arriving
from tests.faults.shift_part import Part, arguments, take_part

CALLS = Path(__file__).resolve().parents[3] / "shared" / "data" / "calls"
FILES = {
    "alexandria": "alexandria-va/weeks35-42.csv",
    "montgomery": "montgomery-pa/2016-06-06_06-26.csv",
}
EACH = 30  # an hour, of each city


def drawn(hours: float) -> list[tuple[float, str, PastCall]]:
    """Return when, in hours, which city's call arrives; the gaps as they were, in proportion."""
    found: list[tuple[float, str, PastCall]] = []
    for city, name in FILES.items():
        read = read_calls(CALLS / name, load_profile(city), [])
        calls = sorted((c for c in read if not isinstance(c, Quarantined)), key=lambda c: c.at)
        most = round(EACH * hours)
        first = random.Random(city).randrange(len(calls) - most)
        stretch = calls[first : first + most]
        span = stretch[-1].at - stretch[0].at or timedelta(seconds=1)
        found += [((call.at - stretch[0].at) / span * hours, city, call) for call in stretch]
    return sorted(found, key=lambda call: call[0])


async def ring(part: Part, hours: float) -> None:
    """Let the calls arrive, each in its time, and say when the last has."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for at, city, call in drawn(hours):
        await part.sleep(max(0.0, began + at * 3600 / part.options.speed - loop.time()))
        if part.ended.is_set():
            return
        await part.do(arriving(city, call), by="CAD")
    sys.stdout.write("{}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = arguments(__doc__)
    asyncio.run(take_part(given, partial(ring, hours=given.hours), dues=False))
