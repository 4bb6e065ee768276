"""Settings: what was given, else the environment, else the file, else defaults; bad ones said."""

from __future__ import annotations

from pathlib import Path

import pytest

from crt_console import config
from crt_console.config import BadSettings
from crt_console.domain.timers import Timers


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


def write_file(text: str) -> None:
    path = config.config_file()
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def test_without_anything_the_room_is_the_users_own(home: Path) -> None:
    found = config.load(environment={})
    assert found.database == f"sqlite:///{home / 'data' / 'crt-console' / 'room.db'}"
    assert (home / "data" / "crt-console").stat().st_mode & 0o077 == 0
    assert found.by
    assert found.console
    assert found.pack == "hartford"
    assert found.timers == Timers()


def test_what_is_given_counts_before_environment_and_file(home: Path) -> None:
    write_file('db = "sqlite:///file.db"\nas = "file"\nconsole = "c-file"\npack = "p-file"\n')
    environment = {"CRT_CONSOLE_DB": "sqlite:///env.db", "CRT_CONSOLE_ID": "c-env"}
    given = config.load(db="sqlite:///given.db", by=" Kim  Lee ", environment=environment)
    assert (given.database, given.by) == ("sqlite:///given.db", "Kim Lee")
    assert (given.console, given.pack) == ("c-env", "p-file")
    assert config.load(environment={}).database == "sqlite:///file.db"
    assert home.exists()


@pytest.mark.parametrize("text", ["db = 3", "unknown = 1", "db = ", "\x00"])
def test_a_bad_file_is_said(home: Path, text: str) -> None:
    write_file(text)
    with pytest.raises(BadSettings, match=r"config\.toml"):
        config.load(environment={})
    assert home.exists()


@pytest.mark.parametrize("name", ["\x07", "\u202e"])
def test_a_name_that_cannot_be_read_is_said(home: Path, name: str) -> None:
    with pytest.raises(BadSettings, match="cannot be a name"):
        config.load(by=name, environment={})
    assert home.exists()


def test_a_home_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(file))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(file))
    with pytest.raises(BadSettings, match="say --db"):
        config.load(environment={})


def test_an_empty_home_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    monkeypatch.setenv("HOME", "")
    with pytest.raises(BadSettings, match="set HOME"):
        config.load(environment={})
    assert list(tmp_path.iterdir()) == []


def test_limits_can_be_sped_up(home: Path) -> None:
    fast = config.load(environment={"CRT_CONSOLE_SPEED": "60"}).timers
    assert fast.waiting[1] == Timers().waiting[1] / 60
    assert fast.check_in["staged"] == 10
    assert fast.waiting_default_priority == 2
    assert home.exists()


def test_limits_come_from_a_file_and_keep_what_it_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "timers.toml"
    file.write_text("handover = 30\n[waiting]\n1 = 5\n", encoding="utf-8")
    found = config.load_timers({"CRT_CONSOLE_TIMERS": str(file)})
    assert (found.handover, found.backup) == (30, Timers().backup)
    assert dict(found.waiting) == {1: 5, 2: 1200, 3: 3600}


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("handovers = 3", "no limit named handovers"),
        ("handover = 0", "above 0"),
        ("handover = 'x'", "float"),
        ("handover = ", "timers.toml"),
        ("[waiting]\nhigh = 3", "timers.toml"),
        ("waiting_default_priority = 5", "a priority that waiting names"),
    ],
)
def test_bad_limits_are_said(tmp_path: Path, text: str, because: str) -> None:
    file = tmp_path / "timers.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings, match=because):
        config.load_timers({"CRT_CONSOLE_TIMERS": str(file)})


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan", "1e99"])
def test_a_bad_speed_is_said(speed: str) -> None:
    with pytest.raises(BadSettings, match="CRT_CONSOLE_SPEED"):
        config.load_timers({"CRT_CONSOLE_SPEED": speed})


def test_a_missing_file_of_limits_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot read"):
        config.load_timers({"CRT_CONSOLE_TIMERS": str(tmp_path / "none.toml")})


def test_every_folder_of_ours_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state" / config.APPLICATION
    state.mkdir(parents=True, mode=0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for folder in (config.drafts_folder(), state):
        assert folder.stat().st_mode & 0o077 == 0
