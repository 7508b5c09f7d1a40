"""Hold the terms of a recharge to each other: every part that disagrees with another is named, with its remedy."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from whatworks.money.amount import CASH, YEAR, check_prices
from whatworks.money.recharge.terms import BOROUGHS, HOSTS, Terms, Year
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.showing.location import names_a_location

OUTSIDE = "outside"
"""What usage writes for a family whom no borough of the service placed."""
RESERVED = (BOROUGHS, HOSTS, OUTSIDE)


def term_faults(terms: Terms, file: str) -> list[Fault]:
    """Return everything in the terms that disagrees with another part of them."""
    faults: list[Fault] = []
    for check in (_codes, _options, _what_models_need, _payers, _years, _price_bases, _locations):
        faults += [Fault(problem, remedy, file, None, field, value) for field, value, problem, remedy in check(terms)]
    return faults


Found = Iterator[tuple[str, str | None, str, str]]
"""Field, value, problem and remedy."""


def _codes(terms: Terms) -> Found:
    codes = Counter([*(one.code for one in terms.boroughs), *(one.code for one in terms.parties)])
    names = Counter(one.name.casefold() for one in terms.boroughs)
    for code in (code for code, times in codes.items() if times > 1):
        yield "boroughs", code, "is the code of two", "give each borough and party a code of its own"
    for name in (name for name, times in names.items() if times > 1):
        yield "boroughs", name, "is the name of two boroughs", "delete one, or name them apart"
    for code in codes:
        if code.casefold() in RESERVED:
            yield "boroughs", code, "is a word of the terms", "choose another code"


def _options(terms: Terms) -> Found:
    for name, times in Counter(one.name.casefold() for one in terms.options).items():
        if times > 1:
            yield "options", name, "is the name of two options", "delete one, or name them apart"


def _what_models_need(terms: Terms) -> Found:
    models = terms.service.models
    by_heads = "population" in models or (
        "blended" in models and terms.blended is not None and terms.blended.fixed_by == "population"
    )
    if by_heads:
        for one in terms.boroughs:
            if one.population is None:
                yield (
                    f"boroughs.{one.code}.population",
                    None,
                    "is missing",
                    "add it, or leave the models that use it out of service.models",
                )
        if terms.population is None:
            yield "population", None, "is missing", "add [population] with the year and the source of the numbers"
    if "blended" in models and terms.blended is None:
        yield "blended", None, "is missing", "add [blended] with fixed_share and fixed_by, or leave the model out"
    for name in (name for name, times in Counter(models).items() if times > 1):
        yield "service.models", name, "stands there twice", "name each model once"


def _payers(terms: Terms) -> Found:
    known = {*terms.codes, *(party.code for party in terms.parties), BOROUGHS, HOSTS}
    for field, asked in (("empty_places", terms.empty_places), ("outside", terms.outside)):
        if asked.funded_by not in known:
            yield (
                f"{field}.funded_by",
                asked.funded_by,
                "names nobody of these terms",
                'write the code of a borough or of one of [[parties]], "hosts" or "boroughs"',
            )


def _years(terms: Terms) -> Found:
    for name in (name for name, times in Counter(one.year for one in terms.years).items() if times > 1):
        yield "years", name, "stands there twice", "give each year once"
    for year in terms.years:
        yield from _one_year(year, set(terms.codes))
    ordered = sorted(terms.years, key=lambda one: one.first_day)
    for before, after in pairwise(ordered):
        if after.first_day <= before.last_day:
            yield "years", after.year, f"overlaps {before.year}", "correct first_day and last_day"
        elif after.first_day > before.last_day + timedelta(days=1):
            yield "years", after.year, f"leaves a gap after {before.year}", "add the year between, or correct the days"


def _one_year(year: Year, codes: set[str]) -> Found:
    at = f"years.{year.year}"
    found = YEAR.fullmatch(year.year)
    if found is None or int(found["end"] or 0) != (int(found["year"]) + 1) % 100:
        yield f"{at}.year", year.year, "is not a year", "write it as 2010/11"
    if not 364 <= (year.last_day - year.first_day).days <= 365:
        yield f"{at}.last_day", str(year.last_day), "does not make a year with first_day", "correct one of them"
    parts = sum((cost.amount for cost in year.costs), Decimal(0))
    if parts != year.total_cost:
        yield (
            f"{at}.total_cost",
            str(year.total_cost),
            f"disagrees with its parts, which sum to {parts}: {year.total_cost - parts:+} too many or too few",
            "correct the total or the costs",
        )
    places = Counter(one.host for one in year.places)
    for host in sorted({*places, *(cost.host for cost in year.costs), *year.paid} - codes):
        yield at, shape(host), "is not the code of a borough of these terms", "correct it, or add the borough"
    for host in (host for host, times in places.items() if times > 1):
        yield f"{at}.places", host, "is given twice", "give each host once"
    for host in sorted({cost.host for cost in year.costs if cost.amount} - set(places)):
        yield f"{at}.costs", host, "has a cost but no places", "add its places, or put the cost to a borough with some"


def _price_bases(terms: Terms) -> Found:
    used = {f"years.{one.year}.price_year": one.price_year for one in terms.years}
    if terms.own_cost.price_year is not None:
        used["own_cost.price_year"] = terms.own_cost.price_year
    used |= {f"options.{one.name}.price_year": one.price_year for one in terms.options if one.price_year is not None}
    for field, prices in used.items():
        try:
            check_prices(prices)
        except Refused as refused:
            yield field, prices, refused.faults[0].problem, refused.faults[0].remedy
    for one in terms.options:
        if one.yearly_cost is not None and one.price_year is None:
            yield f"options.{one.name}.price_year", None, "is missing", "say which year's prices the cost is in"
    base = terms.years[-1].price_year
    for field, prices in used.items():
        if prices != base and not (base == CASH and not field.startswith("years.") and prices == terms.years[-1].year):
            yield field, prices, f"is another price base than {base}", "bring all amounts to one price base"


def _locations(terms: Terms) -> Found:
    texts = {f"service.{key}": str(value) for key, value in terms.service.model_dump().items()}
    texts |= {f"boroughs.{at}.name": one.name for at, one in enumerate(terms.boroughs, 1)}
    texts |= {f"parties.{at}.name": one.name for at, one in enumerate(terms.parties, 1)}
    texts |= {f"options.{at}": f"{one.name}. {one.note}" for at, one in enumerate(terms.options, 1)}
    texts |= {
        f"years.{year.year}.costs.{at}.line": cost.line for year in terms.years for at, cost in enumerate(year.costs, 1)
    }
    for field, text in texts.items():
        if names_a_location(text):
            yield field, shape(text), "seems to hold an address", "delete it: a refuge's location is never taken in"
