"""Draw up one year's account of a shared service: what each host spent, who used it, and what nobody used."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.amount import split
from whatworks.money.recharge.term_faults import OUTSIDE
from whatworks.money.recharge.terms import BOROUGHS, HOSTS, Terms, Year
from whatworks.money.recharge.usage_file import Placement

EMPTY = "empty"
USED = "used"
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Host:
    """One borough that provides places: pounds spent, nights its places give, and nights used by whom (or `outside`).

    `shared` is what the boroughs share by a model, `empty` and `outside` what others pay; the three sum to `cost`.
    """

    code: str
    places: int
    available: int
    cost: Decimal
    nights: dict[str, int]
    shared: Decimal
    empty: Decimal
    outside: Decimal

    @property
    def used(self) -> int:
        """Nights used, by whomever."""
        return sum(self.nights.values())


@dataclass(frozen=True, slots=True)
class Account:
    """A year's account. `boroughs` are codes in order; `paid_apart` is who pays what of empty and outside nights."""

    year: str
    price_year: str
    days: int
    boroughs: tuple[str, ...]
    populations: dict[str, int]
    hosts: tuple[Host, ...]
    empty_apart: dict[str, Decimal]
    outside_apart: dict[str, Decimal]

    @property
    def cost(self) -> Decimal:
        """Everything spent, in pounds."""
        return sum((host.cost for host in self.hosts), ZERO)

    @property
    def shared(self) -> Decimal:
        """What the boroughs share by a model, in pounds."""
        return sum((host.shared for host in self.hosts), ZERO)

    @property
    def nights(self) -> dict[str, int]:
        """Nights used by the families of each borough, wherever."""
        return {code: sum(host.nights.get(code, 0) for host in self.hosts) for code in self.boroughs}

    @property
    def outside_nights(self) -> int:
        """Nights used by families whom none of the boroughs placed."""
        return sum(host.nights.get(OUTSIDE, 0) for host in self.hosts)

    @property
    def available(self) -> int:
        """Nights that the places give."""
        return sum(host.available for host in self.hosts)

    @property
    def empty_nights(self) -> int:
        """Nights that nobody used."""
        return self.available - sum(host.used for host in self.hosts)


def account(terms: Terms, year: Year, placements: Iterable[Placement]) -> Account:
    """Return the account of a year.

    Each host's cost is divided over the nights that its places give: those that boroughs' families used, those of
    families from outside, and the empty ones. The last two are paid as the terms say.
    """
    nights: dict[str, dict[str, int]] = {one.host: {} for one in year.places}
    for row in placements:
        if row.year == year.year:
            nights[row.host][row.placing] = nights[row.host].get(row.placing, 0) + row.nights
    spent = {one.host: sum((c.amount for c in year.costs if c.host == one.host), ZERO) for one in year.places}
    payers = (terms.empty_places.funded_by, terms.outside.funded_by)
    hosts = tuple(
        _host(one.host, one.places, year.days, spent[one.host], nights[one.host], payers)
        for one in sorted(year.places, key=lambda one: one.host)
    )
    return Account(
        year.year,
        year.price_year,
        year.days,
        terms.codes,
        terms.populations,
        hosts,
        _apart(payers[0], {host.code: host.empty for host in hosts}),
        _apart(payers[1], {host.code: host.outside for host in hosts}),
    )


def _host(code: str, places: int, days: int, cost: Decimal, nights: dict[str, int], payers: tuple[str, str]) -> Host:
    outside, available = nights.get(OUTSIDE, 0), places * days
    used = sum(nights.values()) - outside
    pots = split(cost, {USED: used, EMPTY: available - used - outside, OUTSIDE: outside})
    empty = ZERO if payers[0] == BOROUGHS else pots[EMPTY]
    foreign = ZERO if payers[1] == BOROUGHS else pots[OUTSIDE]
    return Host(code, places, available, cost, nights, cost - empty - foreign, empty, foreign)


def _apart(payer: str, amounts: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return who pays the hosts' amounts, nobody paying zero."""
    if payer == BOROUGHS:
        return {}
    found = amounts if payer == HOSTS else {payer: sum(amounts.values(), ZERO)}
    return {code: amount for code, amount in found.items() if amount}
