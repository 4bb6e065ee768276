"""F8: everything that is due, one row each with its act; over the incident until Esc."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crt_console.domain.commands import AcknowledgeAlarm, TellUnit
from crt_console.domain.words import AlarmKind
from ui import theme
from ui.models.desk import Desk
from ui.models.due_view import DueChip as Due
from ui.models.due_view import due_chips
from ui.models.queue_view import title_of
from ui.models.speech import sentence
from ui.theme import Shape
from ui.widgets import ActionButton, Kind, Line, Panel, Run, ShapeIcon, label
from ui.widgets.flow import empty
from ui.widgets.follow import FollowFocus

_ONE_LINE_FROM = 720  # design length


class DueList(Panel):
    """All dues; Enter opens what a due is about, I have it owns it."""

    closed = Signal()
    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("bg")
        self._desk = desk
        self._shown: tuple[Due, ...] | None = None
        self._buttons: list[ActionButton] = []
        self.setAccessibleName("what is due")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(2, 1)
        close = ActionButton("Close", "Esc", kind=Kind.QUIET)
        close.clicked.connect(self.closed)
        top = QHBoxLayout()
        self.title = Line(Run("Due", "question"))
        top.addWidget(self.title, 1)
        top.addWidget(close)
        down = QVBoxLayout(self)
        down.setContentsMargins(*(theme.px(n) for n in (24, 16, 24, 16)))
        down.setSpacing(theme.px(12))
        down.addLayout(top)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(12), 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        FollowFocus(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        down.addWidget(area, 1)

    def open(self) -> None:
        """Show what is due, and take the keyboard."""
        self._shown = None
        self.refresh()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()

    def refresh(self) -> None:
        """Show the dues as they are now."""
        dues = due_chips(self._desk.board, self._desk.now(), self._desk.who)
        if self._shown is not None and dues == self._shown:
            return
        self._shown = dues
        self._buttons = []
        empty(self._grid)
        self.title.set_runs(Run(f"Due {len(dues)}" if dues else "Nothing is due", "question"))
        for row, due in enumerate(dues[:20]):
            self._add(row, due)

    def _add(self, row: int, due: Due) -> None:
        shape = Shape.EMERGENCY if due.emergency else Shape.OVER
        self._grid.addWidget(ShapeIcon(shape, 18), row, 0)
        self._grid.addWidget(label(due.number, "strong"), row, 1)
        who = f"{due.owner} has it" if due.owner else "nobody has it"
        self._grid.addWidget(self._words(due, who), row, 2)
        late = theme.over(self._desk.now().timestamp() - due.due_at)
        self._grid.addWidget(label(late, "time_strong", right=True), row, 3)
        if self._wide():
            ink = ("body", "text2") if due.owner else ("strong", "text")
            self._grid.addWidget(label(who, *ink), row, 4)
        show = ActionButton("Open")
        show.setAccessibleName(f"open {due.number} {due.words}")
        show.clicked.connect(partial(self.opened.emit, due))
        says = "I told them" if due.kind is AlarmKind.ORDER else "I have it"
        mine = ActionButton(says)
        mine.setAccessibleName(f"{says}: {due.number} {due.words}")
        mine.clicked.connect(partial(self._own, due))
        self._grid.addWidget(show, row, 5)
        self._grid.addWidget(mine, row, 6)
        self._buttons.append(show)

    def _wide(self) -> bool:
        return self.width() / theme.state.scale >= _ONE_LINE_FROM

    def _words(self, due: Due, who: str) -> QWidget:
        """What is due and its act in one line; with the owner in two where there is less room."""
        act = "" if due.act.startswith(due.words.lower()) else due.act
        words = sentence(due.act) if not act else due.words
        if self._wide():
            return Line(
                Run(words), Run(act, "body", "text2"), Run(self._where(due), "body", "text2")
            )
        both = QWidget()
        down = QVBoxLayout(both)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(label(words))
        down.addWidget(label(who, "body", "text2" if due.owner else "text"))
        return both

    def _where(self, due: Due) -> str:
        incident = self._desk.board.incidents.get(due.incident_id)
        return "" if incident is None else title_of(self._desk.board, incident)

    def _own(self, due: Due) -> None:
        if due.kind is AlarmKind.ORDER and due.unit_id:
            self._desk.do(TellUnit(unit=due.unit_id))
            return
        self._desk.do(AcknowledgeAlarm(alarm=due.alarm_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
