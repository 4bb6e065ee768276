"""A process that types into a New Call form until it is killed: `typist FOLDER`."""

import asyncio
import sys
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.support.desks import MemoryRoom, desk_of, drive, until, write
from ui.models.drafts import Drafts
from ui.panels.new_call import NewCall

FIRST = "9 Elm St, second floor"
REST = " and then more"


async def _type(folder: Path) -> None:
    drafts = Drafts(folder, "M. Ortiz")
    form = NewCall(desk_of(MemoryRoom()), drafts)
    form.show()
    form.activateWindow()
    form.begin()
    await until(form.fields.place.hasFocus)
    write(FIRST)
    print("typed", flush=True)  # noqa: T201 - tells the test
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    for letter in cycle(REST):
        write(letter)
        print("more", flush=True)  # noqa: T201 - tells the test
        await asyncio.sleep(0.005)


if __name__ == "__main__":
    app = QApplication([])
    drive(_type(Path(sys.argv[1])))
