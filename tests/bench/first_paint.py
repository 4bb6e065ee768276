"""A program that opens a window and ends at its first paint: ours, or the least there could be.

Run by bench_start, `python tests/bench/first_paint.py ours|bare`; it prints the monotonic clock.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def end() -> None:
    """Say when it was and leave at once, without taking anything apart."""
    os.write(1, f"{time.monotonic()}\n".encode())
    os._exit(0)


def watch() -> object:
    """An application whose first painted window ends the process."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        """Sees the first paint; the timer comes when what is painted has been put on the screen."""

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                application.removeEventFilter(self)
                QTimer.singleShot(0, end)
            return False

    application = QApplication(["crt-console"])
    filter_ = Watch(application)
    application.installEventFilter(filter_)
    return application


def bare() -> None:
    """A main window with one label, and the import of SQLAlchemy."""
    application = watch()
    import sqlalchemy
    from PySide6.QtWidgets import QLabel, QMainWindow

    window = QMainWindow()
    window.setCentralWidget(QLabel(sqlalchemy.__name__))
    window.resize(1600, 900)
    window.show()
    application.exec()  # type: ignore[attr-defined]


def ours(arguments: list[str]) -> None:
    """The product's own way, from its entry point."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import main

    application = watch()
    main.main(arguments)
    del application


if __name__ == "__main__":
    sys.path.pop(0)  # as if the program were elsewhere: nothing of this folder may be found
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(sys.argv[2:])
