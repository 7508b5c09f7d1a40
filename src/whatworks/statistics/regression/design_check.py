"""Refuse covariates on which no fair comparison can be built, naming each and the way out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import qr

from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.person_like import looks_identifying
from whatworks.records.showing.shown import shown
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.regression.design_matrix import MISSING_SHOWN

LARGEST, SMALLEST = 1e100, 1e-100
SHOWN = 4
DROP_IT = "leave it out of the covariates"


def check_design(design: Floats, names: Sequence[str], treated: Flags) -> None:
    """Refuse a design on which no propensity score can be fitted: one fault for every column that is to blame.

    >>> check_design(np.array([[1.0], [1.0]]), ["age"], np.array([True, False]))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: age: is the same for everybody; leave it out of the covariates
    """
    if design.ndim != 2 or design.shape != (len(treated), len(names)):
        raise Refused(f"{design.shape} values, {len(names)} names, {len(treated)} people", "give one of each")
    if not treated.any() or treated.all():
        raise Refused("one of the groups is empty", "a score needs treated people and comparisons")
    bad = np.flatnonzero(~np.isfinite(design).all(axis=0)).tolist()
    if bad:
        raise Refused(
            [Fault("has missing or infinite values", DROP_IT, field=told_term(names, design, j)) for j in bad]
        )
    _check_size(design, names)
    constant = design.max(axis=0) - design.min(axis=0) < SMALLEST
    varying = np.flatnonzero(~constant)
    faults = [
        Fault("is the same for everybody", DROP_IT, field=told_term(names, design, j))
        for j in np.flatnonzero(constant).tolist()
    ]
    faults += _separating(design, names, treated, varying) + _repeated(design, names, varying)
    if faults:
        raise Refused(faults)


def told_term(names: Sequence[str], design: Floats, column: int) -> str:
    """Return a column's name as a message may show it: a level of a factor in few rows by its shape.

    >>> told_term(["age", "ward: Quill"], np.array([[30.0, 0.0], [40.0, 1.0]]), 1)
    'ward: Aaaaa'
    """
    factor, parted, level = names[column].partition(": ")
    if not parted or level == MISSING_SHOWN:
        return names[column]
    levels = [name.partition(": ")[2] for name in names if name.startswith(f"{factor}: ")]
    rows = int(np.count_nonzero(design[:, column]))
    return f"{factor}: {shown(level, rows, identifying=looks_identifying(levels))}"


def check_apart(design: Floats, names: Sequence[str], treated: Flags) -> None:
    """Refuse columns that tell the groups apart: no weights can make them alike.

    >>> check_apart(np.array([[1.0], [2.0]]), ["age"], np.array([False, True]))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: age: tells the two groups apart without error; it seems to decide who is in the \
scheme: leave it out of the covariates, or choose other comparisons
    """
    faults = _separating(design, names, treated, np.arange(design.shape[1]))
    if faults:
        raise Refused(faults)


def _check_size(design: Floats, names: Sequence[str]) -> None:
    """Refuse numbers whose squares no computer holds."""
    large = np.flatnonzero(np.maximum(-design.min(axis=0), design.max(axis=0)) > LARGEST).tolist()
    if large:
        remedy = "correct them, or give them in larger units"
        raise Refused(
            [Fault("holds numbers too large to reckon with", remedy, field=told_term(names, design, j)) for j in large]
        )


def _separating(design: Floats, names: Sequence[str], treated: Flags, columns: npt.NDArray[np.int64]) -> list[Fault]:
    remedy = "it seems to decide who is in the scheme: leave it out of the covariates, or choose other comparisons"
    ours, theirs = design[treated], design[~treated]
    apart = (ours.min(axis=0) > theirs.max(axis=0)) | (ours.max(axis=0) < theirs.min(axis=0))
    return [
        Fault("tells the two groups apart without error", remedy, field=told_term(names, design, j))
        for j in columns
        if apart[j]
    ]


def _repeated(design: Floats, names: Sequence[str], columns: npt.NDArray[np.int64]) -> list[Fault]:
    """Find columns that others already determine: a pivoted QR says whether there are any, least squares which."""
    if not len(columns):
        return []
    taken = design if len(columns) == design.shape[1] else design[:, columns]
    scaled = taken - taken.mean(axis=0)
    scaled /= np.sqrt(np.einsum("ij,ij->j", scaled, scaled))
    size = np.abs(np.diag(qr(scaled.T @ scaled, pivoting=True, mode="r")[0]))
    if (size > 1e-10 * size[0]).all():
        return []
    faults, kept = [], [0]
    for j in range(1, len(columns)):
        solution = np.linalg.lstsq(scaled[:, kept], scaled[:, j], rcond=None)[0]
        if np.linalg.norm(scaled[:, j] - scaled[:, kept] @ solution) > 1e-7:
            kept.append(j)
            continue
        same = [told_term(names, design, int(columns[kept[i]])) for i in np.flatnonzero(np.abs(solution) > 1e-6)]
        same = [*same[:SHOWN], f"{len(same) - SHOWN} others"] if len(same) > SHOWN + 1 else same
        faults.append(
            Fault(
                f"only repeats what {' and '.join(same)} already say",
                DROP_IT,
                field=told_term(names, design, int(columns[j])),
            )
        )
    return faults
