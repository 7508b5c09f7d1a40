"""Read the time to an event from a flat file: how long, whether it came, and whether a death came first."""

import polars as pl

from whatworks.evaluation.studied.flat.columns import outcome_values
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.settings import Data, FlatOutcome, as_texts
from whatworks.evaluation.values.two_values import TwoValues
from whatworks.records.refusal import Fault


def time_values(name: str, outcome: FlatOutcome, data: Data, file: FlatFile, faults: list[Fault]) -> list[pl.Series]:
    """Return the time up to the horizon, what ended it (1 the event, 2 a death, 0 neither), and who died: 0/1.

    Null where time or event is not known. Faults: a time below zero, and people without event or death who were not
    watched up to the horizon, for what became of them cannot be known.
    """
    days = outcome_values(name, outcome, data, file, faults)
    happened = _flags(name, outcome, data, file, faults)
    died = _flags(name, outcome, data, file, faults, of_death=True) if outcome.died else happened * 0.0
    frame = pl.DataFrame({"days": days, "event": happened, "died": died})
    if faults:
        return _series(name, frame.with_columns(kind=pl.lit(None, pl.Float64)))
    known = pl.col("days").is_not_null() & pl.col("event").is_not_null()
    longest = frame.select(pl.col("days").max()).item()
    horizon = outcome.horizon if outcome.horizon is not None else float(longest)
    within = pl.col("days") <= horizon
    kind = pl.when((pl.col("event") == 1) & within).then(1.0).when((pl.col("died") == 1) & within).then(2.0)
    frame = frame.with_columns(kind=pl.when(known).then(kind.otherwise(0.0)), died=pl.col("died").fill_null(0.0))
    _check(name, outcome, frame, horizon, file, faults)
    return _series(name, frame.with_columns(days=pl.when(known).then(pl.min_horizontal("days", pl.lit(horizon)))))


def _series(name: str, frame: pl.DataFrame) -> list[pl.Series]:
    columns = {"days": name, "kind": f"{name}_ended_by", "died": f"{name}_died"}
    return [frame[column].cast(pl.Float64).rename(new) for column, new in columns.items()]


def _flags(
    name: str, outcome: FlatOutcome, data: Data, file: FlatFile, faults: list[Fault], *, of_death: bool = False
) -> pl.Series:
    """Return whether the event came, or a death; an empty column of deaths says that nobody died."""
    column = str(outcome.died if of_death else outcome.event)
    flag = TwoValues(
        as_texts(outcome.died_positive if of_death else outcome.positive),
        as_texts(outcome.died_negative if of_death else outcome.negative),
        "died_positive" if of_death else "positive",
        "died_negative" if of_death else "negative",
        data.values_of(column).clean,
        data.values_of(column).blank,
    )
    field = f"outcome {name} ({column})"
    if not of_death and file.texts[column].null_count() == file.texts.height:
        faults.append(Fault("is all missing", "send the outcome, or name another column", file.name, field=field))
    return flag.read(field, column, file, faults).cast(pl.Float64).rename(name)


def _check(
    name: str, outcome: FlatOutcome, frame: pl.DataFrame, horizon: float, file: FlatFile, faults: list[Fault]
) -> None:
    field = f"outcome {name} ({outcome.column})"
    wrong = (frame["days"] < 0).fill_null(False).arg_true().to_list()
    if wrong:
        remedy = "write the time from the start, zero or more"
        faults.append(Fault("is a time below zero", remedy, file.name, file.lines[wrong[0]], field))
    short = ((frame["kind"] == 0) & (frame["days"] < horizon)).fill_null(False).arg_true().to_list()
    if short:
        faults.append(
            Fault(
                f"ends before the horizon of {horizon:g} without event or death in {len(short)} rows, the first of "
                "them this one",
                "set a shorter horizon, up to which everybody was watched, or leave these people's time empty",
                file.name,
                file.lines[short[0]],
                field,
            )
        )
