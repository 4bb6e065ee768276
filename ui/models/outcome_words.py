"""What an act led to, in one line for the one who did it."""

from crt_console.domain import commands as c
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.unit import call_sign_words
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, NOT_SENT_REASONS

# {name} is a field of the outcome's data or of the command.
_DONE: dict[type[Command], str] = {
    c.ReceiveCall: "call taken in",
    c.AnswerFacts: "answered",
    c.UndoAnswer: "taken back: {undone}",
    c.MarkUnreachable: "caller gone, a ring-back is due",
    c.AddNote: "note kept",
    c.EditIncident: "{field} changed",
    c.LinkIncidents: "one incident with {other}",
    c.UnlinkIncidents: "parted from {other}",
    c.TakeIncident: "yours now",
    c.RecordRingBack: "ring-back done, the limit starts again",
    c.AssignUnits: "assigned",
    c.ReleaseUnit: "released",
    c.ReportStatus: "{status}",
    c.TellUnit: "was told",
    c.OverrideAdvice: "decided: {agencies}",
    c.MarkNotSent: "nobody sent: {reason}",
    c.OfferHandover: "{agency} asked",
    c.AcceptHandover: "{agency} accepted",
    c.DeclineHandover: "{agency} declined",
    c.ClearScene: "scene clear",
    c.Confirm: "confirmed",
    c.Deny: "refused, the safe way stands",
    c.AddCaution: "caution kept",
    c.CheckIn: "heard and well",
    c.CallBackup: "{agency} asked as backup",
    c.DeclareEmergency: "EMERGENCY",
    c.ClearEmergency: "emergency over",
    c.AcknowledgeAlarm: "you have it",
    c.CloseIncident: "closed: {disposition}",
    c.ReopenIncident: "open again",
    c.AddUnit: "on the board",
    c.StartShift: "shift begun",
    c.EndShift: "shift ended",
    c.SetOutOfService: "out of service",
}
_SPOKEN = {**AGENCY_NAMES, **NOT_SENT_REASONS, **DISPOSITIONS}


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def words(command: Command, outcome: Outcome) -> str:
    """Return e.g. `26-000142: CRT 2 assigned · STAGE`."""
    if outcome.kind == "confirm":
        because = outcome.because or "this goes below the floor"
        return f"{outcome.incident}: a second person is asked: {because}"
    who = [call_sign_words(name) for name in (outcome.unit or "").split(",") if name]
    known = {name: getattr(command, name) for name in command.__struct_fields__}
    told = _Fields({name: spoken(value) for name, value in {**known, **outcome.data}.items()})
    did = _DONE.get(type(command), "done").format_map(told)
    order = str(outcome.data.get("order") or "")
    said = " ".join(part for part in (", ".join(who), did.strip(" :")) if part)
    said = " · ".join(part for part in (said, order) if part)
    return f"{outcome.incident}: {said}" if outcome.incident else said


def spoken(value: object) -> str:
    """Return a field of a command as people say it."""
    if isinstance(value, tuple):
        return " + ".join(spoken(part) for part in value) or "nobody"
    text = "" if value is None else str(value)
    return _SPOKEN.get(text, " + ".join(_SPOKEN.get(part, part) for part in text.split("+")))
