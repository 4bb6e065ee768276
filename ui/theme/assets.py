"""Where the files that ship with the product lie."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """Path of a file under `resources/`, whether installed or run from a clone."""
    return _ROOT.joinpath(*parts)
