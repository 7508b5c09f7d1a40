"""Say who spends a project's money and who funds it, and how much of which years rests on money not yet committed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from whatworks.money.amount import check_prices
from whatworks.money.tables.chosen import Ledger, read_ledger
from whatworks.money.tables.fault import figure
from whatworks.records.documents import Grid
from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused, faults_of
from whatworks.records.toml_file import load_model


class Side(HandWritten):
    """One party of a table: the lines that are its own."""

    name: str
    lines: tuple[str, ...] = Field(min_length=1)


class Funder(Side):
    """A party that pays. `committed` names the years of promised money, `provisional` those of them that may change.

    Without `committed`, all years are. `fallback` is what bears a shortfall; a `note` is printed with it.
    """

    committed: tuple[str, ...] | None = None
    provisional: tuple[str, ...] = ()
    note: str | None = None
    fallback: str | None = None
    fallback_size: Decimal | None = Field(default=None, ge=0)


class Against(HandWritten):
    """A funder set against what is spent: how much of the one the other pays."""

    funder: str
    spender: str


class ExposureTerms(HandWritten):
    """Whose the lines of a table are. `unit` is the pounds in one printed unit; `cost` is the line of all costs."""

    title: str
    source: str
    unit: int = Field(gt=0, le=10**9)
    prices: str
    cost: str
    table: str | None = None
    funder: tuple[Funder, ...] = ()
    spender: tuple[Side, ...] = ()
    against: tuple[Against, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What a party pays or spends, in the table's unit: by year, their sum, and the sum of its printed totals."""

    name: str
    by_year: tuple[Decimal, ...]
    total: Decimal
    printed: Decimal | None
    share: Decimal
    uncommitted: tuple[Decimal, ...] = ()
    provisional: tuple[Decimal, ...] = ()
    note: str | None = None
    fallback: str | None = None
    fallback_size: Decimal | None = None

    @property
    def not_committed(self) -> Decimal:
        """Return how much is not yet committed."""
        return sum(self.uncommitted, Decimal(0))


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who spends and who funds; `gap` is funding less cost by year, from the year figures themselves."""

    title: str
    unit: int
    prices: str
    source: str
    years: tuple[str, ...]
    cost: Held
    spenders: tuple[Held, ...]
    funders: tuple[Held, ...]
    gap: tuple[Decimal, ...]
    sentences: tuple[str, ...]


def load_exposure(path: Path) -> ExposureTerms:
    """Return the terms in a TOML file, or refuse it with every fault."""
    terms = load_model(ExposureTerms, path, "docs/money.md")
    with faults_of(path.name):
        check_prices(terms.prices)
    faults = [
        Fault("names two parties", "give each its own name", path.name, field="name", value=name)
        for name in _twice(side.name for side in (*terms.funder, *terms.spender))
    ]
    for kind, sides in (("funder", terms.funder), ("spender", terms.spender)):
        faults += [
            Fault("stands there twice, and would count twice", "name it once", path.name, None, f"{kind}.lines", name)
            for name in _twice(name for side in sides for name in side.lines)
        ]
    for at, pair in enumerate(terms.against, 1):
        for field, value, known in (
            ("funder", pair.funder, [one.name for one in terms.funder]),
            ("spender", pair.spender, [one.name for one in terms.spender]),
        ):
            if value not in known:
                remedy = f"name one of {', '.join(known) or 'none'}"
                faults.append(Fault(f"is not a {field}", remedy, path.name, field=f"against.{at}.{field}", value=value))
    if faults:
        raise Refused(faults)
    return terms


def _twice(names: Iterable[str]) -> list[str]:
    """Return the names that stand there more than once, however they are spaced or written large."""
    alike = [" ".join(name.split()).casefold() for name in names]
    return sorted({name for name in alike if alike.count(name) > 1})


def exposure(grid: Grid, terms: ExposureTerms, file: str = "the table", asked_in: str = "the terms") -> Exposure:
    """Return who spends, who funds, and what rests on money not yet committed, in the table's own unit.

    Sums are taken over the figures of the years; where the printed totals differ, both are given. Lines and years that
    the table does not hold are refused, all at once, as faults of `asked_in`, the file of the terms.
    """
    ledger = read_ledger(grid, file)
    years = tuple(column.year for column in ledger.years)
    faults = [*_line_faults(ledger, terms, asked_in), *_year_faults(years, terms, file, asked_in)]
    if faults:
        raise Refused(faults)
    cost = _held(ledger, Side(name="all costs", lines=(terms.cost,)), None)
    spenders = tuple(_held(ledger, one, cost) for one in terms.spender)
    funders = tuple(_funded(ledger, one, cost, years) for one in terms.funder)
    gap = tuple(sum((one.by_year[at] for one in funders), Decimal(0)) - cost.by_year[at] for at in range(len(years)))
    found = Exposure(terms.title, terms.unit, terms.prices, terms.source, years, cost, spenders, funders, gap, ())
    return replace(found, sentences=tuple(_say(found, terms)))


def _line_faults(ledger: Ledger, terms: ExposureTerms, asked_in: str) -> Iterator[Fault]:
    asked = [("cost", terms.cost)]
    for kind, sides in (("funder", terms.funder), ("spender", terms.spender)):
        asked += [(f"{kind}.{at}.lines", name) for at, side in enumerate(sides, 1) for name in side.lines]
    for field, name in asked:
        try:
            ledger.line(name, field, asked_in)
        except Refused as refused:
            yield from refused.faults


def _year_faults(years: Sequence[str], terms: ExposureTerms, file: str, asked_in: str) -> Iterator[Fault]:
    remedy = f"its years are {', '.join(years)}"
    for at, funder in enumerate(terms.funder, 1):
        for key, names in (("committed", funder.committed or ()), ("provisional", funder.provisional)):
            for name in names:
                if name not in years:
                    yield Fault(f"is not a year of {file}", remedy, asked_in, None, f"funder.{at}.{key}", name)


def _held(ledger: Ledger, side: Side, cost: Held | None) -> Held:
    rows = [ledger.line(name, side.name) for name in side.lines]
    by_year = tuple(sum((ledger.amount(row, year) for row in rows), Decimal(0)) for year in ledger.years)
    printed = sum((ledger.amount(row, ledger.total) for row in rows), Decimal(0)) if ledger.total else None
    whole = sum(by_year, Decimal(0))
    return Held(side.name, by_year, whole, printed, whole / cost.total if cost and cost.total else Decimal(1))


def _funded(ledger: Ledger, funder: Funder, cost: Held, years: Sequence[str]) -> Held:
    held = _held(ledger, funder, cost)
    open_years = [] if funder.committed is None else [year for year in years if year not in funder.committed]
    return replace(
        held,
        uncommitted=_of(years, held, open_years),
        provisional=_of(years, held, funder.provisional),
        fallback=funder.fallback,
        fallback_size=funder.fallback_size,
        note=funder.note,
    )


def _of(years: Sequence[str], held: Held, chosen: Sequence[str]) -> tuple[Decimal, ...]:
    return tuple(amount if year in chosen else Decimal(0) for year, amount in zip(years, held.by_year, strict=True))


def _say(found: Exposure, terms: ExposureTerms) -> Iterable[str]:
    parties = {one.name: one for one in (*found.funders, *found.spenders)}
    for one in found.funders:
        differs = one.printed is not None and one.printed != one.total
        printed = f" ({figure(one.printed)} as printed)" if differs else ""
        yield f"Funded by {one.name}: {figure(one.total)}{printed}, {100 * one.share:.1f}% of the cost."
    yield from (
        f"Spent by {one.name}: {figure(one.total)}, {100 * one.share:.1f}% of the cost." for one in found.spenders
    )
    for pair in terms.against:
        funds, spends = parties[pair.funder], parties[pair.spender]
        yield f"Funded by {funds.name}: {figure(funds.total)}, against {figure(spends.total)} for {spends.name}."
    yield from (sentence for one in found.funders for sentence in _open(one, found))
    for year, gap in zip(found.years, found.gap, strict=True):
        if gap:
            yield f"In {year} funding is {figure(abs(gap))} {'more' if gap > 0 else 'less'} than the cost."


def _open(one: Held, found: Exposure) -> Iterable[str]:
    for year, amount in zip(found.years, one.provisional, strict=False):
        if amount:
            yield f"{figure(amount)} of {year} from {one.name} is provisional."
    if not one.not_committed:
        return
    years = [year for year, amount in zip(found.years, one.uncommitted, strict=True) if amount]
    cost = sum((found.cost.by_year[at] for at, amount in enumerate(one.uncommitted) if amount), Decimal(0))
    share = f" ({100 * one.not_committed / cost:.1f}% of their cost of {figure(cost)})" if cost else ""
    yield f"{figure(one.not_committed)} of {' and '.join(years)}{share} rests on money of {one.name} not yet committed."
    if one.fallback is None:
        yield f"The table's terms name nobody who would bear it if {one.name} did not pay."
    elif one.fallback_size is None:
        yield f"If it does not come, it falls on {one.fallback}, whose size is not stated."
    else:
        short = one.not_committed - one.fallback_size
        rest = f", {figure(short)} too little" if short > 0 else ""
        yield f"If it does not come, it falls on {one.fallback} of {figure(one.fallback_size)}{rest}."
    if one.note:
        yield one.note
