"""Whole evaluations of schemes given by area: which p, which interval, which verdict, and in what they are needed."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from scipy.stats import t

from areas.made_up_areas import evaluated, people_of, protocol, with_people
from whatworks.evaluation.answer.combining import combine_results
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.evaluate import areas_of
from whatworks.papers import publish
from whatworks.papers.evaluation.combination import answer, publish_combination
from whatworks.papers.evaluation.sections.verdicts import verdict_line
from whatworks.records.refusal import Refused

EIGHT = [110, 90, 100, 100, 105, 95, 100, 100]
UNEVEN = [20, 30, 50, 500] * 2


def area_values(units, column, covariates):
    """Each area's mean of a column's residuals, by people of all areas, treatment left out."""
    design = np.column_stack([np.ones(units.size), *covariates])
    left = column - design @ np.linalg.lstsq(design, column, rcond=None)[0]
    table = pl.DataFrame({"area": units.people["area"], "left": left}).group_by("area").agg(pl.col("left").mean())
    return table.sort("area")["left"].to_numpy()


def exact_p(values, ours, swaps=None):
    """The exact p by looking at every choice of areas, one at a time."""
    places = range(len(values))
    every = swaps or list(combinations(places, ours))
    gap = [np.mean([values[j] for j in chosen]) - np.mean([values[j] for j in places if j not in chosen])
           for chosen in every]  # fmt: skip
    observed = abs(gap[every.index(tuple(range(ours)))])
    return np.mean([abs(one) >= observed - 1e-12 for one in gap])


def test_p_is_the_exact_one_over_everybody_eligible_not_over_the_matched() -> None:
    units = people_of(EIGHT, 4, effect=0.2, seed=3)
    outcome = evaluated(units).outcomes[0]
    age, again = units.covariates["age"].to_numpy(), units.outcomes["again"].to_numpy()
    assert outcome.p == pytest.approx(exact_p(area_values(units, again, [age]), 4))
    assert outcome.treated.n < 400  # some found no comparison, and yet count for p
    male = (units.covariates["sex"] == "M").to_numpy().astype(float)
    exact = evaluated(units, comparison={"exact": ["sex"]}).outcomes[0]
    assert exact.p == pytest.approx(exact_p(area_values(units, again, [age, male]), 4))


def test_the_interval_is_cr2_by_its_definition_with_full_matrices() -> None:
    units = people_of(EIGHT, 4, effect=0.2, seed=3)
    result = evaluated(units)
    outcome = result.outcomes[0]
    matched = match_sample(protocol(), units).matched
    rows = np.flatnonzero(matched.used)
    treated = units.treated[rows].astype(float)
    age = units.covariates["age"].to_numpy()[rows]
    age = age - age[treated > 0].mean()
    x = np.column_stack([np.ones(len(rows)), treated, age, age * treated])
    y, area = units.outcomes["again"].to_numpy()[rows], units.people["area"].to_numpy()[rows]
    bread = np.linalg.inv(x.T @ x)
    left = np.eye(len(rows)) - x @ bread @ x.T
    pulls, squares = [], 0.0
    for one in np.unique(area):
        inside = area == one
        sizes, turned = np.linalg.eigh(left[np.ix_(inside, inside)])
        root = (turned[:, sizes > 1e-9] / np.sqrt(sizes[sizes > 1e-9])) @ turned[:, sizes > 1e-9].T
        pull = left[inside].T @ root @ x[inside] @ bread[:, 1]
        pulls.append(pull)
        squares += float(pull @ y) ** 2
    spread = np.array(pulls) @ np.array(pulls).T
    df, se = np.trace(spread) ** 2 / (spread**2).sum(), np.sqrt(squares)
    difference = (bread @ x.T @ y)[1]
    assert outcome.difference == pytest.approx(difference)
    assert outcome.areas is not None and outcome.areas.interval == "CR2"
    assert (outcome.areas.se, outcome.areas.df) == (pytest.approx(se), pytest.approx(df))
    assert outcome.ci_low == pytest.approx(difference - t.ppf(0.975, df) * se)
    assert outcome.smallest_detectable == pytest.approx((t.ppf(0.975, df) + t.ppf(0.8, df)) * se)
    assert f"{df:.1f}" in outcome.se_kind and "all 70 ways" in outcome.se_kind
    assert (outcome.n_needed, outcome.areas.areas_needed) == (None, pytest.approx(outcome.areas.areas_needed))
    person = next(one for one in outcome.beside if one.name.startswith("person by person"))
    assert person.difference == pytest.approx(difference)
    assert person.ci_low is not None and outcome.ci_low < person.ci_low


def test_an_area_with_over_half_of_an_arm_has_the_permutation_test_inverted() -> None:
    units = people_of(UNEVEN, 4, effect=1.6, shocks=0.1, seed=2)
    outcome = evaluated(units).outcomes[0]
    assert outcome.areas is not None and outcome.areas.interval == "inverted"
    assert outcome.verdict == "significant reduction" and outcome.p == pytest.approx(2 / 70)
    age, again = units.covariates["age"].to_numpy(), units.outcomes["again"].to_numpy()
    for effect, rejected in ((outcome.ci_low - 1e-6, True), (outcome.ci_low + 1e-6, False),
                             (outcome.ci_high - 1e-6, False), (outcome.ci_high + 1e-6, True)):  # fmt: skip
        p = exact_p(area_values(units, again - effect * units.treated, [age]), 4)
        assert bool(p <= 0.05) is rejected
    middle = area_values(units, again - outcome.difference * units.treated, [age])
    assert middle[:4].mean() == pytest.approx(middle[4:].mean())


@pytest.mark.parametrize(("sizes", "with_it", "smallest"), [([150] * 6, 3, 0.1), ([300, 100, 100, 100], 1, 0.25)])
def test_areas_too_few_for_any_verdict_say_so_and_have_no_interval(sizes, with_it, smallest) -> None:
    result = evaluated(people_of(sizes, with_it, effect=1.2, seed=4))
    outcome = result.outcomes[0]
    assert (outcome.verdict, outcome.ci_low, outcome.ci_high) == ("more areas needed", None, None)
    assert result.areas is not None and result.areas.smallest_p == pytest.approx(smallest)
    assert "no verdict is possible" in result.areas.sentence
    assert "more areas, not more people" in outcome.sentence
    release = publish(result)
    assert "more areas are needed" in verdict_line(release, release.primary())


def test_p_and_the_interval_must_both_be_clear() -> None:
    for seed in range(60):
        outcome = evaluated(people_of(EIGHT, 4, effect=0.25, seed=seed), extras=False).outcomes[0]
        inside = outcome.ci_low <= 0 <= outcome.ci_high
        told = outcome.p <= 0.05 and not inside
        assert (outcome.verdict == "more areas needed") is not told
        if (outcome.p <= 0.05) != (not inside):
            assert "more areas" in outcome.sentence
            break
    else:
        pytest.fail("no study in which the two differ was found")


def test_pairs_are_swapped_within_pairs() -> None:
    units = people_of([100] * 8, 4, effect=0.8, seed=5)
    pairs = {f"A{j:02d}": str(j % 4) for j in range(8)}
    result = evaluated(units, comparison={"area_strata": pairs})
    outcome = result.outcomes[0]
    assert result.areas is not None and (result.areas.strata, result.areas.ways) == (4, 16)
    assert result.areas.smallest_p == 0.125 and outcome.verdict == "more areas needed"
    age, again = units.covariates["age"].to_numpy(), units.outcomes["again"].to_numpy()
    swaps = [tuple(j + 4 * int(bit) for j, bit in enumerate(f"{code:04b}")) for code in range(16)]
    dummies = [(units.people["area"].replace_strict(pairs) == one).to_numpy().astype(float) for one in "123"]
    assert outcome.p == pytest.approx(exact_p(area_values(units, again, [age, *dummies]), 4, swaps))
    with pytest.raises(Refused, match=r"\"A07\": has no stratum[\s\S]*\"A99\": is nobody"):
        evaluated(units, comparison={"area_strata": {**{k: v for k, v in pairs.items() if k != "A07"}, "A99": "1"}})


def test_people_drawn_within_areas_are_compared_as_people() -> None:
    units = people_of(EIGHT, 4, within=True)
    result = evaluated(units)
    assert result.areas is None and result.outcomes[0].areas is None
    assert result.outcomes[0].verdict in ("more people needed", "significant reduction", "significant increase")


def test_given_by_area_where_few_have_a_comparison_of_their_own() -> None:
    units = people_of(EIGHT, 4)
    scattered = np.random.default_rng(1).permutation(units.size)
    treated = np.zeros(units.size, dtype=bool)
    treated[scattered[:40]] = True
    own = pl.Series(np.where(treated & (np.arange(units.size) % 5 > 0), "Z" + units.people["area"].to_numpy(), "Q"))
    few = with_people(units, treated=pl.Series(treated), area=own)
    assert few.by_area.own < 0.5 and few.by_area.holds
    known = with_people(units, area=pl.Series([None] * units.size, dtype=pl.String))
    assert not known.by_area.holds


def test_no_protocol_overrules_it() -> None:
    units = people_of(EIGHT, 4, effect=0.2, seed=3)
    for comparison in ({"method": "none", "covariates": []}, {"replace": True}, {"method": "entropy"}):
        result = evaluated(units, comparison=comparison)
        assert result.areas is not None and result.outcomes[0].areas is not None
    described = evaluated(units, scheme={"causal": False})
    assert described.areas is None and described.outcomes[0].verdict is None


def test_subgroups_matching_and_placebos_keep_to_areas_and_what_takes_people_for_independent_is_left_out() -> None:
    units = people_of(EIGHT, 4, effect=0.2, seed=3)
    result = evaluated(units, subgroups={"planned": ["sex"], "search": ["sex"]})
    again, age = units.outcomes["again"].to_numpy(), units.covariates["age"].to_numpy()
    for row in result.subgroups:
        inside = (units.covariates["sex"] == row.level).to_numpy()
        some = replace(units, people=units.people.filter(pl.Series(inside)))
        assert row.p == pytest.approx(exact_p(area_values(some, again[inside], [age[inside]]), 4))
    assert all(70 * row.interaction_p == pytest.approx(round(70 * row.interaction_p)) for row in result.subgroups)
    assert {one.name for one in result.sensitivity} >= {"half the caliper"}
    assert result.search is not None and not result.search.made
    assert result.hidden_bias is None or result.hidden_bias.gamma is None
    heavy = evaluated(people_of(UNEVEN, 4, effect=0.3, seed=2))
    assert (heavy.sensitivity, heavy.specifications, heavy.matching.tie_sensitivity) == ((), (), None)


def test_the_data_lab_form_gives_the_answer_of_the_board() -> None:
    """One estimator of one thing: both papers hold the same groups, difference, interval and verdict."""
    for units in (people_of(EIGHT, 4, effect=0.2, seed=3), people_of(UNEVEN, 4, effect=0.3, seed=2)):
        result = evaluated(units)
        (row,), board = result.data_lab, result.outcomes[0]
        assert row.difference == pytest.approx(row.treated.value - row.comparison.value)
        for name in ("treated", "comparison", "difference", "ci_low", "ci_high", "p", "verdict"):
            assert getattr(row, name) == getattr(board, name), name
    needing = evaluated(people_of(EIGHT, 4, effect=0.2, seed=3)).data_lab[0]
    assert (needing.verdict, needing.n_needed) == ("more areas needed", None)
    assert needing.areas_needed is not None and needing.areas_needed >= 4


def test_people_of_no_known_area_count_for_no_area() -> None:
    units = people_of(EIGHT, 4, effect=0.2, seed=3)
    lost = np.arange(units.size) % 10 == 0
    some = with_people(units, area=pl.when(pl.Series(lost)).then(None).otherwise(pl.col("area")))
    design = areas_of(protocol(), some)
    assert design is not None and design.counts == (4, 4)
    left = replace(units, people=units.people.filter(pl.Series(~lost)))
    again, age = units.outcomes["again"].to_numpy()[~lost], units.covariates["age"].to_numpy()[~lost]
    assert evaluated(some).outcomes[0].p == pytest.approx(exact_p(area_values(left, again, [age]), 4))


def test_combined_answers_need_areas_and_take_no_site_without_an_interval() -> None:
    sites = [
        evaluated(people_of([60] * 12, 6, effect=0.2, seed=seed), extras=False, scheme={"id": f"s{seed}"})
        for seed in (11, 12)
    ]
    release = publish_combination(combine_results([(site.protocol.id, site) for site in sites]))
    assert release.by_area and release.verdict == "more areas needed"
    assert "more areas, or more sites" in answer(release)
    few = evaluated(people_of([150] * 6, 3, effect=0.5), extras=False)
    with pytest.raises(Refused, match="has no interval for its primary outcome"):
        combine_results([("first", sites[0]), ("few", few)])
