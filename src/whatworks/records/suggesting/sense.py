"""Hold a column to what its heading promises: its type, and what such a column holds in any agency's records."""

from collections.abc import Callable

import dataframely as dy
import polars as pl

from whatworks.records.imports.rules import IN_ORDER
from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.tables_of_words import meaning
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.declaration import DATED
from whatworks.records.tables.references import own_key, references

MOST_CODES = 60
FEW_AHEAD = 0.02
"""So many events may lie after the day of the extract, by slips of the pen."""
MOST_DEATHS = 0.3
"""An extract in which more rows have a day of death tells of something else."""
_CODED = frozenset({"ethnicity", "establishment", "provider", "scheme_id", "kind", "end_reason", "action", "outcome"})


def objection(table: str, column: str, content: Content, *, codes_known: bool = True) -> str | None:
    """Return what speaks against a column's being ours by its values, or None where nothing does.

    Where a person is only asked, codes need not be known.

    >>> objection("person", "sex", Content(pl.Series(["A1", "B2"])))
    'holds values that are not codes of sex'
    >>> objection("custody_spell", "released_on", Content(pl.Series(["01/02/2024"])))
    """
    kind = RECORD_TABLES[table].columns()[column]
    if not content.filled.len():
        return None if kind.nullable else "is empty in the rows looked at"
    if isinstance(kind, DATED):
        return _as_days(column, bool((kind.metadata or {}).get("event")), content)
    if isinstance(kind, dy.Int64):
        return None if content.share_like("whole_number") >= 0.95 else "holds texts that are not whole numbers"
    if isinstance(kind, dy.Enum):
        return _as_codes(table, column, tuple(kind.categories), content, codes_known)
    return _as_text(table, column, content)


def _as_days(column: str, event: bool, content: Content) -> str | None:
    if not content.is_dated:
        return "holds texts that are not days, or days in several forms"
    if event and content.share_ahead > FEW_AHEAD:
        return (
            f"lies after the day of the extract in {content.share_ahead:.0%} of its rows, so it is planned or expected"
        )
    if column == "died_on" and content.share_filled > MOST_DEATHS:
        return f"holds a day in {content.share_filled:.0%} of the rows, which deaths do not"
    return None


def _as_codes(table: str, column: str, ours: tuple[str, ...], content: Content, codes_known: bool) -> str | None:
    if content.is_dated:
        return "holds days"
    if len(content.distinct) > MOST_CODES:
        return f"holds {len(content.distinct):,} different values, too many for a code"
    known = [code for code in content.distinct if meaning(table, column, code, ours) is not None]
    if column == "sex" and float(content.filled.is_in(known).mean() or 0.0) < 0.95:  # type: ignore[arg-type]
        return "holds values that are not codes of sex"
    return None if known or not codes_known else "holds no code of which the meaning is known"


_SHAPED: dict[str, tuple[Callable[[Content], bool], str]] = {
    "pnc_id": (lambda one: one.share_like("pnc_id") >= 0.8, "does not look like PNC numbers"),
    "crn": (lambda one: one.share_like("crn") >= 0.95, "does not look like case reference numbers"),
    "prison_number": (
        lambda one: one.share_like("prison_number") + one.share_like("old_prison_number") >= 0.8,
        "does not look like prison numbers",
    ),
    "postcode": (lambda one: one.share_like("postcode") >= 0.8, "does not look like postcodes"),
    "forename": (lambda one: one.share_like("name") >= 0.9, "does not look like names"),
    "surname": (lambda one: one.share_like("name") >= 0.9, "does not look like names"),
    "offence_code": (lambda one: one.share_like("with_digit") >= 0.8 and _is_coded(one), "does not look like codes"),
    "area_code": (lambda one: one.share_like("with_digit") >= 0.8 and _is_coded(one), "holds names rather than codes"),
}


def _as_text(table: str, column: str, content: Content) -> str | None:
    if (table, column) == ("address", "area_code"):
        return None if is_area(content) else "holds too many different texts, or days, for an area"
    if column in _SHAPED:
        looks_right, problem = _SHAPED[column]
        return None if looks_right(content) else problem
    if column in _numbers(table):
        return None if is_number(content) else "does not look like numbers of records or people"
    if content.is_dated:
        return "holds days"
    if column not in _CODED:
        return None
    if content.share_like("two_names") >= 0.9 and len(content.distinct) > content.filled.len() // 2:
        return "holds names of people"
    return None if _is_coded(content) else "holds too many different texts for a kind"


def is_number(content: Content) -> bool:
    """Return whether the texts can be numbers of records or people: with digits, and neither days nor names."""
    written_as_day = content.is_dated and content.formats[0][0] != "%Y%m%d"
    return content.share_like("with_digit") >= 0.9 and not written_as_day


def is_area(content: Content) -> bool:
    """Return whether the texts can be codes or names of areas: few, and neither days nor whole numbers nor postcodes.

    >>> is_area(Content(pl.Series(["Kelby", "Lorne"]))), is_area(Content(pl.Series(["KB1 2AB", "LO3 4CD"])))
    (True, False)
    """
    unlike = ("postcode", "whole_number", "two_names")
    return _is_coded(content) and not content.is_dated and all(content.share_like(one) < 0.5 for one in unlike)


def _numbers(table: str) -> frozenset[str]:
    named = {reference.field for reference in references(table)} - {"scheme_id"}
    return frozenset({own_key(table), "offence_ref", "sentence_id", *named})


def _is_coded(content: Content) -> bool:
    return len(content.distinct) <= max(MOST_CODES, content.filled.len() // 2)


def out_of_order(table: str, days: dict[str, pl.Series]) -> list[tuple[str, str, float]]:
    """Return pairs of our columns whose days contradict each other in more than a twentieth of the rows.

    >>> from datetime import date
    >>> late, early = pl.Series([date(2024, 2, 1)]), pl.Series([date(2024, 1, 1)])
    >>> out_of_order("custody_spell", {"received_on": late, "released_on": early})
    [('received_on', 'released_on', 1.0)]
    """
    pairs = [pair for pair in IN_ORDER.get(table, ()) if set(pair) <= set(days)]
    shares = [(first, second, share_before(days[second], days[first])) for first, second in pairs]
    return [found for found in shares if found[2] > 0.05]


def share_before(one: pl.Series, other: pl.Series) -> float:
    """Return in which share of the rows that have both the first day lies before the second."""
    return float((one < other).drop_nulls().mean() or 0.0)  # type: ignore[arg-type]
