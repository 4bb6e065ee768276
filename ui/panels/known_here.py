"""What is known already where a call comes from: open incidents, and cautions."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crt_console.domain.board import Board
from crt_console.domain.incident import Caution, Incident
from crt_console.domain.words import IncidentStatus
from ui import theme
from ui.models import alike
from ui.models.caution_view import day
from ui.theme.shapes import Shape
from ui.widgets import ActionButton, Card, Line, Run, ShapeIcon, WrapLabel, label
from ui.widgets.card import Surface
from ui.widgets.flow import empty
from ui.widgets.said import announce

_MOST = 3
_SAME = "is it the same?"
_STATE = {
    IncidentStatus.WAITING: "waiting",
    IncidentStatus.WORKING: "being worked on",
    IncidentStatus.RESULT: "visit over, result to enter",
    IncidentStatus.NOT_SENT: "nobody sent",
    IncidentStatus.CLOSED: "closed",
}


class KnownHere(QWidget):
    """Incidents that may be the same one, each with a key, and warnings; empty when none.

    `add` carries the id of the incident that the call belongs to. In a `low` window each takes
    as little height as it can.
    """

    add = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, low: bool = False) -> None:
        super().__init__(parent)
        self._low = low
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._shown: tuple[object, ...] = ()
        self._incidents: tuple[Incident, ...] = ()
        self.hide()

    def look(self, board: Board, place: str, call_back: str) -> None:
        """Shows what the board knows about this place and number."""
        incidents = alike.similar(board, place, call_back)[:_MOST]
        cautions = alike.cautions_about(board, place, call_back)[:_MOST]
        now: tuple[object, ...] = (*incidents, *cautions)
        if now == self._shown:
            return
        before, self._shown, self._incidents = self._shown, now, incidents
        self._clear()
        for caution in cautions:
            self._column.addWidget(_caution(board, caution, low=self._low))
        if incidents and not self._low:
            self._column.addWidget(label(f"Open already: {_SAME}", "medium", "text2"))
        for number, incident in enumerate(incidents, 1):
            self._column.addWidget(self._row(board, incident, number))
        self.setVisible(bool(now))
        if incidents and not before:
            announce(self, f"Open already: {', '.join(i.number for i in incidents)}")

    def count(self) -> int:
        """How many incidents are shown."""
        return len(self._incidents)

    def take(self, number: int) -> bool:
        """Adds the call to incident 1, 2…; false where there is none."""
        if not 1 <= number <= len(self._incidents):
            return False
        self.add.emit(self._incidents[number - 1].id)
        return True

    def _clear(self) -> None:
        empty(self._column)

    def _row(self, board: Board, incident: Incident, number: int) -> QWidget:
        card = Card(Surface.INSET, across=12, down=5)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        opened = incident.arrived_at.astimezone().strftime("%H:%M")
        kind = incident.type or "type not said"
        words = QVBoxLayout()
        words.setSpacing(0)
        place = board.text(incident.place) or "place not known"
        words.addWidget(Line(Run(incident.number, "strong"), Run(place, "medium")))
        said = f"{kind} · {_STATE[incident.status]} · since {opened}"
        runs = [Run(said, "body", "text2")]
        if self._low:  # where there is no line for it above, each asks
            runs = [Run(f"Open already since {opened}:", "body", "text2"), Run(_SAME, "medium")]
        words.addWidget(Line(*runs, gap=6))
        button = ActionButton(f"Add this call to {incident.serial}", f"Alt+{number}")
        incident_id = incident.id
        button.clicked.connect(lambda: self.add.emit(incident_id))
        row.addLayout(words, 1)
        row.addWidget(button)
        card.body.addLayout(row)
        return card


def _caution(board: Board, caution: Caution, *, low: bool) -> QWidget:
    card = Card(Surface.OUTLINED, across=10 if low else 12, down=4 if low else 5)
    row = QHBoxLayout()
    row.setSpacing(theme.px(6 if low else 8))
    row.addWidget(ShapeIcon(Shape.OVER, name="warning"))
    row.addWidget(label("Caution", "strong"))
    row.addWidget(WrapLabel(board.text(caution.text)), 1)
    said = f"until {day(caution.until)}" if caution.until else day(caution.at)
    row.addWidget(label(f"{caution.author}, {said}", colour="text2"))
    card.body.addLayout(row)
    return card
