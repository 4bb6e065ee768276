"""Start of a process to its first painted window, against the least there could be, in one run.

Run: python -m tests.bench.bench_start [--runs N] [--xvfb]. Both kinds of process alternate. The
floor is an application, a main window with one label, and `import sqlalchemy`. The files are in
the system's cache and byte code is kept in a folder of its own, whatever the environment says.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.support import xvfb

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tests" / "bench" / "first_paint.py"
WANTED = 1.5


def environment(folder: Path, display: str | None) -> dict[str, str]:
    """A home of its own, byte code kept, a screen in memory unless there is one."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("CRT_CONSOLE_", "XDG_"))}
    keep.pop("PYTHONDONTWRITEBYTECODE", None)
    keep["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    keep["HOME"] = str(folder)
    if display is None:
        keep["QT_QPA_PLATFORM"] = "offscreen"
    else:
        keep |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
    return keep


def painted(kind: str, env: dict[str, str]) -> float:
    """Milliseconds from the start of a process to its first painted window."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(PROGRAM), kind], env=env, stdout=subprocess.PIPE, check=True, cwd=ROOT
    )
    return (float(done.stdout.split()[-1]) - started) * 1000


def p95(values: list[float]) -> float:
    """The value that one in twenty is above."""
    return statistics.quantiles(values, n=20)[-1]


def report(ours: list[float], bare: list[float], where: str) -> bool:
    """Print the figures; return whether they are as wanted."""
    share = statistics.median(ours) / statistics.median(bare)
    good = share <= WANTED
    sys.stdout.write(
        f"start to painted window, {where}, {len(ours)} runs each:"
        f" ours p50 {statistics.median(ours):.0f} p95 {p95(ours):.0f} ms,"
        f" floor p50 {statistics.median(bare):.0f} p95 {p95(bare):.0f} ms,"
        f" ratio p50 {share:.2f} p95 {p95(ours) / p95(bare):.2f}"
        f" (aim {WANTED}): {'ok' if good else 'MISSED'}\n"
    )
    return good


def main() -> int:
    """Run both kinds in turn; exit 1 when the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--xvfb", action="store_true", help="on a virtual screen")
    options = parser.parse_args()
    shown = xvfb.screen() if options.xvfb else nullcontext(None)
    with tempfile.TemporaryDirectory() as folder, shown as display:
        env = environment(Path(folder), display)
        for kind in ("ours", "bare"):
            painted(kind, env)  # writes the byte code
        pairs = [(painted("ours", env), painted("bare", env)) for _ in range(options.runs)]
    ours, bare = (list(times) for times in zip(*pairs, strict=True))
    return 0 if report(ours, bare, "Xvfb" if options.xvfb else "offscreen") else 1


if __name__ == "__main__":
    raise SystemExit(main())
