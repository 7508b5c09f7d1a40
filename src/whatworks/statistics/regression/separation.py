"""Find people whom covariates set apart from the other group: no regression settles on a score for them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.regression.logistic import logistic_fit
from whatworks.statistics.regression.weighted_regression import independent

A_FEW = 1000
RUNAWAY = 15.0
"""Log-odds that only an outlier has, or somebody whom columns tell apart."""
FLAT = 1e-9
MOST_NUMBERS = 200_000


@dataclass(frozen=True, slots=True)
class Apart:
    """`people` are set apart; `used` are the columns that still tell the others from each other.

    `by` names columns that set people apart by a value of their own, `together` those that do so only with each other.
    """

    people: Flags
    used: list[int]
    by: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


def apart_by_values(design: Floats, names: Sequence[str], treated: Flags) -> Apart:
    """Find who is set apart by a 0/1 column one of whose values occurs in one group only, until nobody more is.

    >>> sex, ward = [0.0, 1.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0]
    >>> scheme = np.array([True, True, False, False, False])
    >>> found = apart_by_values(np.column_stack([sex, ward]), ["sex", "ward"], scheme)
    >>> found.people.tolist(), found.by
    ([False, False, False, False, True], ('ward',))
    """
    apart = np.zeros(len(treated), dtype=np.bool_)
    used, by = list(range(design.shape[1])), []
    ends = design.min(axis=0), design.max(axis=0)
    few = design[:A_FEW]
    two_valued = ((few == ends[0]) | (few == ends[1])).all(axis=0)
    changed = True
    while changed:
        changed = False
        for j in list(used):
            if not two_valued[j] and not apart.any():
                continue
            column = design[:, j]
            low, high = column[~apart].min(), column[~apart].max()
            if low == high:
                used.remove(j)
            elif bool(((column == low) | (column == high) | apart).all()):
                alone = [value for value in (low, high) if _of_one_group(treated[~apart & (column == value)])]
                for value in alone:
                    apart |= column == value
                if alone:
                    used.remove(j)
                    by.append(names[j])
                    changed = True
        if _of_one_group(treated[~apart]):
            raise told_apart(by)
    return Apart(apart, used, tuple(by))


def apart_together(design: Floats, names: Sequence[str], treated: Flags, linear: Floats, before: Apart) -> Apart | None:
    """Find who is set apart by several columns together, after a fit that gave log-odds `linear`; None if nobody is.

    Only those whose log-odds ran away can be: the columns must not tell the others from each other along some line, and
    on that line each of these must lie on its own group's side (Albert and Anderson 1984; found by a linear program, as
    Konis 2007). An outlier lies far off on the line of everybody, and stays.
    """
    suspect = ~before.people & (np.abs(linear) > RUNAWAY)
    rest = ~before.people & ~suspect
    if not suspect.any():
        return None
    if _of_one_group(treated[rest]):
        raise told_apart(_least_set(design[:, before.used], [names[j] for j in before.used], treated))
    line = _unused_lines(design, before.used, suspect, rest)
    if not line.shape[1]:
        return None
    scaled = _scaled(design, before.used, suspect, ~before.people)
    moved = np.flatnonzero(suspect)[_one_sided(scaled @ line, treated[suspect])]
    if not len(moved):
        return None
    apart = before.people.copy()
    apart[moved] = True
    who = tuple(names[j] for j, size in zip(before.used, np.abs(line[1:]).max(axis=1), strict=True) if size > FLAT**0.5)
    left = design[~apart][:, before.used]
    kept = independent(np.column_stack([np.ones(len(left)), left - left.mean(axis=0)]))[1:]
    return Apart(apart, [before.used[j - 1] for j in kept], before.by, (*before.together, who))


def _scaled(design: Floats, used: list[int], rows: Flags, among: Flags) -> Floats:
    """Return an intercept and the columns of some rows, standardised among all who are fitted."""
    whole = design[among][:, used]
    part = (design[rows][:, used] - whole.mean(axis=0)) / whole.std(axis=0)
    return np.column_stack([np.ones(len(part)), part])


def _unused_lines(design: Floats, used: list[int], suspect: Flags, rest: Flags) -> Floats:
    """Return the combinations of columns in which all the `rest` are alike, at zero."""
    part = _scaled(design, used, rest, suspect | rest)
    values, vectors = np.linalg.eigh(part.T @ part / len(part))
    lines: Floats = vectors[:, values < FLAT]
    return lines


def _one_sided(place: Floats, treated: Flags) -> Flags:
    """Return who lies strictly on its group's side of some line on which nobody lies on the other's."""
    from scipy.optimize import linprog

    people, lines = place.shape
    towards = place * np.where(treated, 1.0, -1.0)[:, None]
    aim = np.concatenate([np.zeros(lines), -np.ones(people)])
    bounds = [(None, None)] * lines + [(0.0, 1.0)] * people
    found = linprog(aim, A_ub=np.hstack([-towards, np.eye(people)]), b_ub=np.zeros(people), bounds=bounds)
    return np.asarray(found.x[lines:] > 0.5) if found.x is not None else np.zeros(people, dtype=np.bool_)


def _least_set(design: Floats, names: Sequence[str], treated: Flags) -> list[str]:
    """Return columns that tell the groups apart without error, none of which can be spared; none if people are many."""
    if design.size > MOST_NUMBERS:
        return []
    kept = list(range(len(names)))
    for j in range(len(names)):
        others = [i for i in kept if i != j]
        if others and _separates(design[:, others], treated):
            kept = others
    return [names[j] for j in kept] if len(kept) < len(names) or len(kept) < 5 else []


def _separates(design: Floats, treated: Flags) -> bool:
    spread = design.std(axis=0)
    scaled = (design - design.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    fitted = logistic_fit(scaled, treated.astype(np.float64))
    linear = scaled @ fitted[1:]
    return bool(linear[treated].min() > linear[~treated].max())


def told_apart(columns: Sequence[str] = ()) -> Refused:
    """Return the refusal of covariates that leave nobody like anybody of the other group."""
    who = f"the covariates {' and '.join(columns)}" if columns else "the covariates"
    return Refused(
        f"{who} together tell the two groups apart without error, so that nobody is like anybody else",
        "leave out the covariates that decide who is in the scheme, or choose other comparisons",
    )


def _of_one_group(treated: Flags) -> bool:
    return bool(treated.all() or not treated.any())
