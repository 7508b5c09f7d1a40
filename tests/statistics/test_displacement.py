"""Displacement and replacement: the published figures, arithmetic that can be followed, and how often they mislead."""

import math
from itertools import permutations

import numpy as np
import pytest
from scipy.stats import norm, t

from whatworks.records.refusal import Refused
from whatworks.statistics.displacement.controls import (
    rank_controls,
    specification_curve,
    trend_doubt,
    trend_variance,
)
from whatworks.statistics.displacement.dispersion import dispersion
from whatworks.statistics.displacement.ratio_of_ratios import ratio_of_ratios
from whatworks.statistics.displacement.replacement import replacement
from whatworks.statistics.displacement.weighted_difference import (
    levels_alike,
    weighted_difference,
    weighted_quotient,
)

FIRST = [(308, 318), (207, 110), (150, 140), (178, 157)]
"""Control, treated, displacement control, displacement treated, each before and after (Wheeler and Ratcliffe 2018)."""


def test_the_published_difference() -> None:
    """Local -107, displacement -11, total -118, each with its standard error, z and interval."""
    found = weighted_difference(FIRST)
    assert found.displacement is not None
    assert [round(part.value, 6) for part in (found.local, found.displacement, found.total)] == [-107, -11, -118]
    errors = [part.se for part in (found.local, found.displacement, found.total)]
    assert errors == pytest.approx([30.708305, 25.0, 39.597980], abs=5e-7)
    assert found.total.z == pytest.approx(-2.979950, abs=5e-7)
    assert (found.total.ci_low, found.total.ci_high) == pytest.approx((-195.610614, -40.389386), abs=5e-7)


@pytest.mark.parametrize(
    ("counts", "weights", "value", "se"),
    [
        ([(20, 20), (20, 10)], {}, -10, 8.366600),
        ([(20, 20), (20, 10), (30, 30), (30, 20)], {}, -20, math.sqrt(70 + 110)),
        ([(100, 50), (80, 20)], {"time": (2, 1)}, -20, 10.723805),
        (FIRST, {"area": (0.9, 1.2, 1.6, 1.5)}, -99.694444, 35.428076),
        (FIRST, {"phi": 4.0}, -118, 2 * 39.597980),
    ],
)
def test_weights(counts: list[tuple[int, int]], weights: dict[str, object], value: float, se: float) -> None:
    """Lengths of time and sizes of areas divide counts; dispersion widens errors only."""
    found = weighted_difference(counts, **weights)  # type: ignore[arg-type]
    assert (found.total.value, found.total.se) == pytest.approx((value, se), abs=5e-6)


def test_a_displacement_pair_alone_adds_its_own() -> None:
    """With (30, 30), (30, 20) beside the first pair: -10 each, both together -20 with 13.416408."""
    found = weighted_difference([(20, 20), (20, 10), (30, 30), (30, 20)])
    assert found.displacement is not None and found.displacement.value == -10
    assert found.total.value == -20 and found.total.se == pytest.approx(13.416408, abs=5e-7)


def test_harm_multiplies() -> None:
    """Five kinds of crime, weights 3, 2, 5, 7, 10."""
    kinds = [
        [(133, 91), (130, 74)],
        [(388, 305), (327, 202)],
        [(148, 97), (398, 190)],
        [(86, 64), (144, 92)],
        [(94, 67), (183, 96)],
    ]
    found = weighted_difference(kinds, harm=(3, 2, 5, 7, 10)).total
    assert found.value == -1721
    assert (found.se, found.z) == pytest.approx((304.103601, -5.659256), abs=5e-7)


@pytest.mark.parametrize(
    ("treated", "displaced", "control", "value", "net"),
    [
        ((207, 110), (178, 157), (308, 318), 0.258186, 130.5),
        ((100, 60), (100, 120), (100, 100), -0.5, 20),
        ((100, 60), (100, 80), (100, 100), 0.5, 60),
    ],
)
def test_the_quotient(treated: tuple[int, int], displaced: tuple[int, int], control: tuple[int, int], value: float,
                      net: float) -> None:  # fmt: skip
    """Its sign says diffusion or displacement, once the response worked."""
    found = weighted_quotient(treated, displaced, control)
    assert found.value == pytest.approx(value, abs=5e-7)
    assert found.net_effect == pytest.approx(net, abs=0.05)


def test_the_quotient_of_a_failed_response_is_refused() -> None:
    """It would be +.5, which reads as diffusion; with a control of zero it is undefined."""
    with pytest.raises(Refused, match="did not fall"):
        weighted_quotient((100, 120), (100, 110), (100, 100))
    with pytest.raises(Refused, match="did not fall"):
        weighted_quotient((100, 100), (100, 110), (100, 100))
    for control in ((0, 10), (10, 0)):
        with pytest.raises(Refused, match="undefined"):
            weighted_quotient((100, 60), (100, 80), control)


def test_equal_shares_that_look_like_an_effect() -> None:
    """1,000 to 900 beside 100 to 90: both fell by a tenth, yet the difference is -90, z -1.97; the ratio says 1."""
    counts = [(100, 90), (1000, 900)]
    found = weighted_difference(counts).total
    assert found.value == -90 and found.z == pytest.approx(-1.97, abs=0.005)
    assert not levels_alike(counts)
    ratio = ratio_of_ratios((1000, 900), (100, 90))
    assert ratio.value == pytest.approx(1) and ratio.p == 1


def test_levels_are_alike_under_a_quarter() -> None:
    """The larger over the smaller: 124 to 100 is alike, 125 to 100 is not; sizes of areas are taken into account."""
    assert levels_alike([(100, 1), (124, 1)]) and not levels_alike([(125, 1), (100, 1)])
    assert not levels_alike([(100, 1), (100, 1), (10, 1), (20, 1)])
    assert levels_alike([(300, 1), (100, 1)], area=(3, 1))


@pytest.mark.parametrize(("times", "misled"), [(2, 0.166), (3, 0.258)])
def test_variance_beyond_poisson_misleads_without_dispersion(times: int, misled: float) -> None:
    """A z of Poisson errors is `times` too wide in variance; with the right dispersion 5% are beyond 1.96."""
    assert 2 * norm.sf(1.959964 / math.sqrt(times)) == pytest.approx(misled, abs=5e-4)
    draws = np.random.default_rng(15).negative_binomial(100 / (times - 1), 1 / times, size=(4000, 2, 2))
    plain, widened = (
        np.mean([weighted_difference(pair, phi=phi).total.p < 0.05 for pair in draws]) for phi in (1.0, float(times))
    )
    assert plain == pytest.approx(misled, abs=0.025) and widened == pytest.approx(0.05, abs=0.015)


def test_dispersion_leaves_out_level_and_season() -> None:
    """Ten and twenty in every odd month, thirty and sixty in every even one, is no more than Poisson."""
    assert dispersion([[10, 30] * 6, [20, 60] * 6]).phi == 1
    wild = dispersion([[10, 30] * 6, [60, 20] * 6])
    assert wild.phi > 5 and wild.df == 11
    with pytest.raises(Refused, match="too few"):
        dispersion([[10] * 11, [20] * 11])


def _shares_that_hold(phi: float, towns: int) -> tuple[float, float]:
    """Return how often the interval holds what was planted, and how often displacement is found where none is."""
    rng = np.random.default_rng(2015)
    season = 1 + 0.2 * np.sin(np.arange(36) * np.pi / 6)
    held, false = 0, 0
    for _ in range(towns):
        mean = np.array([25.0, 27.0, 20.0, 22.0])[:, None] * season
        planted, nothing = mean.copy(), mean
        planted[1, 24:] *= 0.7
        planted[3, 24:] *= 1.15
        for means in (planted, nothing):
            counts = rng.poisson(means) if phi == 1 else rng.negative_binomial(means / (phi - 1), 1 / phi)
            spread = dispersion(counts[:, :24])
            both = np.stack([counts[:, 12:24].sum(axis=1), counts[:, 24:].sum(axis=1)], axis=1)
            found = weighted_difference(both, phi=spread.phi, df=spread.df)
            change = means[:, 24:].sum(axis=1) - means[:, 12:24].sum(axis=1)
            assert found.displacement is not None
            if means is planted:
                held += found.total.ci_low <= np.array([-1, 1, -1, 1]) @ change <= found.total.ci_high
            else:
                false += found.displacement.p < 0.05
    return held / towns, false / towns


@pytest.mark.parametrize("phi", [1.0, 2.0])
def test_intervals_hold_what_was_planted(phi: float) -> None:
    """In 200 made-up towns: 93-97% hold it, within 3.1 points of luck; without `dispersion` 83% would at twice."""
    held, false = _shares_that_hold(phi, 200)
    assert 0.90 <= held <= 1 and false <= 0.10


def test_controls_are_ranked_by_the_trend_before() -> None:
    """A candidate whose trend is told apart stands last, and one whose level differs does no worse for it."""
    months = np.arange(36)
    own = np.round(60 * 0.9 ** (months / 12))
    ranked = rank_controls(own, ["same", "tenfold", "other"], [own + 1, 10 * own, np.round(60 * 1.3 ** (months / 12))])
    assert [each.name for each in ranked][-1] == "other" and not ranked[-1].alike
    assert all(each.alike for each in ranked[:2])
    assert ranked[-1].trend == pytest.approx(0.9 / 1.3, rel=0.01)
    with pytest.raises(Refused, match="too few"):
        rank_controls(own[:11], ["same"], [own[:11]])


def test_a_trend_too_rough_to_know_is_not_alike() -> None:
    """Two events a month for a year leave the trend between an eighth and eight times: that is no likeness."""
    rough, steady = (
        rank_controls([2, 1, 3] * 4, ["rough"], [[1, 3, 2] * 4])[0],
        rank_controls([40] * 24, ["a"], [[40] * 24])[0],
    )
    assert rough.ci_low < 1 < rough.ci_high and rough.ci_high / rough.ci_low > 4 and not rough.alike
    assert steady.alike


def test_the_curve_shows_every_choice() -> None:
    """Three controls give seven choices; a choice is their sum."""
    curve = specification_curve((100, 80), [("A", (50, 50)), ("B", (60, 54)), ("C", (40, 28))])
    assert len(curve) == 7
    assert {each.controls: round(each.ratio.value or 0, 6) for each in curve}[("A", "C")] == round(0.8 / (78 / 90), 6)
    many = [(str(at), (50 + at, 50)) for at in range(30)]
    assert len(specification_curve((100, 80), many, phi=2.0)) == 500


def test_an_exact_ratio_where_nothing_is_left() -> None:
    """No event after in the treated area: the ratio is 0, with an upper end; dispersed counts are refused."""
    found = ratio_of_ratios((20, 0), (20, 20))
    assert found.value == 0 and found.ci_low == 0 and found.p < 0.001
    with pytest.raises(Refused, match="undefined"):
        ratio_of_ratios((20, 0), (20, 20), phi=2.0)


def test_replacement_counts_all_permutations() -> None:
    """Against every permutation of 8 events by hand: two strata of four, all placements within each."""
    after = [False, False, True, True] * 2
    there = [True, False, True, True, False, False, True, False]
    import whatworks.statistics.displacement.replacement as module

    limit, module.FEWEST_EXPECTED = module.FEWEST_EXPECTED, 0
    try:
        found = replacement(after, there, [0] * 4 + [1] * 4, (12, 12))
    finally:
        module.FEWEST_EXPECTED = limit
    counts = [
        sum(a and b for a, b in zip(after, (*one, *other), strict=True))
        for one in permutations(there[:4])
        for other in permutations(there[4:])
    ]
    chance = {count: counts.count(count) / len(counts) for count in set(counts)}
    seen = chance[found.observed]
    assert found.p == pytest.approx(sum(each for each in chance.values() if each <= seen + 1e-9))
    assert found.smallest_p == pytest.approx(
        sum(each for each in chance.values() if each <= min(chance.values()) + 1e-9)
    )
    assert found.expected == pytest.approx(np.mean(counts))


def test_few_events_expected_are_refused() -> None:
    """19.5 expected says nothing; 20 do."""

    def asked(inside: int) -> object:
        after = [False] * 40 + [True] * 40
        there = ([True] * inside + [False] * (40 - inside)) * 2
        return replacement(after, there, [0] * 80, (12, 12))

    with pytest.raises(Refused, match="fewer than 20"):
        asked(19)
    asked(20)


def test_a_rival_that_moves_in_is_told_from_one_that_does_not() -> None:
    """Of 100 made-up boroughs each: a doubling is found in most, and what never happened in no more than 10."""
    rng = np.random.default_rng(47)
    found = {}
    for factor in (1.0, 2.0):
        hits = 0
        for _ in range(100):
            counts = rng.poisson([[15.0, 15.0 * factor], [45.0, 45.0]], size=(4, 2, 2))
            rows = [
                (late, there == 0, season)
                for season in range(4)
                for there in (0, 1)
                for late in (False, True)
                for _ in range(counts[season, there, int(late)])
            ]
            after, inside, stratum = zip(*rows, strict=True)
            answer = replacement(after, inside, stratum, (12, 12))
            hits += answer.p <= 0.05 and answer.observed > answer.expected
        found[factor] = hits
    assert found[2.0] >= 90 and found[1.0] <= 10


@pytest.mark.parametrize(
    "bad", [[(1.5, 2), (3, 4)], [(-1, 2), (3, 4)], [(0, 0), (0, 0)], [(1, 2)], [(math.nan, 1), (1, 1)]]
)
def test_what_is_not_counted_is_refused(bad: list[tuple[float, float]]) -> None:
    """Fractions, negatives, all zeros, one area, a gap."""
    with pytest.raises(Refused):
        weighted_difference(bad)


def trends(rng: np.random.Generator, vary: float, earlier: int, areas: int) -> np.ndarray:
    """Return counts of areas with a trend of their own each, twelve months after `earlier` ones; nothing was done."""
    since = (np.arange(earlier + 12) - earlier) / 12
    return rng.poisson(30 * np.exp(rng.normal(0, vary, (areas, 1)) * since)).astype(float)


def test_the_interval_carries_what_chance_hides_of_a_control_s_trend() -> None:
    """200 towns whose areas' trends differ by 20% a year: the interval of those alike holds no change in 93 of 100.

    Without the doubt it holds it in fewer than 90; where trends do not differ nothing is added to speak of.
    """
    rng, shares = np.random.default_rng(15), {}
    for vary in (0.0, 0.2):
        held, plain, asked, wider = 0, 0, 0, 0.0
        for _ in range(200):
            counts = trends(rng, vary, 24, 14)
            before, after = counts[:, 12:24].sum(axis=1), counts[:, 24:].sum(axis=1)
            ranked = rank_controls(counts[0, :24], [str(at) for at in range(1, 14)], counts[1:, :24])
            chosen = [int(each.name) for each in ranked if each.alike][:3]
            if not chosen:
                continue
            pooled = counts[chosen, :24].sum(axis=0)
            drift = trend_doubt(counts[0, :24], pooled, len(chosen), trend_variance(ranked), (12, 12))
            pairs = (before[0], after[0]), (before[chosen].sum(), after[chosen].sum())
            ratios = [ratio_of_ratios(*pairs, 1.0001, np.inf, adds) for adds in (drift, 0.0)]
            inside = [one.ci_low <= 1 <= (one.ci_high or 9) for one in ratios]
            held, plain, asked, wider = held + inside[0], plain + inside[1], asked + 1, wider + drift
        shares[vary] = held / asked, plain / asked, wider / asked
    assert shares[0.2][0] >= 0.92 and shares[0.2][1] < 0.9 and shares[0.0][0] >= 0.93
    assert shares[0.0][2] < 0.2 * shares[0.2][2]


def test_the_doubt_is_the_variance_of_a_line_carried_on() -> None:
    """20 a month beside 60 over 24 months: weights are 81 x .2531 x .7469, months lie at i/12, i from 0 to 23.

    The estimate's variance is 1 over their weighted spread; the way from the middle of the 24 to that of the 12 after
    is 1.5 years, and to that of the last 12 half a year. Nothing off the line is left.
    """
    weight = 81 * (20.5 / 81) * (60.5 / 81)
    variance = 1 / (weight * sum(((at - 11.5) / 12) ** 2 for at in range(24)))
    given = ([20] * 24, [60] * 24, 3)
    assert trend_doubt(*given, np.inf, (12, 12)) == pytest.approx(variance * (1.5**2 - 0.5**2))
    share = 0.04 / (0.04 + variance)
    assert trend_doubt(*given, 0.03, (12, 12)) == pytest.approx(variance * (share * 1.5**2 - 0.5**2))
    drift = 0.01
    wide, plain = (
        ratio_of_ratios((100, 90), (300, 310), 2.0, 50, drift),
        ratio_of_ratios((100, 90), (300, 310), 2.0, 50),
    )
    se = [math.log(one.ci_high / one.ci_low) / 2 / t.ppf(0.975, 50) for one in (wide, plain) if one.ci_high]
    assert se[0] ** 2 - se[1] ** 2 == pytest.approx(drift)
    both = [weighted_difference([(300, 310), (100, 90)], drift=adds) for adds in ((drift,), ())]
    assert both[0].local.se ** 2 - both[1].local.se ** 2 == pytest.approx(drift * 100**2)
