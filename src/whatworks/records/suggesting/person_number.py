"""Choose the column that holds the agency's own number for a person: never a name, never the number of a record."""

from collections.abc import Mapping

from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.headings import PERSON_NUMBERS, rank_of
from whatworks.records.suggesting.sense import is_number, objection
from whatworks.records.suggesting.words import heading_words

_FILLED = 0.95
_OWN_NUMBER = {"probation": "crn", "prison": "prison_number"}
"""The national number by which a kind of agency numbers its people."""
_NATIONAL, _PNC = 5, 6
"""How late numbers that several agencies share are taken: those of other agencies, and the PNC number after them."""


def find_person_number(contents: Mapping[str, Content], organisation: str | None) -> tuple[list[str], str | None]:
    """Return the headings that may be the person's number, one if it is settled, and a remark on it where there is one.

    >>> import polars as pl
    >>> people = {"Nominal Ref": Content(pl.Series(["N1", "N2"])), "Crime No": Content(pl.Series(["C1", "C2"]))}
    >>> find_person_number(people, None)
    (['Nominal Ref'], None)
    """
    kind = organisation or seen_kind(contents)
    ranked = [(_rank(heading, content, kind), heading) for heading, content in contents.items()]
    sound = [(rank, heading) for rank, heading in ranked if rank is not None]
    least = min((rank for rank, _ in sound), default=(_NATIONAL, 0))
    chosen = [heading for rank, heading in sound if rank == least]
    remark = "CHECK: the agency's own number of people was not found; the PNC number stands in"
    return chosen, remark if least[0] == _PNC else None


def find_number_of_rows(contents: Mapping[str, Content]) -> tuple[list[str], str | None]:
    """Return the plain number of a file whose rows are people and nothing else: no day but those of birth and death.

    >>> import polars as pl
    >>> find_number_of_rows({"URN": Content(pl.Series(["7", "8"])), "Surname": Content(pl.Series(["Lee", "Ray"]))})[0]
    ['URN']
    """
    events = [
        heading
        for heading, content in contents.items()
        if content.is_dated and not any(rank_of(heading, "person", day) for day in ("date_of_birth", "died_on"))
    ]
    plain = [h for h, content in contents.items() if heading_words(h) == {"number"} and content.is_unique]
    numbers = [heading for heading in plain if is_number(contents[heading]) and not events]
    return numbers, "CHECK: a plain number, different in each row; is it the agency's number of the person?"


def seen_kind(contents: Mapping[str, Content]) -> str | None:
    """Return the kind of agency that the file's own numbers speak for."""
    for kind, column in _OWN_NUMBER.items():
        if any(_is_sound(heading, column, content) for heading, content in contents.items()):
            return kind
    return None


def _is_sound(heading: str, column: str, content: Content) -> bool:
    rank = rank_of(heading, "person", column)
    if rank is None or content.share_filled < _FILLED or objection("person", column, content):
        return False
    return rank < 3 or content.share_like(column) >= _FILLED


def _rank(heading: str, content: Content, kind: str | None) -> tuple[int, int] | None:
    own = rank_of(heading, "person", "person_id")
    ranks = []
    if own is not None and content.share_filled >= _FILLED and is_number(content):
        ranks.append((own, 0) if own == 0 else (1 + own, 0))
    for column in PERSON_NUMBERS:
        if _is_sound(heading, column, content):
            level = 1 if _OWN_NUMBER.get(kind or "") == column else _PNC if column == "pnc_id" else _NATIONAL
            ranks.append((level, rank_of(heading, "person", column) or 0))
    return min(ranks, default=None)
