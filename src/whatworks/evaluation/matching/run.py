"""Carry out a match that was asked for: the score, who takes part, the method, and back into the table's order."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.matching.distance import Distance, check_calipers, distance_of, width_of
from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.matching.methods.exact import codes
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.matching.methods.strata import stratum_weights
from whatworks.evaluation.matching.refusals import check_exact, check_groups, nobody_matched
from whatworks.evaluation.matching.repeated_rows import rows_repeat
from whatworks.evaluation.matching.settings import Settings
from whatworks.evaluation.values.doubts import IN_TABLE, doubts
from whatworks.evaluation.values.people_table import sampling_weights
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.regression.design_matrix import Design, check_covariates, design_matrix

Number = TypeVar("Number", np.float64, np.int64)
REPEATS = (
    "Some rows of the table are the same as others in every column. Where people stand in it twice, leave each in "
    "once: intervals are too short otherwise."
)


@dataclass(frozen=True, eq=False)
class MatchRun:
    """What matching made of a table: arrays with one element a row of it, in its order, as `Match` explains them."""

    weights: Floats
    subclass: Ints | None
    distance: Floats | None
    pairs: pl.DataFrame | None
    discarded: Flags
    warnings: tuple[str, ...]


def run(frame: pl.DataFrame, treated: Flags, asked: Settings) -> MatchRun:
    """Carry out the match that was asked for."""
    check_groups(asked.treated, treated)
    covariates = frame.select(list(asked.covariates))
    check_covariates(covariates, missing=asked.missing)
    check_exact(frame.select(list(asked.exact)), missing=asked.missing)
    check_calipers(frame, asked)
    design = _design(frame, asked)
    made = _carried_out(frame, treated, asked, design, distance_of(frame, design, treated, asked))
    odd = doubts(frame.select(list(dict.fromkeys((*asked.covariates, *asked.exact)))), {}, IN_TABLE)
    return replace(made, warnings=(*made.warnings, *((REPEATS,) if rows_repeat(frame) else ()), *odd))


def run_again(frame: pl.DataFrame, treated: Flags, asked: Settings, distance: Distance) -> MatchRun:
    """Match people at distances that are known already, as after their rows were put in another order."""
    return _carried_out(frame, treated, asked, _design(frame, asked), distance)


def _design(frame: pl.DataFrame, asked: Settings) -> Design:
    return design_matrix(frame.select(list(asked.covariates) if asked.needs_design else []), missing=asked.missing)


def _carried_out(frame: pl.DataFrame, treated: Flags, asked: Settings, design: Design, distance: Distance) -> MatchRun:
    rows = np.flatnonzero(distance.able)
    if not treated[rows].any() or treated[rows].all():
        raise Refused(
            "nobody of one group lies within the other's range of scores",
            "leave out the covariates that decide who is in the scheme, or discard nobody",
        )
    if len(rows) == len(treated):
        found = _within(frame, treated, design, distance, asked)
    else:
        found = _within(frame[rows], treated[rows], rows_of(design, rows), _taken(distance, rows), asked)
    if not (found.weights[treated[rows]] > 0).any() or not (found.weights[~treated[rows]] > 0).any():
        raise nobody_matched(asked)
    return MatchRun(
        weights=spread(found.weights, rows, len(treated), 0.0),
        subclass=None if found.subclass is None else spread(found.subclass, rows, len(treated), -1),
        distance=distance.values,
        pairs=None if found.pairs is None else _numbered(found.pairs, rows).frame(),
        discarded=~distance.able,
        warnings=(*distance.warnings, *found.warnings, *_short(found, treated[rows], asked)),
    )


def _short(found: Found, treated: Flags, asked: Settings) -> tuple[str, ...]:
    """Return a sentence where some people did not get as many comparisons as were asked for."""
    if found.pairs is None or asked.ratio == 1:
        return ()
    sought = found.pairs.comparison if asked.estimand == "ATC" else found.pairs.treated
    times = np.bincount(sought, minlength=len(treated))
    fewer = int(((times > 0) & (times < asked.ratio)).sum())
    return (f"{fewer:,} people have fewer than the {asked.ratio} partners asked for.",) if fewer else ()


def _within(frame: pl.DataFrame, treated: Flags, design: Design, distance: Distance, asked: Settings) -> Found:
    """Carry out the method among those who take part. For the ATC the groups change places."""
    turned = asked.estimand == "ATC" and METHODS[asked.method].turns
    sought = ~treated if turned else treated
    strata = codes(frame.select(list(asked.exact))) if asked.exact else None
    found = carry_out(frame, sought, design, distance, strata, asked)
    if turned and found.pairs is not None:
        found = Found(
            found.weights,
            found.subclass,
            Pairs(found.pairs.comparison, found.pairs.treated, found.pairs.round),
            found.warnings,
        )
    return found


def carry_out(
    frame: pl.DataFrame, treated: Flags, design: Design, distance: Distance, strata: Ints | None, asked: Settings
) -> Found:
    """Return what the method found, in the order of `frame`, all of whose people take part; `strata` must be equal."""
    width = width_of(frame, "distance", distance.values, distance.able, asked)
    sampling = sampling_weights(frame, asked.s_weights)
    found = METHODS[asked.method].carry_out(
        Job(frame, treated, design, distance.values, width, strata, asked, sampling)
    )
    if sampling is None or found.subclass is None or found.pairs is not None:
        return found
    sets = np.where(found.subclass < 0, int(found.subclass.max()) + 1, found.subclass)  # who is in none: by themselves
    shared = stratum_weights(sets, treated, asked.estimand, sampling)
    return replace(shared, weights=np.where(found.subclass < 0, 0.0, shared.weights), warnings=found.warnings)


def rows_of(design: Design, rows: Ints) -> Design:
    """Return the design of some people."""
    matrix = design.matrix[rows] if design.columns else np.empty((len(rows), 0))
    return Design(matrix, design.names, design.covariates)


def _taken(distance: Distance, rows: Ints) -> Distance:
    values = None if distance.values is None else distance.values[rows]
    return Distance(values, np.ones(len(rows), dtype=np.bool_), distance.apart_by)


def _numbered(pairs: Pairs, rows: Ints) -> Pairs:
    return Pairs(rows[pairs.treated], rows[pairs.comparison], pairs.round)


def spread(values: npt.NDArray[Number], rows: Ints, units: int, empty: float) -> npt.NDArray[Number]:
    """Return values of some `rows` among all `units`, the others `empty`."""
    whole = np.full(units, empty, dtype=values.dtype)
    whole[rows] = values
    return whole
