"""The log is its owner's, and holds no words of callers."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from crt_console import log
from tests.support.acts import opened


def test_only_its_owner_can_read_the_log(tmp_path: Path) -> None:
    handler = log.start(tmp_path)
    try:
        logging.getLogger("crt_console").info("started")
    finally:
        log.stop(handler)
    (file,) = tmp_path.iterdir()
    assert "started" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0


def test_a_failed_statement_does_not_tell_its_values(tmp_path: Path, database_url: str) -> None:
    handler, words = log.start(tmp_path), "12 Main St"
    try:
        with opened(database_url) as database, database.connect("reader") as connection:
            with pytest.raises(SQLAlchemyError) as caught:
                connection.execute(text("SELECT nothing WHERE :x = 1"), {"x": words})
            logging.getLogger("crt_console").error("failed", exc_info=caught.value)
    finally:
        log.stop(handler)
    written = (tmp_path / "crt-console.log").read_text(encoding="utf-8")
    assert "nothing" in written
    assert words not in written
