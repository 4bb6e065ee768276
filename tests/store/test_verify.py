"""Verification finds what was altered, wherever it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crt_console.store.database import Database
from crt_console.store.verify import verify
from tests.support.acts import Act, add_unit, assign, opened, take_in, writing


@pytest.fixture
def database(room_url: str) -> Iterator[Database]:
    with opened(room_url) as found:
        with writing(found) as writer:
            for run in (take_in, add_unit("CRT 1"), assign("crt1", "1")):
                writer.carry_out(Act(run=run))
        yield found


def test_an_honest_journal_verifies(database: Database) -> None:
    verdict = database.read(verify)
    assert (verdict.ok, verdict.entries, verdict.first_bad, verdict.problem) == (
        True,
        3,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("statement", "first_bad", "problem"),
    [
        ("UPDATE journal SET body = replace(body, 'kim', 'joe') WHERE seq = 2", 2, "altered"),
        ("UPDATE journal SET by_ = 'joe' WHERE seq = 2", 2, "columns"),
        ("DELETE FROM journal WHERE seq = 2", 2, "missing"),
        ("DELETE FROM journal WHERE seq = 3", 3, "ends elsewhere"),
        ("UPDATE journal_head SET hash = 'x'", 4, "ends elsewhere"),
        ("UPDATE content SET body = 'another place'", 1, "altered"),
        ("DELETE FROM content", 1, "gone"),
        ("UPDATE units SET status = 'off', call_sign = 'CRT 9'", 3, "not what its entries say"),
        ("DELETE FROM assignments", None, "missing"),
        ("UPDATE incidents SET facts = '['", None, "cannot be read"),
        ("UPDATE journal SET body = '{' WHERE seq = 2", 2, "altered"),
        ("UPDATE assignments SET id = 'another'", None, "made by no entry"),
    ],
)
def test_what_was_altered_is_found(
    database: Database, statement: str, first_bad: int | None, problem: str
) -> None:
    database.write(lambda c: c.exec_driver_sql(statement))
    verdict = database.read(verify)
    assert not verdict.ok
    assert verdict.first_bad == first_bad
    assert problem in (verdict.problem or "")


def test_removed_words_still_verify(database: Database) -> None:
    database.write(lambda c: c.exec_driver_sql("UPDATE content SET salt = NULL, body = NULL"))
    assert database.read(verify).ok
