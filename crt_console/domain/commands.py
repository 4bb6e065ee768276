"""Every act of the room as one frozen value; references to incidents and units may be words.

`incident` and `unit` fields take an id, or what people say (`142`, `26-000142`, `crt2`);
the transaction resolves them on fresh rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct

from crt_console.domain.ids import OperationId, new_id
from crt_console.domain.incident import FactValue
from crt_console.domain.words import Source, UnitStatus


def _operation() -> OperationId:
    return OperationId(new_id())


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every act carries: its operation id, and when it happened if not now."""

    operation_id: OperationId = field(default_factory=_operation)
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCall(Command):
    """A call comes in: a new incident, an update by the same external number, or one more call.

    With `incident` it is added to that one. `system` names whose `external` number it is.
    """

    incident_id: str = field(default_factory=new_id)
    call_id: str = field(default_factory=new_id)
    incident: str | None = None
    at: datetime | None = None
    source: Source = Source.E911
    system: str = ""
    external: str | None = None
    updated_at: datetime | None = None
    place: str | None = None
    type: str | None = None
    type_unmapped: bool = False
    priority: int | None = None
    text: str | None = None
    call_back: str | None = None
    language: str | None = None
    lat: float | None = None
    lon: float | None = None
    place_verified: bool = False
    neighbourhood: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCall:
    """One call of the past, as an import brings it; times as the other system had them."""

    external: str
    at: datetime
    place: str | None = None
    type: str = ""
    type_unmapped: bool = False
    priority: int | None = None
    text: str | None = None
    call_back: str | None = None
    source: Source = Source.E911
    lat: float | None = None
    lon: float | None = None
    neighbourhood: str = ""
    sent_at: datetime | None = None
    on_scene_at: datetime | None = None
    closed_at: datetime | None = None
    disposition: str | None = None
    flags: tuple[str, ...] = ()  # oddities that were survived


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCalls(Command):
    """A batch of past calls; those whose number is known already are left as they are."""

    system: str
    calls: tuple[PastCall, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineLine(Command):
    """A line that could not be read is kept with its reason and raises an alarm."""

    origin: str
    line: int
    reason: str
    body: str
    alarm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts(Command):
    """One or more facts are answered; a later answer corrects an earlier one."""

    incident: str
    answers: tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAnswer(Command):
    """The last answer is taken back: of the incident, else the last this person gave."""

    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkUnreachable(Command):
    """The caller is gone: open must-ask facts become unknown, and a ring-back is due."""

    incident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Command):
    """Something said or seen is written down."""

    incident: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIncident(Command):
    """One field is changed; refused if it no longer holds the value that was `seen`."""

    incident: str
    field: str
    value: str
    seen: str | None = None
    check_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIncidents(Command):
    """The second is the same event as the first: its calls, facts and units go to the first."""

    incident: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkIncidents(Command):
    """They are two events after all."""

    incident: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIncident(Command):
    """The incident has a new owner: this person."""

    incident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRingBack(Command):
    """The waiting caller was called; the limit runs anew."""

    incident: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignUnits(Command):
    """Units are sent; `seen` are the decisive versions the user saw, by id."""

    units: tuple[str, ...]
    incident: str
    seen: Mapping[str, int] = field(default_factory=dict)
    by_radio: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUnit(Command):
    """A unit is taken off its incident."""

    unit: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStatus(Command):
    """A unit reported a status; never refused."""

    unit: str
    status: UnitStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class TellUnit(Command):
    """The standing order was passed on to the unit."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideAdvice(Command):
    """The dispatcher decides on other agencies than advised."""

    incident: str
    agencies: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNotSent(Command):
    """No team goes, for a coded reason."""

    incident: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHandover(Command):
    """Another agency is asked."""

    incident: str
    agency: str
    standby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptHandover(Command):
    """Somebody there took it: who, and their number."""

    incident: str
    agency: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineHandover(Command):
    """They said no."""

    incident: str
    agency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearScene(Command):
    """Police, by name, report the scene clear."""

    incident: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Command):
    """A second person agrees to a choice below the floor."""

    confirmation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deny(Command):
    """A second person says no; the safe way stands."""

    confirmation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCaution(Command):
    """A warning about a place or a number."""

    about: str
    text: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Command):
    """These units were heard and are well; `("all",)` is every unit on an incident."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackup(Command):
    """A unit wants another agency with it."""

    unit: str
    agency: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareEmergency(Command):
    """A unit is in danger of life."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearEmergency(Command):
    """It is over, and why we know."""

    unit: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAlarm(Command):
    """I have it: this person owns the alarm; an order's alarm ends, the unit was told."""

    alarm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseAlarm(Command):
    """A due time has come; issued by consoles, once for each due."""

    alarm: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIncident(Command):
    """It is over, with a coded disposition."""

    incident: str
    disposition: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenIncident(Command):
    """It is not over."""

    incident: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(Command):
    """A unit is made known, or its card changed."""

    unit_id: str = field(default_factory=new_id)
    call_sign: str
    members: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    at: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartShift(Command):
    """A unit begins its shift and is free."""

    unit: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndShift(Command):
    """A unit goes home."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOutOfService(Command):
    """A unit cannot be sent, and why."""

    unit: str
    reason: str


class Outcome(Struct, frozen=True, kw_only=True):
    """What an act led to. `kind` is done or confirm; `data` holds what the act has to tell."""

    seq: int | None
    kind: str = "done"
    incident: str | None = None
    incident_id: str | None = None
    unit: str | None = None
    id: str | None = None
    because: str | None = None
    data: Mapping[str, str | int | float | bool | None] = {}
