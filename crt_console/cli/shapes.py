"""The JSON forms of the board: what `state` lists, what `show` tells of one incident or unit."""

from datetime import datetime
from typing import Any

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board
from crt_console.domain.incident import Handover, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import HandoverState
from crt_console.protocol.standing import wanted


def state(board: Board, now: datetime) -> dict[str, Any]:
    """Return the board as `state` writes it; what is due counts, raised or not."""
    due = [a for a in board.alarms.values() if a.raised or (a.open and a.due_at <= now)]
    return {
        "seq": board.seq,
        "incidents": [
            incident(board, each)
            for each in sorted(board.incidents.values(), key=lambda i: i.serial)
        ],
        "units": [unit(board, each) for each in sorted(board.units.values(), key=lambda u: u.key)],
        "alarms": [alarm(board, each) for each in sorted(due, key=lambda a: a.due_at)],
    }


def sign(board: Board, unit_id: str | None) -> str | None:
    """Return a call sign without spaces."""
    found = board.units.get(unit_id) if unit_id else None
    return found.call_sign.replace(" ", "") if found else None


def number(board: Board, incident_id: str | None) -> str | None:
    """Return the number that people say of an incident."""
    found = board.incidents.get(incident_id) if incident_id else None
    return found.number if found else None


def incident(board: Board, row: Incident) -> dict[str, Any]:
    """Return an incident as `state` lists it."""
    return {
        "number": row.number,
        "type": row.type or None,
        "priority": row.priority,
        "place": board.text(row.place) or None,
        "status": row.status,
        "owner": row.owner,
        "assessed": row.assessed,
        "response": row.response,
        "agencies": sorted(wanted(row)),
        "units": [sign(board, a.unit_id) for a in board.assignments_of(row.id)],
        "handovers": [handover(board, each) for each in board.handovers_of(row.id)],
        "external": row.external,
    }


def handover(board: Board, row: Handover) -> dict[str, Any]:
    """Return a hand-over; `by` is who brought it into this state."""
    accepted = row.state is HandoverState.ACCEPTED and row.accepted_by
    return {
        "agency": row.agency,
        "state": row.state,
        "by": board.text(row.accepted_by) if accepted else row.by,
    }


def unit(board: Board, row: Unit) -> dict[str, Any]:
    """Return a unit as `state` lists it."""
    return {
        "call_sign": row.call_sign.replace(" ", ""),
        "status": row.status,
        "incident": number(board, row.incident_id),
        "members": list(row.members),
        "languages": list(row.languages),
    }


def alarm(board: Board, row: Alarm) -> dict[str, Any]:
    """Return an alarm; `subject` in the words that people say."""
    about_unit, about = sign(board, row.unit_id), number(board, row.incident_id)
    return {
        "id": row.id,
        "kind": row.kind,
        "subject": about_unit or about or row.subject,
        "since": row.raised_at or row.due_at,
        "owner": row.owner,
        "incident": about,
        "unit": about_unit,
        "detail": row.detail,
        "step": row.step,
        "supervisor": row.supervisor,
    }


def whole_incident(board: Board, row: Incident, now: datetime) -> dict[str, Any]:
    """Return all that is known of an incident now, the timeline apart."""
    return {
        **incident(board, row),
        "id": row.id,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "waiting_since": row.waiting_since,
        "source": row.source,
        "text": board.text(row.text) or None,
        "call_back": board.text(row.call_back) or None,
        "language": row.language or None,
        "neighbourhood": row.neighbourhood or None,
        "place_verified": row.place_verified,
        "type_unmapped": row.type_unmapped,
        "unreachable": row.unreachable,
        "facts": dict(row.facts),
        "advice": advice(row),
        "override": override(board, row),
        "not_sent": row.not_sent,
        "not_sent_text": board.text(row.not_sent_text) or None,
        "disposition": row.disposition,
        "disposition_text": board.text(row.disposition_text) or None,
        "linked_to": number(board, row.linked_to),
        "handovers": [whole_handover(board, each) for each in board.handovers_of(row.id)],
        "assignments": [_assignment(board, a.unit_id) for a in board.assignments_of(row.id)],
        "alarms": [
            alarm(board, each)
            for each in board.alarms_of(row.id)
            if each.raised or each.due_at <= now
        ],
        "dues": [
            {"kind": each.kind, "due_at": each.due_at, "unit": sign(board, each.unit_id)}
            for each in board.alarms_of(row.id)
            if not each.raised and each.due_at > now
        ],
        "asked": [
            {"id": c.id, "action": c.action, "because": c.because, "by": c.asked_by, "says": c.says}
            for c in board.asked_of(row.id)
        ],
    }


def advice(row: Incident) -> dict[str, Any]:
    """Return who is advised and why; what counts may be an override instead."""
    return {
        "response": row.response,
        "agencies": list(row.agencies),
        "assessed": row.assessed,
        "standby": row.advised_standby,
        "rule": row.rule,
        "because": row.because,
        "pack": row.pack,
        "floor_held": list(row.held),
        "floor_police_clear": list(row.police_clear),
        "floor_cleared": list(row.cleared),
    }


def override(board: Board, row: Incident) -> dict[str, Any] | None:
    """Return what was decided instead of the advice."""
    if row.override is None:
        return None
    return {
        "agencies": list(row.override),
        "reason": board.text(row.override_reason) or None,
        "by": row.override_by,
        "at": row.override_at,
    }


def whole_handover(board: Board, row: Handover) -> dict[str, Any]:
    """Return all that is known of a hand-over."""
    return {
        **handover(board, row),
        "offered_by": row.by,
        "basis": row.basis,
        "standby": row.standby,
        "stage": row.stage,
        "urgent": row.urgent,
        "offered_at": row.offered_at,
        "due_at": row.due_at,
        "accepted_by": board.text(row.accepted_by) or None,
        "their_number": board.text(row.their_number) or None,
        "reason": board.text(row.reason) or None,
    }


def _assignment(board: Board, unit_id: str) -> dict[str, Any]:
    row = board.units.get(unit_id)
    if row is None:
        return {"unit": None}
    return {
        "unit": sign(board, unit_id),
        "status": row.status,
        "order": row.order.value or None,
        "told": row.told,
    }


def whole_unit(board: Board, row: Unit, now: datetime) -> dict[str, Any]:
    """Return all that is known of a unit now."""
    return {
        **unit(board, row),
        "id": row.id,
        "kind": row.kind,
        "skills": list(row.skills),
        "base": row.base or None,
        "order": row.order.value or None,
        "told": row.told,
        "free": row.free,
        "oos_reason": row.oos_reason or None,
        "status_at": row.status_at,
        "heard_at": row.heard_at,
        "shift_ends_at": row.shift_ends_at,
        "emergency_at": row.emergency_at,
        "alarms": [
            alarm(board, each)
            for each in board.alarms.values()
            if each.unit_id == row.id and (each.raised or each.due_at <= now)
        ],
    }
