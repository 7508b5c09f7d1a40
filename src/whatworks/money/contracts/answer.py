"""A settlement as a JSON document: amounts as text, so that no reader turns a penny into a binary fraction."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from whatworks.money.contracts.line import Line
from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.settlement import Leaving, Settled, Settlement


def settlement_json(found: Settlement) -> dict[str, Any]:
    """Return every payment with its working, every metric, and what the terms assume; "c" is what is withheld."""
    terms = found.terms
    return {
        "contract": terms.id,
        "name": terms.name,
        "payer": terms.payer,
        "prices": terms.prices,
        "rounding": found.rounding,
        "outcomes": found.outcomes,
        "total": "c" if found.withheld else money(found.total()),
        "payees": [
            {"payee": payee, "net": "c" if payee in found.withheld else money(found.total(payee))}
            for payee in terms.payees
        ],
        "withheld": list(found.withheld),
        "settled": [_settled(one) for one in found.settled],
        "measures": [_measure(one, terms.metric[one.metric].pays) for one in found.measures],
        "leaving": [_leaving(one) for one in found.leaving],
        "not_yet_measured": list(found.not_yet),
        "remarks": list(found.remarks),
        "assumptions": list(terms.assumptions),
        "sources": list(terms.sources),
    }


def money(pounds: Decimal) -> str:
    """Return pounds and pence.

    >>> money(Decimal("60000"))
    '60000.00'
    """
    return f"{pounds:.2f}"


def plain(value: Fraction) -> str:
    """Return a fraction as a decimal of up to 28 digits.

    >>> plain(Fraction(1, 8)), plain(Fraction(13, 155))
    ('0.125', '0.08387096774193548387096774194')
    """
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _settled(one: Settled) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "flow": one.flow.key,
        "kind": one.flow.kind,
        "period": one.flow.period,
        "on": one.flow.on.isoformat(),
        "reason": one.reason,
        "amount": money(one.amount),
        "parts": [{"payee": payee, "amount": money(part)} for payee, part in one.parts],
        "working": [_line(line) for line in one.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    value = None if line.value is None else plain(line.value)
    return {"item": line.item, "working": line.working, "value": value, "unit": line.unit or None}


def _measure(one: Measure, paid_on: bool) -> dict[str, Any]:
    return {
        "payee": one.payee,
        "metric": one.metric,
        "period": one.period,
        "paid_on": paid_on,
        "expected": plain(one.expected),
        "counted": one.actual.count,
        "people": one.actual.people,
        "expected_rate": plain(one.expected_rate),
        "counted_rate": plain(one.actual.rate),
        "fall": plain(one.fall),
    }


def _leaving(one: Leaving) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "left": one.left,
        "received": money(one.received),
        "repaid_on_leaving": money(one.repaid_on_leaving),
        "still_to_come": money(one.still_to_come),
        "most_repaid": money(one.most_repaid),
        "fall_so_far": plain(one.fall_so_far),
        "needed_fall": plain(one.needed_fall),
        "repaid_if_alike": money(one.repaid_if_alike),
        "paid_if_alike": money(one.paid_if_alike),
        "worth_leaving": money(one.worth_leaving),
        "leaving_in_fact": None if one.leaving_in_fact is None else money(one.leaving_in_fact),
    }
