"""Plain words for a recharge: pounds, shares, models and groups of boroughs."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.told import LABELS
from whatworks.papers.disclosure.rounding import half_away, written
from whatworks.papers.paper import Cell, Table
from whatworks.papers.words import NONE

MEANINGS = {
    "equal_shares": "every borough pays the same.",
    "population": "each borough pays by its residents.",
    "usage": "each borough pays by the nights of the families whom it placed, at one price for all hosts.",
    "blended": "a fixed part whatever is used, and the rest by nights.",
    "net_settlement": "each borough pays each host for the nights of its own families, at that host's cost of a night.",
}


def sheet_of(name: str, title: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Table:
    """Return a sheet; a column is numeric where a number stands in it.

    >>> sheet_of("Bills", "Bills", ("Who", "Pounds"), [("North", Decimal("1.50"))]).numeric
    (False, True)
    """
    numeric = tuple(any(not isinstance(row[at], str) for row in rows) for at in range(len(columns)))
    return Table(name=name, title=title, columns=columns, rows=tuple(rows), numeric=numeric)


def pounds(amount: Decimal | Fraction | None, places: int = 2) -> str:
    """Return pounds for a printed table.

    >>> pounds(Decimal("-1234.5")), pounds(Fraction(10, 3), 0), pounds(None)
    ('−1,234.50', '3', '[z]')
    """
    if amount is None:
        return NONE
    rounded = round(Fraction(amount) * 10**places)
    return written(Decimal(rounded).scaleb(-places))


def decimal(number: Fraction | int) -> str:
    """Return a number to one decimal place.

    >>> decimal(Fraction(201, 10)), decimal(Fraction(-1, 3))
    ('20.1', '−0.3')
    """
    return written(half_away(float(number), 1))


def per_cent(share: Fraction | None) -> str:
    """Return a part of one as whole per cent.

    >>> per_cent(Fraction(1, 4)), per_cent(Fraction(-1, 3)), per_cent(None)
    ('25%', '−33%', '[z]')
    """
    return NONE if share is None else f"{written(half_away(float(share), 0, 100))}%"


def people(answer: Recharge, codes: Iterable[str]) -> list[str]:
    """Return boroughs' or parties' names."""
    return [answer.terms.names[code] for code in codes]


def label(model: str) -> str:
    """Return what a paper calls a model.

    >>> label("net_settlement")
    'Net settlement'
    """
    return next(said for name, said in LABELS.items() if name == model)
