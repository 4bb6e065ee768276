"""A fresh clone says what it lacks, and an old Python is told so."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from crt_console import bootstrap
from crt_console.bootstrap import libraries, requirements, screen, setup

ROOT = Path(main.__file__).parent
THIRD_PARTY = ("PySide6", "click", "sqlalchemy", "psycopg", "msgspec", "platformdirs")


def test_an_old_python_3_gets_far_enough_to_say_what_is_needed() -> None:
    ast.parse((ROOT / "main.py").read_text(), feature_version=(3, 7))


def test_setting_up_needs_the_standard_library_only() -> None:
    program = (
        "import sys, main\n"
        "from crt_console.bootstrap import libraries, requirements, screen, setup\n"
        f"print([name for name in {THIRD_PARTY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_this_interpreter_satisfies_what_the_tests_need() -> None:
    assert requirements.satisfied("test")


@pytest.mark.parametrize(
    ("requirement", "present"),
    [
        ("pytest>=9,<99", True),
        ("pytest>=99", False),
        ("pytest<2", False),
        ("no-such-thing>=1", False),
        ("psycopg[binary]>=3", True),
        ('no-such-thing>=1; python_version < "3.11"', True),
        ('no-such-thing>=1; python_version >= "3.11"', False),
    ],
)
def test_a_requirement_is_present_within_its_bounds(requirement: str, *, present: bool) -> None:
    assert requirements._present(requirement) is present


def test_what_is_missing_is_named_in_one_line_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "ALWAYS", {"libnothing.so.7": "libnothing7"})
    monkeypatch.setattr(libraries, "PACKAGES", {"libnothing.so.7": "libnothing7"})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(SystemExit) as end:
        setup._system("window")
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert said.count("\n") == 1
    assert "libnothing.so.7" in said
    assert "apt-get install -y libnothing7" in said


def test_an_installed_console_names_a_missing_library(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert libraries.explain(problem) == 1
    assert "apt-get install -y libegl1" in capsys.readouterr().err


def test_any_other_import_error_is_a_bug_and_goes_on() -> None:
    with pytest.raises(ImportError, match="cannot import name"):
        libraries.explain(ImportError("cannot import name 'x'"))


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["demo", "--seconds", "5"], True),
        (["screens", "out"], True),
        (["--db", "sqlite:///x.db"], True),
        (["--help"], False),
        (["state", "--json"], False),
    ],
)
def test_demo_screens_and_no_verb_are_for_the_window(arguments: list[str], *, window: bool) -> None:
    assert main.opens_window(arguments) is window


def test_without_a_display_the_window_runs_unshown_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("QT_LOGGING_RULES", "")
    screen.choose(["demo"])
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert capsys.readouterr().err.count("\n") == 1


def test_a_changed_pyproject_asks_for_a_new_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    (tmp_path / "pyproject.toml").write_text("a")
    assert not bootstrap.is_ready("core")
    bootstrap.stamp("core").write_text(bootstrap.fingerprint())
    assert bootstrap.is_ready("core")
    (tmp_path / "pyproject.toml").write_text("b")
    assert not bootstrap.is_ready("core")
