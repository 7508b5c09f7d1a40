"""What a person should look at: likely pairs that were not joined, and people whose records contradict each other."""

from importlib.resources import files

import polars as pl

from whatworks.linkage.records_and_pairs import checked_numbers_sql
from whatworks.records.engine import Engine

_REFUSED = """
SELECT 'are these one person?' AS question, reason, probability,
  left_organisation_id AS organisation_id, left_person_id AS person_id, right_organisation_id AS other_organisation_id,
  right_person_id AS other_person_id, CAST(NULL AS VARCHAR) AS linked_id
FROM link_refusal ORDER BY probability DESC, 4, 5, 6, 7
"""
_ODD = """
SELECT 'are these all one person?' AS question, o.oddity AS reason, i.probability,
  i.organisation_id, i.person_id, i.pair_organisation_id AS other_organisation_id, i.pair_person_id AS other_person_id,
  i.linked_id
FROM (SELECT DISTINCT linked_id, oddity FROM odd_person) AS o JOIN identity AS i USING (linked_id)
ORDER BY o.oddity, i.linked_id, i.organisation_id, i.person_id
"""


def count_odd_people(connection: Engine) -> dict[str, int]:
    """Return how many people have each oddity: two sexes, births a generation apart, two PNC numbers, many records.

    >>> from whatworks.records.tables.ddl import create_tables
    >>> from whatworks.records.store import scratch
    >>> con = scratch()
    >>> create_tables(con)
    >>> count_odd_people(con)
    {}
    """
    query = "SELECT oddity, count(DISTINCT linked_id) FROM odd_person GROUP BY oddity ORDER BY oddity"
    return dict(connection.rows(_with_oddities(query)))


def count_refusals(connection: Engine) -> dict[str, int]:
    """Return how many likely pairs were not joined, by the rule that forbids it, the most frequent first."""
    query = "SELECT reason, count(*) FROM link_refusal GROUP BY reason ORDER BY count(*) DESC, reason"
    return dict(connection.rows(query))


def questions(connection: Engine) -> pl.DataFrame:
    """Return what a person should look at, a row a pair: it names records, so it is for the partnership's eyes only.

    Pairs that were not joined come first, the most probable first; then each record of a person with an oddity, with
    the record that it was joined by.
    """
    rows: pl.DataFrame = pl.concat([connection.fetch(_REFUSED), connection.fetch(_with_oddities(_ODD))])
    return rows


def _with_oddities(query: str) -> str:
    odd = files("whatworks.linkage").joinpath("identities/odd_person.sql").read_text(encoding="utf-8")
    return f"WITH checked_number AS ({checked_numbers_sql()}), odd_person AS ({odd}) {query}"
