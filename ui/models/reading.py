"""What a typed line is going to do, in words, before Enter does it."""

from typing import NamedTuple

from crt_console.domain import commands as c
from crt_console.domain.board import Board
from crt_console.domain.commands import Command
from crt_console.domain.grammar import Show
from crt_console.domain.unit import call_sign_words
from ui.models import board_names
from ui.models.outcome_words import spoken
from ui.models.speech import STATUS_WORDS, fact_word, hm, place_words, sentence, short

# {name} is a field of the command.
_ACTS: dict[type[Command], str] = {
    c.ReceiveCall: "take in a call",
    c.AnswerFacts: "answer for {incident}: {answers}",
    c.UndoAnswer: "take back the last answer",
    c.MarkUnreachable: "the caller of {incident} is gone",
    c.AddNote: "add a note to {incident}",
    c.EditIncident: "change the {field} of {incident}",
    c.LinkIncidents: "make {incident} and {other} one incident",
    c.UnlinkIncidents: "part {incident} from {other}",
    c.TakeIncident: "take {incident}: you own it",
    c.RecordRingBack: "{incident} was called back",
    c.AssignUnits: "assign {units} to {incident}",
    c.ReleaseUnit: "release {unit} from its incident",
    c.ReportStatus: "{unit} is {status}",
    c.TellUnit: "{unit} was told its order",
    c.OverrideAdvice: "decide for {incident}: {agencies}",
    c.MarkNotSent: "send nobody to {incident}: {reason}",
    c.OfferHandover: "ask {agency} for {incident}",
    c.AcceptHandover: "{agency} accepted {incident}: {name}",
    c.DeclineHandover: "{agency} declined {incident}",
    c.ClearScene: "the scene of {incident} is clear, says {name}",
    c.Confirm: "agree with what is asked of a second person",
    c.Deny: "say no: the safe way stands",
    c.AddCaution: "keep a caution about {about}",
    c.CheckIn: "check-in of {units}: heard and well",
    c.CallBackup: "ask {agency} as backup for {unit}",
    c.DeclareEmergency: "EMERGENCY: {unit} calls for help",
    c.ClearEmergency: "the emergency of {unit} is over",
    c.AcknowledgeAlarm: "you have what is due",
    c.CloseIncident: "close {incident}: {disposition}",
    c.ReopenIncident: "open {incident} again",
    c.AddUnit: "put {call_sign} on the board",
    c.StartShift: "start the shift of {unit}",
    c.EndShift: "end the shift of {unit}",
    c.SetOutOfService: "{unit} is out of service",
}
_ALL = "all"


class Reading(NamedTuple):
    """`act` is what Enter does, `about` where; `missing` what of it is not on the board."""

    act: str
    about: str = ""
    missing: str = ""


def reading(board: Board, meant: Command | Show) -> Reading:
    """Return what a line that was understood is going to do."""
    if isinstance(meant, Show):
        return _show(board, meant.ref)
    told = _named(board, meant)
    at = f" at {hm(meant.happened_at)}" if meant.happened_at else ""
    act = sentence(_ACTS[type(meant)].format_map(told)).strip() + at
    return Reading(act, _about(board, meant), _missing(board, meant))


def _show(board: Board, ref: str) -> Reading:
    incident = board_names.find_incident(board, ref)
    if incident is not None:
        return Reading(f"Show {short(incident)}", place_words(board, incident))
    unit = board_names.find_unit(board, ref)
    if unit is None:
        return Reading("", missing=f"{ref} is not on the board")
    return Reading(f"Show {unit.call_sign}", board_names.unit_state(board, unit))


def _named(board: Board, command: Command) -> dict[str, str]:
    """Return the fields of a command as people say them."""
    told: dict[str, str] = {}
    for name in command.__struct_fields__:
        value = getattr(command, name)
        told[name] = spoken(value)
        if name in {"incident", "other"} and value:
            found = board_names.find_incident(board, value)
            told[name] = short(found) if found else value
        elif name in {"unit", "call_sign"} and value:
            told[name] = call_sign_words(value)
        elif name == "units":
            told[name] = ", ".join(_team(unit) for unit in value)
        elif name == "status":
            told[name] = STATUS_WORDS[value]
        elif name == "answers":
            told[name] = ", ".join(f"{fact_word(fact)} {spoken(said)}" for fact, said in value)
    return told


def _team(unit: str) -> str:
    return "every team" if unit == _ALL else call_sign_words(unit)


def _about(board: Board, command: Command) -> str:
    if isinstance(command, c.ReceiveCall):
        return command.place or ""
    incident = board_names.find_incident(board, getattr(command, "incident", None) or "")
    return place_words(board, incident) if incident else ""


def _missing(board: Board, command: Command) -> str:
    """Say which incident or team is not there; numbers change, so the act itself judges."""
    for name in ("incident", "other"):
        ref = getattr(command, name, None)
        if ref and board_names.find_incident(board, ref) is None:
            return f"{ref} is not on the board"
    units = (getattr(command, "unit", ""), *getattr(command, "units", ()))
    for ref in (unit for unit in units if unit and unit != _ALL):
        if board_names.find_unit(board, ref) is None:
            return f"{call_sign_words(ref)} is not on the board"
    return ""
