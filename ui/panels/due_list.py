"""F8: everything that is due, a row each; over the incident until Esc."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.delegates.table import INSET, Box, Cell, Column
from ui.delegates.table_view import Table, TableView
from ui.models.desk import Desk
from ui.models.due_rows import DueRow, due_rows
from ui.panels.supervisor_parts import MARGIN, ScrollColumn
from ui.widgets import ActionButton, Kind, Line, Panel, Run
from ui.widgets.flow import empty

_ONE_LINE_FROM = 860  # design length; where there is less, a row has two lines
_TALL, _TALL_OF_TWO = 44, 54
_ORDER = "most urgent kind first, then priority"
_IN_SHORT = "urgent kinds first, then priority"  # where that has no room
_GAP = 8  # between the count and the order
ACT_KEY = "G"  # as on the open incident: I own it now


class DueList(Panel):
    """All dues; arrows walk, Enter opens what one is about, G takes it."""

    closed = Signal()
    opened = Signal(object)
    keeps_keys = True

    def __init__(self, desk: Desk) -> None:
        super().__init__("bg")
        self._desk = desk
        self._place = 0  # where the keyboard was, for when its row goes
        self.setAccessibleName("what is due")
        self.title = Line(Run("Due", "question"), gap=_GAP)
        self.table = Table("what is due", _columns(wide=True), height=_TALL)
        self._wide = True
        view = self.table.view
        self._open = ActionButton("Open", "Enter", kind=Kind.QUIET)
        self._open.clicked.connect(lambda: self._open_due(view.key))
        close = ActionButton("Close", "Esc", kind=Kind.QUIET)
        close.clicked.connect(self.closed)
        view.picked.connect(self._picked)
        view.opened.connect(self._open_due)
        self._acts = (_RowActs(view, self._own, ACT_KEY), _RowActs(view, self._own))
        view.entered.connect(self._under_mouse)
        view.viewport().installEventFilter(self)
        self._lay_out(close)

    def _lay_out(self, close: QWidget) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(*(theme.px(n) for n in (MARGIN + INSET, 8, MARGIN + INSET, 0)))
        top.setSpacing(theme.px(12))
        top.addWidget(self.title, 1)
        top.addWidget(self._open)
        top.addWidget(close)
        area = ScrollColumn("bg")
        area.fill(self.table)
        area.below.lead = ""  # all of it is one list, as that of open incidents is
        area.count(self.table, lambda rows: f"{rows} more below" if rows else "")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(top)
        down.addWidget(area, 1)

    def open(self) -> None:
        """Show what is due, and take the keyboard."""
        self.refresh()
        rows = self.rows
        if not rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.view.pick(rows[0].key)

    @property
    def rows(self) -> tuple[DueRow, ...]:
        """What it shows, in order."""
        rows = self.table.view.rows
        listed = (rows.row_at(place) for place in range(rows.rowCount()))
        return tuple(row for row in listed if isinstance(row, DueRow))

    def refresh(self) -> None:
        """Show the dues as they are now; the keyboard stays at its row, or where that was."""
        rows = due_rows(self._desk.board, self._desk.now(), self._desk.who)
        self._say_order(len(rows))
        self._open.setVisible(bool(rows))
        view, held = self.table.view, self.table.view.hasFocus()
        self.table.set_rows(rows)
        if rows and not view.key:
            view.mark(rows[min(self._place, len(rows) - 1)].key)
        if held and not rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place = max(0, view.rows.place_of(view.key))
        self._show_acts()

    def _say_order(self, many: int) -> None:
        count = f"Due {many}" if many else "Nothing is due"
        needs = theme.width(count, "question") + theme.width(_ORDER, "body") + theme.px(_GAP)
        order = _ORDER if needs <= self.title.width() else _IN_SHORT
        self.title.set_runs(
            Run(count, "question"),
            Run(order if many else "", "body", "text2"),
        )

    def tick(self) -> None:
        """Let the times run; what falls due comes by itself."""
        self.refresh()
        self.table.view.tick()

    def _picked(self, key: str) -> None:
        self._place = max(0, self.table.view.rows.place_of(key))
        self._show_acts()

    def _show_acts(self) -> None:
        """A button on the row under the keyboard; none where nothing could be saved."""
        link, here = self._desk.link, self._row(self.table.view.key)
        under = self._acts[1].row
        for acts, row in zip(self._acts, (here, under if under != here else None), strict=True):
            acts.show_for(row if link.live and link.saving else None)
        # One act stands out: that of the row, or to open what is one's own already.
        self._open.set_action("Open", kind=Kind.QUIET if self._acts[0].row_acts else Kind.PRIMARY)

    def _under_mouse(self, index: QModelIndex) -> None:
        row = self.table.view.rows.row_at(index.row())
        self._acts[1].row = row if isinstance(row, DueRow) else None
        self._show_acts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._acts[1].show_for(None)
        elif event.type() == QEvent.Type.Resize:
            self._show_acts()
        return super().eventFilter(watched, event)

    def _row(self, key: str) -> DueRow | None:
        return next((row for row in self.rows if row.key == key), None)

    def _open_due(self, key: str) -> None:
        row = self._row(key)
        if row is not None:
            self.opened.emit(row.due)

    def _own(self, row: DueRow) -> None:
        if row.says:
            self._desk.do(row.command())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() / theme.state.scale >= _ONE_LINE_FROM
        if wide != self._wide:
            self._wide = wide
            self.table.set_columns(_columns(wide=wide), _TALL if wide else _TALL_OF_TWO)
            self.refresh()
        self._say_order(len(self.rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No letter acts on the incident that lies beneath; / still opens the command bar."""
        row = self._row(self.table.view.key)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.text().upper() == ACT_KEY and row is not None and not event.isAutoRepeat():
            self._own(row)
        elif event.text() == "/" or not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)


class _RowActs(QWidget):
    """The button of a row, drawn over its last column; the keyboard stays in the rows."""

    def __init__(self, view: TableView, act: Any, key: str = "") -> None:
        super().__init__(view.viewport())
        self.row: DueRow | None = None
        self._view, self._act, self._key = view, act, key
        self._shown: tuple[object, ...] = ()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def row_acts(self) -> bool:
        """Whether it stands on a row that has an act."""
        return self.row is not None and bool(self.row.says)

    def show_for(self, row: DueRow | None) -> None:
        """Stands on this row; nowhere where it has no act."""
        self.row = row
        if row is None or not self.row_acts:
            self.hide()
            return
        if self._shown != (row.key, row.says):
            self._shown = (row.key, row.says)
            self._fill(row)
        line = self._view.visualRect(self._view.rows.index(self._view.rows.place_of(row.key)))
        wide, tall = self.sizeHint().width(), self.sizeHint().height()
        left = line.right() + 1 - theme.px(INSET) - wide
        self.setGeometry(QRect(left, line.center().y() - tall // 2 + 1, wide, tall))
        self.show()
        self.raise_()

    def _fill(self, row: DueRow) -> None:
        empty(self._line)
        next_act = Kind.PRIMARY if self._key else Kind.PLAIN
        kind = Kind.BAND_PRIMARY if row.emergency else next_act
        button = ActionButton(row.says, self._key, kind=kind)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(f"{row.says}: {row.due.number} {row.due.words}")
        button.clicked.connect(lambda: self._act(row))
        self._line.addWidget(button)


def _what(row: DueRow, _now: float) -> Cell:
    box = (Box(row.priority),) if row.due.incident_id else ()
    return (row.shape, *box, Run(row.due.number, "strong"))


def _briefly(row: DueRow, _now: float) -> Cell:
    """That it is late the time says too; a team that calls for help outranks any priority."""
    box = row.shape if row.emergency or not row.due.incident_id else Box(row.priority)
    return (box, Run(row.due.number, "strong"))


def _words(row: DueRow, _now: float) -> Cell:
    return (Run(row.due.words, "medium"),)


def _where(row: DueRow, _now: float) -> Cell:
    return (Run(row.place, "body", "text2"),)


def _who(row: DueRow, _now: float) -> Cell:
    return (Run(row.due.owner, "body", "text2") if row.due.owner else Run("nobody", "strong"),)


def _late(row: DueRow, now: float) -> Cell:
    return (Run(theme.over(now - row.due.due_at), "time_strong"),)


def _nothing(_row: DueRow, _now: float) -> Cell:
    return ()


def _columns(*, wide: bool) -> tuple[Column, ...]:
    """The last column has the room of the button."""
    button = (
        ActionButton("I told them", ACT_KEY, kind=Kind.PRIMARY).sizeHint().width()
        / theme.state.scale
    )
    acts = Column("", _nothing, width=button)
    if wide:
        return (
            Column("", _what, width=84),
            Column("What", _words, stretch=2),
            Column("Where", _where, stretch=2),
            Column("Who has it", _who, stretch=1),
            Column("Late", _late, width=72, right=True, live=True),
            acts,
        )
    return (
        Column("", _briefly, width=60),
        Column("What, and where", _words, below=_where),
        Column("Late, and who", _late, width=72, grows=True, right=True, live=True, below=_who),
        acts,
    )
