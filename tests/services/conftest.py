"""A room on each database."""

from collections.abc import Iterator

import pytest

from tests.support.shift import Shift


@pytest.fixture
def shift(room_url: str) -> Iterator[Shift]:
    """An empty room, once on each kind of database."""
    room = Shift(room_url)
    yield room
    room.close()
