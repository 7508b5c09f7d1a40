"""Write an answer as plain values for JSON: pounds as text to the penny, boroughs by their codes."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from whatworks.money.recharge.account import ZERO
from whatworks.money.recharge.bills import Bill, Bills
from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.swing import Move, Swing

SHOWN = {
    Bill: ("share", "empty", "outside", "limited", "total"),
    Move: ("payer", "before", "after", "change", "share"),
    Swing: ("model", "before", "after", "moved", "moves"),
}
"""What is written of these; of all others every field."""


def document(answer: Recharge, *, flows: bool = True) -> dict[str, Any]:
    """Return the answer; with `flows`, also who owes which host what, which stays within the partnership."""
    found = {
        "service": answer.terms.service.name,
        "units": answer.terms.service.units,
        "as_at": answer.terms.as_at.isoformat(),
        "year": answer.year,
        "price_year": answer.account.price_year,
        "names": answer.terms.names,
        "account": _account(answer),
        "bills": [_bills(one) for one in answer.bills],
        "transfers": answer.transfers,
        "paid_before": answer.paid_before,
        "swings": answer.swings,
        "incentives": answer.incentives,
        "leaving": answer.stability,
        "missing": answer.missing,
    }
    plain: dict[str, Any] = _plain(found | ({"owed": answer.owed} if flows else {}))
    return plain


def _account(answer: Recharge) -> dict[str, Any]:
    year = answer.account
    return {
        "cost": year.cost,
        "shared_by_boroughs": year.shared,
        "empty_paid_by": year.empty_apart,
        "outside_paid_by": year.outside_apart,
        "nights": year.nights,
        "nights_outside": year.outside_nights,
        "nights_empty": year.empty_nights,
        "nights_available": year.available,
        "hosts": [
            {"host": one.code, "places": one.places, "cost": one.cost, "nights_used": one.used} for one in year.hosts
        ],
    }


def _bills(bills: Bills) -> dict[str, Any]:
    return {
        "model": bills.model,
        "year": bills.year,
        "total": sum(bills.totals.values(), ZERO),
        "limit_broken": bills.limit_broken,
        "bills": {one.payer: one for one in bills.bills},
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        names = SHOWN.get(type(value)) or [field.name for field in fields(value)]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
