"""A room on each database."""

from collections.abc import Iterator

import pytest

from tests.support.shift import Shift


@pytest.fixture
def shift(database_url: str) -> Iterator[Shift]:
    """An empty room, once on each kind of database."""
    room = Shift(database_url)
    yield room
    room.close()
