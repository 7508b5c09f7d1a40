"""Every measure is a file that other databases can run one day."""

import re

import pytest
import sqlglot
from sqlglot import exp

from whatworks.measures.derivation import sql_names, sql_text

FUNCTIONS = {name: sql_text(name) for name in sql_names()}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_file_is_one_query_that_postgres_and_spark_can_be_given(name: str) -> None:
    parsed = sqlglot.parse(FUNCTIONS[name], read="duckdb", error_level=sqlglot.ErrorLevel.RAISE)
    assert len(parsed) == 1
    assert isinstance(parsed[0], exp.Query)
    for dialect in ("postgres", "spark"):
        written = parsed[0].sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert sqlglot.parse_one(written, read=dialect)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_file_begins_by_saying_what_it_is(name: str) -> None:
    assert FUNCTIONS[name].startswith(f"-- {name}: ")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_file_reads_people_through_identity_only(name: str) -> None:
    """No agency's number for a person appears but where it is joined to identity (or breaks a tie)."""
    query = re.sub(r"--.*", "", FUNCTIONS[name])
    if "person_id" in query:
        assert re.search(r"(JOIN|FROM) (identity|linked_person) AS i", query)
