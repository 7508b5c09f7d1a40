"""What an analyst does with a match in a notebook: R's numbers, tables in the make of theirs, no people shown."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import whatworks
from whatworks import Refused, example, match, match_arms, match_imputed

COVARIATES = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
PEOPLE = pl.read_csv(example("lalonde.csv"), infer_schema_length=None)
# The weights are made up: R was given the same ones.
SAMPLED = PEOPLE.with_columns(sw=0.5 + (pl.col("age") % 5) / 4)


def difference_and_error(made: Any, kind: str) -> tuple[float, float]:
    found = made.effect("re78", adjusted=False, se_kind=kind)
    return found.difference, found.se


# MatchIt 4.5.1 with sandwich: matchit(method = "subclass", subclass = n), lm(re78 ~ treat, weights), vcovHC("HC1").
@pytest.mark.parametrize(
    ("parts", "estimand", "theirs", "black_after"),
    [
        (6, "ATT", (1359.48753303, 828.823014456), (0.84324324324, 0.82787194709)),
        (4, "ATE", (-344.217227806, 954.722586277), (0.4433668937, 0.3596540492)),
        (5, "ATC", (-650.058341742, 1583.36115113), (0.21921949019, 0.20279720280)),
    ],
)
def test_subclasses_are_matchits(parts: int, estimand: Any, theirs: Any, black_after: Any) -> None:
    made = match(PEOPLE, "treat", COVARIATES, method="subclass", subclass=parts, estimand=estimand)
    assert difference_and_error(made, "HC1") == pytest.approx(theirs, rel=1e-9)
    row = made.balance().row(by_predicate=pl.col("level") == "black", named=True)
    assert (row["treated_after"], row["comparison_after"]) == pytest.approx(black_after, rel=1e-9)


def test_a_subclass_without_both_groups_is_joined_and_nobody_is_lost() -> None:
    made = match(PEOPLE, "treat", COVARIATES, method="subclass", subclass=40)
    assert made.counts()["matched"].to_list() == [429, 185]
    assert "5 had people of one group only" in made.warnings[0]


# MatchIt 4.5.1, s.weights = ~sw; its scores times 1e8: on some systems it cuts the gap of two scores to a whole number.
def test_sampling_weights_give_matchits_scores_pairs_and_effect() -> None:
    made = match(SAMPLED, "treat", COVARIATES, s_weights="sw")
    assert made.distance is not None
    assert made.distance[:3] == pytest.approx([0.644551367215, 0.240489014480, 0.657319072529], abs=1e-7)
    assert difference_and_error(made, "CR1") == pytest.approx((522.284874796, 721.858551211), rel=1e-9)
    assert difference_and_error(made, "HC1")[1] == pytest.approx(765.842562776, rel=1e-9)
    row = made.balance(["re74"]).row(0, named=True)
    wanted = (1918.80066491228, 5462.0783676708, -0.8026722070, 0.4464807124, 0.4490078205)
    names = ("treated_before", "comparison_before", "smd_before", "variance_ratio_before", "ks_before")
    assert tuple(row[name] for name in names) == pytest.approx(wanted, rel=1e-9)
    assert (row["comparison_after"], row["smd_after"]) == pytest.approx((2399.64412211749, -0.10892730161), rel=1e-8)


# glm(family = quasibinomial, weights = sw), weights p/(1-p) x sw, lm, vcovHC("HC1").
def test_sampling_weights_multiply_those_of_the_probability() -> None:
    made = match(SAMPLED, "treat", COVARIATES, method="inverse_probability", s_weights="sw")
    assert difference_and_error(made, "HC1") == pytest.approx((1007.14287965, 883.244771739), rel=1e-6)


@pytest.mark.parametrize("method", ["entropy", "exact", "cem", "subclass"])
def test_a_person_who_stands_for_two_counts_as_two_rows_would(method: str) -> None:
    asked: dict[str, Any] = {
        "entropy": {"covariates": ["age", "educ"]},
        "exact": {"covariates": ["race", "married"]},
        "cem": {"covariates": ["race", "married"]},
        "subclass": {"covariates": ["race", "married"], "distance": "educ", "subclass": 1},
    }[method]
    twice = PEOPLE.with_columns(w=1 + pl.col("educ") % 2)
    rows = pl.concat([twice, twice.filter(pl.col("w") == 2)])
    plain = match(rows, "treat", method=method, **asked).effect("re78", adjusted=False)
    weighted = match(twice, "treat", method=method, s_weights="w", **asked).effect("re78", adjusted=False)
    assert weighted.difference == pytest.approx(plain.difference, rel=1e-6)


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("inf"), None])
def test_sampling_weights_that_are_none_are_refused(wrong: float | None) -> None:
    rows = SAMPLED.with_columns(sw=pl.when(pl.col("unit") == 7).then(wrong).otherwise("sw"))
    with pytest.raises(Refused, match=r's_weights "sw": is not above zero and finite for 1 people'):
        match(rows, "treat", COVARIATES, s_weights="sw")
    with pytest.raises(Refused, match="does not carry sampling weights"):
        match(SAMPLED, "treat", COVARIATES, s_weights="sw").bootstrap("re78", seed=1)


# lm(re78 ~ treat, subset, weights) and vcovCL(cluster = ~subclass, "HC1") on MatchIt 4.7.2's pairs.
def test_effects_by_level_are_those_of_r() -> None:
    rows = match(PEOPLE, "treat", COVARIATES).effect("re78", by="nodegree", adjusted=False, se_kind="CR1")
    assert rows["level"].to_list() == ["0", "1"]
    assert (rows["treated"] + rows["comparison"]).to_list() == [121, 249]
    assert rows["difference"].to_list() == pytest.approx([2408.81483239, 298.551823208], rel=1e-9)
    assert rows["se"].to_list() == pytest.approx([1404.12928479, 802.121008621], rel=1e-9)


def test_a_level_with_one_person_on_a_side_has_no_numbers() -> None:
    alone = PEOPLE.with_columns(site=pl.when(pl.col("unit") == 1).then(pl.lit("north")).otherwise(pl.lit("south")))
    rows = match(alone, "treat", COVARIATES).effect("re78", by="site")
    assert rows.filter(pl.col("level") == "north").select("difference", "se", "p").row(0) == (None, None, None)
    with pytest.raises(Refused, match="would give"):
        match(PEOPLE, "treat", COVARIATES).effect("re78", by="unit")


# sd() and cov.wt() in R.
def test_table_one_has_rs_standard_deviations() -> None:
    made = match(PEOPLE, "treat", COVARIATES, method="inverse_probability")
    rows = {row["covariate"]: row for row in made.table_one(["age", "re74"]).iter_rows(named=True)}
    assert rows["age"]["comparison_before_sd"] == pytest.approx(10.78665302, rel=1e-9)
    assert rows["re74"]["comparison_before_sd"] == pytest.approx(6788.750796, rel=1e-9)
    assert rows["age"]["comparison_after_sd"] == pytest.approx(10.57535414, rel=1e-6)
    assert rows["re74"]["comparison_after_sd"] == pytest.approx(4252.246853, rel=1e-6)


@pytest.mark.parametrize("estimand", ["ATT", "ATC", "ATE"])
def test_the_two_groups_and_their_difference_subtract(estimand: Any) -> None:
    made = match(PEOPLE, "treat", COVARIATES, method="inverse_probability", estimand=estimand)
    for adjusted in (True, False):
        found = made.effect("re78", adjusted=adjusted)
        assert found.treated.value - found.comparison.value == pytest.approx(found.difference, rel=1e-9)


def test_all_tables_come_in_the_make_that_was_brought_and_keep_its_index() -> None:
    people = PEOPLE.to_pandas().set_index("unit", drop=False)
    made = match(people, "treat", COVARIATES, outcome="re78")
    tables = [made.counts(), made.balance(), made.lost(), made.pairs, made.prognostic("re78"), made.table_one(),
              made.effect(by="race"), made.data()]  # fmt: skip
    assert all(isinstance(table, pd.DataFrame) for table in tables)
    assert set(made.data().index) <= set(people.index)
    assert made.pairs["treated"].to_list() == match(PEOPLE, "treat", COVARIATES).pairs["treated"].to_list()
    arrow = match(PEOPLE.to_arrow(), "treat", COVARIATES)
    assert type(arrow.balance()).__module__.startswith("pyarrow")


def test_a_match_shows_counts_worth_balance_and_difference_and_no_people() -> None:
    people = PEOPLE.with_columns(name=pl.format("Person {}", "unit"))
    made = match(people, "treat", COVARIATES, outcome="re78")
    for shown in (repr(made), str(made.summary()), made._repr_html_()):
        assert "effective sample size" in shown and "185" in shown
        assert "race: black" in shown and "95% interval" in shown
        assert "Person" not in shown
    assert "1,121 (95% interval -415.8 to 2,658; p 0.152)" in repr(made.effect())
    assert "95% interval" not in repr(match(people, "treat", COVARIATES))
    spiked = people.rename({"age": "<script>"})
    assert "<script>" not in match(spiked, "treat", ["<script>", "educ"])._repr_html_()


def test_a_verdict_is_given_where_the_groups_are_alike_and_refused_where_not() -> None:
    with pytest.raises(Refused, match=r"not alike after matching, so there is no verdict: race: black \(1.03\)"):
        match(PEOPLE, "treat", COVARIATES).verdict("re78")
    alike = match(PEOPLE, "treat", COVARIATES, method="entropy", outcome="re78")
    found = alike.verdict(worthwhile=5000, unit="dollars", lower_is_better=False)
    assert found.verdict == "more people needed"
    assert "less than the 5,000.00 dollars" in found.sentence
    with pytest.raises(Refused, match="no outcome is named"):
        match(PEOPLE, "treat", COVARIATES).effect()


def test_imputed_tables_are_put_together_by_rubins_rules() -> None:
    rng = np.random.default_rng(3)
    tables = [PEOPLE.with_columns(educ=pl.col("educ") + pl.Series(rng.integers(-1, 2, 614))) for _ in range(5)]
    both = match_imputed(tables, "treat", COVARIATES, link="linear.logit", caliper=0.2)
    each = [match(table, "treat", COVARIATES, link="linear.logit", caliper=0.2).effect("re78") for table in tables]
    found = both.effect("re78")
    within = sum(one.se**2 for one in each) / 5
    between = float(np.var([one.difference for one in each], ddof=1))
    assert found.estimate == pytest.approx(sum(one.difference for one in each) / 5)
    assert found.se == pytest.approx((within + 1.2 * between) ** 0.5)
    assert both.balance().height == 9
    with pytest.raises(Refused, match="is not that of table 1"):
        match_imputed([tables[0], tables[1][::-1]], "treat", COVARIATES)
    with pytest.raises(Refused, match="at least two"):
        match_imputed(tables[:1], "treat", COVARIATES)


@pytest.mark.parametrize("make", ["polars", "pandas"])
def test_each_arm_is_matched_as_if_it_were_alone_and_shared_comparisons_are_said(make: str) -> None:
    arm = pl.when(pl.col("treat") == 0).then(pl.lit("none")).when(pl.col("unit") % 2 == 0).then(pl.lit("A"))
    people = PEOPLE.with_columns(arm=arm.otherwise(pl.lit("B")))
    data = people if make == "polars" else people.to_pandas().set_index("unit")
    both = match_arms(data, "arm", "none", COVARIATES, caliper=0.2)
    for name in ("A", "B"):
        alone = match(people.filter(pl.col("arm").is_in([name, "none"])), "treat", COVARIATES, caliper=0.2)
        assert both.matches[name].weights == pytest.approx(alone.weights)
    rows = both.effect("re78")
    assert list(rows["arm"]) == ["A", "B"]
    assert all(adjusted >= plain for adjusted, plain in zip(rows["p_holm"], rows["p"], strict=True))
    used = [set(np.flatnonzero(each.weights[~each.treated] > 0)) for each in both.matches.values()]
    assert both.shared == len(used[0] & used[1]) > 0 and f"{both.shared:,} comparisons serve" in both.sentence
    with pytest.raises(Refused, match="choose from A, B, none"):
        match_arms(people, "arm", "nobody", COVARIATES)


def test_the_door_plans_and_judges() -> None:
    assert whatworks.power(0.40, difference=-0.05).needed_treated == 1468
    assert whatworks.verdict("156/368", "136/327").decision.verdict == "more people needed"
    with pytest.raises(Refused, match="nothing is asked"):
        whatworks.power(0.4)
    with pytest.raises(Refused, match="is not a setting of a plan"):
        whatworks.power(0.4, difference=-0.05, chance=0.8)


def test_pictures_of_a_match_show_differences_and_shares(tmp_path: Any) -> None:
    made = match(PEOPLE, "treat", COVARIATES, caliper=0.2)
    love = made.love_plot()
    points = love.chart["layer"][-1]["data"]["values"]
    assert {point["stage"] for point in points} == {"before matching", "after matching"}
    black = next(row for row in made.balance().iter_rows(named=True) if row["level"] == "black")
    drawn = [point["smd"] for point in points if point["covariate"] == "race: black"]
    assert drawn == pytest.approx([100 * black["smd_before"], 100 * black["smd_after"]], abs=0.05)
    married = made.distribution_plot("married").chart["data"]["values"]
    share = 100 * PEOPLE.filter(pl.col("treat") == 0)["married"].mean()
    assert [point["share"] for point in married if point["group"] == "Comparison, before"] == [
        round(100 - share), round(share),
    ]  # fmt: skip
    for picture in (love, made.overlap_plot(), made.distribution_plot("race"), made.distribution_plot("re74")):
        assert picture._repr_svg_().startswith("<svg")
    assert love.save(tmp_path / "love.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(Refused, match="name a file that ends in"):
        love.save(tmp_path / "love.gif")
    with pytest.raises(Refused, match="has no score"):
        match(PEOPLE, "treat", COVARIATES, method="entropy").overlap_plot()
    with pytest.raises(Refused, match="too many for a picture"):
        match(PEOPLE.with_columns(pl.col("unit").cast(pl.String)), "treat", COVARIATES).distribution_plot("unit")
