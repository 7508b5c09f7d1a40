"""Drill further down without fooling oneself: look for whom it works better in one half, ask the other half."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.groups.estimate import interval, quantile
from whatworks.statistics.regression.design_matrix import is_factor, levels
from whatworks.statistics.regression.weighted_regression import independent, weighted_fit

LEVEL = 0.05
"""How often something is "found" where the effect is the same for everybody."""
QUANTILES = (0.25, 0.5, 0.75)
FURTHER_SPLITS = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of person: `words` say which, `members` who of the treated they are."""

    words: str
    members: Flags


@dataclass(frozen=True, slots=True)
class Honest:
    """What the search gave. All figures come from the half that took no part in the search.

    `difference` is the effect on the kind of person found less that on the others, `effect_*` that on them, `agree` the
    share of further splits in which the same kind was chosen and found. `smallest` is the least difference that this
    half would have shown four times in five.
    """

    found: bool
    kind: str | None
    people: int
    others: int
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    p: float | None
    smallest: float | None
    agree: float
    splits: int
    sentence: str


def honest_search(
    effects: npt.ArrayLike,
    covariates: pl.DataFrame,
    *,
    seed: int,
    expected: npt.ArrayLike | None = None,
    least: int = 20,
    lower_is_better: bool = True,
    splits: int = FURTHER_SPLITS,
) -> Honest:
    """Look in a random half of the matched sets for the kind of person whom the scheme serves better; ask the rest.

    `effects` has a number for every matched set, its treated person's outcome less the mean of its comparisons';
    `covariates` a row for the treated person of each. Kinds are the levels of factors and the numbers above or below
    their quartiles, alone and two together, of at least `least` sets in each half. The kind with the largest t in the
    half searched is put to the other half, one-sided at 5%: where the effect is the same for everybody something is
    "found" once in twenty times. `seed` comes from the protocol's hash, so that nobody can choose the split.

    `expected` is what is left of unlikeness in each set: the treated person's prognostic score less the mean of its
    comparisons'. People matched on one score are not alike in every covariate, least of all where one lies far from its
    mean, which is what makes a kind; so both halves regress the sets' effects on it.

    >>> rng = np.random.default_rng(4)
    >>> people = pl.DataFrame({"sex": ["F", "M"] * 300})
    >>> effects = np.where(people["sex"] == "F", -1.0, 0.0) + rng.normal(0, 0.5, 600)
    >>> answer = honest_search(effects, people, seed=1)
    >>> answer.found, answer.kind
    (True, 'sex: F')
    """
    sign = 1.0 if lower_is_better else -1.0
    values = np.asarray(effects, dtype=np.float64) * sign
    unlike = np.zeros(len(values)) if expected is None else np.asarray(expected, dtype=np.float64) * sign
    if len(values) != covariates.height or np.isnan(values).any():
        raise Refused("the search needs a known effect for every matched set", "leave out sets without an outcome")
    if len(values) < 4 * least:
        raise Refused(
            f"{len(values)} matched sets are too few to look in one half and ask the other",
            f"at least {4 * least} are needed",
        )
    kinds = list(_kinds(covariates))
    members = np.array([kind.members for kind in kinds], dtype=np.bool_).reshape(len(kinds), len(values))
    draws = [np.random.default_rng(seed), *(np.random.default_rng([seed, turn]) for turn in range(1, splits + 1))]
    first, *again = (_one_split(values, unlike, members, rng, least) for rng in draws)
    same = [one for one in again if one.chosen == first.chosen and one.p is not None and one.p <= LEVEL]
    return _told(first, kinds, len(same) / splits if splits else 0.0, splits, sign)


@dataclass(frozen=True, slots=True)
class Split:
    """One way to halve the sets: the kind chosen in one half, and what the other half says of it."""

    chosen: int | None
    asked: "Asked | None" = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What one half of the sets says of a kind: the effect on it and the gap to the others, each with its error."""

    ours: int
    rest: int
    effect: tuple[float, float]
    gap: tuple[float, float]
    df: float


def _one_split(values: Floats, unlike: Floats, members: Flags, rng: np.random.Generator, least: int) -> Split:
    searched = rng.permutation(len(values)) < len(values) // 2
    best = _most_marked(_levelled(values, unlike, searched), members, searched, least)
    if best is None:
        return Split(None)
    found = _ask(values[~searched], unlike[~searched], members[best, ~searched])
    return Split(best, found, _one_sided(*found.gap, found.df))


def _levelled(values: Floats, unlike: Floats, searched: Flags) -> Floats:
    """Take out of the effects what the searched half's unlikeness accounts for."""
    there = unlike[searched] - unlike[searched].mean()
    below = float(there @ there)
    return values - unlike * float(there @ values[searched]) / below if below > 0 else values


def _ask(values: Floats, unlike: Floats, kind: Flags) -> Asked:
    """Regress a half's effects on being of the kind, and on unlikeness where there is any; errors are robust (HC3)."""
    columns = np.column_stack([np.ones(len(values)), kind, unlike])
    columns = columns[:, independent(columns)]
    fit = weighted_fit(columns, values, np.ones(len(values)), se_kind="HC3")
    alone = np.eye(columns.shape[1])
    gap, effect = fit.combination(alone[1]), fit.combination(alone[0] + alone[1])
    return Asked(int(kind.sum()), int((~kind).sum()), effect, gap, fit.df)


def _most_marked(values: Floats, members: Flags, searched: Flags, least: int) -> int | None:
    """Return the kind with the largest t in the half searched, of those large enough in both; None if none is above 0.

    All kinds are looked at together; of kinds that differ by rounding only the first is taken.
    """
    among = members[:, searched].astype(np.float64)
    there = values[searched] - values[searched].mean()
    inside, ours = among.sum(axis=1), members.sum(axis=1)
    outside, asked = len(there) - inside, ours - inside
    rest = len(values) - ours - outside
    able = np.minimum(np.minimum(inside, outside), np.minimum(asked, rest)) >= max(least, 2)
    if not able.any():
        return None
    among, inside, outside = among[able], inside[able], outside[able]
    total, squares = among @ there, among @ there**2
    spread = (squares - total**2 / inside) / (inside - 1) / inside
    spread += (float((there**2).sum()) - squares - total**2 / outside) / (outside - 1) / outside
    gap = total / inside + total / outside  # the half's mean is zero, so the others' total is minus this
    known = spread > 1e-12 * float((there**2).mean())
    t = np.where(known, -gap / np.sqrt(np.where(known, spread, 1.0)), 0.0)
    most = float(t.max())
    return int(np.flatnonzero(able)[np.argmax(t >= most * (1 - 1e-9))]) if most > 0 else None


def _one_sided(gap: float, se: float, df: float) -> float:
    from scipy.special import stdtr

    return float(stdtr(df, gap / se)) if se > 0 else float(gap >= 0)


def _kinds(covariates: pl.DataFrame) -> Iterator[Kind]:
    """Yield the kinds of person to be looked at: each by itself, then those of two covariates together."""
    alone = [(column.name, kind) for column in covariates for kind in _of_one(column)]
    yield from (kind for _, kind in alone)
    for at, (name, first) in enumerate(alone):
        for other, second in alone[at + 1 :]:
            if other != name:
                yield Kind(f"{first.words}, {second.words}", first.members & second.members)


def _of_one(column: pl.Series) -> Iterator[Kind]:
    if is_factor(column) or column.dtype == pl.Boolean:
        text = column.cast(pl.String)
        for level in levels(text):
            yield Kind(f"{column.name}: {level}", (text == level).fill_null(False).to_numpy())
        return
    values = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
    known = values[~np.isnan(values)]
    for cut in np.unique(np.quantile(known, QUANTILES)) if len(known) else ():
        yield Kind(f"{column.name} up to {cut:g}", values <= cut)
        yield Kind(f"{column.name} above {cut:g}", values > cut)


def _told(first: Split, kinds: list[Kind], agree: float, splits: int, sign: float) -> Honest:
    asked = first.asked
    if first.chosen is None or first.p is None or asked is None:
        nothing = "Nothing found: no kind of person is large enough to look at in both halves."
        return Honest(False, None, 0, 0, None, None, None, None, None, None, None, None, agree, splits, nothing)
    words = kinds[first.chosen].words
    ends = sorted(sign * end for end in interval(*asked.gap, asked.df))
    own = sorted(sign * end for end in interval(*asked.effect, asked.df))
    found = first.p <= LEVEL
    smallest = (quantile(1 - LEVEL) + quantile(0.80)) * asked.gap[1]
    return Honest(
        found,
        words,
        asked.ours,
        asked.rest,
        sign * asked.effect[0],
        own[0],
        own[1],
        sign * asked.gap[0],
        ends[0],
        ends[1],
        first.p,
        smallest,
        agree,
        splits,
        _sentence(found, words, agree, splits),
    )


def _sentence(found: bool, words: str, agree: float, splits: int) -> str:
    rate = f"Where the effect is the same for everybody, such a search finds something {LEVEL:.0%} of the time."
    if found:
        return (
            f"The scheme seems to do better for {words}: one half of the matched people suggested it and the other "
            f"half, which took no part in the search, bears it out. {agree:.0%} of {splits} further splits agree. "
            f"{rate}"
        )
    other = "and the other half does not bear it out"
    return f"Nothing found: one half of the matched people suggested {words}, {other}. {rate}"
