"""A store made by an earlier version goes on working when a table has grown an optional column."""

from whatworks.records.store import scratch
from whatworks.records.tables.agency_tables import Participation
from whatworks.records.tables.ddl import create_statement, create_tables


def test_a_column_declared_since_is_added_to_an_older_store() -> None:
    connection = scratch()
    older = create_statement("participation", Participation).replace('  "offence_ref" VARCHAR,\n', "")
    connection.change(older)
    assert "offence_ref" not in older
    create_tables(connection)
    columns = [row[0] for row in connection.rows("DESCRIBE participation")]
    assert set(columns) == set(Participation.columns())
