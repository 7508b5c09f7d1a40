"""Say how sure an effect is without a formula: draw whole matched sets again and again, and look at the spread."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats, Ints
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import About, Sample, known_sample, matched_terms
from whatworks.statistics.regression.weighted_regression import independent

FEWEST_RUNS, FEWEST_SETS = 100, 10
BLOCK = 250
SINGULAR = 1e-10


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """An effect with its percentile interval: `ci_low` and `ci_high` hold the middle 95% of `runs` draws of `sets`.

    `difference` is that of the matched sample itself, treated less comparison; `se` the standard deviation of the
    draws' differences, which are `draws`.
    """

    difference: float
    se: float
    ci_low: float
    ci_high: float
    runs: int
    sets: int
    draws: Floats


def bootstrap_effect(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    matched: Matched,
    covariates: Design | None = None,
    *,
    runs: int = 1000,
    seed: int,
    about: About = "treated",
) -> Bootstrap:
    """Draw matched sets with replacement, as many as there are, `runs` times, and estimate the effect in each draw.

    People are not matched again: sets stay whole, which is what makes it valid without replacement (Austin and Small
    2014; Abadie and Spiess 2022); with replacement sets share people and it is refused. The estimate of a draw is that
    of `matched_effect`: with `covariates` the regression with treatment-by-covariate terms, fitted anew and averaged
    over the draw's treated; else the plain difference of weighted means. The terms are chosen once, in the matched
    sample. The score is taken as fixed. The treated people are drawn too, so that where the scheme serves some better
    than others the interval is a little wider than that of `matched_effect`, which speaks of these people alone.

    Raises `Refused` for matching with replacement, fewer than 10 sets, fewer than 100 runs, or too few known outcomes.

    >>> treated = np.arange(40) < 20
    >>> sets = Matched(np.ones(40), np.arange(40) % 20)
    >>> found = bootstrap_effect(np.repeat([1, 0, 1, 0], [5, 15, 10, 10]), treated, sets, seed=1)
    >>> round(found.difference, 6), found.sets, found.ci_low < -0.25 < found.ci_high
    (-0.25, 20, True)
    """
    if matched.subclass is None:
        raise Refused(
            "with replacement a person stands in several matched sets, which cannot be drawn by themselves",
            "match without replacement, or use the interval of the effect itself",
        )
    if runs < FEWEST_RUNS:
        raise Refused(Fault(f"is below {FEWEST_RUNS}", "1,000 are usual", field="runs", value=str(runs)))
    sample = known_sample(outcome, treated, matched, about)
    codes = np.unique(np.asarray(sample.subclass), return_inverse=True)[1].astype(np.int64)
    sets = int(codes.max()) + 1
    if sets < FEWEST_SETS:
        raise Refused(f"{sets} matched sets are too few to draw from", f"at least {FEWEST_SETS} are needed")
    sums = _sums(sample, codes, matched_terms(covariates, sample, about), about)
    rng = np.random.default_rng(seed)
    blocks = [_differences(_draws(rng, sets, size), sums) for size in _sizes(runs)]
    draws = np.concatenate(blocks)
    low, high = np.quantile(draws, [0.025, 0.975]).tolist()
    whole = _differences(np.ones((1, sets)), sums)
    return Bootstrap(float(whole[0]), float(draws.std(ddof=1)), low, high, runs, sets, draws)


@dataclass(frozen=True, slots=True)
class Sums:
    """What each set adds to the normal equations (the upper triangle of the squares, the products), and to the mean.

    `change` sums over the set's people averaged over how their row alters with the scheme; `people` their weights.
    """

    squares: Floats
    products: Floats
    change: Floats
    people: Floats


def _sums(sample: Sample, codes: Ints, terms: Floats, about: About) -> Sums:
    flag = sample.treated.astype(np.float64)[:, None]
    design = np.column_stack([np.ones(len(flag)), flag, terms, terms * flag])
    change = np.column_stack([np.zeros(len(flag)), np.ones(len(flag)), np.zeros_like(terms), terms])
    kept = independent(design)
    scale = np.sqrt((design[:, kept] ** 2).mean(axis=0))
    design, change = design[:, kept] / scale, change[:, kept] / scale
    weights = sample.weights
    whom = {"treated": sample.treated, "comparison": ~sample.treated, "all": np.ones_like(sample.treated)}[about]
    counted = weights * whom
    first, second = np.triu_indices(design.shape[1])
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))

    def added(rows: Floats) -> Floats:
        found: Floats = np.add.reduceat(rows[order], starts, axis=0)
        return found

    weighted = design * weights[:, None]
    return Sums(
        added(weighted[:, first] * design[:, second]),
        added(weighted * sample.outcome[:, None]),
        added(change * counted[:, None]),
        added(counted),
    )


def _sizes(runs: int) -> list[int]:
    return [min(BLOCK, runs - start) for start in range(0, runs, BLOCK)]


def _draws(rng: np.random.Generator, sets: int, size: int) -> Floats:
    """Return how often each set is drawn in each of `size` runs."""
    drawn = rng.integers(sets, size=(size, sets)) + sets * np.arange(size)[:, None]
    return np.bincount(drawn.ravel(), minlength=size * sets).reshape(size, sets).astype(np.float64)


def _differences(times: Floats, sums: Sums) -> Floats:
    """Return the effect in each run, from how often it drew each set."""
    terms = sums.products.shape[1]
    curve = np.empty((len(times), terms, terms))
    first, second = np.triu_indices(terms)
    curve[:, first, second] = curve[:, second, first] = times @ sums.squares
    towards = (times @ sums.products)[:, :, None]
    change = times @ sums.change / (times @ sums.people)[:, None]
    least = np.linalg.eigvalsh(curve)
    sound = least[:, 0] > SINGULAR * least[:, -1]
    slopes = np.empty((len(times), terms))
    slopes[sound] = np.linalg.solve(curve[sound], towards[sound])[:, :, 0]
    lacking = np.linalg.pinv(curve[~sound], rcond=SINGULAR, hermitian=True)
    slopes[~sound] = (lacking @ towards[~sound])[:, :, 0]
    found: Floats = (slopes * change).sum(axis=1)
    return found
