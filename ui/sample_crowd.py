"""A room that is full: sixty incidents, twenty teams, long names, many dues."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from crt_console.domain.board import Board
from crt_console.domain.incident import FactValue
from crt_console.domain.words import HandoverState, IncidentStatus, Order, Source, UnitStatus
from ui.sample_rows import CALM, COLLEAGUE, ME, Workshop, as_now

_STREETS = (
    "Albany Ave",
    "Main St",
    "Capitol Ave",
    "Sigourney St",
    "Broad St",
    "Maple Ave",
    "Barbour St",
    "New Britain Ave",
    "Edgewood St",
    "Franklin Ave",
    "Hillside Ave",
    "Wethersfield Ave",
    "Blue Hills Ave",
    "Asylum Ave",
    "Zion St",
    "Homestead Ave",
    "Vine St",
    "Garden St",
)
_LONG_PLACES = (
    "Charter Oak International Academy, 425 Flatbush Ave, side entrance by the gymnasium",
    "Saint Francis Hospital parking garage, 114 Woodland St, level 4 near the pay station",
)
_TYPES = (
    "Welfare check",
    "Hears voices",
    "Man shouting at cars",
    "Asleep in the doorway",
    "Neighbors shouting",
    "Not eating, not answering the door for three days",
)
_MEMBERS = (
    "Konstantinopoulos-Whitfield",
    "Featherstonehaugh",
    "Wojciechowski",
    "Oyelaran-Adebayo",
    "Vega",
    "Long",
)
_CROWD, _CROWD_WAITING, _CROWD_TEAMS = 60, 41, 20
_OUT = (
    UnitStatus.ENROUTE,
    UnitStatus.STAGED,
    UnitStatus.ONSCENE,
    UnitStatus.ONSCENE,
    UnitStatus.CLEARING,
)


def crowded(now: datetime) -> Board:
    """Return a room that is full: sixty incidents, twenty teams, long names, many dues."""
    made = Workshop(now)
    for number in range(1, _CROWD_TEAMS + 1):
        _crowd_team(made, number)
    for place in range(_CROWD):
        _crowd_incident(made, 200 + place, place)
    return made.board()


def _crowd_team(made: Workshop, number: int) -> None:
    status = UnitStatus.AVAILABLE
    if number == _CROWD_TEAMS:
        status = UnitStatus.OUT_OF_SERVICE
    members = (_MEMBERS[number % 6], _MEMBERS[(number + 1) % 6])
    made.unit(
        number,
        status,
        3.4 * number,
        members=members,
        skills=("clinician", "peer"),
        languages=("English", "Spanish", "Portuguese")[: 1 + number % 3],
        base="Main St base",
        lat=41.75 + number / 500,
        lon=-72.69 + number / 700,
        position_at=made.ago(number),
        position_basis=("base", "reported", "scene")[number % 3],
        oos_reason="garage, back 15:30",
    )


def _crowd_incident(made: Workshop, serial: int, place: int) -> None:
    street, cross = _STREETS[place % 18], _STREETS[(place * 7 + 3) % 18]
    where = f"{100 + place * 13} {street}" if place % 3 else f"{street} & {cross}"
    if place % 20 == 0:
        where = _LONG_PLACES[place // 20 % 2]
    waits = place >= _CROWD - _CROWD_WAITING
    facts = _crowd_facts(_CROWD - place, waits=waits)
    incident = made.incident(
        serial,
        where,
        _crowd_minutes(_CROWD - place),
        type=_TYPES[place % 6],
        priority=None if waits and not facts else 1 + place % 3,
        owner=(ME, COLLEAGUE, None)[place % 3],
        lat=41.76 + place / 3000,
        lon=-72.68,
        source=tuple(Source)[place % 4],
        status=IncidentStatus.WAITING if waits else IncidentStatus.WORKING,
        facts=facts,
    )
    if not waits:
        _crowd_working(made, incident, place)


def _crowd_minutes(newest: int) -> float:
    return 0.37 + 0.43 * (newest - 1) + 0.01 * newest * newest


def _crowd_facts(newest: int, *, waits: bool) -> dict[str, FactValue]:
    if waits and newest <= 3:  # noqa: PLR2004  the three newest were not asked anything yet
        return {}
    asked = ("weapon", "violence_now", "medical", "suicide")[: 2 + newest % 3 if waits else 4]
    facts: dict[str, FactValue] = {"nature": "welfare_check"}
    facts |= {fact: CALM[fact] for fact in asked}
    return facts | ({"violence_now": "potential"} if newest % 5 == 0 else {})


def _crowd_working(made: Workshop, incident: Any, place: int) -> None:
    if place >= 16:  # noqa: PLR2004  sixteen teams are out, the rest went to others
        if place % 2:
            made.handover(incident, "crmhc", 6, by="Dr. Shah", state=HandoverState.ACCEPTED)
        else:
            made.put(
                "incidents",
                replace(incident, status=IncidentStatus.RESULT, on_scene_at=made.ago(9)),
            )
        return
    status = _OUT[place % 5]
    unit = as_now(made, made.tables["units"][f"unit-{place + 1}"], status, 0.5 + 2.7 * place)
    due = {UnitStatus.ENROUTE: None, UnitStatus.STAGED: 5.2}.get(status, 0.9 * place - 3.0)
    made.on(replace(unit, order=Order.STAGE) if due == 5.2 else unit, incident, check_in=due)  # noqa: PLR2004
    if status is UnitStatus.STAGED:
        made.handover(incident, "police", 3 + place / 10, state=HandoverState.TIMED_OUT)
