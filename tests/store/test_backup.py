"""A copy of a room that could not be made whole leaves no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crt_console.domain.errors import Unavailable
from crt_console.store.backup import backup
from crt_console.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path


def test_no_half_copy_is_left_where_the_room_is_gone(room_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with pytest.raises(Unavailable):
        backup(Database(f"{room_url}x"), copy)
    assert not copy.exists()


def test_no_half_copy_is_left_of_a_file_that_is_no_room(tmp_path: Path) -> None:
    room, copy = tmp_path / "room.db", tmp_path / "copy"
    room.write_bytes(b"no room at all, and long enough for a page of one " * 100)
    with pytest.raises(Unavailable):
        backup(Database(f"sqlite:///{room}"), copy)
    assert not copy.exists()
