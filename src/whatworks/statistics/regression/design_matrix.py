"""Turn what is known about people into the columns of numbers that a regression needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.refusal import Fault, Refused

MISSING_SHOWN = "not known"
MANY, A_FEW = 50, 1000
"""Up to so many people a text may differ in more than half of them; how many rows are asked before all are."""
Term = tuple[str, str, npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Design:
    """One row a person, one column a term; `names` says what each column is and `covariates` whence it came."""

    matrix: npt.NDArray[np.float64]
    names: tuple[str, ...]
    covariates: tuple[str, ...]

    @property
    def columns(self) -> int:
        """How many terms there are."""
        return len(self.names)


def design_matrix(covariates: pl.DataFrame, *, missing: Literal["refuse", "indicator"] = "refuse") -> Design:
    """Return the covariates as numbers: text and categories as 0/1 for every level but the first, the rest as they are.

    Levels stand in order of the alphabet (of the categories, for an `Enum`). A missing value is refused; with
    `missing="indicator"` a number becomes zero with a further 0/1 column, and text a level of its own.

    Raises `Refused` naming every column that is all missing, holds dates, or has missing or infinite values.

    >>> people = pl.DataFrame({"age": [20, 31, 44], "sex": ["F", "M", "M"]})
    >>> design_matrix(people).names
    ('age', 'sex: M')
    >>> design_matrix(people).matrix.tolist()
    [[20.0, 0.0], [31.0, 1.0], [44.0, 1.0]]
    """
    check_covariates(covariates, missing=missing)
    parts = _once([(column.name, name, values) for column in covariates for name, values in _terms(column)])
    matrix = np.column_stack([values for _, _, values in parts]) if parts else np.empty((covariates.height, 0))
    return Design(
        np.ascontiguousarray(matrix, dtype=np.float64),
        tuple(name for _, name, _ in parts),
        tuple(owner for owner, _, _ in parts),
    )


def check_covariates(covariates: pl.DataFrame, *, missing: Literal["refuse", "indicator"] = "refuse") -> None:
    """Refuse covariates of which no numbers can be made, naming every column that is to blame.

    >>> check_covariates(pl.DataFrame({"age": [20, None]}), missing="indicator")
    """
    faults = [fault for column in covariates for fault in _faults(column, missing)]
    if faults:
        raise Refused(faults)


def is_factor(column: pl.Series) -> bool:
    """Tell whether a covariate is a factor: text or categories.

    >>> is_factor(pl.Series(["a", "b"])), is_factor(pl.Series([1, 2])), is_factor(pl.Series([True]))
    (True, False, False)
    """
    return bool(column.dtype == pl.String or column.dtype == pl.Categorical or column.dtype == pl.Enum)


def levels(column: pl.Series) -> list[str]:
    """Return a factor's levels that occur, in order.

    >>> levels(pl.Series(["M", "F", None, "M"]))
    ['F', 'M']
    """
    present = column.drop_nulls().unique()
    if column.dtype == pl.Enum:
        return [level for level in column.dtype.categories if level in set(present.cast(pl.String))]  # type: ignore[attr-defined]
    return sorted(present.cast(pl.String).to_list())


def _faults(column: pl.Series, missing: str) -> list[Fault]:
    if column.null_count() == len(column):
        return [Fault("is not known for anybody", "leave it out of the covariates", field=column.name)]
    if not is_factor(column) and not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        return [_of_no_use(column)]
    if is_factor(column) and len(column) > MANY and _all_differ(column.head(A_FEW)) and _all_differ(column):
        problem = f"has {column.drop_nulls().n_unique():,} different texts for {len(column):,} people"
        remedy = "leave it out if it names people, write numbers if it holds them, or put its texts into groups"
        return [Fault(problem, remedy, field=column.name)]
    faults = []
    if missing == "refuse" and column.null_count():
        remedy = 'leave it out of the covariates, or set missing = "indicator" in [comparison]'
        faults.append(Fault(f"is not known for {column.null_count()} people", remedy, field=column.name))
    if column.dtype.is_float() and not _finite(column):
        faults.append(Fault("holds infinite values", "correct them or send them as missing", field=column.name))
    return faults


def _all_differ(column: pl.Series) -> bool:
    """Tell whether there are more different texts than half as many as rows."""
    return 2 * column.drop_nulls().n_unique() > len(column)


def _of_no_use(column: pl.Series) -> Fault:
    if column.dtype.is_temporal():
        remedy = "use the number of days, or years of age, at the day from which time is counted"
        return Fault("holds dates or times, not numbers", remedy, field=column.name)
    return Fault("holds neither numbers, yes/no nor text", "make it one of these, or leave it out", field=column.name)


def _finite(column: pl.Series) -> bool:
    """Tell whether all known values are finite: if their sum is, they are."""
    return isfinite(column.sum()) or bool(column.drop_nulls().is_finite().all())


def _once(parts: list[Term]) -> list[Term]:
    """Leave out a "not known" column that only repeats another's: the same people's record was empty."""
    seen: set[bytes] = set()
    kept = []
    for part in parts:
        if part[1].endswith(f": {MISSING_SHOWN}"):
            content = part[2].tobytes()
            if content in seen:
                continue
            seen.add(content)
        kept.append(part)
    return kept


def _terms(column: pl.Series) -> list[tuple[str, npt.NDArray[np.float64]]]:
    if is_factor(column):
        return _indicators(column)
    values = column.cast(pl.Float64)
    terms = [(column.name, values.fill_null(0.0).to_numpy())]
    if values.null_count():
        terms.append((f"{column.name}: {MISSING_SHOWN}", values.is_null().cast(pl.Float64).to_numpy()))
    return terms


def _indicators(column: pl.Series) -> list[tuple[str, npt.NDArray[np.float64]]]:
    text = column.cast(pl.String)
    shown: Sequence[str | None] = [*levels(column)[1:], *([None] if column.null_count() else [])]
    return [
        (
            f"{column.name}: {MISSING_SHOWN if level is None else level}",
            (text.is_null() if level is None else (text == level).fill_null(False)).cast(pl.Float64).to_numpy(),
        )
        for level in shown
    ]
