"""Carry out a match that was asked for: the score, who takes part, the method, and back into the table's order."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.matching.distance import Distance, check_calipers, distance_of, width_of
from whatworks.evaluation.matching.methods.coarsened_exact import match_coarsened
from whatworks.evaluation.matching.methods.entropy_balancing import balance_by_entropy
from whatworks.evaluation.matching.methods.exact import codes, match_exact
from whatworks.evaluation.matching.methods.found import Found
from whatworks.evaluation.matching.methods.full import match_full
from whatworks.evaluation.matching.methods.inverse_probability import exploding, inverse_probability
from whatworks.evaluation.matching.methods.mahalanobis import look_around, match_points, whitened
from whatworks.evaluation.matching.methods.optimal import match_optimal
from whatworks.evaluation.matching.methods.overlap_weights import overlap_weights
from whatworks.evaluation.matching.methods.radius import match_radius
from whatworks.evaluation.matching.refusals import check_enough, check_exact, check_groups, nobody_matched
from whatworks.evaluation.matching.repeated_rows import rows_repeat
from whatworks.evaluation.matching.settings import Settings
from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.nearest import Order, Pairs, match_nearest, most_uses, order_of
from whatworks.statistics.pairs.weights import matched_sample
from whatworks.statistics.regression.design_check import check_apart
from whatworks.statistics.regression.design_matrix import Design, check_covariates, design_matrix

Number = TypeVar("Number", np.float64, np.int64)
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
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
    return replace(made, warnings=(*made.warnings, REPEATS)) if rows_repeat(frame) else made


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
    check_enough(asked, treated[rows])
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
    turned = asked.estimand == "ATC" and asked.method not in ("cem", "exact", "full", "inverse_probability", "overlap")
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
    score = distance.values
    width = width_of(frame, "distance", score, distance.able, asked)
    if asked.method == "nearest":
        return _nearest(frame, treated, design, score, width, strata, asked)
    if asked.method == "exact":
        table = frame.select([*asked.covariates, *(name for name in asked.exact if name not in asked.covariates)])
        return match_exact(table, treated, estimand=asked.estimand)
    if asked.method == "cem":
        table = frame.select(list(asked.covariates))
        return match_coarsened(table, treated, cutpoints=asked.cutpoints, estimand=asked.estimand, strata=strata)
    if asked.method == "entropy":
        return _entropy(design, treated, strata, asked)
    if score is None:
        raise Refused("there is no score", 'use distance="glm", or a column of scores')
    if asked.method == "radius":
        return match_radius(score, treated, caliper=width, strata=strata)
    if asked.method == "optimal":
        return match_optimal(score, treated, strata=strata, caliper=width, ratio=asked.ratio)
    if asked.method == "full":
        return match_full(score, treated, strata=strata, caliper=width, estimand=asked.estimand)
    if asked.method == "overlap":
        return overlap_weights(score, treated)
    return inverse_probability(score, treated, estimand=asked.estimand)


def _entropy(design: Design, treated: Flags, strata: Ints | None, asked: Settings) -> Found:
    """Balance the covariates and the shares of the exact factors' strata, among strata that hold both groups."""
    check_apart(design.matrix, design.names, treated)
    matrix, rows, names = design.matrix, np.arange(len(treated)), list(design.names)
    if strata is not None:
        both = np.intersect1d(strata[treated], strata[~treated])
        rows = np.flatnonzero(np.isin(strata, both))
        shares = (strata[rows][:, None] == both[1:]).astype(np.float64)
        matrix = np.column_stack([design.matrix[rows], shares])
        names += [", ".join(asked.exact) or "the exact factors"] * shares.shape[1]
        if not len(rows):
            raise nobody_matched(asked)
    found = balance_by_entropy(matrix, treated[rows], moments=asked.moments, names=names)
    weights = spread(found.weights, rows, len(treated), 0.0)
    return Found(weights, warnings=(*found.warnings, *exploding(weights, treated)))


def _nearest(
    frame: pl.DataFrame,
    treated: Flags,
    design: Design,
    score: Floats | None,
    width: float | None,
    strata: Ints | None,
    asked: Settings,
) -> Found:
    order: Order = asked.m_order or ("data" if score is None else "smallest" if asked.estimand == "ATC" else "largest")
    names = [name for name in asked.calipers if name != "distance"]
    if score is not None and not names and not asked.mahalanobis:
        pairs = match_nearest(
            score,
            treated,
            strata=strata,
            caliper=width,
            ratio=asked.ratio,
            replace=asked.replace,
            reuse_max=asked.reuse_max,
            m_order=order,
            seed=asked.seed,
        )
    else:
        able = np.ones(len(treated), dtype=np.bool_)
        groups = np.zeros(len(treated), dtype=np.int64) if strata is None else strata
        queue = order_of(score if score is not None else np.zeros(len(treated)), treated, order, asked.seed)
        pairs = match_points(
            _points(frame, design, treated, score, asked),
            treated,
            queue,
            room=look_around(treated, queue, groups, score, width),
            limits=frame.select([pl.col(name).cast(pl.Float64) for name in names]).to_numpy(),
            widths=np.array([width_of(frame, name, score, able, asked) for name in names], dtype=np.float64),
            ratio=asked.ratio,
            uses=most_uses(asked.replace, asked.reuse_max, len(treated)),
            closest=order == "closest",
            ranks=None if score is None or asked.mahalanobis else np.argsort(np.argsort(score, kind="stable")),
        )
    matched = matched_sample(pairs, treated, replace=asked.replace)
    return Found(matched.weights, matched.subclass, pairs)


def _points(frame: pl.DataFrame, design: Design, treated: Flags, score: Floats | None, asked: Settings) -> Floats:
    if asked.mahalanobis:
        columns = design_matrix(frame.select(list(asked.mahalanobis)), missing=asked.missing)
        return whitened(columns.matrix, treated)
    if score is None:
        return whitened(design.matrix, treated)
    return np.ascontiguousarray(score[:, None])


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
