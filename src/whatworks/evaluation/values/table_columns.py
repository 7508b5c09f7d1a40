"""Hold the columns of an analyst's table to what a flat file's may hold, and read them as their author wrote them."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from pydantic import ValidationError

from whatworks.evaluation.values.cleaned_file import cleaned_column, counts_of
from whatworks.evaluation.values.dates import days_in
from whatworks.evaluation.values.faults import spelling_faults
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.number_faults import not_numbers
from whatworks.evaluation.values.numbers import read_numbers
from whatworks.evaluation.values.people_table import text_column
from whatworks.evaluation.values.remedies import IN_TABLE
from whatworks.evaluation.values.settings import ColumnSettings
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused

TABLE = "the table"
AS_THEY_STAND = ColumnSettings()


def read_column(values: Any, **settings: Any) -> Any:
    """Return a column as numbers where all its values are, else as text with one spelling for each kind.

    The settings are those of a protocol's `[data.columns.NAME]`: `missing_values`, `clean`, `decimal`, `thousands` and
    `unit`. `values` is a column of pandas, polars or Arrow, and so is what is returned. An empty text is not known.

    >>> ages = pl.Series("age", ["34 years", "1,5", "N/A"])
    >>> read_column(ages, unit="years", decimal=",", missing_values=["N/A"]).to_list()
    [34.0, 1.5, None]
    >>> read_column(pl.Series("area", ["North", "north ", "North"]), clean=["case", "spaces"]).to_list()
    ['North', 'North', 'North']
    """
    asked = _settings(settings)
    texts = cleaned_column(_stripped(text_column(values)), asked)
    numbers = read_numbers(texts, asked)
    read = numbers if numbers.null_count() == texts.null_count() else texts
    made_by = type(values).__module__.partition(".")[0]
    if made_by == "pandas":
        return read.to_pandas().set_axis(values.index).rename(values.name)
    return read.to_arrow() if made_by == "pyarrow" else read


def check_texts(frame: pl.DataFrame, covariates: Sequence[str], exact: Sequence[str]) -> None:
    """Refuse numbers in disguise, days, and one kind in several spellings, in the columns that hold text.

    A categorical column holds kinds, whatever they look like, and an exact factor does unless numbers stand beside.

    >>> check_texts(pl.DataFrame({"age": ["34", "41"]}), [], ["age"])
    >>> check_texts(pl.DataFrame({"age": ["34", "41"]}), ["age"], [])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: the table, age: holds its numbers as text, so each would be a kind of its own; \
read it with read_column(data["age"]) of whatworks.evaluation; ...
    """
    faults: list[Fault] = []
    for name in dict.fromkeys((*covariates, *exact)):
        faults += _faults(frame[name], kinds=name not in covariates)
    if faults:
        raise Refused(faults)


def text_outcome(column: pl.Series) -> Refused:
    """Return the refusal of an outcome that holds text: what stands there that is not a number."""
    texts = _stripped(column.cast(pl.String))
    field, file = f"outcome {column.name}", _as_file(texts)
    numbers = read_numbers(texts, AS_THEY_STAND)
    faults = not_numbers(field, column.name, texts, numbers, AS_THEY_STAND, file, factor=False, remedies=IN_TABLE)
    return Refused(faults or _numbers_as_text(field, column.name))


def _settings(given: dict[str, Any]) -> ColumnSettings:
    lists = {
        key: (value,) for key, value in given.items() if isinstance(value, str) and key in ("missing_values", "clean")
    }
    try:
        return ColumnSettings.model_validate(given | lists)
    except ValidationError as error:
        remedy = "take missing_values, clean, decimal, thousands and unit as docs/protocol.md has them"
        raise Refused([Fault(problem_of(one), remedy, field=place_of(one)) for one in error.errors()]) from None


def _faults(column: pl.Series, *, kinds: bool) -> list[Fault]:
    name, declared = column.name, column.dtype in (pl.Categorical, pl.Enum)
    if column.dtype != pl.String and not declared:
        return []
    texts = _stripped(column.cast(pl.String))
    counts, faults = counts_of(texts), []
    blanks = texts.null_count() - column.null_count()
    if blanks:
        problem = f"holds an empty text in {blanks:,} rows"
        faults.append(Fault(problem, IN_TABLE.read(name, []), TABLE, field=name))
    days = 0 if declared else days_in(counts)
    if days:
        remedy = "bring the number of days, or years of age, at the day from which time is counted"
        return [*faults, Fault(f"holds dates in {days} rows, not numbers or kinds", remedy, TABLE, field=name)]
    if not declared and counts:
        numbers = read_numbers(texts, AS_THEY_STAND)
        if numbers.null_count() > texts.null_count():
            faults += not_numbers(
                name, name, texts, numbers, AS_THEY_STAND, _as_file(texts), factor=True, kinds=kinds, remedies=IN_TABLE
            )
        elif not kinds:
            faults += _numbers_as_text(name, name)
    spelt = counts_of(column.cast(pl.String).filter(texts.is_not_null()))
    return faults + spelling_faults(name, name, spelt, TABLE, IN_TABLE)


def _numbers_as_text(field: str, column: str) -> list[Fault]:
    remedy = f"{IN_TABLE.read(column, [])}; if each text is a kind of its own, {IN_TABLE.kinds(column)}"
    return [Fault("holds its numbers as text, so each would be a kind of its own", remedy, TABLE, field=field)]


def _stripped(texts: pl.Series) -> pl.Series:
    return texts.str.strip_chars().replace("", None)


def _as_file(texts: pl.Series) -> FlatFile:
    return FlatFile(TABLE, "", texts.to_frame(), tuple(range(1, len(texts) + 1)))
