"""The product's own process with a real window, on a virtual screen."""

import subprocess

import pytest

from tests.support.shell import PATIENCE, ROOT, START, environment


@pytest.mark.xvfb
def test_the_demo_opens_lives_and_ends_by_itself(display: str) -> None:
    surroundings = {**environment(None), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [*START, "demo", "--seconds", "5"],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
