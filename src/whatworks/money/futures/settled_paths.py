"""Settle drawn counts under a contract, to the penny and by the contract's own arithmetic, and measure their falls."""

from typing import Any

import numpy as np

from whatworks.money.contracts.counts import Counts
from whatworks.money.contracts.settling import settle_paths
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.draws import Drawn
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Pence
from whatworks.statistics.arrays import Floats

NATIONAL = 10_000
"""The country's count before, to which the trend is rounded where the contract removes the national trend."""


def settled(terms: Terms, planned: Plan, drawn: Drawn, left: Any = None) -> Pence:
    """Return what moves in pence by (partner, flow, path); below zero is repaid. `left` is (partner, path)."""
    terms = for_partners(terms, planned)
    gone = None if left is None else left.T
    return np.ascontiguousarray(np.moveaxis(settle_paths(terms, counted(terms, planned, drawn), gone).pence, 0, -1))


def for_partners(terms: Terms, planned: Plan) -> Terms:
    """Return the terms with these partners as their only payees."""
    if terms.payees == planned.names:
        return terms
    return terms.model_copy(update={"payees": planned.names})


def counted(terms: Terms, planned: Plan, drawn: Drawn) -> Counts:
    """Return drawn counts in the shape in which they are settled."""
    last = {"source": -1, "destination": 0}
    found: dict[str, Any] = {"actual": np.moveaxis(drawn.tests, **last)}
    heads = people(planned, planned.people)
    if heads is not None:
        found |= {"people": np.repeat(heads[None, :, None, :], len(planned.periods), axis=2)}
    if terms.counterfactual.kind == "matched comparison":
        beside = people(planned, planned.comparison_people)
        found |= {"comparison": np.moveaxis(np.asarray(drawn.comparison), **last)}
        if beside is not None:
            found |= {"comparison_people": np.repeat(beside[None, :, None, :], len(planned.periods), axis=2)}
    else:
        found |= {"baseline": np.moveaxis(drawn.baseline, **last)}
        found |= {"baseline_people": None if heads is None else heads[None]}
    if terms.counterfactual.kind == "national trend removed":
        metrics = len(planned.metrics)
        found |= {"national_baseline": np.full((1, metrics), NATIONAL)}
        found |= {"national": np.repeat(national(planned)[:, None], metrics, axis=1)[None]}
    return Counts(**found)


def people(planned: Plan, sizes: tuple[int, ...]) -> Pence | None:
    """Return people by (partner, metric), 1 for a count of an area; None where every metric is one."""
    if all(kind == "count" for kind in planned.kinds):
        return None
    return np.array([[1 if kind == "count" else size for kind in planned.kinds] for size in sizes], dtype=np.int64)


def national(planned: Plan) -> Pence:
    """Return the country's count by period, against `NATIONAL` before."""
    return np.rint(planned.national * NATIONAL).astype(np.int64)


def falls(terms: Terms, planned: Plan, drawn: Drawn) -> Floats:
    """Return the fall of the priced demand by (partner, period, path), as a proportion of what the contract expects."""
    prices = np.array(
        [float(one.unit_price or 0) if one.pays else 0.0 for one in (terms.metric[key] for key in planned.metrics)]
    )
    if drawn.comparison is not None:
        heads = zip(planned.people, planned.comparison_people, strict=True)
        parts = [own / other if other else 1.0 for own, other in heads]
        weights = np.array([[1.0 if kind == "count" else part for kind in planned.kinds] for part in parts])
        expected = np.einsum("pjmn,pm->pjn", drawn.comparison, prices * weights)
    else:
        expected = np.einsum("pmn,m->pn", drawn.baseline, prices)[:, None, :]
        if terms.counterfactual.kind == "national trend removed":
            expected = expected * (national(planned) / NATIONAL)[None, :, None]
    actual = np.einsum("pjmn,m->pjn", drawn.tests, prices)
    found: Floats = 1.0 - np.divide(actual, expected, out=np.ones_like(actual), where=expected > 0)
    return found
