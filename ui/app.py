"""The composition root of the window: settings, window, then the database, and an orderly quit."""

import argparse
import asyncio
import contextlib
import gc
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from crt_console import config, log
from crt_console.domain.errors import Unavailable
from crt_console.protocol import loader
from ui import theme
from ui.garbage import Garbage
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.models.no_room import NoRoom


def main(argv: Sequence[str]) -> int:
    """Open the window (no verb), the demo, or make the pictures; return the exit code."""
    options = _options(argv)
    if options.verb == "screens":
        from ui import screens

        gc.enable()
        return screens.main(Path(options.folder), options.theme, options.scale)
    try:
        settings = config.load(
            db=_database(options), by=options.as_, console=options.console, pack=options.pack
        )
        pack = loader.load(settings.pack)
        drafts = config.drafts_folder()
        logged = log.start(config.log_folder())
    except (config.BadSettings, ValueError) as error:
        print(f"crt-console: {error}", file=sys.stderr)  # noqa: T201 - speaks to a terminal
        return 2
    from qasync import QEventLoop

    application = QApplication.instance() or QApplication(["crt-console"])
    application.setQuitOnLastWindowClosed(False)  # type: ignore[attr-defined]
    application.setApplicationName("CRT Console")
    theme.apply(options.theme or "dark", options.scale)
    desk = Desk(
        NoRoom(),
        who=settings.by,
        console=settings.console,
        pack=pack,
        timers=settings.timers,
        shared=settings.database.startswith("postgresql"),
    )
    from ui.main_window import MainWindow

    room = application.primaryScreen().availableSize()  # type: ignore[attr-defined]
    window = MainWindow(desk, Drafts(drafts, settings.by), room)
    window.resize(room)
    window.showMaximized()  # a console has the monitor to itself
    application.processEvents()  # painted before the database is imported
    garbage = Garbage(window)  # before the first thread begins
    garbage.start()
    loop = QEventLoop(application)
    try:
        with loop:
            return int(loop.run_until_complete(_run(options, settings, desk, window)))
    finally:
        log.stop(logged)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="crt-console", description="CRT Console: the window")
    parser.add_argument("verb", nargs="?", choices=["demo", "screens"], help="demo or screens")
    parser.add_argument("folder", nargs="?", default="", help="screens: where the pictures go")
    parser.add_argument("--db", help="address of the database")
    parser.add_argument("--as", dest="as_", metavar="NAME", help="who sits at this console")
    parser.add_argument("--console", metavar="ID", help="which console this is")
    parser.add_argument("--pack", help="protocol pack, by name or file")
    parser.add_argument("--theme", choices=list(theme.THEMES), help="dark, light, high_contrast")
    parser.add_argument("--scale", type=float, help="1.0 to 2.0")
    parser.add_argument("--seconds", type=float, help="demo: end by itself after so long")
    parser.add_argument("--supervisor", action="store_true", help="open her window too")
    options = parser.parse_args(list(argv))
    if options.verb == "screens" and not options.folder:
        parser.error("screens needs a folder: crt-console screens DIR")
    return options


def _database(options: argparse.Namespace) -> str | None:
    if options.verb == "demo" and not options.db:
        folder = tempfile.mkdtemp(prefix="crt-console-demo-")
        options.throw_away = folder
        return f"sqlite:///{Path(folder) / 'demo.db'}"
    options.throw_away = ""
    return str(options.db) if options.db else None


async def _run(options: argparse.Namespace, settings: Any, desk: Desk, window: Any) -> int:
    """Open the room behind the painted window, run until somebody closes it, close in order."""
    from ui.session import Session

    session = Session(desk, window, settings, demo=options.verb == "demo")
    try:
        await session.open()
        if options.supervisor:
            session.show_supervisor()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(session.ended.wait(), options.seconds)
    except Unavailable as gone:
        print(f"crt-console: {gone.because}", file=sys.stderr)  # noqa: T201 - as above
        return 3
    except config.BadSettings as error:
        print(f"crt-console: {error}", file=sys.stderr)  # noqa: T201 - as above
        return 2
    finally:
        await session.close()
        _throw_away(options.throw_away)
    return 0


def _throw_away(folder: str) -> None:
    if folder:
        for path in sorted(Path(folder).glob("*")):
            path.unlink(missing_ok=True)
        Path(folder).rmdir()
