"""Every act of the room as one frozen value; references to incidents and units may be words.

`incident` and `unit` fields take an id, or what people say (`142`, `26-000142`, `crt2`);
the transaction resolves them on fresh rows.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from crt_console.domain.ids import OperationId, new_id
from crt_console.domain.incident import FactValue
from crt_console.domain.words import Source, UnitStatus


def _operation() -> OperationId:
    return OperationId(new_id())


class Command(Struct, frozen=True, kw_only=True):
    """What every act carries: its operation id, and when it happened if not now."""

    operation_id: OperationId = field(default_factory=_operation)
    happened_at: datetime | None = None


class ReceiveCall(Command, frozen=True, kw_only=True):
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


class PastCall(Struct, frozen=True, kw_only=True):
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


class ImportCalls(Command, frozen=True, kw_only=True):
    """A batch of past calls; those whose number is known already are left as they are."""

    system: str
    calls: tuple[PastCall, ...]


class QuarantineLine(Command, frozen=True, kw_only=True):
    """A line that could not be read is kept with its reason and raises an alarm."""

    origin: str
    line: int
    reason: str
    body: str
    alarm: bool = True


class AnswerFacts(Command, frozen=True, kw_only=True):
    """One or more facts are answered; a later answer corrects an earlier one."""

    incident: str
    answers: tuple[tuple[str, FactValue], ...]


class UndoAnswer(Command, frozen=True, kw_only=True):
    """The last answer is taken back: of the incident, else the last this person gave."""

    incident: str | None = None


class MarkUnreachable(Command, frozen=True, kw_only=True):
    """The caller is gone: open must-ask facts become unknown, and a ring-back is due."""

    incident: str


class AddNote(Command, frozen=True, kw_only=True):
    """Something said or seen is written down."""

    incident: str
    text: str


class EditIncident(Command, frozen=True, kw_only=True):
    """One field is changed; refused if it no longer holds the value that was `seen`."""

    incident: str
    field: str
    value: str
    seen: str | None = None
    check_seen: bool = False


class LinkIncidents(Command, frozen=True, kw_only=True):
    """The second is the same event as the first: its calls, facts and units go to the first."""

    incident: str
    other: str


class UnlinkIncidents(Command, frozen=True, kw_only=True):
    """They are two events after all."""

    incident: str
    other: str


class TakeIncident(Command, frozen=True, kw_only=True):
    """The incident has a new owner: this person."""

    incident: str


class RecordRingBack(Command, frozen=True, kw_only=True):
    """The waiting caller was called; the limit runs anew."""

    incident: str
    text: str = ""


class AssignUnits(Command, frozen=True, kw_only=True):
    """Units are sent; `seen` are the decisive versions the user saw, by id."""

    units: tuple[str, ...]
    incident: str
    seen: Mapping[str, int] = field(default_factory=dict)
    by_radio: bool = False


class ReleaseUnit(Command, frozen=True, kw_only=True):
    """A unit is taken off its incident."""

    unit: str
    reason: str = ""


class ReportStatus(Command, frozen=True, kw_only=True):
    """A unit reported a status; never refused."""

    unit: str
    status: UnitStatus


class TellUnit(Command, frozen=True, kw_only=True):
    """The standing order was passed on to the unit."""

    unit: str


class OverrideAdvice(Command, frozen=True, kw_only=True):
    """The dispatcher decides on other agencies than advised."""

    incident: str
    agencies: tuple[str, ...]
    reason: str = ""


class MarkNotSent(Command, frozen=True, kw_only=True):
    """No team goes, for a coded reason."""

    incident: str
    reason: str
    text: str = ""


class OfferHandover(Command, frozen=True, kw_only=True):
    """Another agency is asked."""

    incident: str
    agency: str
    standby: bool = False


class AcceptHandover(Command, frozen=True, kw_only=True):
    """Somebody there took it: who, and their number."""

    incident: str
    agency: str
    name: str
    number: str = ""


class DeclineHandover(Command, frozen=True, kw_only=True):
    """They said no."""

    incident: str
    agency: str
    reason: str


class ClearScene(Command, frozen=True, kw_only=True):
    """Police, by name, report the scene clear."""

    incident: str
    name: str


class Confirm(Command, frozen=True, kw_only=True):
    """A second person agrees to a choice below the floor."""

    confirmation: str


class Deny(Command, frozen=True, kw_only=True):
    """A second person says no; the safe way stands."""

    confirmation: str


class AddCaution(Command, frozen=True, kw_only=True):
    """A warning about a place or a number."""

    about: str
    text: str
    until: datetime | None = None


class CheckIn(Command, frozen=True, kw_only=True):
    """These units were heard and are well; `("all",)` is every unit on an incident."""

    units: tuple[str, ...]


class CallBackup(Command, frozen=True, kw_only=True):
    """A unit wants another agency with it."""

    unit: str
    agency: str
    urgent: bool = False


class DeclareEmergency(Command, frozen=True, kw_only=True):
    """A unit is in danger of life."""

    unit: str


class ClearEmergency(Command, frozen=True, kw_only=True):
    """It is over, and why we know."""

    unit: str
    reason: str


class AcknowledgeAlarm(Command, frozen=True, kw_only=True):
    """I have it: this person owns the alarm; an order's alarm ends, the unit was told."""

    alarm: str


class RaiseAlarm(Command, frozen=True, kw_only=True):
    """A due time has come; issued by consoles, once for each due."""

    alarm: str
    due_at: datetime


class CloseIncident(Command, frozen=True, kw_only=True):
    """It is over, with a coded disposition."""

    incident: str
    disposition: str
    text: str = ""


class ReopenIncident(Command, frozen=True, kw_only=True):
    """It is not over."""

    incident: str
    reason: str


class AddUnit(Command, frozen=True, kw_only=True):
    """A unit is made known, or its card changed."""

    unit_id: str = field(default_factory=new_id)
    call_sign: str
    members: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    at: str = ""
    lat: float | None = None
    lon: float | None = None


class StartShift(Command, frozen=True, kw_only=True):
    """A unit begins its shift and is free."""

    unit: str
    ends_at: datetime | None = None


class EndShift(Command, frozen=True, kw_only=True):
    """A unit goes home."""

    unit: str


class SetOutOfService(Command, frozen=True, kw_only=True):
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
