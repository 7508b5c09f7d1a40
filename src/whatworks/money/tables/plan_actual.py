"""Set what was spent against what was planned, line by line and year by year; lines of only one side are named."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from whatworks.money.amount import check_prices
from whatworks.money.tables.chosen import Ledger, read_ledger
from whatworks.money.tables.layout import Column
from whatworks.records.documents import Grid
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class VarianceCell:
    """One line in one year: planned, actual, and actual less planned; a share of the plan where there was one."""

    in_json: ClassVar[tuple[str, ...]] = ("difference",)

    line: str
    year: str
    total: bool
    planned: Decimal
    actual: Decimal

    @property
    def difference(self) -> Decimal:
        """Return actual less planned: above zero is overspent."""
        return self.actual - self.planned

    @property
    def share(self) -> Decimal | None:
        """Return the difference as a share of the plan; None where nothing was planned."""
        return self.difference / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Variance:
    """Plan against actual; lines and years of one side only are named, not taken for zero."""

    prices: str
    years: tuple[str, ...]
    cells: tuple[VarianceCell, ...]
    only_planned: tuple[str, ...]
    only_actual: tuple[str, ...]
    years_left_out: tuple[str, ...]


def variance(plan: Grid, actual: Grid, prices: str, actual_prices: str) -> Variance:
    """Return plan against actual by line and year; different price bases are refused.

    >>> from whatworks.money.tables.sample import made_grid
    >>> plan = made_grid([["Cost", "2026/27"], ["Staff", "100"], ["Rent", "50"]])
    >>> spent = made_grid([["Cost", "2026/27"], ["Staff", "90"], ["Heat", "5"]])
    >>> found = variance(plan, spent, "cash", "cash")
    >>> [(cell.line, cell.difference) for cell in found.cells], found.only_planned, found.only_actual
    ([('Staff', Decimal('-10'))], ('Rent',), ('Heat',))
    """
    check_prices(prices)
    if check_prices(actual_prices) != prices:
        problem, remedy = f"is another price base than the plan's ({prices})", "bring both to one price year first"
        raise Refused(Fault(problem, remedy, field="actual prices", value=actual_prices))
    planned, spent = read_ledger(plan, "the plan"), read_ledger(actual, "the actual figures")
    years = _columns(planned), _columns(spent)
    both = tuple(year for year in years[0] if year in years[1])
    if set(years[0]) != set(years[1]):  # a total over other years is no comparison
        both = tuple(year for year in both if planned.total is None or year != planned.total.year)
    if not both:
        remedy = f"the plan has {', '.join(years[0])}, the actual figures {', '.join(years[1])}"
        raise Refused(Fault("have no year in common", remedy, field="the two tables"))
    lines = _lines(planned), _lines(spent)
    cells = [
        VarianceCell(
            line,
            year,
            planned.line(line, "line").label.rank > 0,
            planned.amount(planned.line(line, "line"), years[0][year]),
            spent.amount(spent.line(line, "line"), years[1][year]),
        )
        for line in lines[0]
        if line in lines[1]
        for year in both
    ]
    if not cells:
        remedy = "give the lines the same names in both tables"
        raise Refused(Fault("have no line in common", remedy, field="the two tables"))
    return Variance(
        prices,
        both,
        tuple(cells),
        tuple(line for line in lines[0] if line not in lines[1]),
        tuple(line for line in lines[1] if line not in lines[0]),
        tuple(sorted(set(years[0]) ^ set(years[1]))),
    )


def _columns(ledger: Ledger) -> dict[str, Column]:
    every = (*ledger.years, *((ledger.total,) if ledger.total else ()))
    return {column.year: column for column in every}


def _lines(ledger: Ledger) -> list[str]:
    return [row.label.text for row in ledger.layout.rows if row.kind == "figures"]
