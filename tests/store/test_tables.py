"""The tables are what the rows of the domain need, however they were made."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from crt_console.domain.board import TABLES
from crt_console.domain.errors import Unavailable
from crt_console.store.create import prepare, version_of
from crt_console.store.database import Database
from crt_console.store.tables import ROWS, SCHEMA, metadata
from crt_console.store.upgrade import upgrade
from tests.support.acts import Act, opened, take_in, writing


@pytest.mark.parametrize("name", TABLES)
def test_each_field_of_a_row_is_a_column(name: str) -> None:
    columns = [column.name for column in ROWS[name].c]
    assert columns == [*TABLES[name].__struct_fields__]


def _shape(connection: Connection) -> dict[str, Any]:
    """Everything the database says about its tables; the order of columns says nothing."""
    seen = inspect(connection)
    return {
        name: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)
            ),
            "key": seen.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(str(c) for c in seen.get_unique_constraints(name)),
            "indexes": sorted(
                (i["name"], i["unique"], i["column_names"], _where(i))
                for i in seen.get_indexes(name)
                if "duplicates_constraint" not in i
            ),
        }
        for name in seen.get_table_names()
    }


def _where(index: Any) -> str:
    options = index.get("dialect_options", {})
    found = options.get("sqlite_where", options.get("postgresql_where", ""))
    return str(found).strip("()")


def test_new_tables_are_those_of_the_steps(database_url: str) -> None:
    stepped = Database(database_url)
    assert upgrade(stepped) == (None, SCHEMA)
    by_steps = stepped.read(_shape)
    stepped.write(metadata.drop_all)
    prepare(stepped)
    assert stepped.read(_shape) == by_steps
    assert stepped.read(lambda c: compare_metadata(MigrationContext.configure(c), metadata)) == []
    stepped.close()


def test_a_room_made_by_steps_can_be_used(database_url: str) -> None:
    database = Database(database_url)
    upgrade(database)
    with opened(database_url) as again, writing(again) as writer:
        assert writer.carry_out(Act(run=take_in)).seq == 1
    assert upgrade(database) == (SCHEMA, SCHEMA)
    assert database.read(version_of) == SCHEMA
    database.close()


def test_a_room_of_another_version_is_not_touched(database_url: str) -> None:
    with opened(database_url) as database:
        database.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '99'"))
        with pytest.raises(Unavailable, match="schema 99"):
            prepare(database)
