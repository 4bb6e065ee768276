"""Widgets: names for a screen reader, visible focus, heights that follow widths, honest keys."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.tools import sampler
from ui import theme
from ui.widgets import (
    ActionButton,
    AnswerButton,
    Band,
    Card,
    DueChip,
    FactChip,
    FlowBox,
    Kind,
    Line,
    NoteEdit,
    Run,
    Standing,
    Tone,
    WrapLabel,
)

LOOKS = [(name, scale) for name in theme.THEMES for scale in (1.0, 1.5)]


@pytest.fixture(autouse=True)
def _held(qapp: object) -> Iterator[None]:
    theme.clock.hold(1000.0)
    yield
    theme.clock.use()
    theme.apply("dark", 1.0)


def _shown(qtbot: QtBot, widget: QWidget, wide: int = 0) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(wide or widget.sizeHint().width(), widget.sizeHint().height())
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def _ink(widget: QWidget, top: int = 0) -> set[int]:
    """Return the columns in which a widget draws something, from this row on."""
    image = widget.grab().toImage()
    ground = image.pixel(0, image.height() - 1)
    rows = range(top, image.height())
    return {x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows)}


@pytest.mark.parametrize(("name", "scale"), LOOKS)
def test_the_sheet_shows_every_word_in_full(qtbot: QtBot, name: str, scale: float) -> None:
    theme.apply(name, scale)
    theme.elisions.clear()
    page = sampler.sheet()
    qtbot.addWidget(page)
    page.resize(theme.px(1600), theme.px(1000))
    page.grab()

    assert list(theme.elisions) == []


def test_every_widget_that_takes_the_keyboard_has_a_name(qtbot: QtBot) -> None:
    page = sampler.sheet()
    qtbot.addWidget(page)
    found = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert len(found) > 20
    assert [type(w).__name__ for w in found if not w.accessibleName()] == []


_BUTTONS: list[Callable[[], QAbstractButton]] = [
    *(partial(ActionButton, "Do it", "D", kind=kind) for kind in Kind),
    *(partial(ActionButton, "Do it", "D", second="now", kind=kind) for kind in Kind),
    lambda: AnswerButton("1", "none"),
    lambda: AnswerButton("E", "en español", quiet=True),
    lambda: DueChip("136", "Ring back", 900.0),
    lambda: FactChip("Weapon", "none", Standing.HARMLESS, correctable=True),
]


@pytest.mark.parametrize("number", range(len(_BUTTONS)))
@pytest.mark.parametrize("name", theme.THEMES)
def test_focus_shows(qtbot: QtBot, name: str, number: int) -> None:
    theme.apply(name, 1.0)
    # On the red band, where the buttons made for it live and all others can be seen too.
    box = Band(Tone.EMERGENCY, height=120)
    other, button = ActionButton("Other"), _BUTTONS[number]()
    box.row.addWidget(other)
    box.row.addWidget(button)
    _shown(qtbot, box, 800)
    box.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = box.grab(button.geometry()).toImage()
    button.setFocus()

    assert button.hasFocus()
    assert box.grab(button.geometry()).toImage() != before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_press_a_button_once(qtbot: QtBot, key: Qt.Key) -> None:
    button = ActionButton("Assign CRT 2 to 142", "Enter", second="1.4 mi", kind=Kind.PRIMARY)
    _shown(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, key)

    assert pressed == [True]


def test_a_locked_button_is_reached_by_the_keyboard_but_does_nothing(qtbot: QtBot) -> None:
    button = ActionButton("First ask weapon", "Enter", second="no advice", kind=Kind.LOCKED)
    _shown(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.click()

    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert pressed == []


@pytest.mark.parametrize(
    ("make", "text"),
    [(lambda: ActionButton("A & B", "P"), "A & B"), (lambda: AnswerButton("1", "a & b"), "a & b")],
)
def test_an_ampersand_is_a_letter(make: Callable[[], QAbstractButton], text: str) -> None:
    button = make()

    assert button.accessibleName() == text
    assert button.shortcut().isEmpty()


def test_an_answer_shows_that_its_key_counts(qtbot: QtBot) -> None:
    button = AnswerButton("1", "none")
    _shown(qtbot, button)
    before = button.grab().toImage()
    button.set_live(live=True)

    assert button.grab().toImage() != before


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_paragraph_is_as_tall_as_its_words(qtbot: QtBot, scale: float) -> None:
    theme.apply(scale=scale)
    label = WrapLabel("Teams as of 14:31:20. Another console may have sent CRT 2. " * 3)
    _shown(qtbot, label, theme.px(600))
    wide = label.height()
    label.resize(theme.px(200), label.height())

    assert label.height() > wide
    assert label.height() == label.height_for(theme.px(200))


def test_no_word_of_a_paragraph_stands_alone_on_its_last_line(qtbot: QtBot) -> None:
    words = WrapLabel("the oldest of them is shown first")
    wide = int(theme.width("the oldest of them is shown", "body")) + 2
    _shown(qtbot, words, wide)

    assert words.height() == words.height_for(wide) == 2 * words.height_for(2 * wide)
    assert max(_ink(words, words.height() // 2)) > theme.width("first", "body") + 10


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_cap_of_a_button_without_edge_ends_where_the_button_does(
    qtbot: QtBot, scale: float
) -> None:
    theme.apply("dark", scale)
    button = ActionButton("en español", "E", kind=Kind.QUIET)
    _shown(qtbot, button)
    button.clearFocus()

    assert max(_ink(button)) == button.width() - 1


def test_paragraphs_in_nested_layouts_do_not_overlap(qtbot: QtBot) -> None:
    card, labels = Card(), [WrapLabel("many words that have to wrap somewhere " * 4) for _ in "abc"]
    inner = Card()
    card.body.addWidget(inner)
    for label in labels:
        inner.body.addWidget(label)
    inner.body.addStretch(1)
    qtbot.addWidget(card)
    card.resize(360, 900)
    card.show()
    qtbot.waitExposed(card)

    def apart() -> bool:
        edges = [(label.geometry().top(), label.geometry().bottom()) for label in labels]
        return all(above[1] < below[0] for above, below in pairwise(edges))

    qtbot.waitUntil(apart)
    assert all(label.height() == label.height_for(label.width()) for label in labels)


def test_markup_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    label = WrapLabel("<b>bold</b> <img src='x'>")
    _shown(qtbot, label)

    assert label.text() == label.accessibleName() == "<b>bold</b> <img src='x'>"
    assert label.sizeHint().width() > theme.width("bold", "body")


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    box = FlowBox(16, 4)
    box.fill([FactChip(f"Fact {n}", "none", Standing.HARMLESS) for n in range(6)])
    _shown(qtbot, box, theme.px(1200))
    one_line = box.height()
    box.resize(theme.px(300), box.height())

    assert box.height() > 2 * one_line
    assert not box.findChildren(FactChip)[-1].visibleRegion().isEmpty()


def test_a_line_without_room_loses_whole_words_and_says_so(qtbot: QtBot) -> None:
    line = Line(Run("Database gone since 14:31:20", "lead"), Run("say acts on the radio"))
    _shown(qtbot, line, line.sizeHint().width())
    theme.elisions.clear()
    line.resize(line.sizeHint().width() - 40, line.height())
    line.grab()

    assert [cut.full for cut in theme.elisions] == ["say acts on the radio"]


def test_a_due_counts_without_changing_its_width(qtbot: QtBot) -> None:
    chip = DueChip("136", "Ring back", 1000.0)
    _shown(qtbot, chip)
    wide, picture = chip.sizeHint().width(), chip.grab().toImage()
    theme.clock.hold(1000.0 + 83 * 60)
    chip.tick()

    assert chip.sizeHint().width() == wide
    assert chip.grab().toImage() != picture


def test_a_note_grows_and_is_sent_by_enter(qtbot: QtBot) -> None:
    note = NoteEdit("note on 142")
    _shown(qtbot, note, 400)
    low = note.height()
    sent: list[str] = []
    note.submitted.connect(sent.append)
    QTest.keyClicks(note, "one")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(note, "two")
    tall = note.height()
    QTest.keyClick(note, Qt.Key.Key_Return)

    assert tall > low
    assert sent == ["one\ntwo"]
    assert note.toPlainText() == "one\ntwo"


def test_a_change_of_scale_resizes_what_is_shown(qtbot: QtBot) -> None:
    button = ActionButton("New call", "F3")
    _shown(qtbot, button)
    before = button.sizeHint()
    theme.apply("light", 2.0)

    assert button.sizeHint().height() == 2 * before.height()
