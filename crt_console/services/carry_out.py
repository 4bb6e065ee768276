"""Which function carries out which command."""

from collections.abc import Callable
from typing import Any

from crt_console.domain import commands as c
from crt_console.domain.commands import Command, Outcome
from crt_console.services import (
    assess,
    closing,
    decide,
    dispatch,
    dues,
    handovers,
    intake,
    linking,
    paper,
    past,
    roster,
    safety,
    second,
    status,
)
from crt_console.store.room import Room

_BY_COMMAND: dict[type[Command], Callable[[Room, Any], Outcome]] = {
    c.ReceiveCall: intake.receive_call,
    c.ImportCalls: past.import_calls,
    c.QuarantineLine: intake.quarantine,
    c.AnswerFacts: assess.answer,
    c.UndoAnswer: assess.undo,
    c.MarkUnreachable: assess.unreachable,
    c.AddNote: paper.note,
    c.EditIncident: paper.edit,
    c.TakeIncident: paper.take,
    c.RecordRingBack: paper.rung_back,
    c.LinkIncidents: linking.link,
    c.UnlinkIncidents: linking.unlink,
    c.AssignUnits: dispatch.assign,
    c.ReleaseUnit: dispatch.release,
    c.ReportStatus: status.report,
    c.CheckIn: status.check_in,
    c.TellUnit: status.tell,
    c.OverrideAdvice: decide.override,
    c.MarkNotSent: decide.not_sent,
    c.OfferHandover: handovers.offer_handover,
    c.AcceptHandover: handovers.accept,
    c.DeclineHandover: handovers.decline,
    c.ClearScene: handovers.clear_scene,
    c.Confirm: second.confirm,
    c.Deny: second.deny,
    c.AddCaution: safety.caution,
    c.CallBackup: safety.backup,
    c.DeclareEmergency: safety.emergency,
    c.ClearEmergency: safety.clear_emergency,
    c.AcknowledgeAlarm: dues.acknowledge,
    c.RaiseAlarm: handovers.raise_alarm,
    c.CloseIncident: closing.close,
    c.ReopenIncident: closing.reopen,
    c.AddUnit: roster.add_unit,
    c.StartShift: roster.start_shift,
    c.EndShift: roster.end_shift,
    c.SetOutOfService: roster.out_of_service,
}


def carry_out(room: Room, command: Command) -> Outcome:
    """Carry out a command on fresh rows; raises Refused, and then nothing of it is written."""
    return _BY_COMMAND[type(command)](room, command)
