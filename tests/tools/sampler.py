"""Renders a sheet of every widget and row in each theme and scale, to be looked at.

`python -m tests.tools.sampler FOLDER` writes `sheet-THEME-SCALE.png` and the rows beside it.
"""

import os
import sys
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tests.tools import sample_lists
from tests.tools.sample_rows import NOW
from ui import theme
from ui.theme import Shape
from ui.widgets import (
    ActionButton,
    AnswerButton,
    Band,
    Card,
    DueChip,
    FactChip,
    FlowBox,
    Icon,
    KeyCap,
    Kind,
    LimitBar,
    NoteEdit,
    Panel,
    PriorityBox,
    Run,
    SectionHeading,
    ShapeIcon,
    Standing,
    StripItem,
    Surface,
    Tag,
    Tone,
    WrapLabel,
    label,
)
from ui.widgets import Line as Words

FACTS = (
    ("Weapon", "knife, in reach", Standing.DANGER),
    ("Violence", "none", Standing.HARMLESS),
    ("Breathing", "awake", Standing.HARMLESS),
    ("Suicide", "can\u2019t say", Standing.CANT_SAY),
    ("Age", "not asked", Standing.NOT_ASKED),
)


def row(*widgets: QWidget, gap: float = 8, stretch: int = -1) -> QWidget:
    """Widgets side by side, the one numbered `stretch` taking the room."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(gap))
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == stretch else 0)
    if stretch < 0:
        layout.addStretch(1)
    return box


def column(*widgets: QWidget, gap: float = 8) -> QWidget:
    """Widgets below each other."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(gap))
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return box


def facts() -> FlowBox:
    box = FlowBox(16, 4)
    box.fill([FactChip(*fact) for fact in FACTS])
    return box


def answers() -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.px(8))
    words = ("none", "knife or blade", "gun", "something else", "caller can\u2019t say")
    for number, word in enumerate(words):
        button = AnswerButton(str((number + 1) % 5), word)
        button.set_live(live=True)
        button.set_chosen(chosen=number == 3)
        grid.addWidget(button, number // 3, number % 3)
    grid.addWidget(AnswerButton("E", "en español", quiet=True), 1, 2)
    return box


def not_assessed() -> Card:
    card = Card(Surface.DASHED)
    card.body.addWidget(
        row(Tag.not_assessed(), label("first question due in 0:18", "body", "text2", right=True),
            stretch=1)
    )  # fmt: skip
    card.body.addWidget(WrapLabel("Does he have a weapon, or anything like one?", "question"))
    card.body.addWidget(WrapLabel("say “Can you see anything in his hands?”", "body", "text2"))
    card.body.addWidget(answers())
    card.body.addWidget(facts())
    card.body.addWidget(
        Words(Run("still possible", "body", "text2"), Run("everything: nobody has asked yet"))
    )
    return card


def assessed() -> Card:
    card = Card()
    card.body.addWidget(
        row(Tag.assessed(Shape.AGENCIES), label("all four asked", "body", "text2", right=True),
            stretch=1)
    )  # fmt: skip
    card.body.addWidget(WrapLabel("Community team + police · team stages", "headline"))
    card.body.addWidget(
        WrapLabel("because knife in reach, and nobody knows what he means to do", "body", "text2")
    )
    inset = Card(Surface.INSET, across=12, down=10)
    police = Words(Run("Police", "strong"), Run("offered 0:42 ago, nobody has accepted"))
    inset.body.addWidget(row(ShapeIcon(Shape.OVER), police, stretch=1))
    inset.body.addWidget(row(ShapeIcon(Shape.STAGED), WrapLabel(
        "CRT 5 gets the order STAGE at Jewell St, and goes in when police report the scene clear"),
        stretch=1))  # fmt: skip
    inset.body.addWidget(row(ActionButton("Accepted by…", "Y"), ActionButton("Declined", "X")))
    card.body.addWidget(inset)
    card.body.addWidget(facts())
    return card


def below() -> Card:
    card = Card(Surface.DANGER)
    card.body.addWidget(row(Tag.below_floor(), label(
        "waits for a second person 0:23", "body", "text2", right=True), stretch=1))  # fmt: skip
    card.body.addWidget(WrapLabel("You chose: community team alone", "headline"))
    card.body.addWidget(row(Icon("user"), label("J. Reyes, supervisor · asked 0:23 ago", "strong")))
    card.body.addWidget(
        row(ActionButton("Ask someone else", "A"), ActionButton("Take back", "Backspace"))
    )
    return card


def send(kind: Kind) -> Card:
    card = Card(across=12, down=12)
    words = {Kind.PRIMARY: ("Assign CRT 2 to 142", "1.4 mi, 9 min ago · Spanish"),
             Kind.LOCKED: ("First ask weapon, violence", "no advice until then"),
             Kind.DANGER: ("Pull CRT 1 back", "a gun was reported")}[kind]  # fmt: skip
    main = ActionButton(words[0], "Enter", second=words[1], kind=kind)
    main.setObjectName(f"main-{kind}")
    card.body.addWidget(main)
    card.body.addWidget(
        WrapLabel("free the longest. Passes over CRT 5: nearer, no Spanish.", "body", "text2")
    )
    grid = QGridLayout()
    grid.setSpacing(theme.px(8))
    for number, (word, key) in enumerate(
        (("+ Police", "P"), ("+ EMS", "M"), ("+ Fire", "R"), ("Other…", "O"))
    ):
        grid.addWidget(ActionButton(word, key), number // 2, number % 2)
    done = ActionButton("Police offered", kind=Kind.QUIET)
    done.setEnabled(False)
    grid.addWidget(done, 2, 0)
    card.body.addLayout(grid)
    return card


def strip() -> Band:
    band = Band(height=48, colour="panel")
    band.row.setSpacing(theme.px(24))
    for widget in (label("14:32:07", "clock"),
                   StripItem("Shared", "now", shape=Shape.FREE, role="body"), Tag.practice(),
                   StripItem("M. Ortiz", "console 3", icon="user", role="body")):  # fmt: skip
        band.row.addWidget(widget)
    band.row.addStretch(1)
    for value, word in (("7", "waiting"), ("1", "over limit"), ("2 of 7", "teams free")):
        band.row.addWidget(StripItem(value, word))
    band.row.addWidget(StripItem("", "sound on", icon="volume-2"))
    return band


def due_line() -> Band:
    band = Band()
    band.row.addWidget(label("Due", "medium", "text2"))
    band.row.addWidget(DueChip("136", "Police: nobody accepted", NOW - 12))
    band.row.addWidget(DueChip("139", "Ring back", NOW + 139))
    band.row.addWidget(ActionButton("9 more due", "F8"))
    band.row.addStretch(1)
    band.row.addWidget(Words(Run("next: check-in CRT 1", "body", "text2"), Run("2:50", "time")))
    return band


def emergency() -> Band:
    band = Band(Tone.EMERGENCY)
    band.row.addWidget(ShapeIcon(Shape.EMERGENCY, 28, ink="danger_ink"))
    words = (("EMERGENCY", "lead"), ("CRT 1", "lead"), ("138, 88 Zion St", "body"), ("0:14", "age"))
    band.row.addWidget(Words(*(Run(*word, "danger_ink") for word in words), gap=12))
    band.row.addStretch(1)
    band.row.addWidget(ActionButton("2 more due", "F8", kind=Kind.BAND))
    band.row.addWidget(ActionButton("I have it", "F12", kind=Kind.BAND_PRIMARY))
    return band


def broken() -> Band:
    band = Band(Tone.BROKEN)
    band.row.addWidget(ShapeIcon(Shape.FAULT, 20))
    advice = Run("Go on: 3 acts are kept here. Say them on the radio.")
    band.row.addWidget(Words(Run("Database gone since 14:31:20", "lead"), advice))
    band.row.addStretch(1)
    band.row.addWidget(ActionButton("Show the 3", "F9"))
    return band


def marks() -> QWidget:
    shapes = FlowBox(12, 8)
    shapes.fill([ShapeIcon(shape, 20) for shape in Shape])
    upright, full, lying = LimitBar(), LimitBar(), LimitBar(lying=True, length=120)
    upright.set_fraction(0.5)
    full.set_fraction(1.4)
    lying.set_fraction(1.3)
    caps = row(*(KeyCap(key) for key in ("F3", "P", "Enter", "Backspace")),
               *(PriorityBox(p) for p in (1, 2, 3, None)), upright, full, lying)  # fmt: skip
    return column(shapes, caps, SectionHeading("Waiting", 7, note="as of 14:31:20"))


def sheet() -> QWidget:
    """Everything on one surface."""
    page = Panel("bg")
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, theme.px(12))
    outer.setSpacing(theme.px(8))
    for band in (strip(), due_line(), emergency(), broken()):
        outer.addWidget(band)
    columns = QHBoxLayout()
    columns.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
    columns.setSpacing(theme.px(16))
    left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
    left.addWidget(not_assessed())
    left.addWidget(below())
    note = NoteEdit("note on 142", "Note on 142: type what is said. Answers are Alt + number.")
    for widget in (assessed(), marks(), note):
        middle.addWidget(widget)
    for kind in (Kind.PRIMARY, Kind.LOCKED, Kind.DANGER):
        right.addWidget(send(kind))
    for layout, share in ((left, 5), (middle, 5), (right, 4)):
        layout.addStretch(1)
        columns.addLayout(layout, share)
    outer.addLayout(columns)
    return page


def _save(page: QWidget, path: Path) -> None:
    page.show()
    main = page.findChild(ActionButton, "main-primary")
    if main is not None:
        main.setFocus()
    # Paragraphs and lists settle in a few turns of the event loop.
    for _ in range(4):
        QApplication.processEvents()
    page.grab().save(str(path))
    page.close()
    page.deleteLater()


def render(folder: Path) -> None:
    """Writes every sheet and every list, in each theme and scale."""
    for name, scale in product(theme.THEMES, (1.0, 1.5)):
        theme.apply(name, scale)
        look = f"{name}-{round(scale * 100)}"
        page = sheet()
        page.resize(theme.px(1600), theme.px(900))
        _save(page, folder / f"sheet-{look}.png")
        for layout in sample_lists.LAYOUTS:
            _save(sample_lists.page(layout), folder / f"rows-{layout}-{look}.png")
        urgent = sample_lists.page("wide", emergency=True, note="as of 14:31:20")
        _save(urgent, folder / f"rows-emergency-{look}.png")


if __name__ == "__main__":
    app = QApplication([])
    theme.clock.hold(NOW)
    theme.elisions.clear()
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    render(target)
    sys.stdout.writelines(f"{cut}\n" for cut in theme.elisions)
