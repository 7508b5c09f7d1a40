"""Unusual reading: known answers by arithmetic, false flags at the promised rate, and a planted reader who is seen."""

from math import comb

import numpy as np
import pytest
from scipy.stats import betabinom

from whatworks.statistics.access.chance import expected_false, flags_of_poisson_rule, own_share, read_by_many
from whatworks.statistics.access.spread import LEAST, Spread, fit_spread
from whatworks.statistics.access.volume import against_colleagues, against_own_share, against_past
from whatworks.statistics.arrays import Floats, Ints
from whatworks.statistics.multiplicity import false_discovery


def readers(rng: np.random.Generator, ratio: float, many: int = 100, weeks: int = 13) -> tuple[Floats, Ints]:
    """Return weekly reads of clean readers in teams of ten: levels of their own, busy weeks, days off."""
    team = np.arange(many) // 10
    busy = np.exp(rng.normal(0, 0.2, (many // 10, weeks)))[team]
    mean = np.maximum(rng.gamma(2.0, 10.0, (many, 1)) * busy, 0.1)
    counts = rng.negative_binomial(mean / (ratio - 1), 1 / ratio) * (rng.random(mean.shape) > 0.05)
    return counts.astype(float), team


@pytest.mark.parametrize(("ratio", "flags"), [(2, 15), (3, 37)])
def test_a_poisson_rule_flags_clean_readers(ratio: int, flags: int) -> None:
    """The methods page: 1,000 readers, p < .001 by Poisson, the variance twice and three times the mean."""
    assert round(flags_of_poisson_rule(1000, 20, ratio)) == flags
    drawn = np.random.default_rng(3).negative_binomial(20 / (ratio - 1), 1 / ratio, 400_000)
    terms = np.cumprod([20 / at if at else np.exp(-20.0) for at in range(200)])
    least = next(at for at in range(200) if terms[at:].sum() < 0.001)
    assert (drawn >= least).mean() * 1000 == pytest.approx(flags, abs=0.7)


def test_the_tail_is_the_beta_binomials() -> None:
    known = Spread(0.0, 0.2, np.eye(25)[12])  # a size of five, known for sure
    assert known.tail(12, 30, 8) == pytest.approx(float(betabinom.sf(11, 42, 5, 40)))
    plain = Spread(0.0, LEAST, np.eye(25)[12])
    binomial = sum(comb(20, at) * 0.2**at * 0.8 ** (20 - at) for at in range(9, 21))
    assert plain.tail(9, 11, 4) == pytest.approx(binomial, rel=0.02)
    assert plain.tail(9, 11, 4, 0.1) > 1.5 * binomial  # whoever knows the rest less well is less surprised
    assert plain.tail(0, 11, 4) == pytest.approx(1.0)


@pytest.mark.parametrize("ratio", [1.5, 3.0])
def test_the_spread_is_that_of_the_counts(ratio: float) -> None:
    rng = np.random.default_rng(5)
    mean = rng.gamma(2.0, 10.0, (400, 1)) * np.ones(12)
    counts = rng.negative_binomial(np.maximum(mean, 0.1) / (ratio - 1), 1 / ratio).astype(float)
    fitted = fit_spread(counts, np.ones(counts.shape))
    assert fitted.linear + 20 * fitted.quadratic == pytest.approx(ratio - 1, rel=0.15)


def test_clean_readers_are_seldom_flagged_and_a_planted_one_is() -> None:
    """Thirty clean looks: with a false flag in 5% of them, six or more have a chance of .0033 by the binomial."""
    rng, any_false, rule, seen, small, tests = np.random.default_rng(8), 0, 0, 0, 0, 0
    for _ in range(30):
        counts, team = readers(rng, 2.0, many=50)
        p = against_past(counts, team).p
        tested = p[~np.isnan(p)]
        any_false += min(false_discovery(tested)) <= 0.05
        small, tests = small + int((tested < 0.05).sum()), tests + tested.size
        mean = counts[:, :-1].mean(axis=1)
        rule += sum(flags_of_poisson_rule(1, max(float(one), 1.0), 2.0) for one in mean)
        counts[0, -1] = 5 * max(mean[0], 10)
        p = against_past(counts, team).p
        seen += false_discovery(p[~np.isnan(p)])[0] <= 0.05
    assert any_false < 6
    assert 0.025 < small / tests < 0.055
    assert seen >= 27
    assert rule > 15  # where the Poisson rule flags somebody in every other look or more


def test_a_busy_week_of_the_whole_team_flags_nobody() -> None:
    counts, team = readers(np.random.default_rng(9), 2.0)
    counts[team == 4, -1] *= 4
    p = against_past(counts, team).p
    assert min(false_discovery(p[~np.isnan(p)])) > 0.05
    counts[team == 4, -1] /= 4
    counts[41, -1] *= 4
    p = against_past(counts, team).p
    assert int(np.nanargmin(p)) == 41


def test_fewer_than_eight_weeks_are_not_tested() -> None:
    counts, team = readers(np.random.default_rng(10), 2.0, many=20)
    counts += 1
    counts[0, :5] = 0  # seven weeks before the last
    counts[1, :4] = 0  # eight
    team[-1] = 99  # alone
    p = against_past(counts, team).p
    assert np.isnan(p[[0, 19]]).all()
    assert not np.isnan(p[1])
    assert np.isnan(against_colleagues(counts.sum(axis=1), (counts > 0).sum(axis=1).astype(float), team).p[19])


def test_whoever_always_reads_more_than_the_team_is_seen_by_colleagues_alone() -> None:
    counts, team = readers(np.random.default_rng(11), 2.0)
    level = counts[team == 3].mean()
    counts[31] = np.random.default_rng(1).poisson(12 * level, counts.shape[1])
    past, team_p = against_past(counts, team).p, against_colleagues(counts.sum(axis=1), np.full(100, 13.0), team).p
    assert past[31] > 0.01
    assert int(np.argmin(team_p)) == 31
    assert false_discovery(team_p)[31] <= 0.05


def test_a_person_read_by_many_stands_out_and_a_known_case_does_not() -> None:
    rng = np.random.default_rng(12)
    plain = rng.poisson(0.02, 10_000)
    many = np.append(plain[plain > 0], 8)
    assert false_discovery(read_by_many(many, 10_000)[many > 1])[-1] <= 0.05
    some = rng.negative_binomial(0.02, 0.02 / 0.12, 10_000)  # a few cases that everybody looks at
    assert min(false_discovery(read_by_many(some, 10_000)[some > 1])) > 0.05


def test_own_surname_is_held_against_its_share_of_records() -> None:
    binomial = 1 - sum(comb(40, at) * 0.01**at * 0.99 ** (40 - at) for at in range(4))
    assert own_share(4, 40, 0.01) == pytest.approx(binomial)
    assert own_share(4, 40, 0.1) > 0.5  # a frequent name is read often


def test_expected_false_flags_of_a_look() -> None:
    assert expected_false([0.0001, 0.2, 0.0004, 0.9], [True, False, True, False]) == pytest.approx(0.0016)
    assert expected_false([], []) == 0.05


def test_nights_are_held_against_the_readers_own_nights() -> None:
    """Shift workers read at night one week in four; somebody else begins to in the last week."""
    rng = np.random.default_rng(13)
    read = rng.poisson(20, (60, 17)).astype(float)
    nights = np.zeros(read.shape)
    for at in range(30):  # on shifts
        nights[at, at % 4 :: 4] = read[at, at % 4 :: 4]
    assert min(false_discovery(against_own_share(nights, read).p)) > 0.05
    nights[45, -1] = read[45, -1]
    found = against_own_share(nights, read)
    assert int(np.argmin(found.p)) == 45
