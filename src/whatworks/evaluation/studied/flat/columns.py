"""Read the columns of a flat file: who was treated, what happened, what is known, and what is wrong with them."""

import json

import polars as pl

from whatworks.evaluation.matching.repeated_rows import rows_repeat
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.values.cleaned_file import counts_of
from whatworks.evaluation.values.cleaning import cleaned
from whatworks.evaluation.values.dates import days_in
from whatworks.evaluation.values.faults import spelling_faults
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.number_faults import not_numbers
from whatworks.evaluation.values.numbers import read_numbers
from whatworks.evaluation.values.remedies import blank_means_no
from whatworks.evaluation.values.settings import Data, FlatOutcome, as_texts
from whatworks.evaluation.values.two_values import TwoValues
from whatworks.records.refusal import Fault
from whatworks.records.showing.shown import shown_in

SHOWN = 5
LARGEST = 1e12


def treatment(data: Data, file: FlatFile, faults: list[Fault]) -> pl.Series:
    """Return who was treated; add to `faults` where the column does not tell two groups apart.

    Null where the file does not say, which is a fault unless the protocol sets such people aside.
    """
    column = str(data.treatment)
    field = f"treatment ({column})"
    meant = TwoValues(
        as_texts(data.treated_value),
        as_texts(data.comparison_value),
        "data.treated_value",
        "data.comparison_value",
        data.values_of(column).clean,
        data.values_of(column).blank,
    )
    before = len(faults)
    flags = meant.read(field, column, file, faults).rename("treated")
    gaps = file.texts[column].null_count()
    if gaps and data.treatment_not_known == "refuse":
        remedy = 'find out, or leave them out: put treatment_not_known = "set_aside" under [data] in the protocol'
        if flags.drop_nulls().n_unique() < 2:
            remedy += f"; or if an empty cell means no: {blank_means_no(column)}"
        faults.append(_missing(field, file.texts[column], file, remedy))
    if len(faults) == before and flags.drop_nulls().n_unique() < 2:
        faults.append(
            Fault("is the same for everybody", "the file needs treated people and others", file.name, None, field)
        )
    return flags


def outcome_values(name: str, outcome: FlatOutcome, data: Data, file: FlatFile, faults: list[Fault]) -> pl.Series:
    """Return an outcome as numbers, null where not known; add to `faults` what is not a number, or all missing."""
    values = file.texts[outcome.column].rename(name)
    field = f"outcome {name} ({outcome.column})"
    if values.null_count() == len(values):
        faults.append(Fault("is all missing", "send the outcome, or name another column", file.name, field=field))
        return values.cast(pl.Float64)
    settings = data.values_of(outcome.column)
    if outcome.kind == "yes_no":
        meant = TwoValues(
            as_texts(outcome.positive), as_texts(outcome.negative), clean=settings.clean, blank=settings.blank
        )
        return meant.read(field, outcome.column, file, faults).cast(pl.Float64).rename(name)
    numbers = read_numbers(values, settings)
    faults += not_numbers(field, outcome.column, values, numbers, settings, file, factor=False)
    below = (numbers < 0).fill_null(False) if outcome.kind == "frequency" else numbers.is_null() & False
    faults += _bad_values(field, values, below, file, "a number of offences is zero or more")
    beyond = (numbers.abs() > LARGEST).fill_null(False)
    faults += _bad_values(field, values, beyond & ~below, file, "correct it, or count in larger units")
    return numbers


def covariate(name: str, protocol: Protocol, file: FlatFile, faults: list[Fault]) -> pl.Series:
    """Return a covariate or factor: a number where all its values are, else text; add to `faults` what is not known.

    A number written so that it cannot be read is a fault, and no kind of people: one slip, or a decimal comma, must not
    turn an age into a category for each age. So is one kind in several spellings.
    """
    values = file.texts[name]
    comparison, settings = protocol.comparison, protocol.data.values_of(name)
    if values.null_count() == len(values):
        faults.append(Fault("is all missing", "leave it out, or send it", file.name, field=name))
    elif values.null_count() and comparison.missing == "refuse" and name in (*comparison.covariates, *comparison.exact):
        remedy = 'send them, leave it out, or set missing = "indicator" in [comparison]'
        faults.append(_missing(name, values, file, remedy))
    counts = counts_of(values)
    days = days_in(counts)
    if days:
        remedy = "send the number of days, or years of age, at the day from which time is counted"
        faults.append(Fault(f"holds dates in {days} rows, not numbers or kinds", remedy, file.name, field=name))
        return values
    if name not in protocol.data.factors:
        numbers = read_numbers(values, settings)
        exact = name in comparison.exact
        if numbers.null_count() == values.null_count():
            if not exact:
                return numbers
            if settings.units or settings.decimal or settings.thousands:
                written = pl.Series(name, [None if one is None else str(one) for one in numbers], dtype=pl.String)
                values = written.map_elements(lambda text: cleaned(text, ["numbers"]), return_dtype=pl.String)
        else:
            faults += not_numbers(name, name, values, numbers, settings, file, factor=True, kinds=exact)
    faults += spelling_faults(name, name, counts_of(values), file.name)
    return values if name in comparison.covariates else values.fill_null("not known")


def check_repeats(data: Data, file: FlatFile) -> tuple[str, ...]:
    """Return a sentence where rows repeat others in every column, and no column says whether it is the same person."""
    if data.id_column or data.distinct or not rows_repeat(file.texts):
        return ()
    return (
        "Some rows of the file are the same as others in every column. The protocol names no id_column, so nobody can "
        "tell whether people stand in the file twice, which would make intervals too short.",
    )


def check_ids(data: Data, file: FlatFile, faults: list[Fault]) -> None:
    """Add to `faults` where a person has two rows, or two numbers that differ in spaces or in what nobody can see."""
    column = data.distinct or data.id_column
    if column is None:
        return
    values = file.texts[column]
    plain = values
    if values.str.contains(r"\s|[^\x20-\x7e]").any():
        plain = values.map_elements(lambda text: "".join(cleaned(text, ["characters"]).split()), return_dtype=pl.String)
    spelt = plain.is_duplicated() & values.is_not_null() & values.is_unique()
    if spelt.any():
        problem = "differs from another number only in spaces, or in letters that look alike"
        more = f" ({int(spelt.sum())} rows hold such numbers, the first of them this one)"
        remedy = "write each person's number in one way"
        faults.append(Fault(problem + more, remedy, file.name, file.lines[int(spelt.arg_true()[0])], column))
    if data.id_column is None or data.distinct is not None:
        return
    wrong = values.is_duplicated() | values.is_null()
    if wrong.any():
        faults.append(
            Fault(
                f"is missing or not unique in {int(wrong.sum())} rows, the first of them this one",
                "a flat file has one row a person: send it so, or let equal rows count once: "
                f"put distinct = {json.dumps(data.id_column, ensure_ascii=False)} under [data] in the protocol",
                file.name,
                file.lines[int(wrong.arg_true()[0])],
                data.id_column,
            )
        )


def _missing(field: str, values: pl.Series, file: FlatFile, remedy: str) -> Fault:
    first = int(values.is_null().arg_true()[0])
    return Fault(
        f"is not known in {values.null_count()} of {len(values)} rows, the first of them this one",
        remedy,
        file.name,
        file.lines[first],
        field,
    )


def _bad_values(field: str, values: pl.Series, bad: pl.Series, file: FlatFile, remedy: str) -> list[Fault]:
    rows = bad.arg_true().to_list()
    shown = shown_in(values, [values[row] for row in rows[:SHOWN]])
    return [
        Fault("is not a value that this outcome can have", remedy, file.name, file.lines[row], field, value)
        for row, value in zip(rows[:SHOWN], shown, strict=True)
    ] + (
        [Fault(f"has {len(rows) - SHOWN} more such values", remedy, file.name, field=field)]
        if len(rows) > SHOWN
        else []
    )
