"""The pictures: each state is drawn, and nothing in them is cut that has to be read whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QPoint, QtMsgType
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import screens, theme
from ui.main_window import MainWindow
from ui.screens_scenes import LEAST, SCENES, SMALL, WIDE, Scene, Size
from ui.widgets import ActionButton, AnswerButton, FactChip, Kind

ORDINARY = [s for s in SCENES if not s.supervisor and "crowded" not in s.board.__name__]
ORDINARY = [s for s in ORDINARY if s.name not in {"new-call", "keys", "command"}]
SMALLEST = 4  # colours of the least picture: two surfaces, words, an edge


@pytest.fixture(autouse=True)
def _as_before(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    theme.apply("dark", 1.0)
    yield
    theme.apply("dark", 1.0)


def _name(scene: Scene) -> str:
    return f"{'supervisor' if scene.supervisor else 'dispatcher'}-{scene.name}"


def test_each_scene_and_panel_becomes_a_picture_that_is_not_blank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screens.main(tmp_path, "light", 1.0) == 0
    files = {path.name: path for path in tmp_path.iterdir()}
    assert sorted(capsys.readouterr().out.split()) == sorted(str(p) for p in files.values())
    wanted = {f"light-100-{_name(s)}-{wide}x{tall}.png" for s in SCENES for wide, tall in s.sizes}
    assert wanted <= files.keys()
    for panel in ("strip", "due", "queue", "incident", "send", "teams", "bar"):
        for state in ("ordinary", "empty", "crowded", "database-gone"):
            assert f"light-100-dispatcher-{state}-panel-{panel}.png" in files
    for name, path in files.items():
        assert len(_colours(QImage(str(path)))) >= SMALLEST, name


def _colours(image: QImage) -> set[int]:
    small = image.scaledToWidth(160).convertToFormat(QImage.Format.Format_RGB32)
    return set(memoryview(small.constBits()).cast("I"))  # asked for one by one they are slow


def test_every_theme_and_both_scales_are_drawn_when_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "SCENES", SCENES[:1])
    screens.main(tmp_path, None, None)
    begun = {"-".join(path.name.split("-")[:2]) for path in tmp_path.iterdir()}
    assert begun == {f"{name}-{scale}" for name in theme.THEMES for scale in (100, 150)}


def test_of_what_qt_says_only_what_a_missing_display_explains_is_kept_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = QMessageLogContext()
    screens.pass_on(
        QtMsgType.QtWarningMsg, said, "This plugin does not support propagateSizeHints()"
    )
    screens.pass_on(QtMsgType.QtWarningMsg, said, "QPainter::begin: already active")
    assert capsys.readouterr().err == "QPainter::begin: already active\n"


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
@pytest.mark.parametrize("scene", ORDINARY, ids=_name)
def test_an_ordinary_room_has_no_word_cut(scene: Scene, size: Size) -> None:
    with screens.standing(scene, size):
        assert [(cut.full, cut.shown) for cut in theme.elisions] == []


@pytest.mark.parametrize("size", [WIDE, SMALL, LEAST], ids=["wide", "small", "least"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_what_is_acted_on_is_never_cut(scale: float, size: Size) -> None:
    theme.apply("dark", scale)
    for scene in SCENES:
        if size not in screens.sizes(scene):
            continue
        with screens.standing(scene, size) as window:
            cut = {elision.full for elision in theme.elisions}
            orders = {words for words in cut if "STAGE" in words or "PULL BACK" in words}
            assert not orders, (scene.name, orders)
            assert not cut & _acts(window), scene.name
            assert len(_filled(window)) <= 1, (scene.name, _filled(window))


def _filled(window: QWidget) -> list[str]:
    """The acts that are filled with the accent."""
    buttons = (b for b in window.findChildren(ActionButton) if b.isVisibleTo(window))
    return [button.label() for button in buttons if button.kind() is Kind.PRIMARY]


@pytest.mark.parametrize(
    ("name", "filled"),
    [
        ("ordinary", "Assign CRT 2 to 142"), ("new-call", None),
        ("due-list", "I have it"), ("command", "Assign CRT 2 to 142"), ("ask-close", None),
        ("ask-ring-back", "Ring-back done"),
    ],
)  # fmt: skip
def test_one_act_stands_out_and_none_before_something_is_chosen(
    name: str, filled: str | None
) -> None:
    scene = next(s for s in SCENES if s.name == name and not s.supervisor)
    with screens.standing(scene, WIDE) as window:
        assert _filled(window) == ([filled] if filled else [])


def test_while_dues_are_listed_sending_stays_in_its_place_and_no_team_jumps() -> None:
    scene = next(s for s in SCENES if s.name == "due-list")
    with screens.standing(scene, WIDE) as window:
        assert isinstance(window, MainWindow)
        listed = window.teams.mapTo(window, QPoint(0, 0))
        assert window.send.isVisible()
        window.show_incident()
        QApplication.processEvents()
        assert window.teams.mapTo(window, QPoint(0, 0)) == listed


def _acts(window: QWidget) -> set[str]:
    """The words of buttons, answers and facts, and the advice with its agencies."""
    words = {b.label() for b in window.findChildren(ActionButton) if b.kind() is not Kind.STATE}
    for kind in (AnswerButton, FactChip):
        words |= {button.accessibleName() for button in window.findChildren(kind)}
    if isinstance(window, MainWindow):
        words.add(window.incident.card.headline.text())
    return words
