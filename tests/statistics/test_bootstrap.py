"""The bootstrap of matched sets gives what drawing the sets one by one and fitting anew gives."""

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation import match
from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.bootstrap import bootstrap_effect
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design

RNG = np.random.default_rng(3)
SETS, RATIO = 150, 2
SCHEME = np.repeat([True, False], [SETS, SETS * RATIO])
SUBCLASS = np.concatenate([np.arange(SETS), np.arange(SETS * RATIO) % SETS])
AGE, NEED = RNG.normal(30, 8, len(SCHEME)), RNG.normal(size=len(SCHEME))
OUTCOME = 0.05 * AGE + NEED + SCHEME * (-0.5 - 0.4 * NEED) + RNG.normal(size=len(SCHEME))
MATCHED = Matched(np.ones(len(SCHEME)), SUBCLASS)
DESIGN = Design(np.column_stack([AGE, NEED]), ("age", "need"), ("age", "need"))


def by_hand(sets: np.ndarray) -> float:
    """Draw these sets, fit each group's own line, and average what they say of the drawn treated."""
    rows = np.concatenate([np.flatnonzero(one == SUBCLASS) for one in sets])
    ours, theirs = rows[SCHEME[rows]], rows[~SCHEME[rows]]
    lines = [
        np.linalg.lstsq(np.column_stack([np.ones(len(part)), AGE[part], NEED[part]]), OUTCOME[part], rcond=None)[0]
        for part in (ours, theirs)
    ]
    asked = np.column_stack([np.ones(len(ours)), AGE[ours], NEED[ours]])
    return float((asked @ (lines[0] - lines[1])).mean())


def test_each_draw_is_the_regression_in_the_sets_it_drew() -> None:
    found = bootstrap_effect(OUTCOME, SCHEME, MATCHED, DESIGN, runs=100, seed=5)
    drawn = np.random.default_rng(5).integers(SETS, size=(100, SETS))
    assert found.draws == pytest.approx([by_hand(sets) for sets in drawn], abs=1e-9)
    assert found.difference == pytest.approx(by_hand(np.arange(SETS)), abs=1e-9)
    assert (found.ci_low, found.ci_high) == tuple(np.quantile(found.draws, [0.025, 0.975]))


def test_the_plain_spread_is_that_of_the_sets_own_differences() -> None:
    found = bootstrap_effect(OUTCOME, SCHEME, MATCHED, runs=4000, seed=1)
    gaps = OUTCOME[:SETS] - OUTCOME[SETS:].reshape(RATIO, SETS).mean(axis=0)
    assert found.difference == pytest.approx(gaps.mean(), abs=1e-12)
    # The standard deviation of a mean of SETS draws; 4,000 runs know it within about 1%.
    assert found.se == pytest.approx(gaps.std() / np.sqrt(SETS), rel=0.05)
    half = 1.96 * gaps.std() / np.sqrt(SETS)
    assert (found.ci_low, found.ci_high) == pytest.approx((gaps.mean() - half, gaps.mean() + half), abs=0.25 * half)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    first, again, other = (bootstrap_effect(OUTCOME, SCHEME, MATCHED, runs=300, seed=s) for s in (1, 1, 2))
    assert first.draws.tolist() == again.draws.tolist() != other.draws.tolist()


def test_a_set_that_lost_one_side_is_not_drawn() -> None:
    outcome = OUTCOME.copy()
    outcome[0] = np.nan
    found = bootstrap_effect(outcome, SCHEME, MATCHED, runs=100, seed=1)
    kept = np.arange(1, SETS)
    gaps = OUTCOME[kept] - OUTCOME[SETS:].reshape(RATIO, SETS)[:, kept].mean(axis=0)
    assert found.sets == SETS - 1
    assert found.difference == pytest.approx(gaps.mean(), abs=1e-12)


def test_a_match_offers_it_where_its_sets_are_its_own() -> None:
    people = pl.DataFrame({"scheme": SCHEME, "age": AGE, "need": NEED, "cost": OUTCOME})
    words = {"treated": "scheme", "covariates": ["age", "need"], "distance": "age"}
    found = match(people, **words)
    drawn = found.bootstrap("cost", runs=200, seed=4)
    assert drawn.difference == pytest.approx(found.effect("cost").difference, abs=1e-9)
    assert drawn.se == pytest.approx(found.effect("cost").se, rel=0.3)
    for other in (match(people, **words, replace=True), match(people, **words, method="radius", caliper=0.2)):
        with pytest.raises(Refused, match="no matched sets of their own"):
            other.bootstrap("cost", seed=1)


@pytest.mark.parametrize(
    ("matched", "runs", "words"),
    [
        (Matched(np.ones(len(SCHEME)), None), 1000, "several matched sets"),
        (MATCHED, 99, "below 100"),
        (Matched(np.ones(len(SCHEME)), np.where(SUBCLASS < 5, SUBCLASS, -1)), 1000, "5 matched sets are too few"),
    ],
)
def test_what_cannot_be_drawn_is_refused(matched: Matched, runs: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        bootstrap_effect(OUTCOME, SCHEME, matched, runs=runs, seed=1)
