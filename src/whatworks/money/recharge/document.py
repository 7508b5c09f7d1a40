"""Write an answer as plain values for JSON: pounds as text to the penny, boroughs by their codes."""

from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from whatworks.money.recharge.bills import Bills
from whatworks.money.recharge.incentive import Incentive
from whatworks.money.recharge.leaving import Stability
from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.swing import Move, Swing


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
        "transfers": {model: _texts(transfers) for model, transfers in answer.transfers.items()},
        "paid_before": _texts(answer.paid_before),
        "swings": [_swing(one) for one in answer.swings],
        "incentives": [_incentive(one) for one in answer.incentives],
        "leaving": None if answer.stability is None else _stability(answer.stability),
        "missing": [asdict(one) for one in answer.missing],
    }
    if flows:
        found["owed"] = [
            {"payer": one.payer, "host": one.host, "nights": one.nights, "amount": f"{one.amount:.2f}"}
            for one in answer.owed
        ]
    return found


def _account(answer: Recharge) -> dict[str, Any]:
    year = answer.account
    return {
        "cost": f"{year.cost:.2f}",
        "shared_by_boroughs": f"{year.shared:.2f}",
        "empty_paid_by": _texts(year.empty_apart),
        "outside_paid_by": _texts(year.outside_apart),
        "nights": year.nights,
        "nights_outside": year.outside_nights,
        "nights_empty": year.empty_nights,
        "nights_available": year.available,
        "hosts": [
            {"host": one.code, "places": one.places, "cost": f"{one.cost:.2f}", "nights_used": one.used}
            for one in year.hosts
        ],
    }


def _texts(amounts: dict[str, Decimal]) -> dict[str, str]:
    return {code: f"{amount:.2f}" for code, amount in amounts.items()}


def _bills(bills: Bills) -> dict[str, Any]:
    parts = ("share", "empty", "outside", "limited", "total")
    return {
        "model": bills.model,
        "year": bills.year,
        "total": f"{sum(bills.totals.values()):.2f}",
        "limit_broken": bills.limit_broken,
        "bills": {one.payer: {part: f"{getattr(one, part):.2f}" for part in parts} for one in bills.bills},
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "payer": move.payer,
        "before": f"{move.before:.2f}",
        "after": f"{move.after:.2f}",
        "change": f"{move.change:.2f}",
        "share": _number(move.share),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _swing(swing: Swing) -> dict[str, Any]:
    return {
        "model": swing.model,
        "before": swing.before,
        "after": swing.after,
        "moved": f"{swing.moved:.2f}",
        "moves": [_move(move) for move in swing.moves],
    }


def _incentive(one: Incentive) -> dict[str, Any]:
    return {
        "model": one.model,
        "nights": one.nights,
        "host": one.host,
        "prices": [
            {
                "borough": price.borough,
                "placing": f"{price.placing:.2f}",
                "hosting": None if price.hosting is None else f"{price.hosting:.2f}",
            }
            for price in one.prices
        ],
        "bad_year_nights": one.bad_year_nights,
        "bad_years": [_move(move) for move in one.bad_years],
        "limited": one.limited,
    }


def _stability(found: Stability) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(asdict(found))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
