"""What a column of an analyst's table may hold: the same as a flat file's, and every remedy can be followed."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from whatworks.evaluation import match, read_column
from whatworks.records.refusal import Refused

PEOPLE = 200
DRAWN = np.random.default_rng(4)
AGE = DRAWN.integers(18, 60, PEOPLE)
AREA = np.where(DRAWN.random(PEOPLE) < 0.5, "North", "South")
TREATED = (DRAWN.random(PEOPLE) < 0.4).astype(int)
REOFFENDED = (DRAWN.random(PEOPLE) < 0.5).astype(int)
PLAIN = pd.DataFrame({"scheme": TREATED, "age": AGE.astype(float), "area": AREA, "again": REOFFENDED})


def call_of(message: str) -> str:
    """Return the call of `read_column` that a refusal advises."""
    found = re.search(r"read_column\(data\[.*?\].*?\)(?= of whatworks)", message)
    assert found, message
    return found[0]


def first_half(written: Callable[[Any], str]) -> list[str]:
    return [written(value) if at < PEOPLE // 2 else str(value) for at, value in enumerate(AGE)]


NUMBERS: list[Sequence[str]] = [
    [f"{age},0" for age in AGE],
    [f"{age} years" for age in AGE],
    [f"\u200b{age}" for age in AGE],
    ["".join(chr(0xFF10 + int(digit)) for digit in str(age)) for age in AGE],
    [str(age) for age in AGE],
    [f" {age}.0 " for age in AGE],
    first_half(lambda age: f"{age} yrs"),
    first_half(lambda age: f"{age},0"),
    [*[str(age) for age in AGE[:-3]], "N/A", "N/A", "N/A"],
]


@pytest.mark.parametrize("written", NUMBERS, ids=range(len(NUMBERS)))
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_numbers_in_disguise_are_refused_with_a_call_that_reads_them(written: Sequence[str], make: Any) -> None:
    data = make({**PLAIN.to_dict("list"), "age": list(written)})
    with pytest.raises(Refused) as refused:
        match(data, treated="scheme", covariates=["age"])
    (fault,) = refused.value.faults
    assert fault.field == "age"
    if "N/A" in written:
        column = read_column(data["age"], missing_values=["N/A"])
        assert 'missing_values=["N/A"]' in call_of(fault.remedy)
    else:
        column = eval(call_of(fault.remedy), {"read_column": read_column, "data": data})
    assert type(column).__module__.partition(".")[0] == type(data).__module__.partition(".")[0]
    known = [value for value in (column.to_pylist() if make is pa.table else column.to_list()) if value == value]
    assert known == AGE[: PEOPLE - 3 * ("N/A" in written)].tolist() + [None] * (make is not pd.DataFrame) * (
        3 * ("N/A" in written)
    )


def test_what_is_read_is_matched_as_the_numbers_themselves() -> None:
    data = PLAIN.assign(age=[f"{age} years" for age in AGE])
    data["age"] = read_column(data["age"], unit="years")
    assert match(data, treated="scheme", covariates=["age"]).paired.equals(
        match(PLAIN, treated="scheme", covariates=["age"]).paired
    )


SPELT: list[Callable[[str], str]] = [str.upper, str.lower, lambda text: f"{text} ", lambda text: f"{text}."]
SPELT += [lambda text: f"{text}\u200b", lambda text: text.replace("o", "\uff4f"), lambda text: f"\u00a0{text}"]


@pytest.mark.parametrize("other", SPELT, ids=range(len(SPELT)))
@pytest.mark.parametrize("argument", ["covariates", "exact"])
@pytest.mark.parametrize("kind", [object, "category"])
def test_one_kind_in_several_spellings_is_refused_with_a_call_that_makes_it_one(
    other: Callable[[str], str], argument: str, kind: Any
) -> None:
    spelt = [other(area) if at % 3 == 0 else area for at, area in enumerate(AREA)]
    data = PLAIN.assign(area=pd.Series(spelt).astype(kind))
    asked: dict[str, Any] = {"covariates": ["age"]} | {argument: ["area"]}
    with pytest.raises(Refused, match="spells one kind in several ways") as refused:
        match(data, treated="scheme", **asked)
    data["area"] = eval(call_of(str(refused.value)), {"read_column": read_column, "data": data})
    assert data["area"].tolist() == AREA.tolist()
    assert match(data, treated="scheme", **asked).paired.equals(match(PLAIN, treated="scheme", **asked).paired)


def test_codes_are_kinds_where_the_table_says_so_and_in_an_exact_factor() -> None:
    wards = [str(1 + age % 3) for age in AGE]
    data = PLAIN.assign(ward=wards)
    assert match(data, treated="scheme", covariates=["age"], exact=["ward"]).paired.height
    assert match(data.assign(ward=pd.Categorical(wards)), treated="scheme", covariates=["age", "ward"]).paired.height


def test_days_empty_texts_and_text_outcomes_are_refused() -> None:
    days = PLAIN.assign(born=[f"{1 + at % 28:02}/03/1990" for at in range(PEOPLE)])
    with pytest.raises(Refused, match="born: holds dates in 200 rows"):
        match(days, treated="scheme", covariates=["age", "born"])
    with pytest.raises(Refused, match="area: holds an empty text in 1 rows"):
        match(PLAIN.assign(area=["", *AREA[1:]]), treated="scheme", covariates=["area"])
    spent = PLAIN.assign(cost=[f"£{age},50" for age in AGE])
    with pytest.raises(Refused, match='outcome cost "£99,99": holds numbers in disguise in 200 of 200') as refused:
        match(spent, treated="scheme", covariates=["age"]).effect("cost")
    read = eval(call_of(str(refused.value)), {"read_column": read_column, "data": spent})
    assert read.tolist() == [age + 0.5 for age in AGE]
    with pytest.raises(Refused, match="holds its numbers as text"):
        match(PLAIN.assign(again=[str(one) for one in REOFFENDED]), treated="scheme", covariates=["age"]).effect(
            "again"
        )


def test_settings_that_are_none_are_refused() -> None:
    with pytest.raises(Refused, match="unit of what"):
        read_column(pd.Series(["1"]), **{"unit of what": "x"})
    with pytest.raises(Refused, match="is not a column"):
        read_column(["1"])
