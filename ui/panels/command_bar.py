"""The command bar: one line at the foot of the window, the same grammar as the shell."""

import asyncio
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from crt_console.domain.commands import Command, Outcome
from crt_console.domain.errors import Refused, Unavailable
from crt_console.domain.grammar import Misread, Show, complete, parse
from crt_console.protocol.vocabulary import VOCABULARY
from ui import theme
from ui.models import board_names, outcome_words
from ui.models.desk import Desk
from ui.models.reading import reading
from ui.models.speech import inside
from ui.panels.bar_hints import KeyHints
from ui.panels.bar_preview import Preview
from ui.theme import marks
from ui.widgets.card import Band
from ui.widgets.choice_list import Choice
from ui.widgets.keys import Keys
from ui.widgets.lookup import LookupEdit
from ui.widgets.marks import Icon
from ui.widgets.paintable import frame, painter_for
from ui.widgets.said import Said
from ui.widgets.tag import Look

HINT = "/ or F2: type a command, e.g.  assign crt2 142"
_BRIEFLY_MS = 8000
_MOST_KEPT = 100
_EDGE, _ICON, _GAP = 16, 18, 12  # what stands before the line
_WORDS = 56  # from the window's left edge, as the places in the queue
_QT_MARGIN = 2  # Qt adds it before the words of every line
_BESIDE = 0.5  # of the bar is for what the line is going to do


class CommandBar(Band):
    """Says what a line is going to do, carries it out, says what came of it.

    A line that fails stays for mending. `open` takes the keyboard (F2, /), Esc gives it back.
    `team_shown` carries a unit's id; `turned` comes when the line takes or loses the keyboard.
    """

    team_shown = Signal(str)
    turned = Signal()

    def __init__(self, desk: Desk, *, height: float = 44, parent: QWidget | None = None) -> None:
        super().__init__(height=height, colour="panel", parent=parent)
        self._desk = desk
        self._before: QWidget | None = None
        self._history: list[str] = []  # in memory only: lines hold what callers say
        self._at = 0
        self._running: asyncio.Task[Any] | None = None
        self.edit = LookupEdit("Command", HINT)
        self.edit.setMinimumHeight(theme.px(36))
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.setStyleSheet(_sheet())
        self.hints = KeyHints()
        self.row.addWidget(Icon("chevron-right", "accent", name="command"))
        self.row.addWidget(self.edit, 1)
        self.preview = Preview()
        self.row.addWidget(self.preview)
        self.row.addWidget(self.hints)
        self.answer = Answer()
        self.destroyed.connect(self.answer.deleteLater)
        self._listen()

    def _listen(self) -> None:
        self.edit.looked.connect(self._typed)
        self.edit.chosen.connect(self._take)
        self.edit.passed.connect(self._run)
        self.edit.walked.connect(self._preview)
        self.preview.wanted.connect(self._run)
        self._desk.selected.connect(self._fit_hints)
        self.edit.installEventFilter(self)
        Keys(
            {
                "Up": partial(self._walk, -1), "Down": partial(self._walk, 1),
                "Tab": self._complete, "Esc": self._escape,
            },
            self.edit, parent=self,
        )  # fmt: skip

    def typing(self) -> bool:
        """Whether the line has the keyboard."""
        return self.edit.hasFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the keyboard the line says what it would do, and names its own keys."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._preview()
            self.turned.emit()
        return super().eventFilter(watched, event)

    def open(self, text: str = "") -> None:
        """Takes the keyboard and remembers where it was; `text` begins the line."""
        if not self.edit.hasFocus():
            self._before = QApplication.focusWidget()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.edit.setText(text)
            self._typed(text)

    def leave(self) -> None:
        """Gives the keyboard back; the line stays."""
        self.edit.fold()
        self.answer.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.edit.clearFocus()

    def _escape(self) -> bool:
        if self.edit.offers():
            return False
        self.leave()
        return True

    # Completing

    def _typed(self, text: str) -> None:
        self._at = len(self._history)
        self.answer.hide()
        if not text.strip():
            self.edit.fold()
            self._preview()
            return
        board = self._desk.board
        found = complete(
            text, units=board_names.units(board), incidents=board_names.incidents(board),
            facts=VOCABULARY.facts,
        )  # fmt: skip
        self.edit.offer(tuple(Choice(one.text, one.text.split()[-1], one.says) for one in found))
        self._preview()

    def _preview(self) -> None:
        """Say what Enter is going to do with the line as it stands."""
        text, offers = self.edit.text().strip(), self.edit.offers()
        if not text or not self.typing() or self._running is not None:
            self.preview.hide()
            self._fit_hints()
            return
        if offers is not None and offers.code():
            act, words = f"Take “{offers.code().split()[-1]}”", ""
        else:
            act, words = self._meaning(text)
        self.preview.say(act, words, self.width() * _BESIDE)
        self._fit_hints()

    def _meaning(self, text: str) -> tuple[str, str]:
        try:
            act, about, missing = reading(self._desk.board, self._parsed(text))
        except Misread as misread:
            return "", f"not yet: {inside(misread.because.partition(': expected')[0])}"
        return ("", f"not yet: {missing}") if missing else (act, about)

    def _parsed(self, text: str) -> Command | Show:
        return parse(
            text, now=self._desk.now().astimezone(), facts=VOCABULARY.facts,
            known_units=[unit.call_sign for unit in self._desk.board.units.values()],
        )  # fmt: skip

    def _take(self, text: str) -> None:
        self.edit.setText(text)
        self._typed(text)

    def _complete(self) -> bool:
        offers = self.edit.offers()
        if offers is None:
            return False
        if not offers.code():
            offers.pick(0)
        self._take(offers.code())
        return True

    def _walk(self, by: int) -> bool:
        if self.edit.offers():
            return False
        at = self._at + by
        if 0 <= at <= len(self._history):
            self._at = at
            self.edit.setText(self._history[at] if at < len(self._history) else "")
            self.answer.hide()
            self._preview()
        return True

    # Carrying out

    def _run(self) -> None:
        text = self.edit.text().strip()
        if not text or self._running is not None:
            return
        try:
            meant = self._parsed(text)
        except Misread as misread:
            self._say("NOT UNDERSTOOD", misread.because, Look.WARN)
            return
        if isinstance(meant, Show):
            self._show(text, meant)
        else:
            self._do(text, meant)

    def _do(self, text: str, command: Command) -> None:
        self.edit.setReadOnly(True)
        done = partial(self._done, text, command)
        self._running = self._desk.do(command, done)
        self._preview()
        self._running.add_done_callback(self._ended)

    def _done(self, text: str, command: Command, outcome: Outcome) -> None:
        self._remember(text)
        self._say("DONE", outcome_words.words(command, outcome), Look.OUTLINED)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._running = None
        self.edit.setReadOnly(False)
        self._preview()
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Refused):
            self._say("REFUSED", error.because)
        elif isinstance(error, Unavailable):
            self._say("NOT DONE", error.because)
        elif error is not None:
            self._say("NOT DONE", "Something went wrong in the console; the line is still here.")

    def _show(self, text: str, show: Show) -> None:
        board = self._desk.board
        incident = board_names.find_incident(board, show.ref)
        unit = None if incident else board_names.find_unit(board, show.ref)
        if incident is not None:
            self._remember(text)
            self._desk.select(incident.id)
            self.leave()
        elif unit is not None:
            self._remember(text)
            self.team_shown.emit(unit.id)
            state = board_names.unit_state(board, unit)
            self._say("DONE", f"{unit.call_sign}: {state}", Look.OUTLINED)
        else:
            self._say("NOT FOUND", f"{show.ref} is not on the board.", Look.WARN)

    def _remember(self, text: str) -> None:
        if text not in self._history[-1:]:
            self._history = [*self._history, text][-_MOST_KEPT:]
        self._at = len(self._history)
        self.edit.clear()
        self._preview()

    # Saying

    def say(self, kind: str, words: str) -> None:
        """Says what became of an act that was done elsewhere: refused, unavailable, fault, done."""
        tags = {"refused": "REFUSED", "unavailable": "NOT DONE", "fault": "FAULT"}
        look = Look.DANGER if kind in tags else Look.OUTLINED
        self._say(tags.get(kind, "DONE"), words, look)

    def _say(self, tag: str, words: str, look: Look = Look.DANGER) -> None:
        self.edit.fold()
        self.answer.show_over(self.edit, tag, words, look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.answer.hide()
        self._preview()

    def _fit_hints(self, _incident_id: str = "") -> None:
        wide = self.width() / max(theme.state.scale, 0.1)
        few, opened = self.preview.isVisibleTo(self), bool(self._desk.incident_id)
        self.hints.fit(wide, typing=self.typing(), few=few, opened=opened)


def _sheet() -> str:
    """Without edge or fill until it has the keyboard; its words below the places of the queue."""
    before = theme.px(_EDGE) + theme.px(_ICON) + theme.px(_GAP) + _QT_MARGIN
    hair, ring = theme.px(1), theme.px(2)
    pad = theme.px(_WORDS) - before - hair
    return (
        f"QLineEdit {{ padding-left: {pad}px }}"
        f"QLineEdit:focus {{ padding-left: {pad - ring + hair}px }}"
        "QLineEdit:!focus { background: transparent; border-color: transparent }"
    )


class Answer(QWidget):
    """What came of a line, over the bar; good news goes away by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Said()
        self._column = column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BRIEFLY_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_over(self, edit: QWidget, tag: str, words: str, look: Look) -> None:
        """Shows this above the line."""
        if self.parentWidget() is not edit.window():
            self.setParent(edit.window())
        self.said.say(tag, words, look)
        self.show()
        self.stand_on(edit)
        if look is Look.OUTLINED:
            self._timer.start()
        else:
            self._timer.stop()

    def stand_on(self, edit: QWidget) -> None:
        """Stands on the line, as tall as its words."""
        wide = min(edit.width(), theme.px(900))
        self.resize(wide, self.sizeHint().height())
        self._column.activate()
        tall = self._column.minimumSize().height()
        at = edit.mapTo(edit.window(), QPoint(0, 0))
        below = at.y() < tall
        top = at.y() + edit.height() + theme.px(6) if below else at.y() - tall - theme.px(10)
        self.setGeometry(at.x(), top, wide, tall)
        self.raise_()

    def text(self) -> str:
        """What it says while it is shown."""
        return self.said.text() if self.isVisible() else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        marks.rounded(painter, frame(self), 6, colours.raised, colours.edge, thick=1.5)
        painter.end()
