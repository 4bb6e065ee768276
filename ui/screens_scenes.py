"""What the pictures show: each state of both windows that somebody may come to see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crt_console.domain.board import Board
from ui import samples
from ui.dialogs import acts
from ui.main_window import MainWindow
from ui.models.drafts import Draft
from ui.sample_rows import SUPERVISOR
from ui.supervisor_window import SupervisorWindow

Size = tuple[int, int]
Window = MainWindow | SupervisorWindow
WIDE, SMALL, LEAST = (1920, 1080), (1366, 768), (1024, 700)
NOT_ASSESSED, PROVISIONAL, STAGE, STAGED = (f"incident-{n}" for n in (146, 145, 144, 136))


def _leave(_window: Any) -> None:
    """Leave it as it opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One state: a board, what is selected, and what a person does (`then`) before the picture.

    `panels` has each panel drawn by itself too; `gone` takes the database away.
    """

    name: str
    board: Callable[[datetime], Board] = samples.ordinary
    selected: str = samples.SELECTED
    then: Callable[[Any], None] = _leave
    sizes: tuple[Size, ...] = (WIDE,)
    gone: bool = False
    panels: bool = False
    supervisor: bool = False


def _send(window: MainWindow) -> None:
    window.send.button.setFocus()


def _new_call(window: MainWindow) -> None:
    """One call put aside, another half typed from a place that is known."""
    now = window.desk.now()
    earlier = {"place": "Keney Park, pond house", "text": "boy on the ice"}
    window.drafts.keep(Draft(started_at=now, fields=earlier))
    fields = {
        "place": "124 Albany Ave, apt 3",
        "call_back": "860 555 0142",
        "text": "Sister again: he has not opened the door since noon",
        "type": "welfare check",
    }
    window.open_new_call()
    window.new_call.begin(Draft(started_at=now, fields=fields))


def _ask(make: Callable[..., Any], *more: str) -> Callable[[MainWindow], None]:
    return lambda window: window.act(make, *more)


def _team(window: MainWindow) -> None:
    window.teams.view.select("unit-1")
    window.team_acts.pick("unit-1")
    window.focus_teams()


def _named(window: SupervisorWindow) -> None:
    window.acts.set_name(SUPERVISOR)


def _her_keys(window: SupervisorWindow) -> None:
    _named(window)
    window.overlay.open()


def _her_team(window: SupervisorWindow) -> None:
    _named(window)
    window.teams.table.view.setFocus()
    window.teams.table.view.pick("unit-4")


def _her_incident(window: SupervisorWindow) -> None:
    _named(window)
    window.left.dues.view.setFocus()
    window.open_picked()


_EVERY = (WIDE, SMALL, LEAST)
SCENES: tuple[Scene, ...] = (
    Scene(name="ordinary", sizes=_EVERY, panels=True, then=_send),
    Scene(name="empty", board=samples.empty, selected="", sizes=(WIDE, SMALL), panels=True),
    Scene(
        name="crowded",
        board=samples.crowded,
        selected="incident-259",
        sizes=_EVERY,
        panels=True,
    ),
    Scene(name="emergency", board=samples.emergency, selected=PROVISIONAL, sizes=_EVERY),
    Scene(name="below-the-floor", board=samples.second_person, selected=STAGE, sizes=(WIDE, SMALL)),
    Scene(name="not-assessed", selected=NOT_ASSESSED, sizes=_EVERY),
    Scene(name="provisional", selected=PROVISIONAL, sizes=(WIDE, SMALL)),
    Scene(name="stage", board=samples.stage, selected=STAGE, sizes=_EVERY),
    Scene(name="staged-no-police", selected=STAGED, sizes=(WIDE, SMALL)),
    Scene(name="database-gone", gone=True, sizes=_EVERY, panels=True),
    Scene(name="new-call", then=_new_call, sizes=_EVERY),
    Scene(
        name="due-list",
        board=samples.crowded,
        selected="incident-259",
        then=MainWindow.show_dues,
        sizes=(WIDE, SMALL),
    ),
    Scene(name="keys", then=lambda window: window.overlay.open(), sizes=(WIDE, SMALL)),
    Scene(name="command", then=lambda window: window.bar.open("assign crt2 142")),
    Scene(name="team-picked", selected="incident-138", then=_team, sizes=_EVERY),
    Scene(
        name="ask-accepted",
        board=samples.stage,
        selected=STAGE,
        then=_ask(acts.accept_handover, "police"),
    ),
    Scene(name="ask-override", then=_ask(acts.override_advice)),
    Scene(name="ask-not-sent", then=_ask(acts.mark_not_sent)),
    Scene(name="ask-close", then=_ask(acts.close_incident)),
    Scene(name="ask-ring-back", selected="incident-139", then=_ask(acts.record_ring_back)),
    Scene(name="ask-other", then=MainWindow.open_other, sizes=(WIDE, SMALL)),
    Scene(name="ordinary", supervisor=True, then=_named, sizes=(WIDE, SMALL)),
    Scene(name="nobody-named", supervisor=True),
    Scene(name="empty", board=samples.empty, supervisor=True, then=_named, sizes=(WIDE, SMALL)),
    Scene(name="crowded", board=samples.crowded, supervisor=True, then=_named, sizes=(WIDE, SMALL)),
    Scene(
        name="emergency",
        board=samples.emergency,
        supervisor=True,
        then=_named,
        sizes=(WIDE, SMALL),
    ),
    Scene(
        name="second-person",
        board=samples.second_person,
        supervisor=True,
        then=_named,
        sizes=(WIDE, SMALL),
    ),
    Scene(name="database-gone", supervisor=True, gone=True, then=_named, sizes=(WIDE, SMALL)),
    Scene(name="incident", supervisor=True, then=_her_incident, sizes=(WIDE, SMALL)),
    Scene(name="team-picked", supervisor=True, then=_her_team, sizes=(WIDE, SMALL)),
    Scene(name="keys", supervisor=True, then=_her_keys, sizes=(WIDE, SMALL)),
)  # fmt: skip
