"""How an incident stands against floor and advice: what it needs, what was asked, who was asked."""

from collections.abc import Iterable

from crt_console.domain.incident import Handover, Incident
from crt_console.domain.words import Basis, HandoverState
from crt_console.protocol.floor import line
from crt_console.protocol.vocabulary import VOCABULARY

_NOBODY = frozenset[str]()


def floor_needs(lines: Iterable[int]) -> frozenset[str]:
    """Return the agencies that these lines of the floor need."""
    return frozenset[str]().union(*(line(index).needs for index in lines))


def line_needs(incident: Incident, index: int) -> frozenset[str]:
    """Return what a line that holds still needs: police who cleared the scene are not missed."""
    needs = line(index).needs
    return needs - {"police"} if index in incident.police_clear else needs


def needs_of(incident: Incident) -> frozenset[str]:
    """Return the agencies that the floor needs for an incident as it stands."""
    if not incident.held:
        return _NOBODY
    return _NOBODY.union(*(line_needs(incident, index) for index in incident.held))


def unmet(incident: Incident, there: Iterable[str]) -> tuple[int, ...]:
    """Return the lines of the floor that these agencies leave unmet."""
    present = frozenset(there)
    return tuple(i for i in incident.held if not line_needs(incident, i) <= present)


def wanted(incident: Incident) -> frozenset[str]:
    """Return the agencies that count: override or advice, and in every case the floor's."""
    return frozenset(incident.wanted) | needs_of(incident)


def reasoned(incident: Incident, agency: str) -> bool:
    """Return whether an override sends this agency and says why; without a reason it is advice."""
    chosen = incident.override is not None and agency in incident.override
    return chosen and incident.override_reason is not None


def missing_questions(incident: Incident) -> tuple[str, ...]:
    """Return the must-ask facts nobody has asked; none for outreach and planned visits."""
    if incident.planned:
        return ()
    return tuple(f for f in VOCABULARY.must_ask if f not in incident.facts)


def is_live(handovers: Iterable[Handover], agency: str, *, floor: bool = False) -> bool:
    """Return whether an agency is asked and has not said no.

    For the floor, standby is not enough, nor are police who have left a scene they cleared.
    """
    return any(
        h.agency == agency
        and h.state.live
        and not (floor and (h.standby or h.scene_clear_at is not None))
        for h in handovers
    )


def awaits_police(incident: Incident, handovers: Iterable[Handover]) -> bool:
    """Return whether police go too, advised or asked by hand, and none of them has accepted.

    Police who only stand by, or back up a team that is there, hold nobody back.
    """
    police = [h for h in handovers if h.agency == "police"]
    if any(h.state is HandoverState.ACCEPTED for h in police):
        return False
    asked = (h for h in police if h.state.live and not h.standby and h.basis is not Basis.BACKUP)
    return "police" in wanted(incident) or any(asked)
