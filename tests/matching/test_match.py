"""Every way of matching is told a second time by search, by its defining equation, or by a published table."""

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.spatial.distance import mahalanobis

from whatworks.evaluation import match
from whatworks.evaluation.matching.methods.full import match_full
from whatworks.evaluation.matching.methods.mahalanobis import look_around, match_points
from whatworks.evaluation.matching.methods.optimal import match_optimal
from whatworks.evaluation.matching.methods.radius import match_radius
from whatworks.examples import example
from whatworks.records.refusal import Refused

RNG = np.random.default_rng(7)
PEOPLE = 400
AGE, NEED = RNG.normal(30, 8, PEOPLE).round(), RNG.normal(size=PEOPLE)
SCHEME = (RNG.random(PEOPLE) < 1 / (1 + np.exp(1.2 - NEED))).astype(int)
TABLE = pl.DataFrame(
    {
        "scheme": SCHEME,
        "age": AGE,
        "need": NEED,
        "sex": RNG.choice(["F", "M"], PEOPLE),
        "reoffended": (RNG.random(PEOPLE) < 0.4).astype(int),
    }
)
WORDS: dict[str, Any] = {"treated": "scheme", "covariates": ["age", "need", "sex"]}
Cohort = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def cohorts(draw: st.DrawFn) -> Cohort:
    size = draw(st.integers(2, 25))
    scores = draw(st.lists(st.integers(0, 16), min_size=size, max_size=size))
    treated = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    treated[0], treated[1] = True, False
    strata = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    return np.array(scores) / 10, np.array(treated), np.array(strata)


@given(cohorts(), st.sampled_from([0.1, 0.3, 5.0]))
def test_radius_shares_a_weight_of_one_among_everyone_in_reach(cohort: Cohort, caliper: float) -> None:
    score, treated, strata = cohort
    found = match_radius(score, treated, caliper=caliper, strata=strata).weights
    raw = np.zeros(len(score))
    for t in np.flatnonzero(treated):
        near = [c for c in np.flatnonzero(~treated & (strata == strata[t])) if abs(score[c] - score[t]) <= caliper]
        raw[t] = bool(near)
        for c in near:
            raw[c] += 1 / len(near)
    theirs = raw[~treated]
    wanted = raw.copy()
    wanted[~treated] *= np.count_nonzero(theirs) / max(theirs.sum(), 1e-300)
    assert found == pytest.approx(wanted, abs=1e-12)
    assert ((found > 0) == (wanted > 0)).all()


@given(st.lists(st.integers(0, 20), min_size=1, max_size=4), st.lists(st.integers(0, 20), min_size=4, max_size=6))
@settings(max_examples=60)
def test_optimal_pairs_are_the_best_of_all_ways_to_pair(ours: list[int], theirs: list[int]) -> None:
    score = np.array([*ours, *theirs], dtype=float)
    treated = np.arange(len(score)) < len(ours)
    pairs = match_optimal(score, treated).pairs
    assert pairs is not None
    least = min(
        sum(abs(a - b) for a, b in zip(ours, chosen, strict=True)) for chosen in permutations(theirs, len(ours))
    )
    assert np.abs(score[pairs.treated] - score[pairs.comparison]).sum() == least
    assert len(set(pairs.comparison.tolist())) == len(ours)


@given(cohorts())
@settings(max_examples=60)
def test_full_matching_covers_everybody_with_the_least_sum_of_distances(cohort: Cohort) -> None:
    score, treated = cohort[0][:10], cohort[1][:10]
    found = match_full(score, treated)
    assert found.subclass is not None and (found.subclass >= 0).all()
    ours, theirs = np.flatnonzero(treated), np.flatnonzero(~treated)
    total = 0.0
    for one in np.unique(found.subclass):
        first, second = (group[found.subclass[group] == one] for group in (ours, theirs))
        assert min(len(first), len(second)) == 1  # a set is one against some, or some against one
        total += np.abs(score[first][:, None] - score[second]).sum()
    # The least cover of everybody as a linear programme over all links (its vertices are whole numbers).
    cost = np.abs(score[ours][:, None] - score[theirs])
    links = [(i, j) for i in range(len(ours)) for j in range(len(theirs))]
    rows = [[-float(link[0] == i) for link in links] for i in range(len(ours))]
    rows += [[-float(link[1] == j) for link in links] for j in range(len(theirs))]
    least = linprog([cost[link] for link in links], A_ub=rows, b_ub=[-1.0] * len(rows)).fun
    assert total == pytest.approx(least, abs=1e-9)


def test_optimal_keeps_the_caliper_and_loses_as_few_as_can_be() -> None:
    # Within 0.2: 0.3 reaches only 0.4, 0.5 reaches 0.4 and 0.7, 0.95 reaches nobody.
    score = np.array([0.5, 0.3, 0.95, 0.4, 0.7])
    pairs = match_optimal(score, np.array([True, True, True, False, False]), caliper=0.2001).pairs
    assert pairs is not None and sorted(zip(pairs.treated.tolist(), pairs.comparison.tolist(), strict=True)) == [
        (0, 4), (1, 3),
    ]  # fmt: skip


@given(st.integers(0, 10_000), st.integers(1, 2), st.integers(1, 2), st.booleans())
@settings(max_examples=40)
def test_points_are_matched_as_a_search_would(seed: int, ratio: int, uses: int, closest: bool) -> None:
    rng = np.random.default_rng(seed)
    points, treated = rng.integers(0, 4, (18, 2)).astype(float), np.arange(18) < 6
    limit, strata, score = rng.integers(0, 5, 18).astype(float), rng.integers(0, 2, 18), rng.random(18)
    queue = np.flatnonzero(treated)
    room = look_around(treated, queue, strata, score, 0.6)
    made = match_points(
        points, treated, queue, room=room, limits=limit[:, None], widths=np.array([2.0]), ratio=ratio, uses=uses,
        closest=closest,
    )  # fmt: skip
    left, partners, wanted = dict.fromkeys(range(6, 18), uses), {t: [] for t in range(6)}, []

    def best(t: int) -> tuple[float, int] | None:
        able = [
            (float(((points[t] - points[c]) ** 2).sum()), c)
            for c in left
            if left[c] and strata[c] == strata[t] and abs(score[c] - score[t]) <= 0.6
            and abs(limit[c] - limit[t]) <= 2 and c not in partners[t]
        ]  # fmt: skip
        return min(able, default=None)

    for turn in range(1, ratio + 1):
        waiting = [t for t in range(6) if len(partners[t]) == turn - 1]
        while waiting:
            choices = [(*found, t) for t in waiting if (found := best(t)) is not None]
            if not choices:
                break
            t = min((gap, t) for gap, _, t in choices)[1] if closest else min(t for _, _, t in choices)
            found = best(t)
            assert found is not None
            partners[t].append(found[1])
            left[found[1]] -= 1
            wanted.append((t, found[1], turn))
            waiting.remove(t)
    assert sorted(made.frame().rows()) == sorted(wanted)


def test_mahalanobis_distance_is_scipys() -> None:
    found = match(TABLE, treated="scheme", covariates=["age", "need"], distance="mahalanobis")
    values = TABLE.select("age", "need").to_numpy()
    ours, theirs = values[SCHEME == 1], values[SCHEME == 0]
    within = (np.cov(ours.T) * (len(ours) - 1) + np.cov(theirs.T) * (len(theirs) - 1)) / (PEOPLE - 2)
    free, inverse = set(np.flatnonzero(SCHEME == 0).tolist()), np.linalg.inv(within)
    assert found.pairs is not None
    for t, c, _ in found.pairs.head(25).rows():  # in order of the rows, each takes the nearest who is left
        gaps = {other: mahalanobis(values[t], values[other], inverse) for other in free}
        assert gaps[c] == pytest.approx(min(gaps.values()), rel=1e-9)
        free.discard(c)


def test_calipers_on_columns_hold_in_their_own_unit_and_in_standard_deviations() -> None:
    found = match(TABLE, **WORDS, caliper={"distance": 0.5, "age": 3, "need": 0.5}, std_caliper={"age": False})
    assert found.pairs is not None and found.pairs.height > 20
    t, c = found.pairs["treated"].to_numpy(), found.pairs["comparison"].to_numpy()
    assert np.abs(AGE[t] - AGE[c]).max() <= 3
    assert np.abs(NEED[t] - NEED[c]).max() <= 0.5 * NEED.std(ddof=1)
    wider = match(TABLE, **WORDS, caliper={"distance": 0.5, "age": 3, "need": 0.5})
    assert wider.pairs is not None
    gaps = np.abs(AGE[wider.pairs["treated"].to_numpy()] - AGE[wider.pairs["comparison"].to_numpy()])
    assert 3 < gaps.max() <= 3 * AGE.std(ddof=1)


def test_entropy_weights_meet_the_treated_means_and_are_exponential_in_the_covariates() -> None:
    found = match(TABLE, **WORDS, method="entropy")
    design, theirs = found.design.matrix, SCHEME == 0
    assert np.average(design[theirs], axis=0, weights=found.weights[theirs]) == pytest.approx(
        design[SCHEME == 1].mean(axis=0), abs=1e-6
    )
    # The maximum-entropy solution is the one whose log weights are linear in what is balanced.
    line = np.column_stack([np.ones(theirs.sum()), design[theirs]])
    logs = np.log(found.weights[theirs])
    assert line @ np.linalg.lstsq(line, logs, rcond=None)[0] == pytest.approx(logs, abs=1e-6)
    assert not found.warnings


def test_entropy_that_does_not_balance_is_refused() -> None:
    # Nobody outside is above 40, so no weights reach the treated's mean of 50.
    people = pl.DataFrame({"scheme": [1] * 20 + [0] * 40, "age": [50.0] * 19 + [51.0] + [float(a) for a in range(40)]})
    with pytest.raises(Refused, match="age: tells the two groups apart without error"):
        match(people, treated="scheme", covariates=["age"], method="entropy")
    one = people.with_columns(age=pl.when(pl.int_range(pl.len()) == 20).then(52.0).otherwise("age"))
    with pytest.raises(Refused, match="nearly all the weight on one"):
        match(one, treated="scheme", covariates=["age"], method="entropy")
    # A level that no comparison has cannot be reached by any weights; the refusal names its column, and the way out.
    apart = people.with_columns(age=pl.lit(1.0) + pl.int_range(pl.len()) % 7, kind=pl.Series(["a"] * 5 + ["b"] * 55))
    with pytest.raises(Refused, match=r"no weights were found .*too far apart in kind; balance fewer covariates"):
        match(apart, treated="scheme", covariates=["age", "kind"], method="entropy")
    dropped = match(apart, treated="scheme", covariates=["age", "kind"])
    assert dropped.pairs is not None
    assert dropped.pairs.height == 20 - 5


def test_weights_from_probabilities_by_hand() -> None:
    people = pl.DataFrame({"scheme": [1, 1, 0, 0], "p": [0.8, 0.5, 0.5, 0.2]})
    # ATE: 1/p = 1.25, 2 (mean 1.625); 1/(1-p) = 2, 1.25. ATT: p/(1-p) = 1, 0.25 (mean 0.625).
    wanted = {
        ("inverse_probability", "ATE"): [1.25 / 1.625, 2 / 1.625, 2 / 1.625, 1.25 / 1.625],
        ("inverse_probability", "ATT"): [1, 1, 1.6, 0.4],
        ("inverse_probability", "ATC"): [0.4, 1.6, 1, 1],
        ("overlap", "ATT"): [0.2 / 0.35, 0.5 / 0.35, 0.5 / 0.35, 0.2 / 0.35],
    }
    for (method, about), weights in wanted.items():
        found = match(people, treated="scheme", distance="p", method=method, estimand=about)
        assert found.weights == pytest.approx(weights), (method, about)


def test_strata_weigh_by_hand_for_each_estimand() -> None:
    # Stratum F: 1 treated, 2 comparisons; M: 2 treated, 1 comparison; X: a treated person alone.
    people = pl.DataFrame({"scheme": [1, 0, 0, 1, 1, 0, 1], "sex": ["F", "F", "F", "M", "M", "M", "X"]})
    wanted = {
        "ATT": [1, 0.5, 0.5, 1, 1, 2, 0],
        "ATC": [2, 1, 1, 0.5, 0.5, 1, 0],
        "ATE": [1.5, 0.75, 0.75, 0.75, 0.75, 1.5, 0],  # 3, 1.5, 1.5, 1.5, 1.5, 3, each group's mean made one
    }
    for about, weights in wanted.items():
        found = match(people, treated="scheme", exact=["sex"], method="exact", estimand=about)
        assert found.weights == pytest.approx(weights), about


def test_coarsened_exact_keeps_whom_matchits_own_guide_prints() -> None:
    people = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
    names = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
    found = match(people, treated="treat", covariates=names, method="cem")
    comparison, treated = found.counts().rows(named=True)
    assert (treated["matched"], comparison["matched"]) == (65, 75)
    assert comparison["matched_ess"] == pytest.approx(41.29, abs=0.005)


@pytest.mark.parametrize(
    ("spec", "words"), [("cem", {"method": "cem"}), ("radius_05", {"method": "radius", "caliper": 0.05})]
)
def test_weights_and_effects_of_bins_and_radius_are_matchits(matchit: Path, spec: str, words: Any) -> None:
    people = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
    names = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
    found = match(people, treated="treat", covariates=names, **words)
    theirs = pl.read_csv(matchit / "lalonde-weights.csv.gz", infer_schema_length=None).filter(spec=spec)
    assert np.abs(found.weights - theirs["weight"].to_numpy()).max() < 1e-12
    effect = pl.read_csv(matchit / "lalonde-effects.csv").row(by_predicate=pl.col("spec") == spec, named=True)
    kind = {"HC1": "HC1", "pair-clustered CR1": "CR1"}[effect["se_kind"]]
    ours = found.effect("re78", adjusted=False, se_kind=kind)
    assert (ours.difference, ours.se) == pytest.approx((effect["att"], effect["se"]), rel=1e-9)


@pytest.mark.parametrize("make", ["polars", "pandas", "pyarrow"])
def test_an_analysts_own_table_gives_matchits_pairs(matchit: Path, make: str) -> None:
    people = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
    data = {"polars": people, "pandas": people.to_pandas(), "pyarrow": people.to_arrow()}[make]
    names = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
    found = match(data, treated="treat", covariates=names, link="linear.logit", caliper=0.2, exact=["race", "married"])
    theirs = pl.read_csv(matchit / "lalonde-pairs.csv.gz").filter(spec="nearest_linear_caliper_exact")
    wanted = theirs.select(pl.col("treated_unit") - 1, pl.col("comparison_unit") - 1, "round").rows()
    assert found.paired is not None and sorted(found.paired.rows()) == sorted(wanted)
    assert type(found.data()).__module__.partition(".")[0] == make
    assert len(found.data()) == int((found.weights > 0).sum())


def test_for_the_comparisons_the_groups_change_places() -> None:
    turned = TABLE.with_columns(scheme=1 - pl.col("scheme"))
    ours = match(TABLE, **WORDS, estimand="ATC", replace=True)
    other = match(turned, **WORDS, estimand="ATT", replace=True, m_order="smallest")
    assert ours.weights == pytest.approx(other.weights)
    assert ours.effect("reoffended").difference == pytest.approx(-other.effect("reoffended").difference)


def test_sets_of_unequal_size_weigh_as_the_match_says_whomever_the_effect_is_about() -> None:
    outcome = TABLE["reoffended"].to_numpy()
    for about in ("ATT", "ATC"):
        found = match(TABLE, **WORDS, caliper=0.1, ratio=2, estimand=about)
        assert found.subclass is not None and len(set(np.bincount(found.subclass[found.subclass >= 0]))) > 1
        ours, theirs = SCHEME == 1, SCHEME == 0
        means = [np.average(outcome[group], weights=found.weights[group]) for group in (ours, theirs)]
        assert found.effect("reoffended", adjusted=False).difference == pytest.approx(means[0] - means[1]), about


def test_the_balance_table_holds_the_distance_and_on_request_squares_and_products() -> None:
    found = match(TABLE, **WORDS, caliper=0.2)
    plain = found.balance()
    assert plain["covariate"].to_list() == ["distance", "age", "need", "sex", "sex"]
    further = found.balance(squares=True, interactions=True)
    assert further["covariate"].to_list()[5:] == [
        "age²", "need²", "age × need", "age × sex: F", "age × sex: M", "need × sex: F", "need × sex: M",
    ]  # fmt: skip
    row = further.filter(covariate="age × sex: M").row(0, named=True)
    product = AGE * (TABLE["sex"] == "M").to_numpy()
    spread = product[SCHEME == 1].std(ddof=1)
    assert row["smd_before"] == pytest.approx((product[SCHEME == 1].mean() - product[SCHEME == 0].mean()) / spread)


def test_effects_average_over_those_whom_they_are_about() -> None:
    # Reoffending falls by 1 for F and by 3 for M; shares of M: treated 3/4, comparisons 1/4, all 1/2.
    rows = [(1, "F", 5.0)] * 20 + [(1, "M", 3.0)] * 60 + [(0, "F", 6.0)] * 60 + [(0, "M", 6.0)] * 20
    noise = np.tile([0.1, -0.1], 80)
    people = pl.DataFrame(rows, schema=["scheme", "sex", "y"], orient="row").with_columns(y=pl.col("y") + noise)
    wanted = {"ATT": -(0.25 * 1 + 0.75 * 3), "ATC": -(0.75 * 1 + 0.25 * 3), "ATE": -2.0}
    for about, effect in wanted.items():
        for method in ("exact", "inverse_probability"):
            found = match(people, treated="scheme", covariates=["sex"], method=method, estimand=about)
            assert found.effect("y").difference == pytest.approx(effect, abs=1e-9), (about, method)


def test_ratios_compare_the_shares_that_the_difference_compares() -> None:
    found = match(TABLE, **WORDS, caliper=0.2)
    used = TABLE.filter(pl.Series(found.weights > 0))
    ours, theirs = (float(used.filter(scheme=group)["reoffended"].mean()) for group in (1, 0))  # type: ignore[arg-type]
    risk, odds = found.ratios("reoffended", adjusted=False)
    assert (risk.name, risk.value) == ("risk ratio", pytest.approx(ours / theirs))
    assert odds.value == pytest.approx(ours / (1 - ours) / (theirs / (1 - theirs)))
    (rate,) = found.ratios("age", adjusted=False)
    assert rate.name == "rate ratio"
    with pytest.raises(Refused, match="need: is below zero for somebody"):
        found.ratios("need")
