"""Hold the clauses of a contract to each other, on the parsed file itself, so that every fault is found at once."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from pydantic_core import PydanticCustomError

from whatworks.money.amount import check_prices
from whatworks.money.contracts.numbers import GAP, exact
from whatworks.records.hand_written import FIRST_YEAR, LAST_YEAR
from whatworks.records.refusal import Fault, Refused

Content = Mapping[str, Any]
DAYS = ("first", "last", "on")
BOROUGHS = (
    "Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden", "City of London", "Croydon", "Ealing",
    "Enfield", "Greenwich", "Hackney", "Hammersmith and Fulham", "Haringey", "Harrow", "Havering", "Hillingdon",
    "Hounslow", "Islington", "Kensington and Chelsea", "Kingston upon Thames", "Lambeth", "Lewisham", "Merton",
    "Newham", "Redbridge", "Richmond upon Thames", "Southwark", "Sutton", "Tower Hamlets", "Waltham Forest",
    "Wandsworth", "Westminster",
)  # fmt: skip
"""The 32 London boroughs and the City of London, by name."""
LEAP = 1
"""Days by which two years may differ in length."""


def consistency_faults(content: Content, file: str) -> list[Fault]:
    """Return what is wrong between the clauses; the reading of the values says what is not a table or a date."""
    checks = (_prices, _metrics, _windows, _references, _clauses, _names, _nothing_paid)
    content = _with_days(content)
    return [Fault(problem, remedy, file, field=field) for check in checks for field, problem, remedy in check(content)]


Found = Iterator[tuple[str, str, str]]


def _with_days(content: Any) -> Any:
    """Return the content with days that were written in quotes as the days that they are."""
    if isinstance(content, Mapping):
        return {key: _day(one) if key in DAYS else _with_days(one) for key, one in content.items()}
    return [_with_days(one) for one in content] if isinstance(content, list) else content


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def table(content: Content, key: str) -> Content:
    """Return a section, empty where it is missing or no table."""
    found = content.get(key)
    return found if isinstance(found, Mapping) else {}


def tables(content: Content, key: str) -> list[Content]:
    """Return the tables of a list, in order."""
    found = content.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _known(value: Any) -> bool:
    return isinstance(value, str) and not value.startswith(GAP)


def _prices(content: Content) -> Found:
    whole = content.get("prices")
    stated = {"prices": whole}
    stated |= {f"metric.{key}.prices": one.get("prices") for key, one in _metric_tables(content)}
    stated |= {f"up_front.{at}.prices": one.get("prices") for at, one in enumerate(tables(content, "up_front"), 1)}
    for field, base in stated.items():
        if not isinstance(base, str) or base.startswith(GAP):
            continue
        try:
            check_prices(base)
        except Refused:
            yield field, f"{base!r} is not a price base", 'write "cash", or the price year as in "2010/11"'
            continue
        if field != "prices" and _known(whole) and base != whole:
            remedy = "bring all amounts to one price year first"
            yield field, f"is in prices of {base}, and the contract in {whole}: mixed price bases", remedy


def _metric_tables(content: Content) -> list[tuple[str, Content]]:
    return [(str(key), one) for key, one in table(content, "metric").items() if isinstance(one, Mapping)]


def _metrics(content: Content) -> Found:
    metrics = _metric_tables(content)
    for key, one in metrics:
        if one.get("pays", True) is True and "unit_price" not in one:
            yield f"metric.{key}.unit_price", "a metric without a price", "state unit_price, or pays = false"
    if metrics and not any(one.get("pays", True) is True for _, one in metrics):
        yield "metric", "none of the metrics pays", "leave pays = false out for at least one"
    kinds = {str(one.get("kind", "count")) for _, one in metrics if one.get("pays", True) is True}
    if "binary" in kinds and len(kinds) > 1:
        remedy = "pay on one of them, set pays = false for the other, or make it a gate"
        yield "metric", "people and events are priced together, so that one person counts twice", remedy


def _windows(content: Content) -> Found:
    periods = [(key, one) for key, one in table(content, "period").items() if isinstance(one, Mapping)]
    dated = [(key, one["first"], one["last"]) for key, one in periods if _dated(one)]
    for (before, _, ended), (key, first, _) in pairwise(dated):
        if first <= ended:
            yield f"period.{key}.first", f"overlaps {before}, which ends on {ended}", _next(ended)
        elif first > ended + timedelta(days=1):
            yield f"period.{key}.first", f"leaves a gap after {before}, which ends on {ended}", _next(ended)
    baseline = table(content, "baseline")
    kind = table(content, "counterfactual").get("kind")
    if kind in ("own baseline", "national trend removed") and not baseline:
        yield "baseline", f"is missing, and the counterfactual is {kind}", "state its first and last day"
    if _dated(baseline):
        yield from _against_baseline(content, baseline, dated)


def _against_baseline(content: Content, baseline: Content, dated: list[tuple[Any, date, date]]) -> Found:
    length = (baseline["last"] - baseline["first"]).days + 1
    counted = any(one.get("kind", "count") == "count" for _, one in _metric_tables(content))
    for key, first, last in dated:
        if first <= baseline["last"] and last >= baseline["first"]:
            yield f"period.{key}.first", "overlaps the baseline", _next(baseline["last"])
        days = (last - first).days + 1
        if counted and last >= first and length > 0 and abs(days - length) > LEAP:
            problem = f"has {days} days and the baseline {length}: their counts cannot be compared"
            yield f"period.{key}.last", problem, "make them equally long"


def _next(day: date) -> str:
    return f"begin on {day + timedelta(days=1)}"


def _dated(one: Content) -> bool:
    return all(type(one.get(key)) is date and FIRST_YEAR <= one[key].year <= LAST_YEAR for key in ("first", "last"))


def _references(content: Content) -> Found:
    metrics = [key for key, _ in _metric_tables(content)]
    periods = [str(key) for key in table(content, "period")]
    gate, leave = table(content, "gate").get("metric"), table(content, "break_clause").get("after")
    if _known(gate) and gate not in metrics:
        yield "gate.metric", f"{gate!r} is not a metric of these terms", f"choose from {', '.join(metrics)}"
    if _known(leave) and leave not in periods:
        yield "break_clause.after", f"{leave!r} is not a period of these terms", f"choose from {', '.join(periods)}"
    if _known(leave) and periods and leave == periods[-1]:
        yield "break_clause.after", "is the last period: there is nothing to leave", "name an earlier period"
    yield from _leaving_day(content)
    payees = content.get("payees")
    for at, one in enumerate(tables(content, "up_front"), 1):
        payee = one.get("payee")
        if _known(payee) and isinstance(payees, list) and payee not in payees:
            yield f"up_front.{at}.payee", f"{payee!r} is not one of the payees", "name one of them"
    falls = table(content, "target").get("falls")
    if isinstance(falls, list) and periods and len(falls) != len(periods):
        problem = f"states {len(falls)} falls for {len(periods)} periods"
        yield "target.falls", problem, "state one for each period, in order"


def _leaving_day(content: Content) -> Found:
    leave = table(content, "break_clause")
    period = table(table(content, "period"), str(leave.get("after")))
    on, ends = leave.get("on"), [one["last"] for one in table(content, "period").values() if _is_dated(one)]
    if type(on) is not date or not _is_dated(period):
        return
    if on < period["first"]:
        yield "break_clause.on", f"lies before the period {leave['after']} begins", "correct the day or the period"
    elif on > max(ends):
        yield "break_clause.on", "lies after the last period: there is nothing to leave", "name an earlier day"


def _is_dated(one: Any) -> bool:
    return isinstance(one, Mapping) and _dated(one)


def _clauses(content: Content) -> Found:
    def has(key: str) -> bool:
        return bool(content.get(key))

    if has("clawback") and not has("target"):
        yield "clawback", "says what is repaid, but no target says when", "state target, or delete clawback"
    if has("target") and not has("clawback"):
        yield "target", "has no consequence", "state clawback, or delete target"
    if has("clawback") and not has("up_front"):
        yield "clawback", "takes back money up front, of which there is none", "state up_front, or delete clawback"
    if not has("payment") and not has("up_front"):
        yield "payment", "is missing, and there is no money up front: nothing is ever paid", "state payment or up_front"
    if has("pooled_periods") and not has("payment"):
        yield "pooled_periods", "has no payment to go by", "state payment"


def _nothing_paid(content: Content) -> Found:
    priced = {key: one.get("unit_price") for key, one in _metric_tables(content) if one.get("pays", True) is True}
    if all(_is_zero(price) for price in priced.values()):
        for key in priced:
            yield f"metric.{key}.unit_price", "is zero, so nothing is ever paid", "state it"
    if _is_zero(table(content, "payment").get("maximum")):
        yield "payment.maximum", "is zero, so nothing is ever paid", "state it, or leave it out for no limit"
    instalments = tables(content, "up_front")
    for at, one in enumerate(instalments):
        if one in instalments[:at]:
            problem = f"repeats up_front.{instalments.index(one) + 1}, and would be paid twice"
            yield f"up_front.{at + 1}", problem, "delete it"


def _is_zero(value: Any) -> bool:
    try:
        return exact(value) == 0
    except PydanticCustomError:
        return False


def _names(content: Content) -> Found:
    payees = content.get("payees")
    named = [one for one in payees if _known(one)] if isinstance(payees, list) else []
    for name in sorted({one for one in named if named.count(one) > 1}):
        yield "payees", f"{name!r} stands there twice", "name each payee once"
    boroughs = content.get("boroughs")
    for at, name in enumerate(boroughs if isinstance(boroughs, list) else [], 1):
        if _known(name) and name not in BOROUGHS:
            near = get_close_matches(name, BOROUGHS, 1)
            meant = f'did you mean "{near[0]}"?' if near else "write it as the London boroughs are named"
            yield f"boroughs.{at}", f"{name!r} is an unknown borough", meant
