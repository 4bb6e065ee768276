"""Local wall time without a zone becomes UTC; nights with a changing clock are told apart."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

AMBIGUOUS = "time_ambiguous"  # the clock showed this time twice
SKIPPED = "time_skipped"  # the clock never showed this time
UNREADABLE = "time_unreadable"
SLACK = timedelta(seconds=5)  # systems round; a second too early is no proof of the later hour


@dataclass(frozen=True, slots=True)
class WallClock:
    """Reads the times of one file."""

    zone: ZoneInfo
    formats: tuple[str, ...]

    def read(self, text: str, after: datetime | None, flags: list[str]) -> datetime | None:
        """Return the time in UTC; `after` (UTC) decides between the two readings of an hour."""
        naive = self._parsed(text)
        if naive is None:
            flags.append(UNREADABLE)
            return None
        try:
            return self._utc(naive, after, flags)
        except OverflowError:
            flags.append(UNREADABLE)
            return None

    def _parsed(self, text: str) -> datetime | None:
        for form in self.formats:
            try:
                if form == "iso":
                    return datetime.fromisoformat(text)
                return datetime.strptime(text, form)  # noqa: DTZ007 - the profile names the zone
            except ValueError:
                continue
        return None

    def _utc(self, naive: datetime, after: datetime | None, flags: list[str]) -> datetime:
        if naive.tzinfo is not None:
            return naive.astimezone(UTC)
        first = naive.replace(tzinfo=self.zone)
        second = first.replace(fold=1)
        before, behind = first.utcoffset(), second.utcoffset()
        if before == behind:
            return first.astimezone(UTC)
        if before is not None and behind is not None and before < behind:
            flags.append(SKIPPED)
            return first.astimezone(UTC)
        flags.append(AMBIGUOUS)
        early = first.astimezone(UTC)
        return early if after is None or early >= after - SLACK else second.astimezone(UTC)
