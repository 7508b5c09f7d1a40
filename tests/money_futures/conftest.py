"""Made-up contracts and partners on which the simulation is tried."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from whatworks.money.contracts.load import check_terms, load_terms
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.partners import Partner


@pytest.fixture
def youth() -> Terms:
    """The youth model with the half rule, for two of its sites."""
    return load_terms("financial-incentive-model-youth", ["payment.share=half", 'payees=["Croydon", "Lambeth"]'])


@pytest.fixture
def one_price() -> Callable[..., Terms]:
    """A contract on one count at GBP 1,000, two test years against one baseline; keywords change its payment."""

    def made(payees: tuple[str, ...] = ("Alder",), settled: str = "each", **payment: object) -> Terms:
        content = {
            "id": "one-price",
            "name": "One price",
            "payer": "Ministry (made up)",
            "payees": list(payees),
            "prices": "cash",
            "settled": settled,
            "counterfactual": {"kind": "own baseline"},
            "baseline": {"first": "2010-07-01", "last": "2011-06-30"},
            "period": {
                "year-1": {"first": "2011-07-01", "last": "2012-06-30"},
                "year-2": {"first": "2012-07-01", "last": "2013-06-30"},
            },
            "metric": {"convictions": {"name": "Convictions", "unit_price": 1000, "cost_basis": "cashable"}},
            "payment": {"threshold": "0.05", "cap": "0.20", "share": "half", **payment},
        }
        return check_terms(content, "one-price.toml")

    return made


@pytest.fixture
def partner() -> Callable[..., Partner]:
    """A partner expecting so many convictions a year, and spending the same pounds in each of two years."""

    def made(count: float = 500, spent: int = 0, **own: object) -> Partner:
        outlay = (Decimal(spent), Decimal(spent)) if spent else ()
        return Partner(expected={"convictions": count}, outlay=outlay, **own)

    return made
