"""Many paths, one path and a second program that shares no arithmetic with them agree to the penny."""

from typing import Any

import numpy as np
import pytest
from by_fractions import pence_by_hand
from contracts_made import made

from whatworks.money.contracts.counts import Counts
from whatworks.money.contracts.outcomes import BASELINE, Count, Key, Outcomes
from whatworks.money.contracts.settling import settle, settle_paths
from whatworks.money.contracts.terms import Terms

SITES = ["Lambeth", "Croydon", "Southwark"]
HALF_PENNY = {"metric": {"convictions-and-orders": {"unit_price": "540.01"}}}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "youth, half": ("financial-incentive-model-youth", {"payees": SITES} | HALF_PENNY),
    "youth, half then all": (
        "financial-incentive-model-youth",
        {"payees": SITES, "payment": {"share": "half-then-all"}} | HALF_PENNY,
    ),
    "adult, pooled": ("financial-incentive-model-adult", {"payees": SITES, "settled": "pooled", "split": "fall"}),
    "adult, pooled by baseline": ("financial-incentive-model-adult", {"payees": SITES, "settled": "pooled"}),
    "national trend, maximum": (
        "financial-incentive-model-youth",
        {
            "payees": SITES,
            "counterfactual": {"kind": "national trend removed"},
            "payment": {"maximum": "31000.07", "threshold": "0.0333"},
        },
    ),
    "pathfinder, all": ("youth-custody-pathfinder", {}),
    "pathfinder, in proportion": (
        "youth-custody-pathfinder",
        {"clawback": {"rule": "in proportion"}, "break_clause": {"repays": "0.333"}},
    ),
    "pathfinder, each unit, pooled": (
        "youth-custody-pathfinder",
        {
            "clawback": {"rule": "each unit"},
            "settled": "pooled",
            "target": {"test": "last period"},
            "payment": {"threshold": 0.1, "share": "half"},
            "split": "equal",
        },
    ),
    "pathfinder, an instalment on the day of the break": (
        "youth-custody-pathfinder",
        {"up_front": [{"amount": 100_000, "on": "2011-10-01"}, {"amount": 80_000, "on": "2012-09-30"}]},
    ),
    "pathfinder, half back on leaving, payees apart": (
        "youth-custody-pathfinder",
        {
            "up_front": [{"amount": "100000.01", "on": "2011-10-01"},
                         {"amount": "33333.33", "on": "2012-10-01", "payee": "West London"}],
            "break_clause": {"repays": "0.5"},
            "settled": "pooled",
            "payment": {"threshold": "0.05", "cap": "0.3", "maximum": "9999.99", "share": "steps",
                        "steps": [{"to": "0.1", "share": "0.25"}, {"to": "0.2", "share": "0.75"}]},
            "pooled_periods": {"threshold": "0.03", "counts": "unpaid periods"},
        },
    ),
    "peterborough": ("peterborough-bond", {}),
    "peterborough, unpaid cohorts": ("peterborough-bond", {"pooled_periods": {"counts": "unpaid periods"}}),
    "transforming, cohorts of several payees pooled": (
        "transforming-rehabilitation",
        {"payees": SITES, "settled": "pooled", "split": "fall"},
    ),
    "peterborough, two investors pooled": (
        "peterborough-bond",
        {"payees": ["Investors", "A fund"], "settled": "pooled", "split": "baseline"},
    ),
    "transforming, gate": (
        "transforming-rehabilitation",
        {"metric": {"reoffenders": {"pays": False}, "offences": {"pays": True, "unit_price": "123.45"}},
         "gate": {"metric": "reoffenders", "fall": "0.02"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_paths_and_settlement_agree_with_plain_fractions_to_the_penny(kind: str) -> None:
    """1,300 paths; the sampled counts lie around the thresholds, many of them exactly on one."""
    name, changes = KINDS[kind]
    terms = made(name, **changes)
    rng = np.random.default_rng(20101207)
    paths = 100
    counts = sampled(terms, rng, paths)
    leaving = rng.random((paths, len(terms.payees))) < 0.3 if terms.break_clause else None
    if leaving is not None and terms.settled == "pooled":
        leaving[:] = leaving[:, :1]
    paid = settle_paths(terms, counts, leaving)
    moved = 0
    for path in range(paths):
        gone = [] if leaving is None else [name for name, out in zip(terms.payees, leaving[path], strict=True) if out]
        outcomes = one_path(terms, counts, path)
        one, by_hand = settle(terms, outcomes, gone), pence_by_hand(terms, outcomes, gone)
        for at, payee in enumerate(terms.payees):
            found = {flow.key: int(pence) for flow, pence in zip(paid.flows, paid.pence[path, at], strict=True)}
            assert found == {flow.key: int(one.amount(payee, flow.key) * 100) for flow in terms.flows}, (path, payee)
            assert found == {flow.key: by_hand[payee, flow.key] for flow in terms.flows}, (path, payee)
            moved += sum(1 for pence in found.values() if pence)
    assert moved > paths / 4


def sampled(terms: Terms, rng: np.random.Generator, paths: int) -> Counts:
    """Return made-up counts: small, round and near the thresholds, so that ties happen."""
    many = (paths, len(terms.payees), len(terms.period), len(terms.metric))
    of_people = next(iter(terms.metric.values())).of_people
    if not of_people:
        baseline = rng.integers(5, 40, size=(many[0], many[1], many[3])) * 10
        fall = rng.choice([0.0, 0.0333, 0.05, 0.09, 0.1, 0.1, 0.12, 0.2, 0.25, -0.1], size=(*many[:3], 1))
        actual = np.rint(baseline[:, :, None, :] * (1 - fall)).astype(np.int64)
        national = {
            "national_baseline": np.full((1, many[3]), 1000),
            "national": rng.integers(900, 1100, (1, *many[2:])),
        }
        return Counts(actual, baseline, **national)
    people = np.repeat(rng.integers(10, 60, size=(*many[:3], 1)) * 10, many[3], axis=3)
    before = np.repeat(rng.integers(10, 60, size=(*many[:2], 1)) * 10, many[3], axis=2)
    rate = rng.choice([0.36, 0.40, 0.45, 0.46, 0.49, 0.5], size=many)
    return Counts(
        np.rint(people * rate).astype(np.int64),
        np.rint(before * 0.5).astype(np.int64),
        people,
        before,
        np.rint(people * 0.5).astype(np.int64),
        people,
    )


def one_path(terms: Terms, counts: Counts, path: int) -> Outcomes:
    """Return the counts of one path as a file would hold them."""
    kind = terms.counterfactual.kind
    found: dict[Key, Count] = {}
    for place, payee in enumerate(terms.payees):
        for m, (metric, about) in enumerate(terms.metric.items()):
            if terms.needs_baseline:
                people = int(counts.baseline_people[path, place, m]) if about.of_people else None
                found[Key(payee, metric, BASELINE)] = Count(int(counts.baseline[path, place, m]), people)
            for j, period in enumerate(terms.period):
                people = int(counts.people[path, place, j, m]) if about.of_people else None
                found[Key(payee, metric, period)] = Count(int(counts.actual[path, place, j, m]), people)
                if kind == "matched comparison":
                    many = int(counts.comparison_people[path, place, j, m])
                    count = Count(int(counts.comparison[path, place, j, m]), many)
                    found[Key(payee, metric, period, "comparison")] = count
                if kind == "national trend removed":
                    found[Key("", metric, period, "national")] = Count(int(counts.national[0, j, m]))
                    found[Key("", metric, BASELINE, "national")] = Count(int(counts.national_baseline[0, m]))
    return Outcomes(found)
