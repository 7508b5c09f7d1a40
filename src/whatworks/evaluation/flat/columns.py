"""Read the columns of a flat file: who was treated, what happened, what is known, and what is wrong with them."""

from collections.abc import Sequence
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.flat.file import FlatFile
from whatworks.evaluation.flat.settings import Data, FlatOutcome
from whatworks.evaluation.protocol import Protocol
from whatworks.evaluation.repeated_rows import rows_repeat
from whatworks.records.refusal import Fault
from whatworks.records.showing.shown import shown_in

YES = ("1", "1.0", "yes", "true", "y")
NO = ("0", "0.0", "no", "false", "n")
SHOWN = 5
FIRST = 1_000
DATE = r"^\d{4}-\d{1,2}-\d{1,2}([T ].*)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{4}([T ].*)?$"
LARGEST = 1e12


def treatment(data: Data, file: FlatFile, faults: list[Fault]) -> pl.Series:
    """Return who was treated; add to `faults` where the column does not tell two groups apart."""
    values = file.texts[str(data.treatment)].rename("treated")
    field = f"treatment ({data.treatment})"
    if values.null_count():
        faults.append(_missing(field, values, file, "say of everybody whether they were treated, or leave them out"))
    known = sorted(values.drop_nulls().unique().to_list())
    if data.treated_value is not None:
        if data.treated_value not in known:
            faults.append(_not_among(field, data.treated_value, values, file))
        return (values == data.treated_value).fill_null(False)
    flags = _yes_no(values)
    if flags.null_count() > values.null_count():
        faults.append(
            Fault(
                f"has {len(known)} values ({_some(values, known)}), not 0 and 1",
                "name the one that means treated in data.treated_value",
                file.name,
                field=field,
            )
        )
    elif len(known) < 2:
        faults.append(
            Fault("is the same for everybody", "the file needs treated people and others", file.name, None, field)
        )
    return flags.fill_null(False)


def outcome_values(name: str, outcome: FlatOutcome, file: FlatFile, faults: list[Fault]) -> pl.Series:
    """Return an outcome as numbers, null where not known; add to `faults` what is not a number, or all missing."""
    values = file.texts[outcome.column].rename(name)
    field = f"outcome {name} ({outcome.column})"
    if values.null_count() == len(values):
        faults.append(Fault("is all missing", "send the outcome, or name another column", file.name, field=field))
        return values.cast(pl.Float64)
    if outcome.positive is not None:
        known = sorted(values.drop_nulls().unique().to_list())
        if outcome.positive not in known:
            faults.append(_not_among(field, outcome.positive, values, file))
        return (values == outcome.positive).cast(pl.Float64)
    if outcome.kind == "yes_no":
        numbers = _yes_no(values).cast(pl.Float64)
        remedy = "use 0 and 1, or name the value that means yes in positive"
    else:
        numbers = values.cast(pl.Float64, strict=False)
        remedy = "write numbers only, and nothing where it is not known"
    bad = (numbers.is_null() & values.is_not_null()) | ~numbers.is_finite().fill_null(True)
    faults += _bad_values(field, values, bad, file, remedy)
    below = (numbers < 0).fill_null(False) if outcome.kind == "frequency" else numbers.is_null() & False
    faults += _bad_values(field, values, below & ~bad, file, "a number of offences is nought or more")
    beyond = (numbers.abs() > LARGEST).fill_null(False) & numbers.is_finite().fill_null(False)
    faults += _bad_values(field, values, beyond & ~below, file, "correct it, or count in larger units")
    return numbers


def covariate(name: str, protocol: Protocol, file: FlatFile, faults: list[Fault]) -> pl.Series:
    """Return a covariate or factor: a number where all its values are, else text; add to `faults` what is not known.

    Where most of a column is numbers the others are faults: one slip must not turn an age into a category for each age.
    """
    values = file.texts[name]
    if values.null_count() == len(values):
        faults.append(Fault("is all missing", "leave it out, or send it", file.name, field=name))
    elif values.null_count():
        matched_on = name in protocol.comparison.covariates or name in protocol.comparison.exact
        if protocol.comparison.missing == "refuse" and matched_on:
            remedy = 'send them, leave it out, or set missing = "indicator" in [comparison]'
            faults.append(_missing(name, values, file, remedy))
        elif name not in protocol.comparison.covariates:
            values = values.fill_null("not known")
    faults += _dates(name, values, file)
    numbers = values.cast(pl.Float64, strict=False)
    is_number = numbers.null_count() == values.null_count() and bool(numbers.is_finite().all())
    factor = name in protocol.data.factors or name in protocol.comparison.exact
    if not is_number and not factor:
        faults += _texts_among_numbers(name, values, numbers, file)
    return numbers if is_number and not factor else values


def check_repeats(data: Data, file: FlatFile) -> tuple[str, ...]:
    """Return a sentence where rows repeat others in every column, and no column says whether it is the same person."""
    if data.id_column is not None or not rows_repeat(file.texts):
        return ()
    return (
        "Some rows of the file are the same as others in every column. The protocol names no id_column, so nobody can "
        "tell whether people stand in the file twice, which would make intervals too short.",
    )


def check_ids(data: Data, file: FlatFile, faults: list[Fault]) -> None:
    """Add to `faults` where a person has two rows."""
    if data.id_column is None:
        return
    values = file.texts[data.id_column]
    twice = values.is_duplicated() & values.is_not_null()
    if twice.any() or values.null_count():
        first = int((twice | values.is_null()).arg_true()[0])
        faults.append(
            Fault(
                f"is missing or not unique in {int((twice | values.is_null()).sum())} rows, the first of them this one",
                "a flat file has one row a person: send it so",
                file.name,
                file.lines[first],
                data.id_column,
            )
        )


def _yes_no(values: pl.Series) -> pl.Series:
    lower = values.str.to_lowercase()
    known = pl.DataFrame({"v": lower}).select(
        pl.when(pl.col("v").is_in(YES)).then(True).when(pl.col("v").is_in(NO)).then(False).otherwise(None).alias("f")
    )
    return known["f"].cast(pl.Boolean).rename(values.name)


def _missing(field: str, values: pl.Series, file: FlatFile, remedy: str) -> Fault:
    first = int(values.is_null().arg_true()[0])
    return Fault(
        f"is not known in {values.null_count()} of {len(values)} rows, the first of them this one",
        remedy,
        file.name,
        file.lines[first],
        field,
    )


def _dates(name: str, values: pl.Series, file: FlatFile) -> list[Fault]:
    """Return a fault for a column that holds dates: read as text, every day would be a category of its own."""
    if not bool(values.head(FIRST).str.contains(DATE).fill_null(False).any()):
        return []
    held = int(values.str.contains(DATE).sum())
    if 2 * held <= len(values) - values.null_count():
        return []
    remedy = "send the number of days, or years of age, at the day from which time is counted"
    return [Fault(f"holds dates in {held} rows, not numbers or kinds", remedy, file.name, field=name)]


def _texts_among_numbers(name: str, values: pl.Series, numbers: pl.Series, file: FlatFile) -> list[Fault]:
    finite = numbers.is_finite().fill_null(False)
    odd = (~finite & values.is_not_null()).arg_true().to_list()
    if 2 * int(finite.sum()) <= len(odd) + int(finite.sum()):
        return []
    remedy = "write numbers only, or name the column in data.factors if its values are codes"
    shown = shown_in(values, [values[row] for row in odd[:SHOWN]])
    return [
        Fault("is not a number, as most of the column are", remedy, file.name, file.lines[row], name, value)
        for row, value in zip(odd[:SHOWN], shown, strict=True)
    ] + ([Fault(f"has {len(odd) - SHOWN} more such values", remedy, file.name, None, name)] if odd[SHOWN:] else [])


def _bad_values(field: str, values: pl.Series, bad: pl.Series, file: FlatFile, remedy: str) -> list[Fault]:
    rows = bad.arg_true().to_list()
    shown = shown_in(values, [values[row] for row in rows[:SHOWN]], (*YES, *NO))
    return [
        Fault("is not a value that this outcome can have", remedy, file.name, file.lines[row], field, value)
        for row, value in zip(rows[:SHOWN], shown, strict=True)
    ] + (
        [Fault(f"has {len(rows) - SHOWN} more such values", remedy, file.name, field=field)]
        if len(rows) > SHOWN
        else []
    )


def _not_among(field: str, value: str, values: pl.Series, file: FlatFile) -> Fault:
    known = sorted(values.drop_nulls().unique().to_list())
    near = [one for one in get_close_matches(value, known, 1) if shown_in(values, [one], [value]) == [one]]
    remedy = f'did you mean "{near[0]}"?' if near else f"the column holds {_some(values, known)}"
    return Fault("does not occur in the column", remedy, file.name, field=field, value=value)


def _some(values: pl.Series, known: Sequence[str]) -> str:
    """Return the values that a message may show, and how many it may not."""
    told = [one for one, shown in zip(known, shown_in(values, known, (*YES, *NO)), strict=True) if one == shown]
    more = len(known) - min(len(told), SHOWN)
    return ", ".join(told[:SHOWN]) + (f"{' and ' if told else ''}{more} more not shown" if more else "")
