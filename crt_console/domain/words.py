"""The closed word lists of the room: states, kinds, codes."""

from enum import StrEnum


class Source(StrEnum):
    """Where a call came from."""

    E911 = "911"
    OFFICER = "officer"
    LINE_988 = "988"
    LINE_211 = "211"
    OUTREACH = "outreach"
    FOLLOW_UP = "follow-up"
    OTHER = "other"

    @property
    def planned(self) -> bool:
        """Whether nobody is waiting on a line: exempt from the must-ask facts, never the floor."""
        return self in {Source.OUTREACH, Source.FOLLOW_UP}


class IncidentStatus(StrEnum):
    """Where an incident stands in the room."""

    WAITING = "waiting"  # nobody goes yet
    WORKING = "working"  # a unit is on it, or another agency accepted it
    RESULT = "result"  # the visit is over, the disposition is not entered
    NOT_SENT = "not_sent"  # decided, with a reason; still open
    CLOSED = "closed"


class UnitStatus(StrEnum):
    """What a unit last reported; the values are the command words."""

    AVAILABLE = "available"
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    ENROUTE = "enroute"
    STAGED = "staged"
    ONSCENE = "onscene"
    TRANSPORTING = "transporting"
    AT_DESTINATION = "atdestination"
    CLEARING = "clearing"
    OUT_OF_SERVICE = "oos"
    OFF = "off"


class Order(StrEnum):
    """What a unit on an incident has been ordered."""

    NONE = ""
    GO = "GO"
    STAGE = "STAGE"
    PULL_BACK = "PULL BACK"


class HandoverState(StrEnum):
    """How another agency answered."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    ENDED = "ended"  # no longer asked for: replaced, or the incident is over

    @property
    def live(self) -> bool:
        """Whether the agency is asked and has not said no."""
        return self in {HandoverState.OFFERED, HandoverState.ACCEPTED}


class Basis(StrEnum):
    """Why a hand-over was opened."""

    FLOOR = "floor"
    ADVICE = "advice"
    DISPATCHER = "dispatcher"
    BACKUP = "backup"
    ON_SCENE = "on_scene"


class AlarmKind(StrEnum):
    """What an alarm asks for."""

    EMERGENCY = "emergency"
    BACKUP = "backup"
    ORDER = "order"  # a unit must be told STAGE or PULL BACK
    FLOOR_AGENCY = "floor_agency"  # the floor needs an agency nobody offered
    HANDOVER = "handover"  # offered and not accepted
    CHECK_IN = "check_in"
    FIRST_QUESTION = "first_question"
    WAITING = "waiting"  # over the limit: ring back, re-screen
    RING_BACK = "ring_back"  # the caller was lost before the questions
    SECOND_PERSON = "second_person"
    OVERRIDE = "override"  # the supervisor is told
    STATUS = "status"  # a status lasts too long, or contradicts
    QUARANTINE = "quarantine"
    NOT_SENT = "not_sent"  # reserved for the supervisor's list


class ConfirmationState(StrEnum):
    """What became of a request for a second person."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    OVERTAKEN = "overtaken"  # the danger grew, or the matter ended, before anyone answered


NOT_SENT_REASONS: dict[str, str] = {
    "weapon": "weapon",
    "violence": "violence",
    "medical": "medical",
    "crime": "crime or domestic violence",
    "caller_wants_police": "caller wants police",
    "minor": "under 18",
    "off_hours": "off hours",
    "out_of_area": "out of area",
    "no_team_free": "no team free",
    "could_not_triage": "could not triage",
    "professional_on_scene": "mental-health professional on scene",
    "cancelled": "canceled by police or EMS",
    "caller_withdrew": "caller withdrew",
    "other": "other",
}

DISPOSITIONS: dict[str, str] = {
    "helped": "helped on scene",
    "helped_transported": "helped and transported",
    "handed_to_ems": "handed to EMS or hospital",
    "handed_to_police": "handed to police",
    "refused": "refused help",
    "not_found": "nobody found",
    "not_needed": "not needed or canceled",
    "by_phone": "helped by phone",
    "not_sent": "no team sent",
    "duplicate": "duplicate of another incident",
    "test": "test call",
}

AGENCY_NAMES: dict[str, str] = {
    "crt": "community team",
    "crmhc": "mobile crisis",
    "youth": "youth crisis",
    "line": "988 / 211 line",
    "ems": "EMS",
    "fire": "fire",
    "police": "police",
}
TEAM = "crt"
EMERGENCY_AGENCIES = frozenset({"police", "ems", "fire"})
UNARMED = frozenset({"crt", "crmhc", "youth", "line"})
