"""Made-up boards for pictures and tests: an ordinary one, a crowded one, an empty one, others."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from crt_console.domain.board import Board
from crt_console.domain.ids import CautionId, ConfirmationId, ContentId
from crt_console.domain.incident import Caution, Confirmation, Incident
from crt_console.domain.words import (
    AlarmKind,
    Basis,
    HandoverState,
    IncidentStatus,
    Order,
    Source,
    UnitStatus,
)
from crt_console.protocol import floor
from ui.sample_crowd import crowded
from ui.sample_rows import CALM, COLLEAGUE, ME, Workshop, advised, as_now

__all__ = ["SELECTED", "crowded", "emergency", "empty", "ordinary", "second_person", "stage"]

SELECTED = "incident-142"
_WORKING = IncidentStatus.WORKING
_LATE = frozenset({5, 7})  # teams whose shift ends in the evening


def empty(now: datetime) -> Board:
    """Return a board with teams on shift and nothing to do."""
    made = Workshop(now)
    _teams(made)
    return made.board()


def ordinary(now: datetime) -> Board:
    """Return an ordinary evening: twelve open incidents, eight teams, two dues."""
    return _ordinary(now).board()


def emergency(now: datetime) -> Board:
    """Return the ordinary evening with CRT 1 calling for help, owned by nobody yet."""
    made = _ordinary(now)
    unit = made.tables["units"]["unit-1"]
    incident = made.tables["incidents"]["incident-138"]
    unit = made.put("units", replace(unit, emergency_at=made.ago(14 / 60), heard_at=made.ago(7)))
    made.alarm(
        AlarmKind.EMERGENCY,
        unit.id,
        made.ago(14 / 60),
        incident,
        unit,
        detail=unit.call_sign,
        supervisor=True,
    )
    return made.board()


def second_person(now: datetime) -> Board:
    """Return the ordinary evening with a choice below the floor that waits for an answer."""
    made = _ordinary(now)
    before = made.tables["incidents"]["incident-144"]
    incident = made.put("incidents", _threatening(before))
    made.put(
        "confirmations",
        Confirmation(
            id=ConfirmationId("confirmation-144"),
            incident_id=incident.id,
            action="OverrideAdvice",
            command=_kept(made, "{}"),
            says="send community team",
            because=floor.holding(incident.facts)[0].because,
            lines=incident.held,
            reason=made.words("Park worker knows him, he has sat down and put the stick away."),
            asked_by=ME,
            console="3",
            asked_at=made.ago(23 / 60),
        ),
    )
    made.alarm(
        AlarmKind.SECOND_PERSON,
        "confirmation-144",
        made.ago(23 / 60),
        incident,
        detail="send community team",
        supervisor=True,
    )
    made.handover(incident, "police", 23 / 60, basis=Basis.FLOOR)
    return made.board()


def stage(now: datetime) -> Board:
    """Return the ordinary evening with 144 ready to send: team and police, police not there yet."""
    made = _ordinary(now)
    before = made.tables["incidents"]["incident-144"]
    incident = made.put("incidents", _threatening(before))
    made.handover(incident, "police", 42 / 60, basis=Basis.FLOOR)
    return made.board()


def _threatening(incident: Incident) -> Incident:
    return advised(replace(incident, facts={**incident.facts, "violence_now": "threat"}))


def _kept(made: Workshop, text: str) -> ContentId:
    return made.words(text) or ContentId("")


def _teams(made: Workshop) -> None:
    free, off = UnitStatus.AVAILABLE, UnitStatus.OFF
    spanish = ("English", "Spanish")
    base = {"position_basis": "base", "position_at": made.ago(240)}
    rows: tuple[tuple[int, UnitStatus, float, dict[str, Any]], ...] = (
        (1, free, 31.2, {"members": ("Vega", "Long"), "lat": 41.7663, "lon": -72.6892}),
        (
            2,
            free,
            12.05,
            {
                "members": ("Santos", "Hill"),
                "languages": spanish,
                "base": "Main St base",
                "lat": 41.7636,
                "lon": -72.6743,
                "position_at": made.ago(9),
                "position_basis": "reported",
            },
        ),
        (3, free, 55.0, {"members": ("Brown", "Diaz"), "lat": 41.7551, "lon": -72.6905}),
        (4, free, 8.3, {"members": ("Ali", "Moreau"), "lat": 41.7559, "lon": -72.6974}),
        (
            5,
            free,
            4.67,
            {
                "members": ("Okafor", "Reed"),
                "languages": ("English",),
                "base": "North End base",
                "lat": 41.7868,
                "lon": -72.6738,
                **base,
            },
        ),
        (
            6,
            UnitStatus.OUT_OF_SERVICE,
            25.33,
            {"members": ("Novak", "Perez"), "oos_reason": "meal, back 14:45"},
        ),
        (7, free, 21.0, {"members": ("Chen", "Torres"), "lat": 41.7688, "lon": -72.6815}),
        (8, off, 300.0, {"members": ("Grant", "Silva")}),
    )
    for number, status, minutes, values in rows:
        skills = {"skills": ("clinician", "peer")}
        ends = None if status is off else _shift_end(made.now, late=number in _LATE)
        common = {"languages": ("English",), "shift_ends_at": ends}
        made.unit(number, status, minutes, **{**common, **skills, **values})


def _shift_end(now: datetime, *, late: bool) -> datetime:
    """Half of the teams go home in the afternoon, some in the evening."""
    return now.replace(hour=20 if late else 16, minute=0, second=0, microsecond=0)


def _ordinary(now: datetime) -> Workshop:
    made = Workshop(now)
    _teams(made)
    _waiting(made)
    _working(made)
    _closed(made)
    about = made.words("124 Albany Ave, apt 3")
    text = made.words("Dog in the apartment, barks, was friendly")
    if about is not None and text is not None:
        caution = Caution(
            id=CautionId("caution-1"),
            about=about,
            text=text,
            author="CRT 2",
            at=made.ago(40 * 1440),
            until=made.ago(-60 * 1440),
        )
        made.put("cautions", caution)
    return made


def _closed(made: Workshop) -> None:
    """What the figures of the day count as not sent and overridden."""
    for serial, place, minutes, values in (
        (127, "12 Grand St", 84.0, {"not_sent": "no_team_free"}),
        (121, "Dunkin, 540 Farmington Ave", 122.0, {"not_sent": "caller_withdrew"}),
        (112, "South Green", 201.0, {"not_sent": "no_team_free"}),
        (
            109,
            "77 Buckingham St",
            238.0,
            {
                "override": ("crt", "ems"),
                "override_by": COLLEAGUE,
                "override_at": made.ago(236),
                "override_reason": made.words("Has not eaten for days."),
            },
        ),
    ):
        made.incident(
            serial,
            place,
            minutes,
            status=IncidentStatus.CLOSED,
            closed_at=made.ago(minutes - 12),
            owner=COLLEAGUE,
            facts={"nature": "welfare_check", **CALM},
            **values,
        )


def _waiting(made: Workshop) -> None:
    made.incident(
        146,
        "Albany Ave & Main St",
        42 / 60,
        lat=41.7741,
        lon=-72.6767,
        type="Man shouting",
        call_back="860 555 0146",
        owner=ME,
    )
    made.incident(
        139,
        "55 Park St, apt 2",
        12.32,
        lat=41.7572,
        lon=-72.6781,
        type="Suicidal thoughts",
        source=Source.LINE_988,
        priority=1,
        owner=ME,
        call_back="860 555 0139",
        facts={"nature": "suicidal", "weapon": "none", "violence_now": "none"},
    )
    made.incident(
        144,
        "Bushnell Park, carousel",
        125 / 60,
        type="Man alone, agitated",
        priority=1,
        owner=ME,
        lat=41.7650,
        lon=-72.6806,
        facts={"nature": "psychosis", **CALM, "violence_now": "potential"},
    )
    made.incident(
        142,
        "124 Albany Ave, apt 3",
        221 / 60,
        type="Welfare check",
        priority=2,
        owner=ME,
        lat=41.7777,
        lon=-72.6809,
        neighbourhood="Clay Arsenal",
        language="Spanish",
        call_back="860 555 0142",
        facts={"nature": "welfare_check", **CALM},
        text="Has not left the apartment for a week, not eating. Asked for “la señora Vega”.",
    )
    three = {fact: value for fact, value in CALM.items() if fact != "suicide"}
    made.incident(
        145,
        "Sigourney St & Asylum Ave",
        66 / 60,
        lat=41.7697,
        lon=-72.6946,
        type="Hears voices",
        priority=2,
        owner=COLLEAGUE,
        facts={"nature": "psychosis", **three},
    )
    made.incident(
        141,
        "Public Library, 500 Main St",
        41.5,
        lat=41.7622,
        lon=-72.6735,
        type="Asleep at the door",
        priority=3,
        source=Source.OFFICER,
        owner=ME,
        facts={"nature": "unsheltered_person", **CALM},
    )
    made.incident(
        140,
        "310 Wethersfield Ave",
        21.7,
        lat=41.7430,
        lon=-72.6720,
        type="Neighbors shouting",
        priority=3,
        source=Source.LINE_211,
        owner=ME,
        facts={"nature": "neighbour_dispute", "weapon": "none", "violence_now": "none"},
    )


def _working(made: Workshop) -> None:
    units = made.tables["units"]
    zion = made.incident(
        138,
        "88 Zion St",
        34.0,
        lat=41.7532,
        lon=-72.6893,
        type="Crying, alone",
        priority=1,
        owner=COLLEAGUE,
        status=_WORKING,
        sent_at=made.ago(30),
        on_scene_at=made.ago(22.17),
        facts={"nature": "mental_health_crisis", **CALM},
    )
    made.on(as_now(made, units["unit-1"], UnitStatus.ONSCENE, 22.17), zion, check_in=170 / 60)
    pope = made.incident(
        136,
        "Pope Park, pool house",
        10.2,
        lat=41.7577,
        lon=-72.6935,
        type="Youth crying",
        priority=2,
        owner=ME,
        status=_WORKING,
        sent_at=made.ago(6),
        facts={"nature": "welfare_check", **CALM, "violence_now": "potential"},
    )
    staged = as_now(made, units["unit-4"], UnitStatus.STAGED, 3.25)
    made.on(replace(staged, order=Order.STAGE), pope, check_in=250 / 60)
    made.handover(pope, "police", 132 / 60, state=HandoverState.TIMED_OUT)
    babcock = made.incident(
        135,
        "19 Babcock St",
        15.0,
        type="Not eating",
        priority=2,
        owner=COLLEAGUE,
        status=_WORKING,
        sent_at=made.ago(7),
        facts={"nature": "welfare_check", **CALM},
    )
    made.on(as_now(made, units["unit-3"], UnitStatus.ENROUTE, 6.33), babcock)
    garden = made.incident(
        133,
        "640 Garden St, floor 2",
        32.08,
        type="Daughter not sleeping",
        priority=2,
        owner=COLLEAGUE,
        status=_WORKING,
        source=Source.OTHER,
        facts={"nature": "psychosis", **CALM, "acuity": "grave"},
    )
    made.handover(garden, "crmhc", 20, by="Dr. Shah", state=HandoverState.ACCEPTED)
    station = made.incident(
        129,
        "Union Station",
        52.0,
        type="Needs a bed",
        priority=3,
        owner=ME,
        status=_WORKING,
        source=Source.OUTREACH,
        sent_at=made.ago(45),
        on_scene_at=made.ago(40),
        facts={"nature": "service_request"},
    )
    made.on(as_now(made, units["unit-7"], UnitStatus.CLEARING, 1.58), station, check_in=13)
