"""Plain words for a recharge: pounds, shares, models, groups of boroughs, and who would do better to leave."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from whatworks.money.recharge.leaving import GroupSaving, Stability
from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.terms import ModelName
from whatworks.papers.disclosure.rounding import half_away, written
from whatworks.papers.paper import Cell, Table
from whatworks.papers.words import NONE
from whatworks.records.listing import listed

LABELS: dict[ModelName, str] = {
    "equal_shares": "Equal shares",
    "population": "Population",
    "usage": "Usage",
    "blended": "Blended",
    "net_settlement": "Net settlement",
}
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
    return {str(name): said for name, said in LABELS.items()}[model]


def stability_lines(found: Stability, names: dict[str, str]) -> Iterator[str]:
    """Yield who would do better to leave, and whether any bills would keep everybody."""
    for one in found.models:
        if one.worst is None:
            yield f"{LABELS[one.model]}: no borough or group of boroughs would do better to leave."
            continue
        counted = "" if one.groups is None else f" ({one.groups:,} of {one.of_groups:,} groups would save)"
        yield f"{LABELS[one.model]}: {group_words(one.worst, names, list(found.alone))}{counted}."
    yield core_words(found)
    if found.shapley_blocked is not None:
        outside = group_words(found.shapley_blocked, names, list(found.alone))
        yield f"The Shapley shares lie outside the core: {outside}."
    elif not found.core_empty:
        yield "The Shapley shares lie in the core: no group would do better to leave."


def group_words(one: GroupSaving, names: dict[str, str], everyone: Sequence[str]) -> str:
    """Return a group's saving in words.

    >>> from decimal import Decimal
    >>> names = {"A": "Ashby", "B": "Bray"}
    >>> group_words(GroupSaving(("A",), Decimal(120), Decimal(100), Decimal(20)), names, "AB")
    'Ashby would save £20.00 a year by leaving: billed £120.00, alone £100.00'
    """
    who = group_name(one.boroughs, names, everyone)
    return f"{who} would save £{one.saving:,.2f} a year by leaving: billed £{one.billed:,.2f}, alone £{one.alone:,.2f}"


def group_name(group: Sequence[str], names: dict[str, str], everyone: Sequence[str]) -> str:
    """Return who is in a group, or who is not where they are fewer.

    >>> names = {"A": "Ashby", "B": "Bray", "C": "Coley", "D": "Dean"}
    >>> [group_name(group, names, "ABCD") for group in ("AB", "BCD", "ABCD")]
    ['Ashby and Bray together', 'all but Ashby', 'all boroughs together']
    """
    others = [names[code] for code in everyone if code not in group]
    if not others:
        return "all boroughs together"
    if len(others) < len(group) / 2:
        return f"all but {listed(others)}"
    who = [names[code] for code in group]
    return who[0] if len(who) == 1 else f"{listed(who)} together"


def core_words(found: Stability) -> str:
    """Return whether bills that nobody would leave exist, in one sentence."""
    whole = f"what all together would cost by these terms (£{found.together:,.2f})"
    if found.core_empty:
        return (
            f"The core is empty: no way of sharing {whole} keeps every group; "
            f"£{found.missing:,.2f} a year would have to come from elsewhere."
        )
    return f"The core is not empty: there are ways of sharing {whole} that no group would do better to leave."


def prices(base: str) -> str:
    """Return a price base in words.

    >>> prices("cash"), prices("2010/11")
    ('money of the day', '2010/11 prices')
    """
    return "money of the day" if base == "cash" else f"{base} prices"
