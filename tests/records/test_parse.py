"""A text is read as what it says, or it is a fault; it is never changed and never lost."""

from collections.abc import Sequence
from datetime import date, datetime

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.records.mappings.mapping import ISO_DATE
from whatworks.records.mappings.parse import parse


def read(
    texts: Sequence[str | None], column: dy.Column, form: str | None = None, pivot: date | None = None
) -> list[object]:
    frame = pl.DataFrame({"t": texts}, schema={"t": pl.String})
    return frame.select(parse(pl.col("t"), column, (form or ISO_DATE,), pivot).value).to_series().to_list()


def problem(text: str, form: str | None = None) -> str:
    said = parse(pl.lit(text), dy.Date(), (form or ISO_DATE,)).problem
    return str(pl.select(said).item())


DATE = dy.Date(nullable=True)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("2024-02-29", None, date(2024, 2, 29)),
        ("2023-02-29", None, None),
        ("2024-02-29 23:59:00", None, date(2024, 2, 29)),
        ("2024-02-29T00:00:00Z", None, date(2024, 2, 29)),
        ("2024-02-29 24h", None, None),
        ("24-02-28", None, None),
        ("02024-02-28", None, None),
        ("2024-2-28", None, None),
        ("31/02/2024", "%d/%m/%Y", None),
        ("28/02/2024", "%d/%m/%Y", date(2024, 2, 28)),
        ("8/2/2024", "%d/%m/%Y", date(2024, 2, 8)),
        ("28/02/24", "%d/%m/%Y", None),
        ("02/28/2024", "%d/%m/%Y", None),
        ("28-Feb-2024", "%d-%b-%Y", date(2024, 2, 28)),
        ("28 February 2024", "%d %B %Y", date(2024, 2, 28)),
        ("20240228", "%Y%m%d", date(2024, 2, 28)),
        ("28/02/2024 14:30", "%d/%m/%Y %H:%M", date(2024, 2, 28)),
        ("28/02/2024", "%d/%m/%Y %H:%M", None),
        ("1899-12-31", None, None),
        ("1900-01-01", None, date(1900, 1, 1)),
        ("2100-12-31", None, date(2100, 12, 31)),
        ("2101-01-01", None, None),
        ("45350", None, None),
    ],
)
def test_dates(text: str, form: str | None, expected: date | None) -> None:
    assert read([text], DATE, form) == [expected]


def test_a_year_of_two_digits_never_lies_after_the_pivot() -> None:
    texts = ["01/01/45", "30/06/25", "01/07/25", "01/01/68", "01/01/69"]
    assert read(texts, DATE, "%d/%m/%y", date(2025, 6, 30)) == [
        date(1945, 1, 1), date(2025, 6, 30), date(1925, 7, 1), date(1968, 1, 1), date(1969, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        ("2023-02-29", None, "is not a date in the calendar"),
        ("31/02/2024", "%d/%m/%Y", "is not a date in the calendar"),
        ("28/02/24", "%d/%m/%Y", "year of two digits"),
        ("28-Feb-24", "%d-%b-%Y", "year of two digits"),
        ("1066-10-14", None, "outside 1900-2100"),
        ("yesterday", None, "is not a date in the form %Y-%m-%d"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(text: str, form: str | None, words: str) -> None:
    assert words in problem(text, form)


FORMS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y", "%d %B %Y", "%m/%d/%Y", "%Y-%j"]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(FORMS))
def test_every_day_comes_back_in_every_form(day: date, form: str) -> None:
    assert read([day.strftime(form)], DATE, form) == [day]


@given(st.from_regex(r"\A[0-3]?\d/[01]?\d/\d{4}\Z"))
def test_days_are_those_of_the_calendar(text: str) -> None:
    """Python's own calendar says which texts are days."""
    try:
        day = datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        day = None
    expected = day if day and 1900 <= day.year <= 2100 else None
    assert read([text], DATE, "%d/%m/%Y") == [expected]


def test_numbers_and_codes() -> None:
    whole = ["12", "-3", "12.0", "12.5", "1,200", "1e3", "99999999999999999999", None]
    assert read(whole, dy.Int64(nullable=True)) == [12, -3, 12, None, None, None, None, None]
    assert read(["1.5", "nan", "inf", "x"], dy.Float64(nullable=True)) == [1.5, None, None, None]
    assert read(["male", "Male", "m"], dy.Enum(["male"], nullable=True)) == ["male", None, None]
    assert read(["Yes", "0", "maybe"], dy.Bool(nullable=True)) == [True, False, None]
