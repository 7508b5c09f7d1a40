"""Unit costs as they were published: each with its kind, price year and edition, so that none are mixed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, cast, get_args

from whatworks.money.amount import CASH, Money, check_year
from whatworks.records.documents import read_document
from whatworks.records.plain_number import ungrouped
from whatworks.records.refusal import Fault, Refused

Kind = Literal["cashable", "economic"]
COLUMNS = ("item", "pounds", "kind", "price_year", "edition", "source")


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one of something costs: `cashable` money that somebody would not spend, or `economic` worth to society."""

    item: str
    cost: Money
    kind: Kind
    edition: str
    source: str


def load_unit_costs(path: Path) -> tuple[UnitCost, ...]:
    """Return the unit costs of a CSV or Excel file with the columns item, pounds, kind, price_year, edition, source.

    Refused, all faults at once: a missing column or price year, amounts below zero, an unknown kind, the same item
    twice in one edition and kind.
    """
    tables = read_document(path).tables
    rows = [[cell.text.strip() for cell in row] for row in tables[0].rows] if tables else [[]]
    missing = [name for name in COLUMNS if name not in rows[0]]
    if missing:
        remedy = f"its first row names the columns {', '.join(COLUMNS)}"
        raise Refused([Fault("has no such column", remedy, path.name, field=name) for name in missing])
    faults = [
        Fault("heads two columns", "keep one of them", path.name, 1, name)
        for name in dict.fromkeys(rows[0])
        if name and rows[0].count(name) > 1
    ]
    if not any(any(row) for row in rows[1:]):
        faults.append(Fault("holds no unit cost", "write one a row below the names of the columns", path.name))
    if faults:
        raise Refused(faults)
    found: list[UnitCost] = []
    for line, row in enumerate(rows[1:], 2):
        given = dict(zip(rows[0], [*row, *[""] * len(rows[0])], strict=False))
        bad = list(_faults(given, path.name, line, found))
        faults += bad
        if not bad:
            money = Money(_number(given["pounds"]) or Decimal(0), given["price_year"])
            found.append(UnitCost(given["item"], money, cast(Kind, given["kind"]), given["edition"], given["source"]))
    if faults:
        raise Refused(faults)
    return tuple(found)


def one_edition(costs: Sequence[UnitCost], items: Iterable[str], edition: str | None = None) -> tuple[UnitCost, ...]:
    """Return the unit costs of these items, of one edition and price year; several editions are refused.

    >>> costs = [UnitCost("Robbery", Money(Decimal(11320), "2015/16"), "economic", "HORR99", "")]
    >>> costs += [UnitCost("Common assault", Money(Decimal(1440), "2003"), "economic", "HOOR30/05", "")]
    >>> one_edition(costs, ["Robbery"])[0].cost.pounds
    Decimal('11320')
    >>> one_edition(costs, ["Robbery", "Common assault"])
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: edition "HOOR30/05, HORR99": are mixed; choose one edition: their prices and \
methods differ
    """
    asked = list(items)
    faults = [_unknown(item, costs) for item in asked if item not in {one.item for one in costs}]
    chosen = [one for one in costs if one.item in asked and edition in (None, one.edition)]
    faults += [
        Fault(f"has no unit cost in the edition {edition}", "choose another edition or item", field="item", value=item)
        for item in asked
        if edition and item in {one.item for one in costs} and item not in {one.item for one in chosen}
    ]
    editions = sorted({one.edition for one in chosen})
    if len(editions) > 1:
        remedy = "choose one edition: their prices and methods differ"
        faults.append(Fault("are mixed", remedy, field="edition", value=", ".join(editions)))
    years = sorted({one.cost.prices for one in chosen})
    if len(years) > 1 and len(editions) == 1:
        remedy = "bring them to one price year first"
        faults.append(Fault("are mixed", remedy, field="price_year", value=", ".join(years)))
    if faults:
        raise Refused(faults)
    return tuple(chosen)


def _faults(given: dict[str, str], file: str, line: int, before: Sequence[UnitCost]) -> Iterator[Fault]:
    pounds = _number(given["pounds"])
    if not given["item"]:
        yield Fault("is empty", "name what the cost is of", file, line, "item")
    if pounds is None or pounds < 0:
        problem, remedy = "is not pounds of zero or more", "write a number as 11320 or 11,320"
        yield Fault(problem, remedy, file, line, "pounds", given["pounds"])
    if given["kind"] not in get_args(Kind):
        yield Fault("is not a kind of cost", f"write {' or '.join(get_args(Kind))}", file, line, "kind", given["kind"])
    if given["price_year"] == CASH or not _is_year(given["price_year"]):
        remedy = "write the year whose prices these are, as 2015/16"
        yield Fault("is not a price year", remedy, file, line, "price_year", given["price_year"])
    if not given["edition"]:
        yield Fault("is empty", "name the publication that the cost is from", file, line, "edition")
    key = (given["item"], given["kind"], given["edition"])
    if key in {(one.item, one.kind, one.edition) for one in before}:
        yield Fault("stands twice in one edition", "delete one of them", file, line, "item", given["item"])


def _is_year(text: str) -> bool:
    try:
        return bool(check_year(text, "price_year"))
    except Refused:
        return False


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(ungrouped(text).removeprefix("£"))
    except (InvalidOperation, ValueError):
        return None
    return found if found.is_finite() else None


def _unknown(item: str, costs: Sequence[UnitCost]) -> Fault:
    names = sorted({one.item for one in costs})
    near = get_close_matches(item, names, 1, 0.5)
    return Fault(
        "has no unit cost",
        f'did you mean "{near[0]}"?' if near else f"choose from {', '.join(names)}",
        field="item",
        value=item,
    )
