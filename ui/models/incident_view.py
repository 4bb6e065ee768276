"""The selected incident as the middle column shows it: head, advice, question, hand-overs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crt_console.domain.board import Board
from crt_console.domain.ids import same_person
from crt_console.domain.incident import Confirmation, FactValue, Handover, Incident
from crt_console.domain.words import TEAM, AlarmKind, HandoverState, IncidentStatus
from crt_console.protocol.engine import Advice, evaluate
from crt_console.protocol.guidance import headline, label, question, would_change
from crt_console.protocol.pack import Pack, Question
from crt_console.protocol.standing import floor_needs, needs_of, wanted
from crt_console.protocol.vocabulary import FIRST_HELP, VOCABULARY, is_harmless
from ui.models.answers import answer_words
from ui.models.proposal import stages_until
from ui.models.speech import (
    agencies_words,
    agency_title,
    choice_words,
    dotted,
    fact_word,
    listed,
    sentence,
    until_words,
)
from ui.theme import Shape, age, over

_CHANGES_SHOWN = 3


class Stand(StrEnum):
    """How far an incident is assessed."""

    NOT_ASSESSED = "not_assessed"
    PROVISIONAL = "provisional"
    ASSESSED = "assessed"
    BELOW_FLOOR = "below_floor"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact as a chip; a fact that was answered can be corrected."""

    fact: str
    name: str
    value: str
    standing: Shape


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What one answer would do."""

    what: str
    then: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """One agency asked: its words, its clock, whether it still has to answer.

    `{since}` in the words is how long ago it was asked; `late` says it past its due.
    """

    agency: str
    title: str
    words: str
    waits: bool
    since: float
    due: float | None
    shape: Shape
    late: str = ""

    def spoken(self, now: float) -> str:
        """What is said of it at this moment."""
        if self.due is not None and self.late and now >= self.due:
            return f"{self.title}: {self.late.replace('{over}', over(now - self.due))}"
        return f"{self.title}: {self.words.replace('{since}', age(now - self.since))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceView:
    """The advice card. `question` is what comes next; `mine` whether I chose what was asked."""

    stand: Stand
    headline: str
    agencies: frozenset[str]
    because: str
    corner: str
    corner_brief: str  # where the headline needs the line
    corner_due: float | None  # seconds since 1970: what the corner counts down to
    question: Question | None
    facts: tuple[FactView, ...]
    possible: str
    changes: tuple[ChangeView, ...]
    handovers: tuple[HandoverView, ...]
    order_words: str
    asked: Confirmation | None
    mine: bool
    reason: str
    shape: Shape
    asked_count: int
    override: str = ""

    @property
    def so_far(self) -> str:
        """What is advised while questions are open, in few words; "" for nothing yet."""
        known = self.stand is Stand.PROVISIONAL and bool(self.agencies)
        return self.headline.replace("Community team", "Team") if known else ""


def advice_view(
    board: Board,
    incident: Incident,
    pack: Pack,
    now: datetime,
    *,
    pending: Mapping[str, FactValue],
    me: str = "",
    again: str = "",
    language: str = "en",
) -> AdviceView:
    """Return the card; `pending` are answers on their way, `again` a fact being corrected."""
    facts = {**incident.facts, **pending}
    advice = evaluate(pack, facts)
    agencies = advice.agencies | needs_of(incident)
    fact = again or advice.ask
    asked = board.asked_of(incident.id)
    stand = _stand(incident, advice, asked)
    changes = _changes(pack, facts, advice) if stand is Stand.ASSESSED else ()
    known = _facts(pack, facts)
    stages = stages_until(incident, board.handovers_of(incident.id)) if TEAM in agencies else ""
    return AdviceView(
        stand=stand,
        headline=_headline(incident, advice, agencies, asked, me)
        + (" · team stages" if stages and stand is Stand.ASSESSED else ""),
        agencies=agencies,
        because=_because(
            incident, advice, asked, (f.value for f in known if f.standing is Shape.DANGER)
        ),
        corner=_corner(incident, advice, "safety questions"),
        corner_brief=_corner(incident, advice, "asked"),
        corner_due=_question_due(board, incident, stand),
        question=question(pack, fact, language) if fact and incident.open else None,
        facts=known,
        possible="" if stand in {Stand.ASSESSED, Stand.BELOW_FLOOR} else _possible(advice),
        changes=changes,
        handovers=tuple(_handover(board, h, now) for h in board.handovers_of(incident.id)),
        order_words=_order_words(board, incident) or _order_to_come(incident, stages, stand),
        asked=asked[0] if asked else None,
        mine=bool(asked) and same_person(asked[0].asked_by, me),
        reason=board.text(asked[0].reason) if asked else board.text(incident.override_reason),
        shape=_shape(agencies),
        asked_count=sum(f in facts for f in VOCABULARY.must_ask),
        override=_override(incident),
    )


def _stand(incident: Incident, advice: Advice, asked: tuple[Confirmation, ...]) -> Stand:
    if not incident.open:
        return Stand.CLOSED
    if asked:
        return Stand.BELOW_FLOOR
    if incident.source.planned:
        return Stand.ASSESSED if advice.assessed else Stand.PROVISIONAL
    if not advice.safe_to_advise:
        return Stand.NOT_ASSESSED
    return Stand.ASSESSED if advice.assessed else Stand.PROVISIONAL


def _headline(
    incident: Incident,
    advice: Advice,
    agencies: frozenset[str],
    asked: tuple[Confirmation, ...],
    me: str,
) -> str:
    if asked:
        return _chosen(asked[0], me)
    if incident.override is not None:
        return agencies_words(wanted(incident), "Community team")
    if incident.source.planned and not (agencies or advice.safe_to_advise):
        return "No advice yet"
    if agencies != advice.agencies:
        return agencies_words(agencies, "Community team")
    return headline(advice)


def _chosen(asked: Confirmation, me: str = "") -> str:
    """Return who chose what against the floor."""
    who = "You" if same_person(asked.asked_by, me) else asked.asked_by
    return f"{who} chose: {choice_words(asked.says)}"


def _because(
    incident: Incident, advice: Advice, asked: tuple[Confirmation, ...], dangers: Iterable[str]
) -> str:
    if asked:
        needs = sentence(listed(floor_needs(asked[0].lines)))
        return f"{needs} must go: {asked[0].because}"
    # A pack's because may begin with who goes; the headline has said that already. It has no
    # subject either: that follows a colon better than “because”.
    why = advice.because.split(": ", 1)[-1]
    said = why.lower() in {words.lower() for words in dangers}  # beside it, in the same words
    because = f"Why: {why}" if why and not said else ""
    if incident.override is not None:
        by = incident.override_by or "the dispatcher"
        return f"decided by {by}; the advice was {agencies_words(incident.agencies)}"
    return because


def _override(incident: Incident) -> str:
    return "" if incident.override is None else agencies_words(incident.override)


def _corner(incident: Incident, advice: Advice, what: str) -> str:
    if incident.unreachable:
        return "COULD NOT ASK: ring back"
    if incident.source.planned and advice.missing:
        return "planned visit: nobody waits on a line"
    asked = len(VOCABULARY.must_ask) - len(advice.missing)
    return f"{asked} of 4 {what}" if advice.missing else "safety questions asked"


def _question_due(board: Board, incident: Incident, stand: Stand) -> float | None:
    return first_question_due(board, incident) if stand is Stand.NOT_ASSESSED else None


def first_question_due(board: Board, incident: Incident) -> float | None:
    """Return until when the first question has to be asked; None once it was."""
    dues = (a for a in board.alarms_of(incident.id) if a.kind is AlarmKind.FIRST_QUESTION)
    return next((a.due_at.timestamp() for a in dues), None)


def _facts(pack: Pack, facts: Mapping[str, FactValue]) -> tuple[FactView, ...]:
    order = [*VOCABULARY.must_ask, *(f for f in facts if f not in VOCABULARY.must_ask)]
    return tuple(_fact(pack, fact, facts.get(fact)) for fact in order)


def _fact(pack: Pack, fact: str, value: FactValue | None) -> FactView:
    name = sentence(fact_word(fact))
    if value is None:
        return FactView(fact, name, "not asked", Shape.NOT_ASKED)
    if value == "unknown":
        return FactView(fact, name, "can’t say", Shape.CANT_SAY)
    danger = fact in VOCABULARY.chains and not is_harmless(fact, value)
    words = label(pack, fact, value)
    return FactView(fact, name, words, Shape.DANGER if danger else Shape.CHECK)


def _possible(advice: Advice) -> str:
    if not advice.safe_to_advise and len(advice.missing) == len(VOCABULARY.must_ask):
        return "anything: nobody has asked yet"
    come = frozenset().union(*advice.possible) - advice.agencies
    go = {a for a in advice.agencies if any(a not in s for s in advice.possible)}
    first, rest = come & FIRST_HELP, come - FIRST_HELP
    more = f"{listed(first).replace(' and ', ' or ')} too" if first else ""
    others = "another service" if len(rest) > 1 else listed(rest)
    none = f"no {listed(go)}" if go else ""
    return dotted(more, others, none).replace("community team", "team")


def _then(come: Iterable[str], go: Iterable[str], *, stay: bool) -> str:
    """Who would come, and who would not go; where anybody stays advised, they come too."""
    come, go = list(come), list(go)
    adds = f"{listed(come)}{' too' if stay else ''}" if come else ""
    drops = f"no {listed(go)}" if go else ""
    return ", ".join(part for part in (adds, drops) if part).replace("community team", "team")


def _changes(pack: Pack, facts: Mapping[str, FactValue], advice: Advice) -> tuple[ChangeView, ...]:
    found = []
    for change in would_change(pack, facts, advice)[:_CHANGES_SHOWN]:
        what, stay = answer_words(pack, change.fact, change.value), advice.agencies - change.removes
        found.append(ChangeView(what, _then(change.adds, change.removes, stay=bool(stay))))
    return tuple(found)


def _handover(board: Board, handover: Handover, now: datetime) -> HandoverView:
    asked = handover.state is HandoverState.OFFERED
    waits = asked or handover.state is HandoverState.TIMED_OUT  # who is late may still accept
    since = handover.state_at.timestamp()
    near = " to stand by" if handover.standby else ""
    shape, late = Shape.OVER, ""
    if handover.state is HandoverState.ACCEPTED:
        who = board.text(handover.accepted_by) or "somebody"
        number = board.text(handover.their_number)
        words = f"accepted{near}: {who}" + (f", {number}" if number else "")
        if handover.scene_clear_at is not None:
            words = f"reported the scene clear: {who}"
        shape = Shape.CHECK
    elif waits:
        words, late = f"asked{near} {{since}} ago, nobody accepted yet", "nobody accepted {over}"
        shape = Shape.OVER if not asked or handover.due_at <= now else Shape.CLOCK
    else:
        reason = board.text(handover.reason)
        words = "declined" + (f": {reason}" if reason else "")
    stage = " · told to STAGE" if handover.stage else ""
    return HandoverView(
        agency=handover.agency,
        title=agency_title(handover.agency),
        words=words + stage,
        waits=waits,
        since=since,
        due=handover.due_at.timestamp() if waits else None,
        shape=shape,
        late=late + stage if late else "",
    )


def _order_words(board: Board, incident: Incident) -> str:
    orders = []
    for assignment in board.assignments_of(incident.id):
        unit = board.units.get(assignment.unit_id)
        if unit is None or not unit.order or (unit.order == "GO" and unit.told):
            continue
        told = "" if unit.told else " · not told yet"
        until = ""
        if unit.order in {"STAGE", "PULL BACK"}:
            until = f" {until_words(floor='police' in needs_of(incident))}"
        order = "go in" if unit.order == "GO" else unit.order
        orders.append(f"{unit.call_sign}: {order}{until}{told}")
    return " · ".join(orders)


def _order_to_come(incident: Incident, stages: str, stand: Stand) -> str:
    """Return what a team will be ordered that nobody has sent yet."""
    if not stages or stand is not Stand.ASSESSED:
        return ""
    go = "report scene clear" if "police" in needs_of(incident) else "accept"
    return f"Team stages nearby, goes in when police {go}"


def _shape(agencies: frozenset[str]) -> Shape:
    return Shape.TEAM_ALONE if agencies == {"crt"} else Shape.AGENCIES


def clock_words(incident: Incident, limit_s: float) -> str:
    """Return what stands beside the age: the limit while it waits, else the state."""
    if incident.status is IncidentStatus.WAITING:
        minutes, seconds = divmod(int(limit_s), 60)
        return f"of {minutes}:{seconds:02}"
    return {
        IncidentStatus.WORKING: "working",
        IncidentStatus.RESULT: "result to enter",
        IncidentStatus.NOT_SENT: "not sent",
        IncidentStatus.CLOSED: "closed",
    }[incident.status]
