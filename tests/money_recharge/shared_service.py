"""A made-up shared service, as small or as large as a test needs."""

from datetime import date
from typing import Any

from whatworks.money.recharge.terms import Terms
from whatworks.money.recharge.usage_file import Placement

YEARS = {"2009/10": (date(2009, 4, 1), date(2010, 3, 31)), "2010/11": (date(2010, 4, 1), date(2011, 3, 31))}


def content(**changes: Any) -> dict[str, Any]:
    """Return terms of three boroughs, two of them hosts, as TOML would give them."""
    found: dict[str, Any] = {
        "as_at": date(2011, 4, 30),
        "service": {"name": "Refuge (made up)", "units": "family places"},
        "boroughs": [
            {"code": "A", "name": "Ashby", "population": 50_000},
            {"code": "B", "name": "Bray", "population": 30_000},
            {"code": "C", "name": "Coley", "population": 20_000},
        ],
        "population": {"year": 2010, "source": "made up"},
        "parties": [{"code": "POOL", "name": "The pool (made up)"}],
        "empty_places": {"funded_by": "POOL"},
        "outside": {"funded_by": "POOL"},
        "blended": {"fixed_share": "0.4", "fixed_by": "population"},
        "years": [year("2010/11")],
    }
    return found | changes


def year(name: str, **changes: Any) -> dict[str, Any]:
    """Return a year in which Ashby spends 73,000 pounds on two places and Bray 36,500 on one: 100 pounds a night."""
    first, last = YEARS[name]
    return {
        "year": name,
        "first_day": first,
        "last_day": last,
        "price_year": "2010/11",
        "total_cost": "109500.00",
        "costs": [
            {"host": "A", "line": "Staff", "amount": "50000.00"},
            {"host": "A", "line": "Premises", "amount": "23000.00"},
            {"host": "B", "line": "Staff", "amount": "36500.00"},
        ],
        "places": [{"host": "A", "places": 2}, {"host": "B", "places": 1}],
    } | changes


def terms(**changes: Any) -> Terms:
    """Return the same as terms."""
    return Terms.model_validate(content(**changes))


def rows(name: str, *nights: tuple[str, str, int]) -> list[Placement]:
    """Return placements of one year, each as (placing, host, nights)."""
    return [Placement(placing, host, name, count) for placing, host, count in nights]
