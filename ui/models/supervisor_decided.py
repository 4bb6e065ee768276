"""What was decided otherwise than advised today: overridden, not sent, below the floor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from crt_console.domain.board import Board
from crt_console.domain.incident import Confirmation, Incident
from crt_console.domain.words import NOT_SENT_REASONS, ConfirmationState
from ui.models.speech import hm, listed, wanted_words


class Decided(NamedTuple):
    """When and by whom somebody decided that nobody goes; the journal knows, the row does not."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRow:
    """One decision; `at` is "" until the journal has been asked."""

    key: str
    incident_id: str
    at: str
    number: str
    words: str
    who: str
    order: float

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.at, self.number, self.words, self.who) if part)


def decided_rows(
    board: Board, since: datetime, known: Mapping[str, Decided]
) -> tuple[DecidedRow, ...]:
    """Return what was overridden or not sent since then, the latest first."""
    rows: list[DecidedRow] = []
    agreed: set[tuple[str, datetime | None]] = set()
    for asked in board.confirmations.values():
        incident = board.incidents.get(asked.incident_id)
        if incident is not None and asked.asked_at >= since:
            rows.append(_asked(board, incident, asked))
            if asked.state is ConfirmationState.CONFIRMED:
                agreed.add((incident.id, asked.decided_at))
    for incident in board.incidents.values():
        if incident.imported or incident.linked_to is not None:
            continue
        rows += _overridden(board, incident, since, agreed)
        rows += _not_sent(board, incident, since, known.get(incident.id))
    return tuple(sorted(rows, key=lambda row: (-row.order, row.key)))


def not_sent_unknown(board: Board, known: Mapping[str, Decided]) -> tuple[str, ...]:
    """Return the incidents of which the journal has to be asked when that was decided."""
    return tuple(
        i.id
        for i in board.incidents.values()
        if i.not_sent is not None and not i.imported and i.id not in known
    )


def _asked(board: Board, incident: Incident, asked: Confirmation) -> DecidedRow:
    decider = asked.decided_by or "somebody"
    says = wanted_words(asked.says)
    became = {
        ConfirmationState.ASKED: f"asks to {says}, below the floor",
        ConfirmationState.CONFIRMED: f"{says}, below the floor: {decider} agreed",
        ConfirmationState.DENIED: f"asked to {says}: {decider} said no",
        ConfirmationState.OVERTAKEN: f"asked to {says}: overtaken by worse news",
    }[asked.state]
    reason = board.text(asked.reason)
    quoted = f" “{reason}”" if reason and asked.state is not ConfirmationState.ASKED else ""
    return _row(f"asked:{asked.id}", incident, asked.asked_at, became + quoted, asked.asked_by)


def _overridden(
    board: Board,
    incident: Incident,
    since: datetime,
    agreed: set[tuple[str, datetime | None]],
) -> list[DecidedRow]:
    at = incident.override_at
    if incident.override is None or at is None or at < since or (incident.id, at) in agreed:
        return []
    less = set(incident.agencies) - set(incident.override)
    more = set(incident.override) - set(incident.agencies)
    parts = [f"without {listed(less)}"] if less else []
    parts += [f"{listed(more)} added"] if more else []
    words = ", ".join(parts) or "as advised by now"
    reason = board.text(incident.override_reason)
    words = f"{words}: “{reason}”" if reason else words
    return [_row(f"over:{incident.id}", incident, at, words, incident.override_by or "")]


def _not_sent(
    board: Board, incident: Incident, since: datetime, decided: Decided | None
) -> list[DecidedRow]:
    if incident.not_sent is None or (decided is not None and decided.at < since):
        return []
    if decided is None and incident.opened_at < since:
        return []
    words = f"not sent: {NOT_SENT_REASONS.get(incident.not_sent, incident.not_sent)}"
    more = board.text(incident.not_sent_text)
    words = f"{words}, “{more}”" if more else words
    at = decided.at if decided else None
    return [_row(f"not:{incident.id}", incident, at, words, decided.by if decided else "")]


def _row(key: str, incident: Incident, at: datetime | None, words: str, who: str) -> DecidedRow:
    return DecidedRow(
        key=key,
        incident_id=incident.id,
        at=hm(at) if at else "",
        number=str(incident.serial),
        words=words,
        who=who,
        order=(at or incident.opened_at).timestamp(),
    )
