"""Each query is a file that other databases can be given."""

from importlib.resources import files

import pytest
import sqlglot
from sqlglot import exp

FOLDER = files("whatworks.linkage.model")
NAMES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".sql"))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_one_query_that_says_what_it_is(name: str) -> None:
    text = FOLDER.joinpath(name).read_text(encoding="utf-8")
    assert text.startswith(f"-- {name.removesuffix('.sql')}: ")
    parsed = sqlglot.parse(text, read="duckdb", error_level=sqlglot.ErrorLevel.RAISE)
    assert len(parsed) == 1
    assert isinstance(parsed[0], exp.Query)
    for dialect in ("postgres", "spark"):
        written = parsed[0].sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert sqlglot.parse_one(written, read=dialect)


def test_there_are_files() -> None:
    assert NAMES == ["number_as_written.sql", "standardise.sql"]
