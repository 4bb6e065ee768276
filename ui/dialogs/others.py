"""The acts on an incident that have no button of their own, for the list behind Other."""

from collections.abc import Callable
from functools import partial
from typing import Any

from crt_console.domain.board import Board
from crt_console.domain.commands import MarkUnreachable, OfferHandover
from crt_console.domain.incident import Incident
from ui.dialogs import acts, unit_acts
from ui.models.desk import Desk

Make = Callable[[Desk, str], Any]


def others_for(board: Board, incident: Incident) -> dict[str, tuple[str, Make]]:
    """Return name → (words, what makes its ask or does it at once)."""
    if not incident.open:
        return {"reopen": ("Reopen it", acts.reopen_incident)}
    asked = (one for one in board.handovers_of(incident.id) if one.state.live)
    police = any(one.agency == "police" for one in asked)
    clear: dict[str, tuple[str, Make]] = {
        "scene_clear": ("Police: scene clear", acts.clear_scene),
    }
    return {
        "override": ("Send other agencies", acts.override_advice),
        "not_sent": ("No team goes", acts.mark_not_sent),
        "close": ("Close it", acts.close_incident),
        **(clear if police else {}),
        "lost": ("Caller is gone", _caller_lost),
        "crmhc": ("Ask mobile crisis", partial(_ask, "crmhc")),
        "youth": ("Ask youth crisis", partial(_ask, "youth")),
        "line": ("Hand over to 988 / 211", partial(_ask, "line")),
        "place": ("Correct the place", partial(_edit, "place")),
        "priority": ("Correct the priority", partial(_edit, "priority")),
        "type": ("Correct the type", partial(_edit, "type")),
        "caution": ("Add a caution here", _caution),
    }


def _edit(field: str, desk: Desk, incident_id: str) -> Any:
    return acts.edit_incident(desk, incident_id, field)


def _ask(agency: str, desk: Desk, incident_id: str) -> None:
    desk.do(OfferHandover(incident=incident_id, agency=agency))


def _caller_lost(desk: Desk, incident_id: str) -> None:
    desk.do(MarkUnreachable(incident=incident_id))


def _caution(desk: Desk, incident_id: str) -> Any:
    incident = desk.board.incidents.get(incident_id)
    place = desk.board.text(incident.place) if incident else ""
    return unit_acts.add_caution(desk, place)
