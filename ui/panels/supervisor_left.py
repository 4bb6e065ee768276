"""The supervisor's first column: what waits for her, then what is due and who has it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crt_console.domain.commands import AcknowledgeAlarm, Confirm, Deny
from ui import theme
from ui.delegates.table import INSET, Box, Cell, Column
from ui.delegates.table_view import Table
from ui.models.desk import Desk
from ui.models.supervisor_view import AskView, DueRow, ToldView, asks, due_rows, told
from ui.panels.lists import as_of
from ui.panels.supervisor_acts import SupervisorActs
from ui.panels.supervisor_cards import AskCard, NameCard, ToldCard
from ui.panels.supervisor_parts import Head, ScrollColumn, stacked
from ui.theme import Shape
from ui.widgets import ActionButton, Kind, Run

Show = Callable[[str], None]
_TALL = 48  # a row has two lines
_STAGES = ("due now", "later", "accepted")


class LeftColumn(ScrollColumn):
    """Her name where it is not known, cards, dues; `show` opens an incident elsewhere."""

    def __init__(
        self, desk: Desk, acts: SupervisorActs, show: Show, *, short: bool, typed: str = ""
    ) -> None:
        super().__init__("bg")
        self._desk, self._acts, self._show, self._short = desk, acts, show, short
        self._views: tuple[AskView | ToldView, ...] = ()
        self._saving = True
        self.cards: list[AskCard | ToldCard] = []
        self.name = NameCard(typed)
        named = QWidget()
        around = QVBoxLayout(named)
        around.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        around.addWidget(self.name)
        self._named = named
        self.name.given.connect(acts.set_name)
        self._cards_box = box = QWidget()
        self._box = QVBoxLayout(box)
        # Cards end where the words of the list below begin and end.
        self._box.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        self._box.setSpacing(theme.px(10))
        self.take = ActionButton("Take", "T", kind=Kind.PLAIN)
        self.take.clicked.connect(lambda _=False: self.take_due())
        self.head = Head("Due", self.take)
        self.dues = Table(
            "due, and who has it", _short_columns() if short else _columns(),
            height=_TALL, empty="Nothing is due, and nothing will be soon.",
        )  # fmt: skip
        self.dues.view.picked.connect(lambda _: self._tell())
        self.dues.view.opened.connect(self._open_due)
        lists = QWidget()
        stacked(lists, self.head, self.dues)
        self.fill(named, box, lists)
        self.fill_rows(self.dues, lambda: _TALL)
        self.count(box, self._cards_below)
        self.count(lists, self.below_words)

    # what is shown

    def refresh(self) -> None:
        """Show the board as it is."""
        board = self._desk.board
        self._named.setVisible(not self._acts.name)
        saving = self._acts.saving
        asked: tuple[AskView | ToldView, ...] = asks(board, self._acts.name, saving=saving)
        views = (*asked, *told(board))
        if saving != self._saving:
            self._saving, self._views = saving, ()
        self._cards_box.setVisible(bool(views))
        kept = self._kept() if views != self._views else None
        if views != self._views:
            self._views = views
            self._build_cards()
        self.refresh_dues()
        if kept is not None:
            self._focus_again(*kept)

    def refresh_dues(self) -> None:
        """Show what is due now; time alone may have changed it."""
        self.dues.set_rows(due_rows(self._desk.board, self._desk.now()))
        self._tell()

    def tick(self) -> None:
        """Let the times run."""
        for card in self.cards:
            card.tick()
        self.refresh_dues()
        self.dues.view.tick()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        name: list[QWidget] = [self.name.field, self.name.button]
        cards = [stop for card in self.cards for stop in card.stops()]
        return [*name, *cards, self.take, self.dues.view]

    def _build_cards(self) -> None:
        known: dict[AskView | ToldView, AskCard | ToldCard] = {c.view: c for c in self.cards}
        for card in self.cards:
            self._box.removeWidget(card)
        made: list[AskCard | ToldCard] = []
        for number, view in enumerate(self._views):
            lead = number == 0 or type(view) is not type(self._views[number - 1])
            same = known.get(view)
            if same is not None and (same.lead, same.saving) == (lead, self._saving):
                made.append(known.pop(view))
            else:
                made.append(self._card(view, lead=lead))
            self._box.addWidget(made[-1])
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        self.cards = made

    def _kept(self) -> tuple[str, int] | None:
        """In which card the keyboard is, and on which of its buttons."""
        held = QApplication.focusWidget()
        for card in self.cards:
            if held is not None and held in card.stops():
                return card.view.key, card.stops().index(held)
        return None

    def _focus_again(self, key: str, which: int) -> None:
        """The keyboard stays with the card it was in; where that went, it goes to the next."""
        card = next((c for c in self.cards if c.view.key == key), None)
        if card is not None:
            card.stops()[which].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _card(self, view: AskView | ToldView, *, lead: bool) -> AskCard | ToldCard:
        def show() -> None:
            self._show(view.incident_id)

        card: AskCard | ToldCard
        if isinstance(view, AskView):
            answers = (lambda: self._deny(view), lambda: self._confirm(view), show)
            card = AskCard(view, answers, lead=lead, short=self._short)
        else:
            acts = (lambda: self._own(view.key, view.number), show)
            card = ToldCard(view, acts, lead=lead, saving=self._saving)
        return card

    def _tell(self) -> None:
        rows = [self.dues.view.rows.row_at(i) for i in range(self.dues.view.rows.rowCount())]
        dues = [row for row in rows if isinstance(row, DueRow)]
        now = theme.clock.now()
        over = sum(row.due_at is not None and row.due_at <= now for row in dues)
        above = sum(isinstance(card, AskCard) for card in self.cards)
        note = f"and {above} above" if above else ""
        due = self._takeable(dues)
        # The red band has the button of an emergency.
        offered = due is not None and not due.emergency
        self.take.setVisible(offered)
        if due is not None and offered:
            self._offer(due, dues)
            note = note if self._acts.name else "your name first"
        now_due = f"{over} now" if over else None
        # Beside what the locked button says there is no room: the band says since when.
        gone = "" if offered else as_of(self._desk)
        self.head.tell(now_due, note if self._desk.link.live else gone)

    def _offer(self, due: DueRow, dues: list[DueRow]) -> None:
        """Taking it is the next act, unless a card or the red band asks for one before."""
        acts, first = self._acts, any(row.emergency for row in dues)
        answers = any(isinstance(card, AskCard) for card in self.cards)
        kind = Kind.PLAIN if first or answers else Kind.PRIMARY
        kind = kind if acts.name and acts.saving else Kind.LOCKED
        act = f"Take {due.number}".strip()
        self.take.set_action(act if acts.saving else f"{act}: by radio", kind=kind)
        words = f"{due.words}, nobody has it, key T" if acts.name else "say who you are first"
        words = words if acts.saving else "the database is gone: take it by radio"
        self.take.setAccessibleDescription(words)

    def _takeable(self, dues: list[DueRow]) -> DueRow | None:
        """The picked due if nobody has it, else the first."""
        free, picked = [row for row in dues if row.open], self.dues.view.key
        return next((row for row in free if row.key == picked), free[0] if free else None)

    # acts

    def press(self, key: str) -> bool:
        """Do what a letter stands for here."""
        if key == "T":
            self.take_due()
            return True
        held = QApplication.focusWidget()
        inside = [c for c in self.cards if held in c.stops()]
        return any(card.press(key) for card in (*inside, *self.cards))

    def take_due(self) -> None:
        """She has it: the picked due, or the first that nobody has."""
        rows = due_rows(self._desk.board, self._desk.now())
        due = self._takeable(list(rows))
        if due is None:
            self._acts.answered.emit("NOTHING", "Everything that is due has somebody.")
            return
        self._own(due.key, due.number)

    def _own(self, alarm: str, number: str) -> None:
        self._acts.do(AcknowledgeAlarm(alarm=alarm), f"{number}: you have it".removeprefix(": "))

    def _deny(self, view: AskView) -> None:
        self._acts.do(
            Deny(confirmation=view.key), f"{view.number}: you said no, the safety floor stands"
        )

    def _confirm(self, view: AskView) -> None:
        self._acts.do(Confirm(confirmation=view.key), f"{view.number}: you agreed")

    def _open_due(self, key: str) -> None:
        place = self.dues.view.rows.place_of(key)
        row = self.dues.view.rows.row_at(place) if place >= 0 else None
        if isinstance(row, DueRow) and row.incident_id:
            self._show(row.incident_id)

    def focus_first(self) -> None:
        """The keyboard goes to what waits for her."""
        if not self.cards:
            self.dues.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.cards[0].stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        # Once everything has its place: a card is seen whole before it can be answered.
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(0))

    def below_words(self, rows: int) -> str:
        """What is said of so many dues that are below what can be seen."""
        view, now = self.dues.view, theme.clock.now()
        count = view.rows.rowCount()
        last = [view.rows.row_at(place) for place in range(count - rows, count)]
        found = Counter(_stage(row, now) for row in last if isinstance(row, DueRow))
        # Beside a card that cannot be seen there is room only for what is due.
        stages = _STAGES[:1] if self._cards_below(0) else _STAGES
        return ", ".join(f"{found[stage]} {stage}" for stage in stages if found[stage])

    def _cards_below(self, _rows: int) -> str:
        """What is said of cards that cannot be seen whole."""
        foot = self.below.y_of_foot()
        view = self.viewport()
        hidden = [c for c in self.cards if c.mapTo(view, QPoint(0, c.height())).y() > foot]
        return f"{len(hidden)} for you" if hidden else ""

    def focus_dues(self) -> None:
        """The keyboard goes to what is due."""
        view = self.dues.view if self.dues.view.isVisible() else self.take
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_top(self.head)


def _stage(row: DueRow, now: float) -> str:
    if row.due_at is None:
        return row.done
    return "due now" if row.due_at <= now else "later"


def _what(row: Any, _now: float) -> Cell:
    return (row.shape, Run(row.number, "strong"))


def _boxed(row: Any, _now: float) -> Cell:
    """With the priority between, as those who wait have it."""
    box = (Box(row.priority),) if row.incident_id else ()
    return (row.shape, *box, Run(row.number, "strong"))


def _priority(row: Any, now: float) -> Cell:
    """Of what is due: things of a kind stand in its order, below every emergency."""
    late = row.due_at is not None and row.due_at <= now
    if not late or not row.incident_id or row.shape is Shape.EMERGENCY:
        return (Run(" "),)  # so that all times stand on the first line
    words = f"priority {row.priority}" if row.priority else "no priority"
    return (Run(words, "body", "text2"),)


def _words(row: Any, _now: float) -> Cell:
    return (Run(row.words),)


def _who(row: Any, _now: float) -> Cell:
    if not row.owner:
        return (Run("nobody", "strong"),)
    return (Run(row.owner, "body", "text2"),)


def _when(row: Any, now: float) -> Cell:
    if row.due_at is None:
        return (Run(row.done, "body", "text2"),)
    late = now - row.due_at
    if late < 0:  # alone it would read as a time of day
        return (Run("in", "body", "text2"), Run(theme.age(-late), "time_strong"))
    return (Run(theme.over(late), "time_strong"),)


def _columns() -> tuple[Column, ...]:
    return (
        Column("What", _boxed, width=54, grows=True),
        Column("", _words, stretch=3),
        Column("Who has it", _who, stretch=1),
        Column("Due", _when, width=54, right=True, live=True, grows=True),
    )


def _short_columns() -> tuple[Column, ...]:
    return (
        Column("", _what, width=54),
        Column("What, and who has it", _words, below=_who),
        Column("Due", _when, width=72, right=True, live=True, below=_priority, back=True),
    )
