"""Every measure is a file that reads people through their linked numbers (tests/house/test_sql_rules.py says more)."""

import re

import pytest

from whatworks.measures.derivation import sql_names, sql_text

FUNCTIONS = {name: sql_text(name) for name in sql_names()}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_file_reads_people_through_identity_only(name: str) -> None:
    """No agency's number for a person appears but where it is joined to identity (or breaks a tie)."""
    query = re.sub(r"--.*", "", FUNCTIONS[name])
    if "person_id" in query:
        assert re.search(r"(JOIN|FROM) (identity|linked_person) AS i", query)
