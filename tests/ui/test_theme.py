"""Colours can be read and told apart, lengths scale, fonts and icons ship."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import text
from ui.theme.tokens import load

SURFACES = ("bg", "panel", "raised", "sel")
FILLS = (("warn_fill", "warn_ink"), ("danger_fill", "danger_ink"), ("accent", "accent_ink"))


@pytest.fixture(autouse=True)
def _restored(qapp: object) -> Iterator[None]:
    yield
    theme.apply("dark", 1.0)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: QColor, second: QColor) -> float:
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert _contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert _contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("name", "word", "surface"), [*product(theme.THEMES, ("text", "text2"), SURFACES)]
)
def test_words_stand_out_seven_to_one_on_every_surface(name: str, word: str, surface: str) -> None:
    colours = load(name)

    assert _contrast(colours.colour(word), colours.colour(surface)) >= 7


@pytest.mark.parametrize(("name", "pair"), [*product(theme.THEMES, FILLS)])
def test_words_stand_out_seven_to_one_on_every_fill(name: str, pair: tuple[str, str]) -> None:
    colours = load(name)

    assert _contrast(colours.colour(pair[0]), colours.colour(pair[1])) >= 7


@pytest.mark.parametrize(
    ("name", "hue", "surface"),
    [*product(theme.THEMES, ("free", "warn", "danger", "off", "edge", "accent"), SURFACES)],
)
def test_shapes_stand_out_three_to_one(name: str, hue: str, surface: str) -> None:
    colours = load(name)

    assert _contrast(colours.colour(hue), colours.colour(surface)) >= 3


def test_only_a_change_asks_for_a_rebuild(qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.state.changed, timeout=1000):
        theme.apply("light", 1.5)
    with qtbot.assertNotEmitted(theme.state.changed):
        theme.apply("light", 1.5)

    assert theme.current().name == "light"
    assert theme.px(10) == 15


def test_a_length_is_never_scaled_away() -> None:
    theme.apply(scale=1.0)

    assert theme.px(0.3) == 1
    assert theme.px(0) == 0


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("role", sorted(theme.ROLES))
def test_every_role_is_inter_in_the_weight_asked_for(role: str, scale: float) -> None:
    theme.apply(scale=scale)
    made = theme.font(role)

    assert QFontInfo(made).family().startswith("Inter")
    assert QFontInfo(made).weight() == made.weight()
    assert made.pixelSize() == theme.px(theme.ROLES[role][0])


def test_ages_do_not_change_width_while_they_count() -> None:
    widths = {
        round(theme.width(f"{digit}{digit}:{digit}{digit}", "age"), 3) for digit in "0123456789"
    }

    assert len(widths) == 1


def _drawn(letter: str, role: str) -> bytes:
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    text.draw(painter, (4, 20), letter, role, QColor("white"))
    painter.end()
    return bytes(image.constBits())


@pytest.mark.parametrize(("one", "other"), [("I", "l"), ("0", "O"), ("1", "l"), ("1", "I")])
def test_letters_that_look_alike_elsewhere_do_not_here(one: str, other: str) -> None:
    assert _drawn(one, "headline") != _drawn(other, "headline")


def test_features_reach_the_glyphs() -> None:
    plain = theme.font("body")
    bare = type(plain)(plain)
    bare.clearFeatures()

    assert QFontMetricsF(bare).horizontalAdvance("l") != theme.width("l", "body")


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(-3, "0:00"), (0.9, "0:00"), (42, "0:42"), (139, "2:19"), (5999, "99:59"), (6000, "1:40 h")],
)
def test_ages_as_they_are_written(seconds: float, written: str) -> None:
    assert theme.age(seconds) == written


def test_the_clock_can_be_held() -> None:
    theme.clock.hold(120.0)
    held = theme.clock.now()
    theme.clock.use()

    assert held == 120.0
    assert theme.clock.now() > 1_000_000_000


@pytest.mark.parametrize("name", [p.stem for p in sorted(theme.resource("icons").glob("*.svg"))])
def test_every_icon_paints_in_the_colour_asked_for(name: str) -> None:
    image = theme.pixmap(name, QColor("#00ff00"), 24).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(24) for y in range(24)}

    assert "#00ff00" in seen


@pytest.mark.parametrize("shape", list(theme.Shape))
def test_every_shape_paints_something_of_its_own(shape: theme.Shape) -> None:
    def painted(which: theme.Shape) -> QImage:
        image = QImage(32, 32, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(theme.current().panel)
        painter = QPainter(image)
        theme.paint_shape(painter, which, QRectF(0, 0, 32, 32))
        painter.end()
        return image

    same = {"cant_say", "not_assessed"}, {"off_duty", "not_asked"}
    twins = {other for pair in same if shape in pair for other in pair}
    others = [painted(other) for other in theme.Shape if other not in twins | {shape}]

    assert painted(shape) not in others


@pytest.mark.parametrize(
    ("full", "room", "shown"),
    [
        ("Zion St & Franklin Ave", 200.0, "Zion St & Franklin Ave"),
        ("Zion St & Franklin Ave", 120.0, "Zion & Franklin"),
        ("Zion St & Franklin Ave", 70.0, "Zion…"),
    ],
)
def test_a_cut_drops_street_types_then_whole_words(full: str, room: float, shown: str) -> None:
    theme.elisions.clear()

    assert theme.fit(full, "strong", room) == shown
    assert [cut.shown for cut in theme.elisions] == ([] if shown == full else [shown])
