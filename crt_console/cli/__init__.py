"""The headless door: every verb of `crt-console` that needs no window."""

import importlib
import importlib.metadata
import logging
import sys
import tomllib
from pathlib import Path

import click

from crt_console.cli import output
from crt_console.domain.errors import Refused, Unavailable

REFUSED, WRONG_USAGE, UNAVAILABLE = 1, 2, 3
PROGRAM = "crt-console"
VERBS = {  # where each is, and what it does: --help imports none of them
    "do": ("do:do", "carry out one command, or one a line from stdin"),
    "state": ("board:state", "the board now"),
    "watch": ("board:watch", "the change feed, a JSON line a change, until interrupted"),
    "receive": ("calls:receive", "calls from any CAD, one JSON object a line"),
    "import": ("calls:import_", "past calls by a mapping profile"),
    "replay": ("calls:replay", "the same calls, arriving now, at X times real speed"),
    "triage": ("triage:triage", "advise on facts, without a database"),
    "pack": ("triage:pack", "check a protocol pack"),
    "journal": ("admin:journal", "verify the journal"),
    "db": ("admin:db", "upgrade, back up or look at the database"),
    "places": ("lists:places", "import a gazetteer"),
    "types": ("lists:types", "list and map other systems' words for a call"),
}


class _Verbs(click.Group):
    """Imports a verb when it is called: each starts with what it needs and no more."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the contract."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb; None where there is no such."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name][0].partition(":")
        found = importlib.import_module(f"crt_console.cli.{module}")
        command: click.Command = getattr(found, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each verb does."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([(name, says) for name, (_, says) in VERBS.items()])


def _tell_version(ctx: click.Context, _option: click.Parameter, wanted: object) -> None:
    if not wanted:
        return
    try:
        version = importlib.metadata.version(PROGRAM)
    except importlib.metadata.PackageNotFoundError:  # a clone that runs as it is
        project = Path(__file__).resolve().parents[2] / "pyproject.toml"
        version = tomllib.loads(project.read_text("utf-8"))["project"]["version"]
    output.say(f"{PROGRAM} {version}")
    ctx.exit()


@click.group(
    cls=_Verbs,
    name=PROGRAM,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="With no verb the window opens; `demo` shows it on a made-up day, `screens DIR` draws"
    " every panel. A mistake costs exit code 2, a refusal 1, an absent database 3.",
)
@click.option("--version", is_flag=True, is_eager=True, callback=_tell_version, expose_value=False)
def group() -> None:
    """Everything the screen can do, for scripts, administrators and tests."""


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code; what went wrong is one line on stderr."""
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    try:
        code = group.main(argv, prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as problem:
        output.complain(_usage(problem))
        return WRONG_USAGE
    except Refused as problem:
        output.complain(problem.because)
        return REFUSED
    except Unavailable as problem:
        output.complain(problem.because)
        return UNAVAILABLE
    except Exception as fault:  # noqa: BLE001 - where it was says enough; its words may be a caller's
        output.complain(output.fault(fault))
        return REFUSED
    return code if isinstance(code, int) else 0


def _usage(problem: click.ClickException) -> str:
    """Return the sentence of a wrong call with the command that helps."""
    path = problem.ctx.command_path if isinstance(problem, click.UsageError) and problem.ctx else ""
    return f"{problem.format_message()} Try: {path or PROGRAM} --help"


if __name__ == "__main__":
    sys.exit(main())
