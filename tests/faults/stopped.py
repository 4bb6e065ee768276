"""SIGSTOP of a console in the middle of a write on PostgreSQL: the others go on within 2 s.

`python -m tests.faults.stopped [--rounds 10]`. The stopped console is a real one whose act is
told to linger inside its transaction, so that the stop always hits the held head row.
"""

import argparse
import asyncio
import signal
import subprocess
import sys
import time
from statistics import median

from crt_console.console import Console
from crt_console.domain.commands import AddNote, Command, Outcome
from crt_console.domain.timers import Timers
from crt_console.protocol.loader import load
from crt_console.services.carry_out import carry_out
from crt_console.store.room import Room
from tests.faults.people import ROOT, Person, databases, verified


def lingering(room: Room, command: Command) -> Outcome:
    """Carry out a command, say so, and stay inside the transaction."""
    outcome = carry_out(room, command)
    print("inside", flush=True)
    time.sleep(30)
    return outcome


async def linger(url: str, incident: str) -> None:
    """Be the console that will be stopped."""
    console = await Console.open(
        url, by="Stopped", console="9", pack=load("hartford"), timers=Timers(), follow=False,
        handle=lingering,
    )  # fmt: skip
    await console.do(AddNote(incident=incident, text="never finished"))


def round_of(url: str, incident: str, other: Person) -> float:
    """Stop a console inside its write; return how long another one's command takes, in seconds."""
    stopped = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stopped", "--linger", url, incident],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert stopped.stdout is not None
    assert stopped.stdout.readline().strip() == "inside"
    stopped.send_signal(signal.SIGSTOP)
    began = time.perf_counter()
    answer = other.ask(f"note {incident} the others go on")
    took = time.perf_counter() - began
    assert answer["ok"], answer
    stopped.kill()
    stopped.wait()
    stopped.stdout.close()
    return took


def main() -> int:
    """Stop consoles; exit 1 where another one waits longer than 2 s."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--linger", nargs=2)
    options = parser.parse_args()
    if options.linger:
        asyncio.run(linger(*options.linger))
        return 0
    with databases() as urls:
        url = urls["postgresql"]
        other = Person(url, "Kim", "2")
        incident = other.ask("new 1 Main St, welfare check")["incident"]
        took = [round_of(url, incident, other) for _ in range(options.rounds)]
        other.leave()
        verdict = verified(url)
    late = [t for t in took if t > 2]
    print(f"{len(took)} stops: the other's command took median {median(took):.2f} s, "
          f"most {max(took):.2f} s; verify {verdict}")  # fmt: skip
    print("FAILED" if late or not verdict["ok"] else "ok")
    return 1 if late or not verdict["ok"] else 0


if __name__ == "__main__":
    sys.exit(main())
