"""The search finds what is planted, finds nothing at its stated rate where nothing is, and never uses a half twice."""

import numpy as np
import polars as pl
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.honest_search import honest_search


def people(rng: np.random.Generator, sets: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "age": rng.normal(30, 8, sets).round(),
            "sex": rng.choice(["F", "M"], sets, p=[0.2, 0.8]),
            "need": rng.choice(["low", "some", "high"], sets),
            "sanctions": rng.poisson(4, sets),
        }
    )


def test_where_the_effect_is_the_same_for_everybody_it_finds_something_one_time_in_twenty() -> None:
    rng = np.random.default_rng(2024)
    found = [
        honest_search(rng.choice([-1.0, 0.0, 1.0], 200, p=[0.3, 0.5, 0.2]), people(rng, 200), seed=seed, splits=0).found
        for seed in range(150)
    ]
    # 150 searches at 5%: 7.5 expected, standard deviation 2.7; the upper bound is four of them above.
    assert 1 <= sum(found) <= 18


def test_it_finds_the_kind_that_was_planted_and_its_effect_is_not_flattered() -> None:
    rng = np.random.default_rng(5)
    effects_found, chosen = [], []
    for seed in range(60):
        who = people(rng, 600)
        truth = np.where((who["need"] == "high").to_numpy(), -0.5, 0.0)
        answer = honest_search(truth + rng.normal(0, 1, 600), who, seed=seed, splits=0)
        chosen.append(answer.found and "need: high" in (answer.kind or ""))
        if answer.kind == "need: high":
            effects_found.append(answer.effect)
    assert np.mean(chosen) > 0.75
    # The unused half gives the truth on average: standard error 1 / sqrt(100) / sqrt(about 50).
    assert np.mean(effects_found) == pytest.approx(-0.5, abs=4 * 0.1 / np.sqrt(len(effects_found)))


def test_unlikeness_left_by_the_match_is_not_taken_for_a_kind_of_person() -> None:
    rng = np.random.default_rng(11)
    plain, honest = 0, 0
    for seed in range(100):
        who = pl.DataFrame({"earlier": rng.normal(0, 1, 400)})
        unlike = 0.5 * who["earlier"].to_numpy() + rng.normal(0, 0.5, 400)  # the further out, the less alike
        effects = -0.2 + 0.6 * unlike + rng.normal(0, 1, 400)  # the same effect for everybody
        plain += honest_search(effects, who, seed=seed, splits=0).found
        honest += honest_search(effects, who, seed=seed, expected=unlike, splits=0).found
    # The gap between kinds is about 0.6 x 0.5 x 1.6 = 0.48 with an error of 2 / sqrt(200) = 0.14 in the other half.
    # Of 100 honest searches at 5%, 5 are expected, standard deviation 2.2; the bound is four of them above.
    assert plain > 70 and honest <= 13


def test_a_planted_kind_is_found_through_what_unlikeness_adds_and_its_effect_is_that_of_like_with_like() -> None:
    rng = np.random.default_rng(12)
    women = rng.random(4_000) < 0.5
    unlike = rng.normal(0, 0.3, 4_000) + 0.4 * women
    effects = np.where(women, -0.5, 0.0) + 1.5 * unlike + rng.normal(0, 0.5, 4_000)
    people = pl.DataFrame({"sex": np.where(women, "F", "M")})
    assert honest_search(effects, people, seed=1, splits=0).kind == "sex: M"  # 1.5 x 0.4 turns the half point round
    answer = honest_search(effects, people, seed=1, expected=unlike, splits=0)
    assert answer.found and answer.kind == "sex: F"
    assert answer.effect == pytest.approx(-0.5, abs=0.1) and answer.difference == pytest.approx(-0.5, abs=0.15)


def test_better_means_more_where_more_is_better() -> None:
    rng = np.random.default_rng(6)
    who = people(rng, 800)
    effects = np.where((who["sex"] == "F").to_numpy(), 1.0, 0.0) + rng.normal(0, 0.6, 800)
    answer = honest_search(effects, who, seed=1, lower_is_better=False, splits=10)
    assert answer.found and "sex: F" in (answer.kind or "")
    assert answer.effect is not None and answer.effect > 0.5 and answer.agree > 0.8
    turned = honest_search(-effects, who, seed=1, splits=10)
    assert turned.kind == answer.kind and turned.effect == pytest.approx(-answer.effect)


def test_the_seed_decides_the_split_and_nothing_else_does() -> None:
    rng = np.random.default_rng(7)
    who, effects = people(rng, 300), rng.normal(0, 1, 300)
    assert honest_search(effects, who, seed=3, splits=9) == honest_search(effects, who, seed=3, splits=9)
    other = {honest_search(effects, who, seed=seed, splits=0).p for seed in range(5)}
    assert len(other) == 5


def test_too_few_sets_or_unknown_outcomes_are_refused() -> None:
    rng = np.random.default_rng(8)
    with pytest.raises(Refused, match="too few to look in one half"):
        honest_search(np.zeros(50), people(rng, 50), seed=1)
    with pytest.raises(Refused, match="needs a known effect"):
        honest_search(np.full(200, np.nan), people(rng, 200), seed=1)
