"""Turn a column of text into dates, times, numbers and codes, and never lose what does not parse.

A text that is not empty and does not parse is a fault. Nothing is guessed: a date must have its year in four digits,
between 1900 and 2100, and be a day of the calendar.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import dataframely as dy
import polars as pl

from whatworks.records.file_settings import LONDON
from whatworks.records.mappings.mapping import ISO_DATE

FIRST_YEAR, LAST_YEAR = 1900, 2100
_ISO = r"^\d{4}-\d{2}-\d{2}(?:[ T][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
_DIRECTIVES = {
    "Y": r"\d{4}", "y": r"\d{2}", "m": r"\d{1,2}", "d": r"\d{1,2}", "j": r"\d{1,3}", "b": r"[[:alpha:]]{3}",
    "B": r"[[:alpha:]]{3,9}", "H": r"\d{1,2}", "I": r"\d{1,2}", "M": r"\d{1,2}", "S": r"\d{1,2}", "f": r"\d{1,9}",
    "p": r"[AaPp][Mm]", "T": r"\d{2}:\d{2}:\d{2}", "z": r"(?:Z|[+-]\d{2}:?\d{2})",
}  # fmt: skip
_TRUE, _FALSE = ("true", "1", "yes", "y", "t"), ("false", "0", "no", "n", "f")
_SQL_TYPES: dict[type[dy.Column], pl.DataType] = {
    dy.String: pl.String(),
    dy.Enum: pl.String(),
    dy.Date: pl.Date(),
    dy.Int64: pl.Int64(),
    dy.Float64: pl.Float64(),
    dy.Bool: pl.Boolean(),
    dy.Datetime: pl.Datetime("us"),
    dy.Binary: pl.Binary(),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column's values, null where the text is empty or does not parse; and what to say of a text that does not."""

    value: pl.Expr
    problem: pl.Expr
    remedy: str
    rule: str


def frame_type(column: dy.Column) -> pl.DataType:
    """Return the polars type in which a declared column is held; codes are held as text.

    >>> frame_type(dy.Enum(["a"]))
    String
    """
    return _SQL_TYPES[type(column)]


def parse(
    text: pl.Expr,
    column: dy.Column,
    formats: Sequence[str] = (ISO_DATE,),
    pivot: date | None = None,
    zone: str = LONDON,
) -> Parsed:
    """Return how the declared `column` is read from `text` (no surrounding spaces, null where empty).

    `formats` are the ways in which a date may be written; a text that two of them read as different days is a fault.
    `pivot` is the last day that a year of two digits may give; a later one belongs to the century before. A time that
    names its distance from UTC gives the day that it was in `zone`. A time of day is that of the clock on the wall
    there; a form without a time gives the first moment of the day, and the row says so by its `time_precision`.
    Geometries are well-known binary in hexadecimal digits.

    >>> frame = pl.DataFrame({"t": ["2024-02-29", "2023-02-29", None]})
    >>> frame.select(parse(pl.col("t"), dy.Date(nullable=True)).value).to_series().to_list()
    [datetime.date(2024, 2, 29), None, None]
    """
    if isinstance(column, dy.Date | dy.Datetime):
        return _dates(text, formats, pivot, zone, timed=isinstance(column, dy.Datetime))
    if isinstance(column, dy.Binary):
        value = pl.when(text.str.contains(r"^(?:[0-9A-Fa-f]{2})+$")).then(text).str.decode("hex", strict=False)
        return Parsed(value, pl.lit("is not in hexadecimal digits"), "write it as well-known binary in hex", "binary")
    if isinstance(column, dy.Enum):
        codes = list(column.categories)
        value = pl.when(text.is_in(codes)).then(text)
        remedy = f"use one of {', '.join(codes)}, or say in [table.codes] of the mapping which of them it is"
        return Parsed(value, pl.lit("is not a code of this column"), remedy, "code")
    if isinstance(column, dy.Int64):
        whole = text.str.replace(r"^([+-]?\d+)\.0+$", "${1}").cast(pl.Int64, strict=False)
        too_large = text.str.contains(r"^[+-]?\d+(\.0+)?$")
        problem = pl.when(too_large).then(pl.lit("is too large a number")).otherwise(pl.lit("is not a whole number"))
        return Parsed(whole, problem, "correct it: a whole number is written in digits, as 1250", "number")
    if isinstance(column, dy.Float64):
        number = text.cast(pl.Float64, strict=False)
        value = pl.when(number.is_finite()).then(number)
        return Parsed(value, pl.lit("is not a number"), "write it in digits, as 12.5", "number")
    if isinstance(column, dy.Bool):
        lower = text.str.to_lowercase()
        truth = pl.when(lower.is_in(_TRUE)).then(True).when(lower.is_in(_FALSE)).then(False)
        return Parsed(truth, pl.lit("is neither true nor false"), "write true or false", "code")
    return Parsed(text, pl.lit("is not a text"), "write it as text", "text")


def _dates(text: pl.Expr, formats: Sequence[str], pivot: date | None, zone: str, timed: bool) -> Parsed:
    read = [_date(text, one, pivot, zone, timed) for one in formats]
    fits = pl.any_horizontal(fit for fit, _ in read)
    day = pl.coalesce(day for _, day in read)
    clash = pl.any_horizontal((day != one).fill_null(False) for _, one in read[1:]) if read[1:] else pl.lit(False)
    in_range = day.dt.year().is_between(FIRST_YEAR, LAST_YEAR)
    problem = (
        pl.when(clash)
        .then(pl.lit("is one day by one of its formats, and another by another"))
        .when(fits & day.is_not_null())
        .then(pl.lit(f"has a year outside {FIRST_YEAR}-{LAST_YEAR}"))
        .when(fits)
        .then(pl.lit(f"is not a {'time' if timed else 'date'} in the calendar"))
        .when(text.str.contains(r"^\d{1,2}[^\d]+(?:\d{1,2}|[[:alpha:]]+)[^\d]+\d{2}(?:[ T].*)?$"))
        .then(pl.lit("has a year of two digits"))
        .otherwise(pl.lit(f"is not a date in the form {' or '.join(formats)}"))
    )
    examples = " or ".join(datetime(2024, 2, 28, 13, 45).strftime(one) for one in formats)
    if timed and tuple(formats) == (ISO_DATE,):
        examples = "2024-02-28T13:45"
    return Parsed(pl.when(fits & in_range & ~clash).then(day), problem, f"write the day as in {examples}", "date")


def _date(text: pl.Expr, date_format: str, pivot: date | None, zone: str, timed: bool) -> tuple[pl.Expr, pl.Expr]:
    """Return whether a text is written in this form, and the day (or time) that it is then, if it is one."""
    if date_format == ISO_DATE:
        fits, kind = text.str.contains(_ISO), pl.Datetime("us") if timed else pl.Date()
        iso = _iso_times if timed else _iso_days
        return fits, pl.when(fits).then(text.map_batches(lambda texts: iso(texts, zone), return_dtype=kind))
    fits = text.str.contains(format_pattern(date_format))
    day = _strptime(text, date_format, zone, timed)
    if pivot is not None and "%y" in date_format:
        day = day.dt.offset_by(pl.when(day.dt.date() > pivot).then(pl.lit("-100y")).otherwise(pl.lit("0y")))
    return fits, pl.when(fits).then(day)


def _iso_days(texts: pl.Series, zone: str) -> pl.Series:
    days = texts.str.slice(0, 10).str.to_date(ISO_DATE, strict=False)
    if (texts.str.len_bytes().max() or 0) <= len("2024-02-28"):  # type: ignore[operator]
        return days
    zoned, times = _zoned(texts, zone)
    return times.dt.date().zip_with(zoned, days) if zoned.any() else days


def _iso_times(texts: pl.Series, zone: str) -> pl.Series:
    whole = texts.str.replace(" ", "T", literal=True).str.replace(r"^([^T]+)$", "${1}T00:00")
    plain = whole.str.replace(r"(T\d\d:\d\d)$", "${1}:00").str.to_datetime(
        "%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us"
    )
    zoned, times = _zoned(texts, zone)
    return times.zip_with(zoned, plain)


def _zoned(texts: pl.Series, zone: str) -> tuple[pl.Series, pl.Series]:
    """Return which texts name their distance from UTC, and the time that they were by the clock of `zone`."""
    zoned = (texts.str.contains(r"\d(?:Z|[+-]\d{2}:?\d{2})$") & texts.str.contains(_ISO)).fill_null(False)
    whole = texts.str.replace(r"^(.{10})[ T](\d\d:\d\d)(Z|[+-])", "${1}T${2}:00${3}").str.replace(
        " ", "T", literal=True
    )
    times = whole.set(~zoned, None).str.to_datetime(
        "%Y-%m-%dT%H:%M:%S%.f%#z", strict=False, time_unit="us", time_zone="UTC"
    )
    return zoned, times.dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _strptime(text: pl.Expr, date_format: str, zone: str, timed: bool) -> pl.Expr:
    parts = set(re.findall(r"%(.)", date_format))
    if "z" in parts:
        times = text.str.to_datetime(date_format.replace("%z", "%#z"), strict=False, time_unit="us", time_zone="UTC")
        local = times.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    elif parts & set("HIMSfpT"):
        local = text.str.to_datetime(date_format, strict=False, time_unit="us")
    else:
        day = text.str.to_date(date_format, strict=False)
        return day.cast(pl.Datetime("us")) if timed else day
    return local if timed else local.dt.date()


def format_pattern(date_format: str) -> str:
    """Return the pattern of texts in a date format; digits may lack a leading zero, but never a year's.

    >>> format_pattern("%d/%m/%Y")
    '^\\\\d{1,2}/\\\\d{1,2}/\\\\d{4}$'
    """
    parts = re.split(r"%(.)", date_format)
    return "^" + "".join(_DIRECTIVES[part] if n % 2 else re.escape(part) for n, part in enumerate(parts)) + "$"
