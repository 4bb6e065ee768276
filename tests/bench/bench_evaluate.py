"""How long `evaluate` takes, against a floor measured in the same run.

Run: python tests/bench/bench_evaluate.py [CALLS]. Each made-up call is answered question by
question, in the order asked and with facts told unasked in between, and evaluated after each
answer, so that every state of knowledge occurs. The floor is one bare pass over the pack's rules
that only looks each fact up in a dict. The aim is a p95 of 2 ms.
"""

from __future__ import annotations

import functools
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crt_console.protocol.engine import evaluate
from crt_console.protocol.loader import DEFAULT_PACK, load
from crt_console.protocol.reach import reach_of
from crt_console.protocol.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crt_console.protocol.pack import Pack
    from crt_console.protocol.vocabulary import Value

AIM_MS = 2.0
say = functools.partial(print, flush=True)


def knowledge(pack: Pack, calls: int, chance: random.Random) -> Iterator[dict[str, Value]]:
    """Every state of knowledge of so many made-up calls, one after each answer."""
    names = list(VOCABULARY.facts)
    for _ in range(calls):
        facts: dict[str, Value] = {}
        for _ in range(12):
            asked = evaluate(pack, facts).ask
            unasked = asked is None or chance.random() < 0.3
            fact = chance.choice(names) if unasked or asked is None else asked
            facts[fact] = chance.choice(VOCABULARY.facts[fact])
            yield dict(facts)


def bare_pass(pack: Pack, facts: dict[str, Value]) -> int:
    """The least a rule engine could do: look each rule's facts up and compare."""
    return sum(
        all(facts.get(fact) in values for fact, values in rule.clause.when) for rule in pack.rules
    )


def main() -> int:
    """Prints the figures; 1 when the aim is missed."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    pack = load(DEFAULT_PACK)
    start = time.perf_counter()
    reach_of(pack)
    say(f"first use of the pack: {(time.perf_counter() - start) * 1000:.0f} ms")
    states = list(knowledge(pack, calls, random.Random(7)))
    # Another pack object of the same text, so that nothing is remembered from above.
    fresh = load(DEFAULT_PACK, {"officer_on_request": True})
    reach_of(fresh)
    took, least, widest = [], [], 0
    for facts in states:
        start = time.perf_counter()
        advice = evaluate(fresh, facts)
        took.append((time.perf_counter() - start) * 1000)
        widest = max(widest, len(advice.possible))
        start = time.perf_counter()
        bare_pass(fresh, facts)
        least.append((time.perf_counter() - start) * 1000)
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    floor = statistics.median(least)
    say(f"evaluate, {len(states)} states of knowledge, up to {widest} agency sets possible")
    say(f"p50 {p50:.3f} ms  p95 {p95:.3f} ms  max {max(took):.3f} ms  (aim p95 {AIM_MS} ms)")
    say(f"floor (bare pass over {len(pack.rules)} rules) {floor:.4f} ms: p50 {p50 / floor:.1f}x")
    return 0 if p95 <= AIM_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
