"""kill -9 of a console at work: what was acknowledged is there, nothing is half-written.

`python -m tests.faults.kill [--rounds 50]`, both databases.
"""

import argparse
import json
import random
import signal
import sys
import time
from typing import Any

from tests.faults.people import HARMLESS, Person, databases, state, verified


def round_of(url: str, number: int, dice: random.Random) -> list[dict[str, Any]]:
    """Let a console work, kill it somewhere in the middle, return what it acknowledged."""
    person = Person(url, f"P{number}", str(number))
    acknowledged = [person.ask(f"new {number} Main St, welfare check, p2")]
    incident = acknowledged[0]["incident"]
    lines = [f"answer {incident} nature welfare_check, {HARMLESS}"]
    lines += [f"note {incident} line {n}" for n in range(1000)]  # more than it gets through
    for line in lines:
        person.say(line)
    until = time.monotonic() + dice.uniform(0.0, 0.3)
    while time.monotonic() < until:
        acknowledged.append(person.hear())
    person.process.send_signal(signal.SIGKILL)
    person.process.wait()
    rest = person.process.stdout.read() if person.process.stdout else ""
    acknowledged += [json.loads(line) for line in rest.splitlines() if line.endswith("}")]
    person.leave()
    return acknowledged


def main() -> int:
    """Kill on both databases; exit 1 where something acknowledged is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    dice, failed = random.Random(3), False
    with databases() as urls:
        for kind, url in urls.items():
            acknowledged: list[dict[str, Any]] = []
            for number in range(options.rounds):
                acknowledged += round_of(url, number, dice)
            refused = [a for a in acknowledged if not a["ok"]]
            last = max(a["seq"] for a in acknowledged if a["ok"])
            verdict, board = verified(url), state(url)
            numbers = {i["number"] for i in board["incidents"]}
            missing = {a["incident"] for a in acknowledged if a["ok"]} - numbers
            good = verdict["ok"] and verdict["entries"] >= last and not missing and not refused
            failed |= not good
            print(
                f"{kind}: {options.rounds} kills, {len(acknowledged)} acknowledged, last {last}, "
                f"missing {len(missing)}, refused {len(refused)}, verify {verdict}",
                flush=True,
            )
    print("FAILED" if failed else "ok")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
