"""Imports a file of past calls in batches; what is there already is left as it is."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from crt_console.domain.commands import ImportCalls, PastCall, QuarantineLine
from crt_console.domain.errors import Refused
from crt_console.domain.ids import OperationId, derived_id
from crt_console.inbound.counts import Counts
from crt_console.inbound.door import Door
from crt_console.inbound.lines import count_lines
from crt_console.inbound.profile import Profile
from crt_console.inbound.reader import Quarantined, read_calls

BATCH = 20  # calls in one transaction: few commits, and nobody waits long for the head row
KEPT = 10_000  # characters of a bad row that are kept
Progress = Callable[[int, int], None]  # rows done, rows there are


async def import_file(
    console: Door,
    path: Path | str,
    profile: Profile,
    progress: Progress | None = None,
    counts: Counts | None = None,
) -> Counts:
    """Bring a file's calls into the database; the same file twice adds nothing.

    Raises Refused when the file as a whole cannot be read, Unavailable when the database is away:
    what was imported stays and is in `counts`, and the next import goes on from there.
    """
    path = Path(path)
    run = _Import(console, path, profile, counts or Counts(with_updated=False))
    total = max(count_lines(path) - 1, 0) if progress else 0
    for found in read_calls(path, profile, run.counts.notes):
        await run.take(found)
        if progress and run.rows % BATCH == 0:
            progress(run.rows, max(total, run.rows))
    await run.finish()
    if progress:
        progress(run.rows, run.rows)
    return run.counts


class _Import:
    """One run: what waits for its transaction, and what became of the rest."""

    def __init__(self, console: Door, path: Path, profile: Profile, counts: Counts) -> None:
        self.counts = counts  # of rows whose fate is known
        self.rows = 0
        self._console = console
        self._origin = path.name
        self._system = profile.whose
        self._seen: set[str] = set()
        self._batch: list[PastCall] = []
        self._bad = hashlib.sha256()  # names the bad rows of this file together

    async def take(self, found: PastCall | Quarantined) -> None:
        """Count a row and send what is due."""
        self.rows += 1
        if isinstance(found, Quarantined):
            await self._quarantine(found)
            return
        self.counts.oddities.update(found.flags)
        if found.type_unmapped:
            self.counts.unmapped[found.type or "(none)"] += 1
        if found.external in self._seen:
            self.counts.received += 1
            self.counts.duplicate += 1
            return
        self._seen.add(found.external)
        self._batch.append(found)
        if len(self._batch) >= BATCH:
            await self._send()

    async def finish(self) -> None:
        """Send the rest, and raise one alarm for all rows that could not be read."""
        await self._send()
        if self.counts.quarantined:
            said = f"{self.counts.quarantined} rows of {self._origin} could not be read"
            key = derived_id("bad rows", self._system, self._origin, self._bad.hexdigest())
            await self._console.do(
                QuarantineLine(
                    operation_id=OperationId(key), origin=self._origin, line=0, reason=said, body=""
                )
            )

    async def _send(self) -> None:
        batch, self._batch = tuple(self._batch), []
        if not batch:
            return
        try:
            await self._import(batch)
        except Refused:
            for call in batch:  # one of them is to blame; the others must not suffer
                await self._import_alone(call)

    async def _import(self, calls: tuple[PastCall, ...]) -> None:
        # A fresh operation id: a second run must hear that all is there, not the first answer.
        outcome = await self._console.do(ImportCalls(system=self._system, calls=calls))
        accepted = int(outcome.data.get("accepted") or 0)
        self.counts.received += len(calls)
        self.counts.accepted += accepted
        self.counts.duplicate += len(calls) - accepted

    async def _import_alone(self, call: PastCall) -> None:
        try:
            await self._import((call,))
        except Refused as refused:
            await self._quarantine(Quarantined(0, refused.because, f"{call.external} {call.at}"))

    async def _quarantine(self, row: Quarantined) -> None:
        self._bad.update(f"{row.line}\x1f{row.raw}".encode("utf-8", "replace"))
        key = derived_id("row", self._system, self._origin, row.line, row.raw)
        await self._console.do(
            QuarantineLine(
                operation_id=OperationId(key),
                origin=self._origin,
                line=row.line,
                reason=row.reason,
                body=storable(row.raw),
                alarm=False,
            )
        )
        self.counts.bad(row.reason)


def storable(raw: str) -> str:
    """Return a bad row as it can be kept: not endless, and without what no database takes."""
    kept = raw.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
    return kept if len(kept) <= KEPT else f"{kept[:KEPT]} … {len(raw)} characters in all"
