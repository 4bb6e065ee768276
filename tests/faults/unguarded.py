"""`crt-console do` with the check and the unique index taken out, to see that a race shows."""

import sys

from sqlalchemy import text

from crt_console import cli
from crt_console.services import dispatch
from crt_console.store.database import Database


def main() -> int:
    """Take out both guards, then be a `do` process."""
    dispatch.check_free = lambda room, unit: None  # noqa: ARG005 - that is the point
    url = sys.argv[sys.argv.index("--db") + 1]
    database = Database(url)
    with database.connect("writer") as connection, connection.begin():
        connection.execute(text("DROP INDEX IF EXISTS one_open_assignment"))
    database.close()
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
