"""Set demand, supply, options and recharge side by side for a business case, and say what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.referrals import Demand
from whatworks.money.recharge.terms import FAMILY_PLACES, Terms
from whatworks.money.recharge.terms_file import UNITS
from whatworks.records.refusal import Fault, Refused

PEOPLE_PER_PLACE = 10_000
"""The standard that supply is held to: one family place for so many people."""
FEWEST = 10
"""Fewer families than this are not counted in words."""
AT_HOME = "Staying at home with support"


@dataclass(frozen=True, slots=True)
class Supply:
    """Family places that a borough provides, beside the standard of one for 10,000 people."""

    borough: str
    population: int
    places: int

    @property
    def standard(self) -> Fraction:
        """The places that the standard asks for."""
        return Fraction(self.population, PEOPLE_PER_PLACE)

    @property
    def short(self) -> Fraction:
        """Places fewer than the standard; negative where there are more."""
        return self.standard - self.places


@dataclass(frozen=True, slots=True)
class Choice:
    """An option, with pounds a year and families a year where they are known."""

    name: str
    kind: str
    yearly_cost: Decimal | None
    families: int | None
    note: str
    placed_now: bool = False
    """Whether `families` are those whom the service placed in the year."""

    @property
    def per_family(self) -> Fraction | None:
        """Pounds for each family helped, where both are known."""
        return Fraction(self.yearly_cost) / self.families if self.yearly_cost is not None and self.families else None


@dataclass(frozen=True, slots=True)
class Flow:
    """Where a year's nights were spent: in the families' own borough, in another, or by families from outside."""

    own: int
    other: int
    outside: int
    empty: int


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """What the board asked for: a map of demand and supply, costs of the options, recharge, and what is not known."""

    recharge: Recharge
    demand: Demand | None
    supply: tuple[Supply, ...]
    flow: Flow
    choices: tuple[Choice, ...]
    unknown: tuple[str, ...]

    @property
    def short(self) -> Fraction:
        """Family places fewer than the standard, over all boroughs together."""
        return sum((one.short for one in self.supply), Fraction(0))


def business_case(answer: Recharge, demand: Demand | None) -> BusinessCase:
    """Return the business case; refused where supply cannot be held to the standard, naming what is lacking."""
    terms = answer.terms
    check_standard(terms)
    year = answer.account
    places = {host.code: host.places for host in year.hosts}
    people = terms.populations
    own = sum(host.nights.get(host.code, 0) for host in year.hosts)
    return BusinessCase(
        answer,
        demand,
        tuple(Supply(code, people[code], places.get(code, 0)) for code in terms.codes),
        Flow(own, sum(year.nights.values()) - own, year.outside_nights, year.empty_nights),
        _choices(answer, demand),
        tuple(_unknown(answer, demand)),
    )


def check_standard(terms: Terms) -> None:
    """Refuse terms whose supply cannot be held to the standard of family places for people."""
    faults = []
    if terms.service.units != FAMILY_PLACES:
        problem = "cannot be held to the standard, which is one family place for 10,000 people"
        faults.append(Fault(problem, f"count family places; {UNITS}", field="service.units", value=terms.service.units))
    faults += [
        Fault("is missing", "add it: the standard is for people", field=f"boroughs.{one.code}.population")
        for one in terms.boroughs
        if one.population is None
    ]
    if terms.population is None:
        faults.append(
            Fault("is missing", "add [population] with the year and the source of the numbers", field="population")
        )
    if faults:
        raise Refused(faults)


def _choices(answer: Recharge, demand: Demand | None) -> tuple[Choice, ...]:
    placed = demand.total("placed") if demand is not None else None
    note = "Families: those referred and placed in the year." if placed else "How many families it helped is not known."
    now = Choice("The service as it is", "refuge", answer.account.cost, placed or None, note, True)
    stated = [Choice(one.name, one.kind, one.yearly_cost, one.families, one.note) for one in answer.terms.options]
    if not any(one.kind == "at_home" for one in stated):
        stated.append(Choice(AT_HOME, "at_home", None, None, "Nobody has stated its cost or whom it would help."))
    return (now, *stated)


def _unknown(answer: Recharge, demand: Demand | None) -> Iterator[str]:
    yield from _unknown_demand(answer, demand)
    for choice in _choices(answer, demand)[1:]:
        lacks = [
            what
            for what, value in (("what it costs", choice.yearly_cost), ("how many families it helps", choice.families))
            if value is None
        ]
        if lacks:
            yield f"{choice.name}: {' and '.join(lacks)} {'is' if len(lacks) == 1 else 'are'} not known."
    yield (
        "Whether families are as safe in one option as in another is not known from these figures; "
        "a cheaper option is no better for being cheaper."
    )
    for part in answer.missing:
        yield f"Not said, {part.part}: it would need {part.needed}."


def _unknown_demand(answer: Recharge, demand: Demand | None) -> Iterator[str]:
    if demand is None:
        yield (
            "Demand beyond the nights used is not known: no referrals were given. "
            "Neither is how many families were refused, nor whether any wait."
        )
        return
    names = answer.terms.names
    silent = [names[code] for code in answer.terms.codes if demand.of(code) == 0]
    if silent:
        yield f"No referral is recorded from {', '.join(silent)}: none was made, or no return was sent."
    if not demand.total("waiting"):
        yield "Whether there is a waiting list is not known: nobody is recorded as waiting."
    refused, silent_reason = demand.total("refused"), demand.reasons.get("not_recorded", 0)
    if silent_reason >= FEWEST and not 0 < refused - silent_reason < FEWEST:
        yield f"Why families were refused is not recorded for {round(100 * silent_reason / refused)}% of those refused."
    elif silent_reason:
        yield "Why families were refused is not recorded for some of those refused."
    yield "Families who asked nobody, or were told not to ask, are in no figure here."
