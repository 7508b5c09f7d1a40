"""Bill the boroughs of a shared service by every model, and say what each model would mean to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.recharge.account import Account, account
from whatworks.money.recharge.bills import Bills, bill
from whatworks.money.recharge.cost_game import lacking
from whatworks.money.recharge.incentive import Incentive, incentives
from whatworks.money.recharge.leaving import Stability, stability
from whatworks.money.recharge.net_settlement import Owed, owed, transfers
from whatworks.money.recharge.swing import Swing, swing
from whatworks.money.recharge.terms import ModelName, Terms, Year
from whatworks.money.recharge.usage_file import Placement
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the answer that is refused, and what would be needed."""

    part: str
    needed: str


@dataclass(frozen=True, slots=True)
class Recharge:
    """The answer for one year, with the year before in its shadow. Amounts are Decimal pounds, to the penny."""

    terms: Terms
    year: str
    accounts: tuple[Account, ...]
    bills: tuple[Bills, ...]
    """Every model's bills of every year up to this one, in order."""
    owed: tuple[Owed, ...]
    transfers: dict[ModelName, dict[str, Decimal]]
    swings: tuple[Swing, ...]
    incentives: tuple[Incentive, ...]
    stability: Stability | None
    missing: tuple[Missing, ...]

    @property
    def account(self) -> Account:
        """The account of the year that is billed."""
        return self.accounts[-1]

    def of_year(self, year: str) -> tuple[Bills, ...]:
        """Return the bills of one year, a model each."""
        return tuple(one for one in self.bills if one.year == year)

    @property
    def current(self) -> tuple[Bills, ...]:
        """The bills of the year that is billed."""
        return self.of_year(self.year)

    @property
    def shadow(self) -> tuple[Bills, ...]:
        """What the bills of the year before would have been."""
        return self.of_year(self.accounts[-2].year) if len(self.accounts) > 1 else ()

    @property
    def paid_before(self) -> dict[str, Decimal]:
        """What the boroughs really paid in the year before, where the terms state it."""
        before = self.accounts[-2].year if len(self.accounts) > 1 else None
        return next((one.paid for one in self.terms.years if one.year == before), {})


def recharge(terms: Terms, placements: Sequence[Placement], year: str | None = None) -> Recharge:
    """Return the bills of a year of the terms (the last, unless named) and of those before it, by every model.

    A model that the usage cannot bear is named in `missing`; where none can be borne, all is refused.
    """
    years = chosen_years(terms, year)
    accounts = tuple(account(terms, one, placements) for one in years)
    bills, missing = _all_bills(terms, accounts)
    current = [one for one in bills if one.year == years[-1].year]
    shadow = {one.model: one for one in bills if len(years) > 1 and one.year == years[-2].year}
    if not shadow:
        missing.append(Missing("shadow year and swing", "a year before this one, in the terms and in the usage"))
    found = incentives(terms, years[-1], placements, current)
    if not found:
        missing.append(Missing("price of one more placement", "an empty place: every night of the year was used"))
    lacks = lacking(terms.own_cost)
    if lacks:
        missing.append(
            Missing("who would do better to leave, Shapley shares and the core", f"own_cost: {', '.join(lacks)}")
        )
    return Recharge(
        terms=terms,
        year=years[-1].year,
        accounts=accounts,
        bills=tuple(bills),
        owed=owed(accounts[-1]),
        transfers={one.model: transfers(accounts[-1], one.totals) for one in current},
        swings=tuple(swing(shadow[one.model], one) for one in current if one.model in shadow),
        incentives=found,
        stability=None if lacks else stability(accounts[-1], current, terms.own_cost),
        missing=tuple(missing),
    )


def chosen_years(terms: Terms, year: str | None) -> tuple[Year, ...]:
    """Return the years up to the one named (or the last), in order; an unknown year is refused."""
    ordered = tuple(sorted(terms.years, key=lambda one: one.first_day))
    if year is None:
        return ordered
    names = [one.year for one in ordered]
    if year not in names:
        raise Refused(
            Fault("is not a year of the terms", f"choose from {', '.join(names)}", field="--year", value=year)
        )
    return ordered[: names.index(year) + 1]


def _all_bills(terms: Terms, accounts: Sequence[Account]) -> tuple[list[Bills], list[Missing]]:
    found: list[Bills] = []
    missing: list[Missing] = []
    faults: list[Fault] = []
    for model in terms.service.models:
        before = None
        for one in accounts:
            try:
                before = bill(model, one, terms, before)
                found.append(before)
            except Refused as refused:
                faults += refused.faults
                missing.append(Missing(f"{model} in {one.year}", f"{refused.faults[0]}"))
                before = None
    if not [one for one in found if one.year == accounts[-1].year]:
        raise Refused(faults)
    return found, missing
