"""Every measure is a file that reads people through their linked numbers (tests/house/test_sql_rules.py says more)."""

import re
from pathlib import Path

import pytest

from whatworks import measures
from whatworks.measures.derivation import sql_text

NAMES = sorted(file.stem for file in Path(measures.__file__).parent.glob("sql/**/*.sql"))
FUNCTIONS = {name: sql_text(name) for name in NAMES}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_file_reads_people_through_identity_only(name: str) -> None:
    """No agency's number for a person appears but where it is joined to identity (or breaks a tie)."""
    query = re.sub(r"--.*", "", FUNCTIONS[name])
    if "person_id" in query:
        assert re.search(r"(JOIN|FROM) (identity|linked_person) AS i", query)


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_query_takes_another_querys_name(name: str) -> None:
    """Else what it rests on could not be read off its text."""
    parts = {line.split(" AS (")[0].removeprefix("WITH ") for line in FUNCTIONS[name].splitlines() if " AS (" in line}
    assert not parts & set(NAMES) - {name}
