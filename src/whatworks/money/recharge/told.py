"""Tell an answer in lines for a screen: the bills side by side, and what follows from them in sentences."""

from collections.abc import Iterator, Sequence

from whatworks.money.recharge.leaving import GroupSaving, Stability
from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.terms import ModelName
from whatworks.records.listing import listed

LABELS: dict[ModelName, str] = {
    "equal_shares": "Equal shares",
    "population": "Population",
    "usage": "Usage",
    "blended": "Blended",
    "net_settlement": "Net settlement",
}


def told(answer: Recharge) -> Iterator[str]:
    """Yield the lines."""
    year = answer.account
    yield f"{answer.terms.service.name}: bills of {answer.year} in pounds ({prices(year.price_year)})"
    yield ""
    yield from _table(answer)
    yield ""
    yield (
        f"Cost £{year.cost:,.2f}; {year.empty_nights:,} of {year.available:,} nights were empty, "
        f"{year.outside_nights:,} were used from outside. Every column sums to the cost."
    )
    for swing in answer.swings:
        most = swing.largest_rise
        yield (
            f"{LABELS[swing.model]}: from {swing.before}, the largest rise is {most.change:+,.2f} "
            f"({answer.terms.names[most.payer]})."
        )
    if answer.stability is not None:
        yield from stability_lines(answer.stability, answer.terms.names)
    for part in answer.missing:
        yield f"Not said: {part.part}. It would need: {part.needed}."


def _table(answer: Recharge) -> Iterator[str]:
    columns = [(LABELS[one.model], one.totals) for one in answer.current]
    if answer.stability is not None:
        columns.append(("Alone", answer.stability.alone))
    names = answer.terms.names
    payers = list(answer.current[0].totals)
    wide = max(len(names[payer]) for payer in payers)
    yield " ".join([" " * wide, *(f"{label:>14}" for label, _ in columns)])
    for payer in payers:
        cells = [f"{amounts[payer]:>14,.2f}" if payer in amounts else " " * 14 for _, amounts in columns]
        yield " ".join([f"{names[payer]:<{wide}}", *cells]).rstrip()
    totals = [f"{sum(one.totals.values()):>14,.2f}" for one in answer.current]
    yield " ".join([f"{'Total':<{wide}}", *totals])


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
