"""Compares pyproject.toml with what the running Python has installed."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata

from crt_console.bootstrap import ROOT

REQUIREMENT = re.compile(
    r"(?P<name>[\w.-]+)(?:\[(?P<extra>\w+)\])?(?P<bounds>[^;]*)(?:;\s*python_version (?P<when>.*))?"
)
BOUND = re.compile(r'(?P<sign>>=|<)\s*"?(?P<version>[\d.]+)"?')


def satisfied(purpose: str) -> bool:
    """Whether this Python can run the program (or its tests) within the bounds."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = project["dependencies"]
    if purpose == "test":
        wanted = wanted + project["optional-dependencies"]["test"]
    return all(_present(requirement) for requirement in wanted)


def _present(requirement: str) -> bool:
    parts = REQUIREMENT.fullmatch(requirement)
    if parts is None:
        return False
    if parts["when"] and not _within(f"{sys.version_info[0]}.{sys.version_info[1]}", parts["when"]):
        return True
    try:
        if parts["extra"] == "binary":  # psycopg without it needs a libpq of the system
            metadata.version(f"{parts['name']}-binary")
        return _within(metadata.version(parts["name"]), parts["bounds"])
    except metadata.PackageNotFoundError:
        return False


def _within(version: str, bounds: str) -> bool:
    have = _numbers(version)
    return all(
        have >= _numbers(bound["version"])
        if bound["sign"] == ">="
        else have < _numbers(bound["version"])
        for bound in BOUND.finditer(bounds)
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
