"""Made-up figures that fill the gaps of the ready-made contracts, and counts to settle them on."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from whatworks.money.contracts.load import READY_MADE, check_terms, laid_over
from whatworks.money.contracts.outcomes import Count, Key, Outcomes
from whatworks.money.contracts.terms import Terms
from whatworks.records.toml_file import read_toml

ADULT = {"prices": "cash"} | {
    "metric": {
        f"metric-{at}": {"name": f"Metric {at}", "unit_price": price} for at, price in enumerate((400, 250, 120, 75), 1)
    }
}
PATHFINDER = {
    "baseline": {"first": "2010-10-01", "last": "2011-09-30"},
    "metric": {"bed-nights": {"unit_price": 150}},
    "up_front": [{"amount": 100_000, "on": "2011-10-01"}, {"amount": 80_000, "on": "2012-10-01"}],
    "target": {"falls": [0.10, 0.20]},
    "clawback": {"rule": "all"},
}
PETERBOROUGH = {
    "period": {
        "cohort-1": {"first": "2010-09-09", "last": "2012-07-01"},
        "cohort-2": {"first": "2012-07-02", "last": "2014-06-30"},
    },
    "metric": {"reconvictions": {"unit_price": 1200}},
    "payment": {"maximum": 900_000},
}
TRANSFORMING = {
    "prices": "2013/14",
    "baseline": {"first": "2011-01-01", "last": "2011-12-31"},
    "period": {"cohort-1": {"first": "2015-10-01", "last": "2015-12-31"}},
    "metric": {"reoffenders": {"unit_price": 4000}},
    "payment": {"threshold": 0},
}
FIGURES: Mapping[str, Mapping[str, Any]] = {
    "financial-incentive-model-adult": ADULT | {"payment": {"share": "half"}},
    "financial-incentive-model-youth": {"payment": {"share": "half"}},
    "youth-custody-pathfinder": PATHFINDER,
    "peterborough-bond": PETERBOROUGH,
    "transforming-rehabilitation": TRANSFORMING,
}


@cache
def filled(name: str) -> Mapping[str, Any]:
    """Return the content of a ready-made contract with its gaps filled."""
    content: Mapping[str, Any] = laid_over(read_toml(READY_MADE / f"{name}.toml"), FIGURES[name])
    return content


def made(name: str, **changes: Any) -> Terms:
    """Return a ready-made contract with its gaps filled, changed as told."""
    return check_terms(laid_over(filled(name), changes), f"{name}.toml")


def model(share: str = "half", kind: str = "youth", payees: Iterable[str] = ("Lambeth",), **changes: Any) -> Terms:
    """Return the Financial Incentive Model for these payees."""
    terms = {"payees": list(payees), "payment": {"share": share}}
    return made(f"financial-incentive-model-{kind}", **laid_over(terms, changes))


def counted(terms: Terms, counts: Mapping[str, int | tuple[int, ...]]) -> Outcomes:
    """Return outcomes in which every payee and metric has the same counts, by period."""
    return Outcomes(
        {
            Key(payee, metric, period): Count(*(count if isinstance(count, tuple) else (count,)))
            for payee in terms.payees
            for metric in terms.metric
            for period, count in counts.items()
        }
    )
