"""Drafts: private, whole after a kill, gone once saved, and honest when the disk is not there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.desks import MemoryRoom, desk_of, drive, until
from tests.support.typist import FIRST, REST
from ui.models.drafts import WAIT_MS, Draft, Drafts
from ui.panels.new_call import NewCall

NOW = datetime(2026, 11, 24, 19, 31, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("qapp")
ROOT = Path(__file__).parents[2]


def _call(**fields: str) -> Draft:
    return Draft(started_at=NOW, fields=fields)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.json"))


def _wait(holds: Callable[[], object]) -> None:
    for _ in range(2000):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("it never came true")


def test_a_draft_is_there_for_the_next_start_and_for_its_owner_only(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "data", "M. Ortiz")
    first, second = _call(place="9 Elm St"), _call(text="shouting")
    drafts.keep(first)
    drafts.keep(second)
    drafts.keep_note("142", "he said", NOW)
    drafts.close()

    again = Drafts(tmp_path / "data", "M. Ortiz")
    other = Drafts(tmp_path / "data", "A. Kim")
    assert {draft.id: dict(draft.fields) for draft in again.calls()} == {
        first.id: {"place": "9 Elm St"},
        second.id: {"text": "shouting"},
    }
    assert again.calls()[0].started_at == NOW
    assert (again.note("142"), again.note("143")) == ("he said", "")
    assert (other.calls(), other.note("142")) == ((), "")
    [file, *_] = _files(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_was_saved_or_emptied_leaves_nothing_behind(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "M. Ortiz")
    saved, emptied = _call(place="9 Elm St"), _call(place="7 Oak St")
    for draft in (saved, emptied):
        drafts.keep(draft)
    drafts.keep_note("142", "he said", NOW)
    drafts.flush()
    drafts.drop(saved.id)
    drafts.keep(Draft(id=emptied.id, started_at=NOW, fields={"place": "  "}))
    drafts.drop_note("142")
    drafts.close()

    assert _files(tmp_path) == []
    assert [path.name for path in tmp_path.rglob("*.new")] == []


def test_a_console_still_open_keeps_its_drafts_to_itself(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "M. Ortiz")
    drafts.keep(_call(place="9 Elm St"))
    drafts.flush()
    _wait(lambda: _files(tmp_path))
    assert Drafts(tmp_path, "M. Ortiz").calls() == ()
    drafts.close()
    assert len(Drafts(tmp_path, "M. Ortiz").calls()) == 1


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "M. Ortiz")
    drafts.keep(_call(place="9 Elm St"))
    drafts.close()
    [file] = _files(tmp_path)
    file.with_name("broken.json").write_text('{"id": "x", "fie')
    assert len(Drafts(tmp_path, "M. Ortiz").calls()) == 1


def test_a_disk_that_is_not_there_is_said_on_the_form_which_goes_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    room = MemoryRoom()
    drafts = Drafts(tmp_path / "data", "M. Ortiz")
    form = NewCall(desk_of(room), drafts)
    qtbot.addWidget(form)

    async def play() -> None:
        form.show()
        form.begin()
        form.fields.place.setText("9 Elm St")
        form.fields.place.textEdited.emit("9 Elm St")
        drafts.flush()
        await until(form._disk.text)
        assert form._disk.text().startswith("NO DRAFT KEPT")
        (tmp_path / "data").unlink()
        form.fields.edited.emit()
        await until(lambda: not form._disk.text())
        form.save()
        await until(lambda: room.done)

    drive(play())
    drafts.close()
    assert _files(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="kills as Unix does")
def test_a_kill_in_the_middle_of_typing_leaves_the_draft(tmp_path: Path) -> None:
    assert WAIT_MS <= 250
    for _ in range(3):
        _typed_until_killed(tmp_path)
        drafts = Drafts(tmp_path, "M. Ortiz")
        [draft] = drafts.calls()
        assert draft.fields["place"].startswith(FIRST)
        assert (FIRST + REST * 1000).startswith(draft.fields["place"])
        drafts.drop(draft.id)
        drafts.close()
    assert [path.name for path in tmp_path.rglob("*.json")] == []


def _typed_until_killed(folder: Path) -> None:
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.support.typist", str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with typist:
        assert typist.stdin
        assert typist.stdout
        assert typist.stdout.readline() == "typed\n"
        # No more keystroke, no loss of focus, no orderly end: it is on the disk all the same.
        _wait(lambda: any(FIRST in file.read_text() for file in _files(folder)))
        typist.stdin.write("\n")
        typist.stdin.flush()
        for _ in range(60):
            assert typist.stdout.readline() == "more\n"
        typist.send_signal(signal.SIGKILL)
    assert typist.returncode == -signal.SIGKILL


def test_a_file_that_was_tampered_with_is_left_alone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "Ortiz")
    drafts.keep(_call(place="124 Albany Ave"))
    drafts.close()
    (kept,) = _files(tmp_path)
    kept.with_name("other.json").write_bytes(kept.read_bytes())
    naive = kept.read_text().replace(kept.stem, "naive").replace("19:31:00Z", "19:31:00")
    kept.with_name("naive.json").write_text(naive)

    again = Drafts(tmp_path, "Ortiz")

    assert [draft.id for draft in again.calls()] == [kept.stem]
    again.close()
