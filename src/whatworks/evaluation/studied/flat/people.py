"""Start from one file with a row a person: treatment, what is known about them, and what happened."""

from dataclasses import replace
from datetime import date
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.question.covariate_names import covariate_of
from whatworks.evaluation.question.placebo_register import all_specs
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import AttritionStep, SourceStamp
from whatworks.evaluation.studied.flat.columns import check_ids, check_repeats, covariate, outcome_values, treatment
from whatworks.evaluation.studied.flat.one_row_each import DISAGREE, SetAside, one_row_each, only
from whatworks.evaluation.studied.flat.time import time_values
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.values.cleaned_file import cleaned_file, counts_of
from whatworks.evaluation.values.doubts import doubts
from whatworks.evaluation.values.faults import spelling_faults
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.remedies import blank_means_no
from whatworks.evaluation.values.settings import Data, FlatOutcome
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import shown_header

FIRST = 1_000
"""How many rows are asked before all are."""
NOT_SAID = "Of some people the file does not say whether they were treated: they are left out."


def flat_units(protocol: Protocol, file: FlatFile) -> AnalysisSample:
    """Return the file's people as units, or refuse it with every fault at once.

    Faults: a column that is not there (the nearest is named), a treatment with other than two values, an outcome that
    is all missing or not a number, covariates not known (unless the protocol takes them as a category), numbers in
    disguise, one kind in several spellings, a person twice.
    """
    specs, placebos = all_specs(protocol)
    _check_columns(protocol, file)
    data = protocol.data
    asked, named = _outcomes_read(protocol), columns_read(protocol)
    rows = cleaned_file(data, file, named)
    faults: list[Fault] = []
    kept, treated, aside = _each_once(protocol, rows, named, faults)
    outcomes: list[pl.Series] = []
    for name, outcome in asked.items():
        if outcome.event:
            outcomes += time_values(name, outcome, data, kept, faults)
        else:
            outcomes.append(outcome_values(name, outcome, data, kept, faults))
    covariates = [covariate(name, protocol, kept, faults) for name in _asked(protocol)]
    faults += _of_area(data, kept)
    check_ids(data, kept, faults)
    faults += _foretold(covariates, outcomes, [spec.name for spec in placebos], kept)
    if faults:
        raise Refused(faults)
    numbers = [values for values in outcomes if values.name in asked and asked[values.name].kind != "yes_no"]
    return AnalysisSample(
        people=_people(protocol, kept, treated),
        covariates=pl.DataFrame(covariates),
        outcomes=pl.DataFrame(outcomes),
        specs=specs,
        as_at=data.as_at or date.min,
        labels={**data.labels},
        attrition=_trail(protocol, rows, treated, aside),
        sources=(_stamp(protocol, file, aside),),
        warnings=(
            *(f"{file.name}: {note.told}." for note in file.notes),
            *check_repeats(data, file),
            *_of_rows(aside),
            *_one_sided(asked, outcomes),
            *doubts([*covariates, *numbers], data.labels),
        ),
    )


def _identity(protocol: Protocol, file: FlatFile) -> pl.Series:
    """Return what a person's row is known again by: their number, or all that their row says.

    Of rows that say the same, the first is one person, the second another: any of them may be either.
    """
    if protocol.data.id_column:
        return file.texts[protocol.data.id_column]
    columns = [pl.col(name).cast(pl.String).fill_null("") for name in sorted(file.texts.columns)]
    rows = file.texts.select(row=pl.concat_str(columns, separator="\x1f"))
    times = pl.int_range(pl.len()).over("row").cast(pl.String)
    return rows.select(pl.concat_str("row", times, separator="\x1f")).to_series()


def columns_read(protocol: Protocol) -> list[str]:
    """Return the columns of the file that the protocol reads."""
    outcomes = _outcomes_read(protocol).values()
    return [*columns_of_people(protocol), *(column for outcome in outcomes for column in outcome.columns)]


def unseen_units(protocol: Protocol, file: FlatFile) -> AnalysisSample:
    """Return the file's people without any outcome; the columns of outcomes need not be there, and are not looked at.

    Raises `Refused` for what `flat_units` would refuse besides.
    """
    all_specs(protocol)
    named = columns_of_people(protocol)
    happened = {column for one in protocol.data.outcomes.values() for column in one.columns} - set(named)
    file = replace(file, texts=file.texts.drop(happened, strict=False))
    _check_columns(protocol, file, outcomes=False)
    faults: list[Fault] = []
    rows = cleaned_file(protocol.data, file, named)
    kept, treated, aside = _each_once(protocol, rows, named, faults)
    covariates = [covariate(name, protocol, kept, faults) for name in _asked(protocol)]
    faults += _of_area(protocol.data, kept)
    check_ids(protocol.data, kept, faults)
    if faults:
        raise Refused(faults)
    return AnalysisSample(
        people=_people(protocol, kept, treated),
        covariates=pl.DataFrame(covariates),
        outcomes=pl.DataFrame(),
        specs=(),
        as_at=protocol.data.as_at or date.min,
        labels={**protocol.data.labels},
        attrition=_trail(protocol, rows, treated, aside),
        sources=(_stamp(protocol, file, aside),),
        warnings=(*_of_rows(aside), *doubts(covariates, protocol.data.labels)),
    )


def _people(protocol: Protocol, kept: FlatFile, treated: pl.Series) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "unit": pl.int_range(kept.texts.height, eager=True),
            "treated": treated,
            "person": pl.int_range(kept.texts.height, eager=True),
            "identity": _identity(protocol, kept),
            "area": _area(protocol.data, kept),
        }
    )


def _outcomes_read(protocol: Protocol) -> dict[str, FlatOutcome]:
    specs, placebos = all_specs(protocol)
    read = {spec.name for spec in (*specs, *placebos)}
    return {name: outcome for name, outcome in protocol.data.outcomes.items() if name in read}


def check_flat(protocol: Protocol, file: FlatFile) -> None:
    """Refuse what `flat_units` would, as far as it can be told before anybody looks at what happened.

    Columns, the treatment, covariates and rows are looked at, but no value of an outcome or placebo.
    """
    all_specs(protocol)
    _check_columns(protocol, file)
    named = columns_of_people(protocol)
    faults: list[Fault] = []
    file, _, _ = _each_once(protocol, cleaned_file(protocol.data, file, named), named, faults)
    for name in _asked(protocol):
        covariate(name, protocol, file, faults)
    faults += _of_area(protocol.data, file)
    check_ids(protocol.data, file, faults)
    if faults:
        raise Refused(faults)


def area_people(protocol: Protocol, file: FlatFile) -> pl.DataFrame:
    """Return who is treated and where people live (null where not known), without a look at what happened."""
    faults: list[Fault] = []
    rows = cleaned_file(protocol.data, file, columns_of_people(protocol))
    kept, treated, _ = _each_once(protocol, rows, columns_of_people(protocol), faults)
    if faults:
        raise Refused(faults)
    return pl.DataFrame({"treated": treated, "area": _area(protocol.data, kept)})


def _area(data: Data, file: FlatFile) -> pl.Series:
    if data.area_column is None:
        return pl.repeat(None, file.texts.height, dtype=pl.String, eager=True)
    return file.texts[data.area_column]


def _each_once(
    protocol: Protocol, rows: FlatFile, read: list[str], faults: list[Fault]
) -> tuple[FlatFile, pl.Series, SetAside]:
    """Return a row a person, who was treated, and what was set aside of the cleaned rows."""
    data = protocol.data
    kept, aside = one_row_each(rows, data.distinct, read) if data.distinct else (rows, SetAside())
    treated = treatment(data, kept, faults)
    if data.treatment_not_known == "refuse" or not treated.null_count():
        return kept, treated, aside
    aside = replace(aside, left_out=treated.null_count())
    return only(kept, treated.is_not_null()), treated.drop_nulls(), aside


def columns_of_people(protocol: Protocol) -> list[str]:
    """Return the columns that are read besides outcomes."""
    data = protocol.data
    return [name for name in (data.treatment, data.id_column, data.distinct, data.area_column) if name] + list(
        _asked(protocol)
    )


def _of_area(data: Data, file: FlatFile) -> list[Fault]:
    """Return a fault for areas in several spellings: people of one area would count as those of two."""
    if data.area_column is None:
        return []
    counts = counts_of(file.texts[data.area_column])
    return spelling_faults(f"data.area_column ({data.area_column})", data.area_column, counts, file.name)


def _one_sided(asked: dict[str, FlatOutcome], outcomes: list[pl.Series]) -> tuple[str, ...]:
    """Return a sentence for each yes/no outcome that holds one value and empty cells: they may mean the other."""
    return tuple(
        f"{asked[values.name].label} holds one value and empty cells, which count as not known. If an empty cell means "
        f"no: {blank_means_no(asked[values.name].column)}."
        for values in outcomes
        if values.name in asked and asked[values.name].kind == "yes_no"
        if values.null_count() and values.drop_nulls().n_unique() == 1
    )


def _of_rows(aside: SetAside) -> tuple[str, ...]:
    return (*((DISAGREE,) if aside.lines else ()), *((NOT_SAID,) if aside.left_out else ()))


def _trail(protocol: Protocol, rows: FlatFile, treated: pl.Series, aside: SetAside) -> tuple[AttritionStep, ...]:
    """Return the steps from the file's rows to its people; whose treatment is not known is in neither group."""
    left = NOT_SAID if aside.left_out else None
    people = _step("In the file", left, treated)
    if not aside.lines and not aside.repeated:
        return (people,)
    everyone = treatment(protocol.data, rows, [])
    once = "a person's other rows, and rows of one person that do not agree"
    return (_step("Rows of the file", left, everyone), _step("People, each once", once, treated))


def _step(name: str, reason: str | None, treated: pl.Series) -> AttritionStep:
    count = int(treated.sum() or 0)
    return AttritionStep(
        step=name, reason=reason, treated=count, comparison=len(treated) - treated.null_count() - count
    )


def _foretold(
    covariates: list[pl.Series], outcomes: list[pl.Series], placebos: list[str], file: FlatFile
) -> list[Fault]:
    """Return a fault for every covariate that only writes an outcome in other words: nothing is left to compare."""
    return [
        Fault(f"only repeats placebo {happened.name}", "name another placebo", file.name, field=one.name)
        if happened.name in placebos
        else Fault(f"only repeats outcome {happened.name}", "leave it out of the covariates", file.name, field=one.name)
        for one in covariates
        for happened in outcomes
        if _same_but_for_words(one, happened)
    ]


def _same_but_for_words(one: pl.Series, other: pl.Series) -> bool:
    """Tell whether each value of one goes with one value of the other; the first rows, asked first, mostly deny it."""
    both = pl.DataFrame([one.alias("one"), other.alias("other")])
    return _one_to_one(both.head(FIRST)) and _one_to_one(both) and 1 < both["one"].n_unique() <= both.height // 4


def _one_to_one(both: pl.DataFrame) -> bool:
    return both.n_unique() == both["one"].n_unique() == both["other"].n_unique()


def _stamp(protocol: Protocol, file: FlatFile, aside: SetAside) -> SourceStamp:
    rows, excluded = file.texts.height, aside.repeated + aside.left_out
    return SourceStamp(
        organisation_id="",
        table="flat",
        name=file.name,
        sha256=file.sha256,
        as_at=protocol.data.as_at,
        rows_in=rows + file.left_out,
        rows_kept=rows - len(aside.lines) - excluded,
        rows_quarantined=len(aside.lines),
        rows_excluded=excluded,
        rows_dropped=file.left_out,
        lines_quarantined=aside.lines,
    )


def _asked(protocol: Protocol) -> tuple[str, ...]:
    names = (*protocol.comparison.covariates, *protocol.comparison.exact)
    names += tuple(covariate_of(name) for name in protocol.subgroups.names) + protocol.subgroups.search
    return tuple(dict.fromkeys(names))


def _check_columns(protocol: Protocol, file: FlatFile, *, outcomes: bool = True) -> None:
    data = protocol.data
    asked = [("data.treatment", data.treatment), ("data.id_column", data.id_column)]
    asked += [("data.area_column", data.area_column)]
    happened = data.outcomes.items() if outcomes else ()
    asked += [(f"data.outcomes.{name}", column) for name, one in happened for column in one.columns]
    asked += [("covariates, exact or subgroups", name) for name in _asked(protocol)]
    asked += [("data.factors", name) for name in data.factors]
    asked += [("data.distinct", data.distinct), *(("data.columns", name) for name in data.columns)]
    faults = [
        _no_column(field, name, file) for field, name in dict.fromkeys(asked) if name and name not in file.texts.columns
    ]
    if faults:
        raise Refused(faults)


def _no_column(field: str, name: str, file: FlatFile) -> Fault:
    known = shown_header(file.texts.columns, file.texts.iter_columns())
    if known != file.texts.columns:
        remedy = "the file's first line seems to be a record: put a line of column names above it"
        return Fault("is not a column of the file", remedy, file.name, field=field, value=name)
    lower = {column.lower(): column for column in known}
    near = get_close_matches(name.lower(), lower, 1)
    remedy = f'did you mean "{lower[near[0]]}"?' if near else f"the file has: {', '.join(known[:20])}"
    return Fault("is not a column of the file", remedy, file.name, field=field, value=name)
