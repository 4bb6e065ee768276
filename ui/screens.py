"""`crt-console screens DIR`: pictures of both windows and each panel; no display, no database."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from crt_console.domain.board import Changes, Link
from ui import theme
from ui.main_window import MainWindow
from ui.models.drafts import Drafts
from ui.screens_scenes import SCENES, Scene, Size, Window
from ui.screens_still import StillDesk
from ui.supervisor_window import SupervisorWindow

# Local time, so that the pictures look the same everywhere.
MOMENT = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC).replace(tzinfo=None).astimezone()
SCALES = (1.0, 1.5)
_PANELS = ("strip", "due", "queue", "incident", "send", "teams", "bar")
_HER_PANELS = ("left", "teams", "decided", "waiting", "today")
_GONE_FOR = timedelta(seconds=47)
_NARROWEST = 900  # effective width below which a window is not meant to be used
# What Qt says of every window that is drawn without a display.
_EXPECTED = "This plugin does not support propagateSizeHints()"
_ROUNDS = 8  # how often the layouts settle before they are as a person sees them


def main(folder: Path, theme_name: str | None, scale: float | None) -> int:
    """Draw every picture into the folder, say their names, return 0."""
    before = qInstallMessageHandler(pass_on)
    try:
        _draw(folder, theme_name, scale)
    finally:
        qInstallMessageHandler(before)
    return 0


def _draw(folder: Path, theme_name: str | None, scale: float | None) -> None:
    application = QApplication.instance() or QApplication(["crt-console", "-platform", "offscreen"])
    application.setApplicationName("CRT Console")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (theme_name,) if theme_name else theme.THEMES:
        for size in (scale,) if scale else SCALES:
            theme.apply(name, size)
            for path in draw_all(folder, f"{name}-{size * 100:.0f}"):
                print(path)  # noqa: T201 - speaks to a terminal


def pass_on(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Print what Qt warns of, but for what is as it must be without a display."""
    if message != _EXPECTED:
        print(qFormatLogMessage(kind, context, message), file=sys.stderr)  # noqa: T201


def draw_all(folder: Path, prefix: str) -> Iterator[Path]:
    """Draw all scenes in the theme and scale in force; yield each file."""
    for scene in SCENES:
        kind = "supervisor" if scene.supervisor else "dispatcher"
        for size in sizes(scene):
            with standing(scene, size) as window:
                stem = f"{prefix}-{kind}-{scene.name}"
                yield _save(window.grab(), folder / f"{stem}-{size[0]}x{size[1]}.png")
                if scene.panels and size == scene.sizes[0]:
                    for name, panel in panels(window):
                        yield _save(panel.grab(), folder / f"{stem}-panel-{name}.png")


def sizes(scene: Scene) -> tuple[Size, ...]:
    """Return the sizes of a scene that are wide enough for two columns at the scale in force."""
    return tuple(size for size in scene.sizes if size[0] / theme.state.scale >= _NARROWEST)


def panels(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Yield the panels of a window that can be seen, with their names."""
    names = _HER_PANELS if isinstance(window, SupervisorWindow) else _PANELS
    for name in names:
        panel = getattr(window, name)
        if panel.isVisible():
            yield name, panel


def _save(picture: QPixmap, path: Path) -> Path:
    if not picture.save(str(path)):
        raise OSError(f"{path} cannot be written")
    return path


@contextmanager
def standing(scene: Scene, size: Size) -> Iterator[Window]:
    """Open the window of a scene, lay it out and paint it; close it again afterwards."""
    theme.clock.hold(MOMENT.timestamp())
    with tempfile.TemporaryDirectory(prefix="crt-console-screens-") as folder:
        drafts = Drafts(Path(folder), "screens")
        window = _open(scene, size, drafts)
        try:
            _settle()
            if isinstance(window, MainWindow):
                while window.incident.reading.isActive():  # what happened is read by a timer
                    QApplication.processEvents()
                window.incident.card.question.go_live()
            else:
                window.grab()  # only now do her columns know what is below
                _settle()
            theme.elisions.clear()
            window.grab()
            yield window
        finally:
            window.hide()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            drafts.close()
            theme.clock.use()


def _open(scene: Scene, size: Size, drafts: Drafts) -> Window:
    board = scene.board(MOMENT)
    desk = StillDesk(board, MOMENT)
    window = SupervisorWindow(desk) if scene.supervisor else MainWindow(desk, drafts)
    if isinstance(window, MainWindow):
        window.incident.reading.setInterval(0)
    window.resize(*size)
    window.show()
    window.activateWindow()
    link = Link(live=False, since=MOMENT - _GONE_FOR) if scene.gone else Link()
    desk.take(Changes(board=board, reloaded=True))
    desk.select(scene.selected)
    _settle()
    desk.take(Changes(board=board, link=link))
    scene.then(window)
    return window


def _settle() -> None:
    for _ in range(_ROUNDS):
        QApplication.processEvents()
