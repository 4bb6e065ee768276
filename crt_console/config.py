"""Settings, checked once: whose console this is, where the room is kept, which limits hold."""

import getpass
import os
import re
import socket
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from crt_console.domain.limits import SHORT
from crt_console.domain.timers import Timers, sped_up

APPLICATION = "crt-console"
DEFAULT_PACK = "hartford"
_LONGEST = 365 * 86_400.0


class BadSettings(Exception):  # noqa: N818 - a sentence for a person
    """A setting cannot be used; the text says which and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a console is started with."""

    database: str
    by: str
    console: str
    pack: str
    timers: Timers


class _File(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """The configuration file."""

    db: str | None = None
    as_: str | None = msgspec.field(default=None, name="as")
    console: str | None = None
    pack: str | None = None


def load(
    *,
    db: str | None = None,
    by: str | None = None,
    console: str | None = None,
    pack: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings: what was given, else the environment, else the file, else defaults.

    Raises BadSettings.
    """
    known = os.environ if environment is None else environment
    file = _read_file(config_file())
    return Settings(
        database=db or known.get("CRT_CONSOLE_DB") or file.db or default_database(),
        by=_name(by or known.get("CRT_CONSOLE_AS") or file.as_ or _account()),
        console=_name(console or known.get("CRT_CONSOLE_ID") or file.console or _host()),
        pack=pack or known.get("CRT_CONSOLE_PACK") or file.pack or DEFAULT_PACK,
        timers=load_timers(known),
    )


def config_file() -> Path:
    """Return where the configuration file is looked for."""
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "config.toml"


def _read_file(path: Path) -> _File:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_File)
    except (FileNotFoundError, NotADirectoryError):
        return _File()
    except OSError as error:
        raise BadSettings(f"cannot read {path}: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise BadSettings(f"{path}: {error}") from error


def default_database() -> str:
    """Return the address of the user's own room, its folder made; raises BadSettings."""
    return f"sqlite:///{own_folder(Path(_user_folder('data'))) / 'room.db'}"


def drafts_folder() -> Path:
    """Return the folder for half-typed forms, readable by its owner only; raises BadSettings."""
    return own_folder(log_folder() / "drafts")


def log_folder() -> Path:
    """Return the folder for the log, readable by its owner only; raises BadSettings."""
    return own_folder(Path(_user_folder("state")))


def _user_folder(kind: str) -> str:
    """Return the system's folder for this user; an empty HOME would lead to the root folder."""
    find = platformdirs.user_data_dir if kind == "data" else platformdirs.user_state_dir
    named = os.environ.get(f"XDG_{kind.upper()}_HOME")
    if not named and os.environ.get("HOME") == "":
        raise BadSettings("HOME is empty: set HOME to your folder, or say --db sqlite:///FILE")
    folder = find(APPLICATION, appauthor=False)
    if not Path(folder).is_absolute():
        raise BadSettings(f"{folder} is no full path: set HOME, or say --db sqlite:///FILE")
    return folder


def own_folder(path: Path) -> Path:
    """Return the folder, made so that only its owner can look into it; raises BadSettings."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.stat().st_mode & 0o077:
            path.chmod(0o700)
    except OSError as error:
        raise BadSettings(
            f"cannot make {path} ({error.strerror}): set HOME to a folder that can be"
            " written, or say --db sqlite:///FILE"
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise BadSettings(f"cannot write in {path}: say --db sqlite:///FILE")
    return path


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise BadSettings("the system does not say who you are: use --as NAME") from None


def _host() -> str:
    """Return a console id from this machine's name and screen."""
    host = re.sub(r"[^A-Za-z0-9-]+", "-", socket.gethostname().partition(".")[0]).strip("-")
    return host.lower() or "console"


def _name(text: str) -> str:
    plain = " ".join(text.split())
    if not plain or not plain.isprintable() or len(plain) > SHORT:
        raise BadSettings(f"“{text}” cannot be a name: use --as NAME and --console ID")
    return plain


def load_timers(environment: Mapping[str, str]) -> Timers:
    """Return the limits: the product's, or those of CRT_CONSOLE_TIMERS, divided by the speed."""
    path = environment.get("CRT_CONSOLE_TIMERS")
    timers = read_timers(Path(path) if path else None)
    speed = environment.get("CRT_CONSOLE_SPEED")
    if not speed:
        return timers
    try:
        factor = float(speed)
    except ValueError:
        factor = 0.0
    if not 0 < factor <= 1_000_000:  # noqa: PLR2004 - a day in a tenth of a second
        raise BadSettings(f"CRT_CONSOLE_SPEED is “{speed}”: it has to be a number above 0")
    return sped_up(timers, factor)


def read_timers(path: Path | None) -> Timers:
    """Return the limits in a file, or those that come with the product; raises BadSettings."""
    where = path or resources.files("resources").joinpath("timers.toml")
    try:
        given = tomllib.loads(where.read_text(encoding="utf-8"))
        return _merged(given)
    except OSError as error:
        raise BadSettings(f"cannot read {where}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.MsgspecError, ValueError) as error:
        raise BadSettings(f"{where}: {error}") from error


def _merged(given: dict[str, Any]) -> Timers:
    """What a file leaves out keeps its default, also within waiting, check_in and overdue."""
    default = Timers()
    unknown = given.keys() - {field.name for field in fields(Timers)}
    if unknown:
        raise ValueError(f"there is no limit named {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {}
    for name, value in given.items():
        known = getattr(default, name)
        both = (
            {**{str(k): v for k, v in known.items()}, **value} if isinstance(value, dict) else value
        )
        values[name] = both
    checked = msgspec.convert(
        {**msgspec.to_builtins(default, str_keys=True), **values}, Timers, strict=False
    )
    numbers = [n for f in fields(Timers) for n in _numbers(getattr(checked, f.name))]
    if not all(0 < number < _LONGEST for number in numbers):
        raise ValueError("a limit has to be above 0 seconds and below a year")
    if checked.waiting_default_priority not in checked.waiting:
        raise ValueError("waiting_default_priority has to be a priority that waiting names")
    return checked


def _numbers(value: Any) -> list[float]:
    return list(value.values()) if isinstance(value, dict) else [value]
