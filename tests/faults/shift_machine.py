"""How busy the machine was while a shift took place, with the shift itself and with others."""

import os
from dataclasses import dataclass
from pathlib import Path

QUIET = 0.10  # of all cores: what others may take before a stall can be theirs
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """Shares of all cores in a stretch of time."""

    ours: float
    others: float

    @property
    def quiet(self) -> bool:
        """Whether what stood still did so because of us."""
        return self.others <= QUIET

    def words(self) -> str:
        """Say it in a line."""
        verdict = "quiet" if self.quiet else "contended"
        return f"{verdict}: the shift took {self.ours:.0%} of the cores, others {self.others:.0%}"


class Machine:
    """Counts from when it is made; Linux only, elsewhere others count as everything."""

    def __init__(self) -> None:
        self._began = _whole(), _ours()

    def load(self) -> Load:
        """Return the shares since then; while our processes still run."""
        (all_then, busy_then), ours_then = self._began
        (all_now, busy_now), ours_now = _whole(), _ours()
        whole = all_now - all_then
        if whole <= 0:
            return Load(0.0, 1.0)
        ours = (ours_now - ours_then) / whole
        return Load(ours, max(0.0, (busy_now - busy_then) / whole - ours))


def _whole() -> tuple[float, float]:
    """Seconds of all cores since the start of the machine, and those in which they worked."""
    try:
        line = Path("/proc/stat").read_text("ascii").splitlines()[0]
    except OSError:
        return 0.0, 0.0
    spent = [int(word) / _TICK for word in line.split()[1:9]]
    return sum(spent), sum(spent) - spent[3] - spent[4]


def _ours() -> float:
    """Seconds that this process, all below it and those that have ended there worked."""
    parents, worked = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            rest = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parents[int(folder.name)] = int(rest[1])
        worked[int(folder.name)] = sum(int(word) for word in rest[11:15]) / _TICK
    family = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return sum(worked.get(pid, 0.0) for pid in family)
