"""Where tests keep their databases: in memory where there is room, since a disk is slow."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - only folders of our own are made there
ENOUGH = 2 << 30  # bytes: two servers and their rooms take a tenth of it


@contextmanager
def folder(prefix: str, *, durable: bool = False) -> Iterator[Path]:
    """A folder until the block ends; durable: on the disk in any case."""
    place = None if durable or not _roomy() else MEMORY
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place, ignore_cleanup_errors=True) as made:
        yield Path(made)


def _roomy() -> bool:
    # A container may have 64 MB there.
    return os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
