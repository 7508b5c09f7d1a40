"""Start from one file with a row a person: treatment, what is known about them, and what happened."""

from datetime import date
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.flat.columns import check_ids, check_repeats, covariate, outcome_values, treatment
from whatworks.evaluation.flat.file import FlatFile
from whatworks.evaluation.flat.time import time_values
from whatworks.evaluation.placebo_register import all_specs
from whatworks.evaluation.protocol import Protocol
from whatworks.evaluation.result import AttritionStep, SourceStamp
from whatworks.evaluation.subgroup_cut import covariate_of
from whatworks.evaluation.units import Units
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import shown_header

FIRST = 1_000
"""How many rows are asked before all are."""


def flat_units(protocol: Protocol, file: FlatFile) -> Units:
    """Return the file's people as units, or refuse it with every fault at once.

    Faults: a column that is not there (the nearest is named), a treatment with other than two values, an outcome that
    is all missing or not a number, covariates not known (unless the protocol takes them as a category), a person twice.
    """
    specs, placebos = all_specs(protocol)
    _check_columns(protocol, file)
    faults: list[Fault] = []
    treated = treatment(protocol.data, file, faults)
    outcomes: list[pl.Series] = []
    read = [spec.name for spec in (*specs, *placebos)]
    for name, one in protocol.data.outcomes.items():
        if name not in read:
            continue
        if one.event:
            outcomes += time_values(name, one, file, faults)
        else:
            outcomes.append(outcome_values(name, one, file, faults))
    covariates = [covariate(name, protocol, file, faults) for name in _asked(protocol)]
    check_ids(protocol.data, file, faults)
    faults += _foretold(covariates, outcomes, [spec.name for spec in placebos], file)
    if faults:
        raise Refused(faults)
    area = file.texts[protocol.data.area_column] if protocol.data.area_column else None
    people = pl.DataFrame(
        {
            "unit": pl.int_range(file.texts.height, eager=True),
            "treated": treated,
            "person": pl.int_range(file.texts.height, eager=True),
            "area": area if area is not None else pl.repeat(None, file.texts.height, dtype=pl.String, eager=True),
        }
    )
    count = int(treated.sum())
    return Units(
        people=people,
        covariates=pl.DataFrame(covariates),
        outcomes=pl.DataFrame(outcomes),
        specs=specs,
        as_at=protocol.data.as_at or date.min,
        labels={**protocol.data.labels},
        attrition=(AttritionStep(step="In the file", reason=None, treated=count, comparison=people.height - count),),
        sources=(_stamp(protocol, file),),
        warnings=check_repeats(protocol.data, file),
    )


def check_flat(protocol: Protocol, file: FlatFile) -> None:
    """Refuse what `flat_units` would, as far as it can be told before anybody looks at what happened.

    Columns, the treatment, covariates and rows are looked at, but no value of an outcome or placebo.
    """
    all_specs(protocol)
    _check_columns(protocol, file)
    faults: list[Fault] = []
    treatment(protocol.data, file, faults)
    for name in _asked(protocol):
        covariate(name, protocol, file, faults)
    check_ids(protocol.data, file, faults)
    if faults:
        raise Refused(faults)


def area_people(protocol: Protocol, file: FlatFile) -> pl.DataFrame:
    """Return who is treated and where people live (null where not known), without a look at what happened."""
    faults: list[Fault] = []
    treated = treatment(protocol.data, file, faults)
    if faults:
        raise Refused(faults)
    column = protocol.data.area_column
    area = file.texts[column] if column else pl.repeat(None, file.texts.height, dtype=pl.String, eager=True)
    return pl.DataFrame({"treated": treated, "area": area})


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


def _stamp(protocol: Protocol, file: FlatFile) -> SourceStamp:
    rows = file.texts.height
    return SourceStamp(
        organisation_id="",
        table="flat",
        name=file.name,
        sha256=file.sha256,
        as_at=protocol.data.as_at,
        rows_in=rows,
        rows_kept=rows,
        rows_quarantined=0,
        rows_excluded=0,
    )


def _asked(protocol: Protocol) -> tuple[str, ...]:
    names = (*protocol.comparison.covariates, *protocol.comparison.exact)
    names += tuple(covariate_of(name) for name in protocol.subgroups.names) + protocol.subgroups.search
    return tuple(dict.fromkeys(names))


def _check_columns(protocol: Protocol, file: FlatFile) -> None:
    data = protocol.data
    asked = [("data.treatment", data.treatment), ("data.id_column", data.id_column)]
    asked += [("data.area_column", data.area_column)]
    asked += [(f"data.outcomes.{name}", column) for name, one in data.outcomes.items() for column in one.columns]
    asked += [("covariates, exact or subgroups", name) for name in _asked(protocol)]
    asked += [("data.factors", name) for name in data.factors]
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
