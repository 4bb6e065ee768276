"""The log: what the program did, never names, places or words of callers."""

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000
_KEPT = 4
_FORM = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


class _OwnFile(RotatingFileHandler):
    """A log file that only its owner can read, from its first byte."""

    def _open(self):  # type: ignore[no-untyped-def] # noqa: ANN202 - as in the base class
        os.close(os.open(self.baseFilename, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
        return super()._open()


def start(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Begin to log into a folder; return the handler, to be given to `stop`."""
    handler = _OwnFile(
        folder / "crt-console.log", maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # Drivers' own words may carry values of statements.
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    return handler


def stop(handler: logging.Handler) -> None:
    """End logging and close the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()
