"""Drill further down without fooling oneself: look for whom it works better in one half, ask the other half."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.design_matrix import is_factor, levels
from whatworks.evaluation.estimate import interval, quantile
from whatworks.records.refusal import Refused

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
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

    >>> rng = np.random.default_rng(4)
    >>> people = pl.DataFrame({"sex": ["F", "M"] * 300})
    >>> effects = np.where(people["sex"] == "F", -1.0, 0.0) + rng.normal(0, 0.5, 600)
    >>> answer = honest_search(effects, people, seed=1)
    >>> answer.found, answer.kind
    (True, 'sex: F')
    """
    values = np.asarray(effects, dtype=np.float64) * (1.0 if lower_is_better else -1.0)
    if len(values) != covariates.height or np.isnan(values).any():
        raise Refused("the search needs a known effect for every matched set", "leave out sets without an outcome")
    if len(values) < 4 * least:
        raise Refused(
            f"{len(values)} matched sets are too few to look in one half and ask the other",
            f"at least {4 * least} are needed",
        )
    kinds = list(_kinds(covariates))
    members = np.array([kind.members for kind in kinds], dtype=np.bool_).reshape(len(kinds), len(values))
    first = _one_split(values, members, np.random.default_rng(seed), least)
    again = [_one_split(values, members, np.random.default_rng([seed, turn]), least) for turn in range(1, splits + 1)]
    same = [one for one in again if one.chosen == first.chosen and one.p is not None and one.p <= LEVEL]
    return _told(first, kinds, len(same) / splits if splits else 0.0, splits, 1.0 if lower_is_better else -1.0)


@dataclass(frozen=True, slots=True)
class Split:
    """One way to halve the sets: the kind chosen in one half, and what the other half says of it."""

    chosen: int | None
    ours: Floats
    rest: Floats
    p: float | None


def _one_split(values: Floats, members: Flags, rng: np.random.Generator, least: int) -> Split:
    searched = rng.permutation(len(values)) < len(values) // 2
    best = _most_marked(values, members, searched, least)
    if best is None:
        return Split(None, np.empty(0), np.empty(0), None)
    ours, rest = values[members[best] & ~searched], values[~members[best] & ~searched]
    gap, se, df = _difference(ours, rest)
    return Split(best, ours, rest, _one_sided(gap, se, df))


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


def _difference(ours: Floats, rest: Floats) -> tuple[float, float, float]:
    """Return the difference of means, its standard error and Welch's degrees of freedom."""
    parts = [float(one.var(ddof=1)) / len(one) for one in (ours, rest)]
    total = sum(parts)
    below = sum(part**2 / (len(one) - 1) for part, one in zip(parts, (ours, rest), strict=True))
    return float(ours.mean() - rest.mean()), sqrt(total), total**2 / below if below > 0 else 1.0


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
    if first.chosen is None or first.p is None:
        nothing = "Nothing found: no kind of person is large enough to look at in both halves."
        return Honest(False, None, 0, 0, None, None, None, None, None, None, None, None, agree, splits, nothing)
    words = kinds[first.chosen].words
    gap, se, df = _difference(first.ours, first.rest)
    ends = sorted(sign * end for end in interval(gap, se, df))
    effect = float(first.ours.mean())
    own = sorted(
        sign * end
        for end in interval(effect, float(first.ours.std(ddof=1)) / sqrt(len(first.ours)), len(first.ours) - 1)
    )
    found = first.p <= LEVEL
    smallest = (quantile(1 - LEVEL) + quantile(0.80)) * se
    return Honest(
        found,
        words,
        len(first.ours),
        len(first.rest),
        sign * effect,
        own[0],
        own[1],
        sign * gap,
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
