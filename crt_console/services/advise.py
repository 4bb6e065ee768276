"""Advice in the transaction: what the pack says, and what the floor has held since."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec.structs import replace

from crt_console.domain.incident import FactValue, Incident
from crt_console.protocol.engine import Advice, evaluate
from crt_console.protocol.floor import holding
from crt_console.protocol.pack import Pack
from crt_console.protocol.standing import needs_of
from crt_console.protocol.vocabulary import VOCABULARY
from crt_console.store.room import Room


def with_floor(incident: Incident, anew: Iterable[str]) -> Incident:
    """Return the incident with its floor lines: they are held until cleared, or reported anew."""
    now = _lines(frozenset(incident.facts.items()))
    if not (now or incident.held or incident.police_clear):  # most calls: nothing to hold
        return incident
    fresh = set(anew)
    again = {index for index in now if fresh & VOCABULARY.floor[index].when.keys()}
    cleared = tuple(index for index in incident.cleared if index not in again)
    held = tuple(sorted((set(incident.held) | now) - set(cleared)))
    clear = tuple(index for index in incident.police_clear if index in held and index not in again)
    return replace(incident, held=held, cleared=cleared, police_clear=clear)


@lru_cache(maxsize=4096)
def _lines(facts: frozenset[tuple[str, FactValue]]) -> frozenset[int]:
    """Most acts leave the facts as they were: the lines that hold for them stand."""
    return frozenset(floor_line.index for floor_line in holding(dict(facts)))


def advice_for(pack: Pack, facts: Mapping[str, FactValue]) -> Advice:
    """Return the advice for these facts, without looking ahead."""
    return _remembered(pack, frozenset(facts.items()))


@lru_cache(maxsize=4096)
def _remembered(pack: Pack, facts: frozenset[tuple[str, FactValue]]) -> Advice:
    """Likewise what the pack says."""
    return evaluate(pack, dict(facts), ahead=False)


def with_advice(room: Room, incident: Incident) -> Incident:
    """Return the incident with the advice that its facts and the held lines give."""
    advice = advice_for(room.pack, incident.facts)
    needs = needs_of(incident)
    return replace(
        incident,
        response=advice.response,
        agencies=tuple(sorted(advice.agencies | needs)),
        assessed=advice.assessed,
        advised_standby=advice.standby and "police" not in needs,
        rule=advice.rule,
        because=advice.because,
        pack=room.pack.id,
    )
