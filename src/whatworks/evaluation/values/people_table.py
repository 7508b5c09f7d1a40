"""Take a table of people from whoever brings one, pandas, polars or Arrow, and give it back in the same make."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags


def to_polars(data: Any) -> pl.DataFrame:
    """Return the table as a polars frame; anything with a row a person that pandas, polars or Arrow made.

    >>> to_polars(pl.DataFrame({"a": [1]})).columns
    ['a']
    """
    if isinstance(data, pl.DataFrame):
        return data
    if isinstance(data, pl.LazyFrame):
        return data.collect()
    made_by = type(data).__module__.partition(".")[0]
    if made_by == "pandas" and hasattr(data, "columns"):
        _check_once(str(name) for name in data.columns)
        return _from_pandas(data)
    if made_by == "pyarrow" and hasattr(data, "schema"):
        _check_once(data.schema.names)
        return _arrow(data)
    raise Refused(f"{type(data).__name__} is not a table of people", "bring a pandas, polars or Arrow table")


def _check_once(names: Iterable[str]) -> None:
    """Refuse a table two of whose columns have one name: nobody could say which is meant."""
    faults = [
        Fault(f"is the name of {times} columns", "rename all but one of them", field=name)
        for name, times in Counter(names).items()
        if times > 1
    ]
    if faults:
        raise Refused(faults)


def _from_pandas(data: Any) -> pl.DataFrame:
    """Return the table; refuse the columns that hold values of several kinds, or numbers beyond any that fit."""
    try:
        found: pl.DataFrame = pl.from_pandas(data, include_index=False)
        return found
    except (ArithmeticError, TypeError, ValueError) as error:
        faults = [fault for name in data.columns for fault in _mixed(name, data[name])]
        if not faults:
            raise Refused("the table cannot be read", "bring it as a polars or Arrow table") from error
        raise Refused(faults) from error


def _mixed(name: Any, column: Any) -> list[Fault]:
    try:
        pl.from_pandas(column)
    except (ArithmeticError, TypeError, ValueError):
        remedy = f'make them all numbers or all text: data["{name}"].astype(str)'
        return [Fault("holds values of several kinds, or too large", remedy, field=str(name))]
    return []


def check_order(data: Any, distance: Any) -> None:
    """Refuse scores whose pandas index is not the table's: they would go to other people than they were meant for.

    >>> check_order(None, [0.2, 0.4])
    """
    index = getattr(distance, "index", None)
    if index is None or callable(index) or not hasattr(data, "index") or len(index) != len(data.index):
        return
    if not index.equals(data.index):
        remedy = "put them in a column of the table, or bring distance.to_numpy() if the order is right"
        raise Refused(Fault("stands in another order than the people", remedy, field="distance"))


def _arrow(data: Any) -> pl.DataFrame:
    found = pl.from_arrow(data)
    return found if isinstance(found, pl.DataFrame) else found.to_frame()


def text_column(values: Any) -> pl.Series:
    """Return a column of pandas, polars or Arrow as text, whatever it holds.

    >>> text_column(pl.Series("age", [34, None])).to_list()
    ['34', None]
    """
    made_by = type(values).__module__.partition(".")[0]
    if isinstance(values, pl.Series):
        return values.cast(pl.String)
    if made_by == "pandas":
        held = [None if gone else str(value) for value, gone in zip(values, values.isna(), strict=True)]
        return pl.Series(str(values.name), held, dtype=pl.String)
    if made_by == "pyarrow":
        return pl.Series(values).cast(pl.String)
    raise Refused(f"{type(values).__name__} is not a column", "bring a column of a pandas, polars or Arrow table")


def like(frame: pl.DataFrame, made_by: str, index: Any = None) -> Any:
    """Return the frame as a table of `pandas`, `pyarrow` or `polars`; `index` names pandas' rows.

    >>> type(like(pl.DataFrame({"a": [1]}), "pandas")).__module__.partition(".")[0]
    'pandas'
    """
    if made_by == "pandas":
        table = frame.to_pandas()
        return table if index is None else table.set_index(index)
    return frame.to_arrow() if made_by == "pyarrow" else frame


def check_columns(frame: pl.DataFrame, wanted: dict[str, Sequence[str]]) -> None:
    """Refuse every name that is not a column, by the argument that gave it, and every one given twice.

    >>> check_columns(pl.DataFrame({"age": [1]}), {"covariates": ["aeg"]})
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: covariates "aeg": is not a column of the data; it has age
    """
    faults = []
    for argument, names in wanted.items():
        for name in dict.fromkeys(names):
            if name not in frame.columns:
                remedy = f"it has {', '.join(frame.columns[:20])}"
                faults.append(Fault("is not a column of the data", remedy, field=argument, value=str(name)))
            elif list(names).count(name) > 1:
                faults.append(Fault("is named twice", "name it once", field=argument, value=name))
    if faults:
        raise Refused(faults)


def without_nan(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Return the table with "not a number" as not known in the columns named: pandas writes one for the other.

    >>> without_nan(pl.DataFrame({"age": [1.0, float("nan")]}), ["age"])["age"].to_list()
    [1.0, None]
    """
    floats = [name for name in dict.fromkeys(names) if frame[name].dtype.is_float()]
    held = [name for name in floats if isnan(frame[name].sum())]  # the sum is one if a value is
    return frame.with_columns(pl.col(held).fill_nan(None)) if held else frame


def sampling_weights(frame: pl.DataFrame, name: str | None) -> npt.NDArray[np.float64] | None:
    """Return a column of sampling weights, how many people each row stands for; None where there is none.

    >>> sampling_weights(pl.DataFrame({"w": [1.5, 2]}), "w").tolist()
    [1.5, 2.0]
    >>> sampling_weights(pl.DataFrame({"w": [1.5, 0]}), "w")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: s_weights "w": is not above zero and finite for 1 people; correct it, or leave \
these people out
    """
    if name is None:
        return None
    column = frame[name]
    if not column.dtype.is_numeric():
        raise Refused(Fault("holds no numbers", "bring sampling weights as numbers", field="s_weights", value=name))
    values = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
    wrong = int((~(np.isfinite(values) & (values > 0))).sum())
    if wrong:
        problem = f"is not above zero and finite for {wrong} people"
        raise Refused(Fault(problem, "correct it, or leave these people out", field="s_weights", value=name))
    return values


def read_treated(column: pl.Series) -> Flags:
    """Return who was treated from a column of yes/no or 0/1.

    >>> read_treated(pl.Series("treat", [1, 0, 1])).tolist()
    [True, False, True]
    """
    name, remedy = column.name, "make it 1 for people in the scheme and 0 for the others"
    if column.null_count():
        raise Refused(
            Fault(f"is not known for {column.null_count()} people", "leave them out, or find out", field=name)
        )
    if column.dtype == pl.Boolean:
        return column.to_numpy().astype(np.bool_)
    if not column.dtype.is_numeric() or not set(column.unique().to_list()) <= {0, 1}:
        raise Refused(Fault(f"has {column.n_unique()} different values, not 0 and 1", remedy, field=name))
    flags: Flags = column.to_numpy() == 1
    return flags
