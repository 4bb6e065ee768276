"""What became of every line: received is the sum of accepted, updated, duplicate, quarantined."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Counts:
    """Counts of one run; they grow while it goes on."""

    received: int = 0
    accepted: int = 0
    updated: int = 0
    duplicate: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)  # why quarantined, or not applied
    oddities: Counter[str] = field(default_factory=Counter)  # survived, and flagged
    unmapped: Counter[str] = field(default_factory=Counter)  # types that no table knows
    ignored: Counter[str] = field(default_factory=Counter)  # fields that nobody asked for
    notes: list[str] = field(default_factory=list)  # about the file as a whole
    with_updated: bool = True

    def bad(self, reason: str) -> None:
        """Count a line that could not be read."""
        self.received += 1
        self.quarantined += 1
        self.reasons[reason] += 1

    def to_json(self) -> dict[str, Any]:
        """Return the counts in the form that `--json` prints; what is empty beyond it is left out.

        Of reasons that carry a value (`disposition:NR`) the oddities count the kind.
        """
        shown: dict[str, Any] = {"received": self.received, "accepted": self.accepted}
        if self.with_updated:
            shown["updated"] = self.updated
        shown |= {
            "duplicate": self.duplicate,
            "quarantined": self.quarantined,
            "reasons": dict(self.reasons),
        }
        kinds: Counter[str] = Counter()
        for flag, number in self.oddities.items():
            kinds[flag.partition(":")[0]] += number
        more = (
            ("oddities", dict(kinds.most_common())),
            ("unmapped", dict(self.unmapped.most_common())),
            ("ignored", dict(self.ignored.most_common())),
            ("notes", self.notes),
        )
        return shown | {name: value for name, value in more if value}
