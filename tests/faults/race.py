"""30 dispatchers assign one team at the same instant, many rounds: one winner, losers told who.

`python -m tests.faults.race [--rounds N] [--people N] [--unguarded]`. With --unguarded the check
and the unique index are taken out: the same race must then show doubles, or it proves nothing.
"""

import argparse
import sys
import time
from collections import Counter

from tests.faults.people import HARMLESS, Person, databases, verified


def race(url: str, people: int, rounds: int, *, unguarded: bool) -> Counter[str]:
    """Run the rounds and return what was seen."""
    program = ("-m", "tests.faults.unguarded") if unguarded else ("main.py",)
    desk = Person(url, "Desk", "0")
    crowd: list[Person] = []
    seen: Counter[str] = Counter()
    try:
        desk.ask("unit add crt1")
        numbers = [
            desk.ask(f"new {n} Main St, welfare check, p2")["incident"] for n in range(people)
        ]
        for number in numbers:
            desk.ask(f"answer {number} nature welfare_check, {HARMLESS}")
        crowd = [Person(url, f"P{n}", str(n), program) for n in range(people)]
        for person in crowd:  # imported and connected before the first race
            person.ask("show crt1")
        for _ in range(rounds):
            _round(desk, crowd, numbers, seen)
    finally:
        for person in [desk, *crowd]:
            person.leave()
    return seen


def _round(desk: Person, crowd: list[Person], numbers: list[str], seen: Counter[str]) -> None:
    for person in crowd:
        person.say("show crt1")
    for person in crowd:
        person.hear()
    for person, number in zip(crowd, numbers, strict=True):
        person.say(f"assign crt1 {number}")
    answers = [person.hear() for person in crowd]
    won = [p.name for p, a in zip(crowd, answers, strict=True) if a["ok"]]
    seen["rounds"] += 1
    seen["winners"] += len(won)
    seen["doubles"] += len(won) > 1
    seen["nobody"] += not won
    for answer in answers:
        if not answer["ok"]:
            told = answer.get("by") in won and answer.get("by") in answer["because"]
            seen["losers told who" if told else f"loser: {answer['because'][:60]}"] += 1
    for _ in won:
        desk.ask("release crt1")


def main() -> int:
    """Race on both databases; exit 1 where the promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--unguarded", action="store_true")
    options = parser.parse_args()
    failed = False
    with databases(durable=False) as urls:
        for kind, url in urls.items():
            began = time.perf_counter()
            seen = race(url, options.people, options.rounds, unguarded=options.unguarded)
            took = time.perf_counter() - began
            verdict = {} if options.unguarded else verified(url)
            print(f"{kind}: {dict(seen)} verify {verdict} in {took:.0f} s", flush=True)
            losers = options.rounds * (options.people - 1)
            if options.unguarded:
                failed |= not seen["doubles"]
            else:
                one = seen["winners"] == options.rounds and not seen["doubles"]
                failed |= not (one and seen["losers told who"] == losers and verdict["ok"])
    print("FAILED" if failed else "ok")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
