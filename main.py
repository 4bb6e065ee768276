"""The entry point: the window, the command line and, in a clone, its own set-up."""

import gc
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "crt-console needs Python 3.11 or newer and this is %d.%d: run it with python3.11, for"
        " example `python3.11 main.py demo`." % sys.version_info[:2]
    )

WINDOW = ("demo", "screens")


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return the exit code; without a verb open the window."""
    from crt_console.bootstrap import libraries, screen

    arguments = sys.argv[1:] if argv is None else argv
    if not opens_window(arguments):
        from crt_console import cli

        return cli.main(arguments)
    screen.choose(arguments)
    gc.disable()  # what a start makes is there to last; the window collects by its own timer
    try:
        from ui import app
    except ImportError as problem:
        return libraries.explain(problem)
    return app.main(arguments)


def opens_window(arguments: list[str]) -> bool:
    """Whether this is for the window: demo, screens, or options without a verb."""
    if not arguments:
        return True
    first = arguments[0]
    return first in WINDOW or (first.startswith("-") and first not in {"--help", "-h", "--version"})


def from_clone() -> int:
    """Set up what is missing in this clone, then do as an installed `crt-console` does."""
    from crt_console import bootstrap

    arguments = sys.argv[1:]
    bootstrap.prepare(arguments, window=opens_window(arguments))
    if arguments[:1] == ["test"]:
        return bootstrap.test(arguments[1:])
    return main(arguments)


if __name__ == "__main__":
    sys.exit(from_clone())
