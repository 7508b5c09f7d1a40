"""Every refusal of the flat reader names a way out that works: bad input, what is said, what it asks for, accepted.

A row of the table changes some people's texts; the refusal must hold the words and the settings; with these settings in
the protocol (`[data]` unless a section is named) the same file is taken. A row without words is taken as it stands.
"""

import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from flat_people import content, people

from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.values.file import read_flat
from whatworks.records.refusal import Refused

N = 400


def texts() -> pl.DataFrame:
    return people(N).with_columns(
        pl.all().cast(pl.String),
        number=pl.format("P{}", pl.int_range(pl.len())),
        income=pl.format("{}.{}", pl.col("age") * 30, pl.int_range(pl.len()) % 9 + 1),
        took=pl.when(pl.col("treated") == 1).then(pl.lit("Yes")).otherwise(pl.lit("No")),
    )


def units(folder: Path, frame: pl.DataFrame, extra: str = "", **sections: dict[str, Any]) -> AnalysisSample:
    """Return the people of a file by the protocol with `extra`, lines of TOML, put to it as a person would."""
    asked = content(**sections)
    for section, keys in tomllib.loads(extra).items():
        for key, value in keys.items():
            old = asked.setdefault(section, {}).get(key)
            asked[section][key] = _merged(old, value) if isinstance(old, dict) else value
    path = folder / "people.csv"
    frame.write_csv(path)
    protocol = check_protocol(asked, "p.toml")
    return flat_units(protocol, read_flat(path, protocol.data))


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {**old, **{k: _merged(old[k], v) if isinstance(old.get(k), dict) else v for k, v in new.items()}}


def some(column: str, text: str, every: int = 9) -> pl.DataFrame:
    """Return people of whom each ninth has this text in the column."""
    return texts().with_columns(
        pl.when(pl.int_range(pl.len()) % every == 0).then(pl.lit(text)).otherwise(column).alias(column)
    )


def written_as(column: str, form: str) -> pl.DataFrame:
    return texts().with_columns(pl.format(form, pl.col(column)).alias(column))


def replaced(column: str, old: str, new: str) -> pl.DataFrame:
    return texts().with_columns(pl.col(column).str.replace_all(old, new, literal=True))


INCOME = {"comparison": {"covariates": ["age", "income"]}}
TOOK = {"data": {**content()["data"], "treatment": "took", "treated_value": "Yes"}}
KNOWN = '\n[comparison]\nmissing = "indicator"'
TABLE: dict[str, tuple[pl.DataFrame, dict[str, Any], list[str], str]] = {
    "an outcome not known": (
        some("reoffended", "N/A"), {}, ["N/A (45 rows)", 'missing_values = ["N/A"] under [data] in the protocol'],
        '[data]\nmissing_values = ["N/A"]'),
    "a code of an outcome": (
        some("reoffended", "9"), {}, ["9 (45 rows)", 'missing_values = ["9"] under [data.columns.reoffended]'],
        '[data.columns.reoffended]\nmissing_values = ["9"]'),
    "a treatment not known": (
        some("took", "Unknown"), TOOK,
        ["Unknown (45 rows)", 'missing_values = ["Unknown"] under [data] in the protocol'],
        '[data]\nmissing_values = ["Unknown"]\ntreatment_not_known = "set_aside"'),
    "a treatment left empty": (
        some("took", ""), TOOK, ["is not known in 45 of 400 rows", 'treatment_not_known = "set_aside" under [data]'],
        '[data]\ntreatment_not_known = "set_aside"'),
    "a treatment in capitals": (
        replaced("took", "Yes", "YES").head(200).vstack(texts().tail(200)), TOOK, ['clean = ["case"] under [data]'],
        '[data]\nclean = ["case"]'),
    "a third word for no": (
        some("took", "Declined place"), TOOK, ["in data.comparison_value"],
        '[data]\ncomparison_value = ["No", "Declined place"]'),
    "two words": (
        replaced("took", "Yes", "in").with_columns(pl.col("took").str.replace("No", "out")),
        {"data": {**content()["data"], "treatment": "took"}}, ["has 2 values: out (", "in data.treated_value"],
        '[data]\ntreated_value = "in"'),
    "a region in three spellings": (
        some("district", "NORTH", 3), {"comparison": {"exact": ["district"]}},
        ["spells one kind in several ways", 'clean = ["case"] under [data]'], '[data]\nclean = ["case"]'),
    "a region with an invisible sign": (
        some("district", "nor\u200bth"), {"subgroups": {"planned": ["district"]}},
        [], ""),
    "an area in two spellings": (
        some("district", "north  "), {"data": {**content()["data"], "area_column": "district"}}, [], ""),
    "a code with and without point": (
        written_as("treated", "{}").with_columns(code=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("1"))
        .when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("1.0")).otherwise(pl.lit("2"))),
        {"comparison": {"covariates": ["age", "code"]}, "data": {**content()["data"], "factors": ["code"]}},
        ['clean = ["numbers"] under [data]'], '[data]\nclean = ["numbers"]'),
    "a decimal comma": (
        replaced("income", ".", ","), INCOME,
        ["numbers in disguise in 400 of 400", 'decimal = "," under [data.columns.income]'],
        '[data.columns.income]\ndecimal = ","'),
    "years": (
        written_as("age", "{} years"), {}, ['age "37 years"', 'unit = "years" under [data.columns.age]'],
        '[data.columns.age]\nunit = "years"'),
    "years in some rows": (
        texts().with_columns(
            age=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.format("{}yrs", "age")).otherwise("age")
        ),
        {}, ["in disguise in 200 of 400 rows", 'unit = "yrs" under [data.columns.age]'],
        '[data.columns.age]\nunit = "yrs"'),
    "an invisible sign": (
        written_as("age", "\u200b{}"), {}, [], ""),
    "full width": (
        texts().with_columns(age=pl.col("age").str.replace_many(list("0123456789"), list("０１２３４５６７８９"))), {},
        ['clean = ["characters"] under [data.columns.age]'], '[data]\nclean = ["characters"]'),
    "pounds and thousands": (
        texts().with_columns(income=pl.format("£{},{}", pl.col("age"), pl.int_range(pl.len()) % 900 + 100)), INCOME,
        ['thousands = "," and unit = "£" under [data.columns.income]'],
        '[data.columns.income]\nthousands = ","\nunit = "£"'),
    "per cent": (
        written_as("age", "{}%"), {}, ['unit = "%" under [data.columns.age]'], '[data.columns.age]\nunit = "%"'),
    "a bound": (
        some("age", "<20"), {},
        ["holds bounds, not numbers, in 45 rows", 'missing_values = ["<20"] under [data.columns.age]'],
        '[data.columns.age]\nmissing_values = ["<20"]' + KNOWN),
    "mostly bounds": (
        texts().with_columns(
            age=pl.when(pl.int_range(pl.len()) % 4 > 0).then(pl.lit("<30")).otherwise(pl.lit("31"))
        ),
        {}, ["holds bounds, not numbers, in 300 rows", 'factors = ["age"] under [data]'], '[data]\nfactors = ["age"]'),
    "numbers that Excel keeps as text": (
        written_as("age", "'{}"), {}, ["unit = \"'\" under [data.columns.age]"], '[data.columns.age]\nunit = "\'"'),
    "not known among numbers": (
        some("age", "N/A"), {}, ["N/A (45 rows)", 'missing_values = ["N/A"] under [data] in the protocol'],
        '[data]\nmissing_values = ["N/A"]' + KNOWN),
    "a word among numbers": (
        some("age", "adult"), {}, ["in missing_values under [data.columns.age]"],
        '[data.columns.age]\nmissing_values = ["adult"]' + KNOWN),
    "numbers of offences": (
        replaced("income", ".", ","),
        {"data": {**content()["data"],
                  "outcomes": {"reoffended": {"column": "income", "label": "Income", "kind": "score"}}}},
        ['decimal = "," under [data.columns.income]'], '[data]\ndecimal = ","'),
    "a person twice": (
        pl.concat([texts(), texts().head(30)]), {"data": {**content()["data"], "id_column": "number"}},
        ["not unique in 60 rows", 'distinct = "number" under [data]'], '[data]\ndistinct = "number"'),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_a_refusal_is_put_right_as_it_says(case: str, tmp_path: Path) -> None:
    frame, sections, words, mended = TABLE[case]
    if words:
        with pytest.raises(Refused) as refused:
            units(tmp_path, frame, **sections)
        assert [one for one in words if one not in str(refused.value)] == [], str(refused.value)
    read = units(tmp_path, frame, mended, **sections)
    (source,) = read.sources
    assert source.rows_in == frame.height
    assert source.rows_in == source.rows_kept + source.rows_quarantined + source.rows_excluded + source.rows_dropped
    assert read.size == source.rows_kept


def test_what_was_mended_is_what_the_plain_file_says(tmp_path: Path) -> None:
    plain = units(tmp_path, texts(), **INCOME).covariates
    comma = units(tmp_path, replaced("income", ".", ","), '[data]\ndecimal = ","', **INCOME).covariates
    years = units(tmp_path, written_as("age", "{} Years"), '[data.columns.age]\nunit = "years"', **INCOME).covariates
    width = units(tmp_path, written_as("age", "\u200b{}"), '[data]\nclean = ["characters"]', **INCOME).covariates
    assert comma.equals(plain) and years.equals(plain) and width.equals(plain)


def test_not_known_in_words_is_not_known_as_an_empty_cell_is(tmp_path: Path) -> None:
    empty = units(tmp_path, some("reoffended", ""))
    words = units(tmp_path, some("reoffended", "Unknown"), '[data]\nmissing_values = ["unknown"]\nclean = ["case"]')
    assert words.outcomes.equals(empty.outcomes) and words.outcomes["reoffended"].null_count() == 45


def test_rows_of_a_person_that_do_not_agree_are_set_aside_with_their_lines(tmp_path: Path) -> None:
    twins = texts().head(2).with_columns(age=pl.lit("99"))
    frame = pl.concat([texts(), texts().head(30).tail(5), twins])
    read = units(tmp_path, frame, '[data]\ndistinct = "number"')
    (source,) = read.sources
    assert source.lines_quarantined == (
        2,
        3,
        N + 7,
        N + 8,
    )  # the header is line 1, and five repeats come before the twins
    assert (source.rows_in, source.rows_kept, source.rows_quarantined, source.rows_excluded) == (407, 398, 4, 5)
    first, second = read.attrition
    treated = texts()["treated"].cast(pl.Int64)
    assert (second.treated or 0) == int(treated[2:].sum())
    assert first.treated + (first.comparison or 0) == 407 and second.treated + (second.comparison or 0) == 398
    assert any("do not agree" in warning for warning in read.warnings)


def test_people_of_whom_nobody_knows_are_left_out_and_said(tmp_path: Path) -> None:
    read = units(tmp_path, some("took", ""), '[data]\ntreatment_not_known = "set_aside"', **TOOK)
    assert read.sources[0].rows_excluded == 45 and read.size == 355
    assert any("does not say whether they were treated" in warning for warning in read.warnings)


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("age", "999", "About 11% of the values of age are 999, far from all others."),
        ("age", "-3", "About 11% of the values of age are below 0 or above 110, as no age is."),
        ("age", "121", "About 11% of the values of age are below 0 or above 110, as no age is."),
        ("sex", "Not known", 'In sex "Not known" stands as a kind of people of its own.'),
    ],
)  # fmt: skip
def test_values_that_are_rarely_meant_are_warned_of_with_their_share(
    tmp_path: Path, column: str, text: str, words: str
) -> None:
    assert any(warning.startswith(words) for warning in units(tmp_path, some(column, text)).warnings)  # 45 of 400: 11%
    assert units(tmp_path, texts()).warnings == ()


@pytest.mark.parametrize(
    "form", ["3 Feb 20{}", "03/02/20{}", "20{}0203", "20{}-02-03T00:00:00", "03.02.{}", "Feb 3, 20{}"]
)
def test_days_are_no_kinds_however_they_are_written(tmp_path: Path, form: str) -> None:
    frame = texts().with_columns(age=pl.format(form, pl.int_range(pl.len()) % 20 + 10))
    with pytest.raises(Refused, match="age: holds dates in 400 rows"):
        units(tmp_path, frame)


@pytest.mark.parametrize("form", ["Year {}", "{}A", "E{}", "{}-99", "20{} Q1"])
def test_kinds_with_digits_in_them_stay_kinds(tmp_path: Path, form: str) -> None:
    frame = texts().with_columns(district=pl.format(form, pl.int_range(pl.len()) % 3 + 10))
    read = units(tmp_path, frame, comparison={"covariates": ["age", "district"]})
    assert read.covariates["district"].n_unique() == 3


CYRILLIC_M = "\u041c"


def test_a_letter_of_another_alphabet_makes_no_other_kind(tmp_path: Path) -> None:
    """The Cyrillic letter prints as the Latin M does; a reader of either sees one code."""
    frame = texts().with_columns(sex=pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("F")).otherwise(pl.lit("M")))
    odd = frame.with_columns(sex=pl.when(pl.int_range(pl.len()) < 20).then(pl.lit(CYRILLIC_M)).otherwise("sex"))
    asked = {"comparison": {"exact": ["sex"]}}
    with pytest.raises(Refused, match=r"spells one kind in several ways.*another alphabet") as refused:
        units(tmp_path, odd, **asked)
    assert 'clean = ["characters"]' in str(refused.value)
    read = units(tmp_path, odd, '[data]\nclean = ["characters"]', **asked)
    assert set(read.covariates["sex"]) == {"F", "M"}


@pytest.mark.parametrize("number", ["P 7", "P\u00a07", "\u0420" + "7"])
@pytest.mark.parametrize("key", ["distinct", "id_column"])
def test_numbers_of_people_that_look_alike_are_refused(tmp_path: Path, number: str, key: str) -> None:
    frame = texts().with_columns(number=pl.when(pl.col("number") == "P8").then(pl.lit(number)).otherwise("number"))
    with pytest.raises(Refused, match=r"differs from another number only in spaces.*2 rows|not unique in 2 rows"):
        units(tmp_path, frame, f'[data]\n{key} = "number"')
