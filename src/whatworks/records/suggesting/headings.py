"""Know which of our columns a heading names, by the dictionary of what the usual systems print."""

from dataclasses import dataclass
from functools import cache

from whatworks.records.suggesting.tables_of_words import rows_of
from whatworks.records.suggesting.words import OTHER, PERSON, heading_words
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.declaration import DATED
from whatworks.records.tables.references import is_identifying

ONLY_ASKED = 9
"""The rank of a heading that may be ours as well as not: it is never taken, and asked about."""
PERSON_NUMBERS = ("prison_number", "crn", "pnc_id")
"""Numbers of a person that are not one agency's own, or are only in a sense."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that name a column of ours; among several headings the one with the least rank is meant."""

    words: frozenset[str]
    rank: int
    source: str


def rank_of(heading: str, table: str, column: str) -> int | None:
    """Return how surely a heading names our column, 0 being the column's own name; None where it does not."""
    if heading == column and column not in PERSON_NUMBERS:
        return 0
    words = _bare(heading_words(heading), table, column)
    bare = words - {PERSON, "prison"} if PERSON in words else words
    about_a_person = is_identifying(table, column) or column in PERSON_NUMBERS
    forms = {words, bare, words - {PERSON} if about_a_person or "prison" not in words else bare} - {frozenset()}
    ranks = [entry.rank for entry in _entries(table, column) if entry.words in forms and entry.rank != ONLY_ASKED]
    return min(ranks, default=None)


def nearness(heading: str, table: str, column: str) -> float:
    """Return the share of words that a heading has in common with what names our column, from 0 to 1; for a question.

    >>> nearness("Planned release date", "custody_spell", "released_on") > 0.4
    True
    >>> nearness("Victim DOB", "person", "date_of_birth")
    0.0
    """
    words = heading_words(heading)
    if OTHER in words or not words:
        return 0.0
    names = [entry.words - {PERSON} for entry in _entries(table, column)]
    bare = _bare(words, table, column) - ({PERSON, "prison"} if PERSON in words else set())
    return max((len(bare & name) / len(bare | name) for name in names if name), default=0.0)


@cache
def _entries(table: str, column: str) -> tuple[Entry, ...]:
    told = [
        Entry(_bare(heading_words(row["heading"]), table, column), int(row["rank"]), row["source"])
        for row in rows_of("headings")
        if row["table"] in ("*", table) and row["column"] == column
    ]
    own = _bare(heading_words(column), table, column)
    speaks = "_" in column and not column.endswith("_ref") and own not in {entry.words for entry in told}
    return (Entry(own, 1, "usual"), *told) if speaks else tuple(told)


def _bare(words: frozenset[str], table: str, column: str) -> frozenset[str]:
    """Return the words without "date" where our column holds dates anyway."""
    dated = isinstance(RECORD_TABLES[table].columns()[column], DATED)
    return words - {"date", "time"} if dated else words
