"""What the one button of the send card will do for the selected incident, and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from crt_console.domain.board import Board, Link
from crt_console.domain.ids import UnitId
from crt_console.domain.incident import Handover, Incident
from crt_console.domain.matching import Ranked, passed_over
from crt_console.domain.unit import Unit
from crt_console.domain.words import EMERGENCY_AGENCIES, TEAM, HandoverState, IncidentStatus, Order
from crt_console.protocol.pack import Pack
from crt_console.protocol.standing import (
    awaits_police,
    is_live,
    missing_questions,
    needs_of,
    reasoned,
    wanted,
)
from crt_console.protocol.vocabulary import VOCABULARY
from ui.models.queue_state import unsaid
from ui.models.speech import (
    agencies_words,
    fact_word,
    hm,
    inside,
    joined,
    listed,
    sentence,
    short,
    status_words,
    until_words,
)
from ui.models.team_view import away_words, ranking, speaks_words

LIVE = Link()
ANOTHER = "another team: F5"
"""The way to one more team, where the keyboard is not in their list."""


class SendState(StrEnum):
    """What the button can do."""

    LOCKED = "locked"  # questions first
    READY = "ready"
    STAGE = "stage"  # ready; the team stages
    RADIO = "radio"  # without the database: nothing can be saved, the radio still works
    NOBODY_FREE = "nobody_free"
    NOT_ADVISED = "not_advised"  # `offer` says which agencies the button asks instead
    DONE = "done"  # somebody goes already, or it is closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The send card. `headline` says exactly what the button will do, `lock` what comes first.

    `offer` are the agencies that the button asks; `stands` says how it stands with those of
    police, EMS and fire that need no button of their own: asked already, or asked by this one.
    """

    state: SendState
    headline: str
    second: str = ""
    reason: str = ""
    lock: str = ""
    unit_id: UnitId | None = None
    next_ids: tuple[UnitId, ...] = ()
    stands: tuple[tuple[str, str], ...] = ()
    offer: tuple[str, ...] = ()
    tell_id: UnitId | None = None  # the team that has an order to be told
    note: str = ""  # what the button writes beside it, as a note that can wait for the database

    @property
    def can_act(self) -> bool:
        """Whether the button does anything when pressed."""
        one = self.unit_id is not None or self.tell_id is not None
        return one or bool(self.offer) or bool(self.note)


def proposal(
    board: Board,
    incident: Incident,
    now: datetime,
    pack: Pack,
    link: Link = LIVE,
    *,
    choose: str = "",
) -> Proposal:
    """Return the send card of an incident; it agrees with what `assign` would refuse.

    `choose` is the id of a team that a person picked: where it is free, it is proposed first,
    and beside a team that goes already.
    """
    handovers = board.handovers_of(incident.id)
    free = [r for r in ranking(board, incident, now, pack) if r.free]
    free.sort(key=lambda r: r.unit.id != choose)
    one_more = bool(free) and free[0].unit.id == choose and incident.open
    said = (
        (None if one_more else _done(board, incident))
        or _locked(incident, handovers, free, now)
        or _not_advised(incident, handovers)
        or _nobody(board, incident, free, pack)
        or _assign(board, incident, now, free, handovers)
    )
    if not link.live and said.unit_id is not None:
        said = _by_radio(said, board, link)
    stands = tuple((a, _stands(handovers, a, said.offer)) for a in sorted(EMERGENCY_AGENCIES))
    return replace(said, stands=stands, next_ids=_next(said, free))


_ANSWERS = {
    HandoverState.OFFERED: " asked",
    HandoverState.ACCEPTED: " accepted",
    HandoverState.DECLINED: " declined",
    HandoverState.TIMED_OUT: " asked",  # the card beside it says for how long nobody accepted
}


def _stands(handovers: tuple[Handover, ...], agency: str, offer: tuple[str, ...]) -> str:
    """How it stands with an agency; "" where it can be asked with a button of its own."""
    its = [h for h in handovers if h.agency == agency and h.state in _ANSWERS]
    its.sort(key=lambda h: (h.state.live, h.state_at))
    return _ANSWERS[its[-1].state] if its and (its[-1].state.live or agency in offer) else ""


def _next(said: Proposal, free: list[Ranked]) -> tuple[UnitId, ...]:
    return tuple(r.unit.id for r in free if r.unit.id != said.unit_id) if said.unit_id else ()


def _done(board: Board, incident: Incident) -> Proposal | None:
    if not incident.open:
        return Proposal(state=SendState.DONE, headline=f"{short(incident)} is closed")
    teams = [board.units[a.unit_id] for a in board.assignments_of(incident.id)]
    untold = [u for u in teams if u.order is not Order.NONE and not u.told]
    if untold:
        return _tell(untold, incident)
    if teams:
        words = joined(f"{u.call_sign} {_state(u)}" for u in teams)
        handovers = board.handovers_of(incident.id)
        open_ones = tuple(a for a in wanted(incident) if a != TEAM and not is_live(handovers, a))
        if open_ones:  # the next act: who goes already waits for them
            again = " again" if any(h.agency in open_ones for h in handovers) else ""
            headline = f"Ask {listed(open_ones)}{again} for {short(incident)}"
            return Proposal(state=SendState.DONE, headline=headline, second=words, offer=open_ones)
        return Proposal(state=SendState.DONE, headline=words, second=ANOTHER)
    if incident.status is IncidentStatus.RESULT:
        return Proposal(
            state=SendState.DONE, headline="The visit is over", second="enter the result"
        )
    return None


def _state(unit: Unit) -> str:
    return status_words(unit) if unit.emergency_at is None else "EMERGENCY"


def _tell(untold: list[Unit], incident: Incident) -> Proposal:
    """The order that was changed behind a team's back comes before everything else."""
    worst = min(untold, key=lambda u: u.order is Order.GO)
    order = "go in" if worst.order is Order.GO else worst.order.value
    others = [u.call_sign for u in untold if u is not worst]
    until = "" if worst.order is Order.GO else until_words(floor="police" in needs_of(incident))
    say = "say it on the radio first"
    then = f"Then {joined(others)}." if others else ""
    return Proposal(
        state=SendState.DONE,
        headline=f"I told {worst.call_sign}: {order}",
        second=until or say,
        reason=" ".join(part for part in (sentence(f"{say}.") if until else "", then) if part),
        tell_id=worst.id,
    )


def _locked(
    incident: Incident, handovers: tuple[Handover, ...], free: list[Ranked], now: datetime
) -> Proposal | None:
    missing = missing_questions(incident)
    police_too = "police" in wanted(incident) or is_live(handovers, "police")
    if not missing or police_too or reasoned(incident, TEAM):
        return None
    if incident.unasked:
        lock = f"First ask about {fact_word(missing[0])}"  # what the card asks now
        return Proposal(
            state=SendState.LOCKED,
            headline=lock,
            lock=lock,
            second="no advice until then",
            reason="Police and EMS can be sent at any time.",
        )
    about = "about " if len(missing) == 1 else ""  # two have no room for it
    lock = f"First ask {about}{joined(fact_word(f) for f in missing)}"
    away = away_words(free[0], now).replace(", reported ", ", ") if free else ""
    then = f"then {free[0].unit.call_sign}, {away}" if free else ""
    return Proposal(
        state=SendState.LOCKED,
        headline=lock,
        lock=lock,
        second=then,
        reason="A team alone needs all four questions asked. Police and EMS can go now.",
    )


def _not_advised(incident: Incident, handovers: tuple[Handover, ...]) -> Proposal | None:
    needed = wanted(incident)
    visit = incident.planned and not incident.assessed and incident.override is None
    if TEAM in needed or visit:
        return None
    open_ones = tuple(a for a in VOCABULARY.agencies if a in needed and not _asked(handovers, a))
    why = "Sending a team needs a reason: it is not advised."
    if open_ones:
        return Proposal(
            state=SendState.NOT_ADVISED,
            headline=f"Ask {listed(open_ones)} for {short(incident)}",
            second="no team is advised",
            reason=why,
            offer=open_ones,
        )
    if not needed and unsaid(incident):
        lock = "First ask what is happening"
        return Proposal(
            state=SendState.LOCKED,
            headline=lock,
            lock=lock,
            second="no advice until then",
            reason=why,
        )
    if not needed:
        headline, second = "Nobody is advised", "close it, or send with a reason"
        return Proposal(state=SendState.NOT_ADVISED, headline=headline, second=second, reason=why)
    waits = [h.agency for h in handovers if h.state is HandoverState.OFFERED]
    if waits:
        headline = f"{sentence(listed(waits))}: nobody accepted yet"
        second = "no team is advised"
        return Proposal(state=SendState.NOT_ADVISED, headline=headline, second=second, reason=why)
    verb = "has" if len(needed) == 1 and "police" not in needed else "have"
    return Proposal(
        state=SendState.DONE, headline=f"{agencies_words(needed)} {verb} it", reason=why
    )


def _asked(handovers: tuple[Handover, ...], agency: str) -> bool:
    return is_live(handovers, agency)


def _nobody(board: Board, incident: Incident, free: list[Ranked], pack: Pack) -> Proposal | None:
    if free:
        return None
    soon = [u.call_sign for u in board.units.values() if u.status.value == "clearing"]
    second = f"{joined(soon)} {'are' if len(soon) > 1 else 'is'} clearing" if soon else ""
    then = [f for f in pack.fallbacks if f.agency == TEAM and "no_team_free" in f.reasons]
    reason = f"Until then: {listed(then[0].then)}." if then and then[0].then else ""
    return Proposal(
        state=SendState.NOBODY_FREE,
        headline=f"No team is free for {short(incident)}",
        second=second or "the next free team is shown here",
        reason=reason,
    )


def _assign(
    board: Board,
    incident: Incident,
    now: datetime,
    free: list[Ranked],
    handovers: tuple[Handover, ...],
) -> Proposal:
    best = free[0]
    stage = stages_until(incident, handovers)
    missing = [a for a in wanted(incident) if a != TEAM and not is_live(handovers, a)]
    asks = f"Asks {listed(missing)} too. " if missing else ""
    near = away_words(best, now)
    why = _why(best, free, incident)
    after = sentence(f"{near}. {why}") if stage else why
    said = Proposal(
        state=SendState.STAGE if stage else SendState.READY,
        headline=f"Assign {best.unit.call_sign} to {short(incident)}",
        second=sentence(stage or near),
        reason=asks + after,
        unit_id=best.unit.id,
    )
    return _way_out(said, best.unit, incident) if board.asked_of(incident.id) else said


def _way_out(said: Proposal, unit: Unit, incident: Incident) -> Proposal:
    """While a choice below the floor waits for a second person: what needs none."""
    others = listed([a for a in VOCABULARY.agencies if a in wanted(incident) - {TEAM}])
    return replace(
        said,
        headline=f"Send {unit.call_sign} with {others}" if others else said.headline,
        reason=f"No second person needed. {said.reason}",
    )


def stages_until(incident: Incident, handovers: tuple[Handover, ...]) -> str:
    """Return what the order STAGE will wait for; "" where the team goes in."""
    if "police" in needs_of(incident):
        return f"STAGE {until_words(floor=True)}"
    return f"STAGE {until_words(floor=False)}" if awaits_police(incident, handovers) else ""


def _why(best: Ranked, free: list[Ranked], incident: Incident) -> str:
    others = [r for r in free if r is not best]
    best_at = _best_at(best, others, incident) if others else "the only team free"
    speaks = speaks_words(best, incident.language)
    said = speaks if speaks and incident.language not in best_at else ""
    words = [sentence(f"{part}.") for part in (said, best_at) if part]
    better = {r.unit.call_sign for r in others if _nearer(r, best) or _idle(r) > _idle(best)}
    passed = [(c, why) for c, why in passed_over(best.unit, free) if c in better]
    if passed:
        sign, why = passed[0]
        why = why.replace("does not speak the language", f"no {incident.language}")
        why = why.removesuffix(", free for less long")
        if _idle(next(r for r in others if r.unit.call_sign == sign)) > _idle(best):
            why = f"{why}, free longer"
        more = f" And {len(passed) - 1} more." if len(passed) > 1 else ""
        words.append(f"Passes over {sign}: {why.removeprefix('equal, ')}.{more}")
    return " ".join(words)


def _best_at(best: Ranked, others: list[Ranked], incident: Incident) -> str:
    if all(_nearer(best, r) for r in others):
        return "nearest"
    if all(_idle(best) >= _idle(r) for r in others):
        return "free the longest"
    if best.speaks and not any(r.speaks for r in others):
        return f"the only one with {incident.language}"
    if any(r.missing_skills for r in others) and not best.missing_skills:
        return "has the skills asked for"
    return "near, and free longer" if best.distance is not None else "place not known"


def _nearer(one: Ranked, other: Ranked) -> bool:
    if one.distance is None or other.distance is None:
        return False
    return one.distance < other.distance


def _idle(ranked: Ranked) -> float:
    return ranked.idle_minutes or 0.0


def _by_radio(said: Proposal, board: Board, link: Link) -> Proposal:
    sign = board.units[said.unit_id].call_sign if said.unit_id else ""
    as_of = f"Teams as of {hm(link.since)}. " if link.since else ""
    stage = inside(said.second) if said.state is SendState.STAGE else ""
    return replace(
        said,
        state=SendState.RADIO,
        headline=f"Tell {sign} by radio",
        second=stage or "only a note is kept here",
        note=f"told {sign} by radio{': STAGE' if stage else ''}",
        unit_id=None,
        reason=f"{as_of}Another console may have sent {sign}: ask on the radio.",
    )
