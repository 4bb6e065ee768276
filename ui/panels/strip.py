"""The strip: time, database, who sits here, and the figures of the room."""

from datetime import datetime

from ui import theme
from ui.models.desk import Desk
from ui.models.queue_view import Counts
from ui.theme import Shape
from ui.widgets import Band, StripItem, Tag


class Strip(Band):
    """One line at the top of a window."""

    def __init__(self, desk: Desk, *, role: str = "", narrow: bool = False) -> None:
        super().__init__(height=44 if narrow else 48, colour="panel")
        self._desk, self._narrow = desk, narrow
        self.time = StripItem("", role="clock")
        self.link = StripItem("", shape=Shape.FREE, role="body")
        self.who = StripItem(desk.who, role or f"console {desk.console}", icon="user", role="body")
        self.waiting = StripItem("0", "waiting")
        self.over = StripItem("0", "over" if narrow else "over limit")
        self.free = StripItem("0 of 0", "free" if narrow else "teams free")
        self.due = StripItem("0", "due" if narrow else "due now")
        self.sound = StripItem("", "", icon="volume-2", role="body")
        self.practice = Tag.practice()
        self.practice.setAccessibleName("practice: no live data")
        left = (self.time, self.link, self.practice, self.who)
        for item in left:
            self.row.addWidget(item)
        self.row.addStretch(1)
        for item in (self.waiting, self.over, self.free, self.due, self.sound):
            self.row.addWidget(item)
        self.row.setSpacing(theme.px(12 if narrow else 20))
        self.set_sound("on")
        self.tick()

    def tick(self) -> None:
        """Show the time and the state of the database now."""
        now = self._desk.now()
        self.time.set_item(now.astimezone().strftime("%H:%M:%S"))
        self._show_link(now)

    def _show_link(self, now: datetime) -> None:
        link = self._desk.link
        since = (now - link.since).total_seconds() if link.since else 0.0
        if not link.live:
            lasts = "" if self._narrow else theme.age(since)  # narrow: the band says since when
            self.link.set_item("NO DATABASE", lasts, shape=Shape.FAULT)
        elif not link.saving:
            self.link.set_item("NOT SAVING", theme.age(since), shape=Shape.OVER)
        else:
            where = "Connected" if self._desk.shared else "This computer"
            self.link.set_item(where, "now", shape=Shape.FREE)

    def show_counts(self, counts: Counts) -> None:
        """Show the figures of the room."""
        self.waiting.set_item(str(counts.waiting), "waiting")
        self.over.set_item(str(counts.over), "over" if self._narrow else "over limit")
        free = f"{counts.free} of {counts.on_shift}"
        self.free.set_item(free, "free" if self._narrow else "teams free")
        self.due.set_item(str(counts.due), "due" if self._narrow else "due now")

    def set_sound(self, state: str) -> None:
        """Show `on`, `muted` or `none` with its remedy in the tool tip."""
        words = {"on": "sound on", "muted": "MUTED", "none": "NO SOUND"}[state]
        self.sound.set_icon("volume-2" if state == "on" else "volume-x")
        self.sound.set_item("", "" if self._narrow and state == "on" else words)
