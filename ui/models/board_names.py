"""What stands on the board under the names that people say: `142`, `crt2`."""

from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit, call_sign_key
from ui.models.speech import STATUS_WORDS


def incidents(board: Board) -> dict[str, str]:
    """Return open incidents by the number people say, with their place and type."""
    latest = sorted(board.open_incidents, key=lambda i: i.serial, reverse=True)
    return {str(i.serial): _about(board, i) for i in latest}


def _about(board: Board, incident: Incident) -> str:
    place = board.text(incident.place) or "place not known"
    return f"{place} · {incident.type}" if incident.type else place


def units(board: Board) -> dict[str, str]:
    """Return teams by call sign, with where they are."""
    named = sorted(board.units.values(), key=lambda unit: unit.call_sign)
    return {unit.call_sign: unit_state(board, unit) for unit in named}


def unit_state(board: Board, unit: Unit) -> str:
    """Return a team's status, and the incident it is on."""
    on = board.incidents.get(unit.incident_id) if unit.incident_id else None
    status = "free" if unit.free else STATUS_WORDS[unit.status]
    return f"{status} · {on.number}" if on else status


def find_incident(board: Board, ref: str) -> Incident | None:
    """Return the newest incident of this number, long or short, or identity."""
    wanted = ref.strip().removeprefix("#")
    named = [
        i
        for i in board.incidents.values()
        if wanted in {i.id, i.number, str(i.serial)} or (i.external and wanted == i.external)
    ]
    return max(named, key=lambda i: i.serial, default=None)


def find_unit(board: Board, ref: str) -> Unit | None:
    """Return the team of this call sign or identity."""
    key = call_sign_key(ref)
    for unit in board.units.values():
        if ref == unit.id or key == unit.key:
            return unit
    return None
