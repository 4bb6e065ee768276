"""A small workshop for made-up boards: rows with their words, advice worked out by the pack."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import TABLES, Board
from crt_console.domain.ids import (
    AlarmId,
    AnswerId,
    AssignmentId,
    CallId,
    ContentId,
    HandoverId,
    IncidentId,
    UnitId,
)
from crt_console.domain.incident import Answer, Assignment, Call, FactValue, Handover, Incident
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, IncidentStatus, Order, UnitStatus
from crt_console.protocol.engine import evaluate
from crt_console.protocol.floor import holding
from crt_console.protocol.loader import load
from crt_console.protocol.pack import Pack

ME, COLLEAGUE, SUPERVISOR = "M. Ortiz", "A. Kim", "J. Reyes"
TIMERS = Timers()
CALM: dict[str, FactValue] = {
    "medical": "alert",
    "weapon": "none",
    "violence_now": "none",
    "suicide": "none",
}
_STAMPS = ("acknowledged_at", "enroute_at", "staged_at", "on_scene_at", "clearing_at")
_STEPS = (
    UnitStatus.ACKNOWLEDGED,
    UnitStatus.ENROUTE,
    UnitStatus.STAGED,
    UnitStatus.ONSCENE,
    UnitStatus.CLEARING,
)


def sample_pack() -> Pack:
    """Return the pack that the samples are advised by."""
    return load("hartford")


class Workshop:
    """Collects rows and words; ids are told from serials, so that two runs agree."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
        self.content: dict[str, str | None] = {}

    def board(self) -> Board:
        """Return everything made so far."""
        return Board(seq=1, at=self.now, tables=self.tables, content=self.content)

    def ago(self, minutes: float) -> datetime:
        """Return a time so many minutes before now; negative ones lie ahead."""
        return self.now - timedelta(seconds=round(minutes * 60))

    def words(self, text: str) -> ContentId | None:
        """Keep a text and return its id."""
        if not text:
            return None
        content_id = ContentId(f"words-{len(self.content) + 1}")
        self.content[content_id] = text
        return content_id

    def put(self, table: str, row: Any) -> Any:
        """Keep a row; one with its id is replaced."""
        self.tables[table][row.id] = row
        return row

    def incident(
        self,
        serial: int,
        place: str,
        minutes: float,
        *,
        text: str = "",
        call_back: str = "",
        facts: dict[str, FactValue] | None = None,
        **values: Any,
    ) -> Incident:
        """Make an incident that arrived so many minutes ago, with its call, answers and advice."""
        arrived = self.ago(minutes)
        status = values.pop("status", IncidentStatus.WAITING)
        made = Incident(
            id=IncidentId(f"incident-{serial}"),
            serial=serial,
            number=f"{self.now.year % 100:02}-{serial:06}",
            status=status,
            opened_at=arrived,
            arrived_at=arrived,
            waiting_since=arrived if status is IncidentStatus.WAITING else None,
            place=self.words(place),
            place_verified=True,
            call_back=self.words(call_back),
            text=self.words(text),
            facts=facts or {},
            **values,
        )
        self.put("incidents", advised(made))
        self._call(made)
        self._answers(made)
        self._dues(made)
        return advised(made)

    def _call(self, incident: Incident) -> None:
        self.put(
            "calls",
            Call(
                id=CallId(f"call-{incident.serial}"),
                incident_id=incident.id,
                origin=incident.id,
                at=incident.arrived_at,
                received_at=incident.arrived_at,
                source=incident.source,
                call_back=incident.call_back,
                text=incident.text,
            ),
        )

    def _answers(self, incident: Incident) -> None:
        for number, (fact, value) in enumerate(incident.facts.items(), start=1):
            self.put(
                "answers",
                Answer(
                    id=AnswerId(f"answer-{incident.serial}-{number}"),
                    incident_id=incident.id,
                    ordinal=number,
                    fact=fact,
                    value=value,
                    at=min(self.now, incident.arrived_at + timedelta(seconds=15 * number)),
                    by=incident.owner or ME,
                    operation_id=f"operation-{incident.serial}-{number}",
                ),
            )

    def _dues(self, incident: Incident) -> None:
        if incident.status is not IncidentStatus.WAITING:
            return
        limit = TIMERS.limit(incident.priority)
        owner = incident.owner
        due = incident.arrived_at + limit
        self.alarm(AlarmKind.WAITING, incident.id, due, incident, owner=owner)
        if incident.unasked and not incident.facts:
            due = incident.arrived_at + timedelta(seconds=TIMERS.first_question)
            self.alarm(AlarmKind.FIRST_QUESTION, incident.id, due, incident, owner=owner)

    def alarm(
        self,
        kind: AlarmKind,
        subject: str,
        due_at: datetime,
        incident: Incident | None = None,
        unit: Unit | None = None,
        *,
        owner: str | None = None,
        **values: Any,
    ) -> Alarm:
        """Make an alarm; it is raised where its time has passed."""
        due = due_at <= self.now
        made = Alarm(
            id=AlarmId(f"alarm-{kind.value}-{subject}"),
            kind=kind,
            subject=subject,
            incident_id=incident.id if incident else None,
            unit_id=unit.id if unit else None,
            due_at=due_at,
            raised_at=due_at if due else None,
            step=values.pop("step", 1 if due else 0),
            owner=owner if due else None,
            owned_at=due_at if due and owner else None,
            **values,
        )
        self.put("alarms", made)
        return made

    def unit(self, number: int, status: UnitStatus, minutes: float, **values: Any) -> Unit:
        """Make a team that has had its status for so many minutes."""
        since = self.ago(minutes)
        free = status is UnitStatus.AVAILABLE
        made = Unit(
            id=UnitId(f"unit-{number}"),
            key=f"crt{number}",
            call_sign=f"CRT {number}",
            status=status,
            status_at=since,
            free_since=since if free else None,
            heard_at=since,
            **values,
        )
        self.put("units", made)
        return made

    def on(self, unit: Unit, incident: Incident, *, check_in: float | None = None) -> Unit:
        """Put a team on an incident; `check_in` is in how many minutes it is due."""
        taken = Assignment(
            id=AssignmentId(f"assignment-{unit.key}-{incident.serial}"),
            incident_id=incident.id,
            unit_id=unit.id,
            at=incident.arrived_at,
            by=incident.owner or ME,
            console="3",
        )
        steps = _STEPS[: _STEPS.index(unit.status) + 1] if unit.status in _STEPS else ()
        stamps: dict[str, Any] = {_STAMPS[_STEPS.index(step)]: unit.status_at for step in steps}
        self.put("assignments", replace(taken, **stamps))
        placed = self.put("units", replace(unit, incident_id=incident.id))
        if check_in is not None:
            due = self.ago(-check_in)
            self.alarm(AlarmKind.CHECK_IN, unit.id, due, incident, placed, detail=unit.call_sign)
        return placed  # type: ignore[no-any-return]

    def handover(
        self, incident: Incident, agency: str, minutes: float, *, by: str = "", **values: Any
    ) -> Handover:
        """Make a hand-over that was offered so many minutes ago, with its clock."""
        offered = self.ago(minutes)
        made = Handover(
            id=HandoverId(f"handover-{incident.serial}-{agency}"),
            incident_id=incident.id,
            agency=agency,
            offered_at=offered,
            due_at=offered + timedelta(seconds=TIMERS.handover),
            state_at=offered,
            by=incident.owner or ME,
            accepted_by=self.words(by),
            **values,
        )
        self.put("handovers", made)
        if made.accepted_by is None:
            self.alarm(AlarmKind.HANDOVER, made.id, made.due_at, incident, detail=agency)
        return made


def advised(incident: Incident) -> Incident:
    """Return the incident with the floor and the advice that its facts give."""
    pack = sample_pack()
    advice = evaluate(pack, incident.facts)
    return replace(
        incident,
        held=tuple(line.index for line in holding(incident.facts)),
        response=advice.response,
        agencies=tuple(sorted(advice.agencies)),
        assessed=advice.assessed,
        advised_standby=advice.standby,
        rule=advice.rule,
        because=advice.because,
        pack=f"{pack.name} {pack.version}",
    )


def as_now(made: Workshop, unit: Unit, status: UnitStatus, minutes: float) -> Unit:
    """Return a team that took up this status so many minutes ago, ordered to go."""
    at = made.ago(minutes)
    return replace(
        unit, status=status, status_at=at, heard_at=at, free_since=None, order=Order.GO, order_at=at
    )
