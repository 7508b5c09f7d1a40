"""Give everybody the one number on which they are matched, and say who is left out for it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.matching.settings import Discard, Settings
from whatworks.evaluation.values.people_table import sampling_weights
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.pairs.caliper import caliper_width
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.grid import same_for_all
from whatworks.statistics.regression.score import ALL_EQUAL, NOTHING_TOLD, propensity_score, told_together


@dataclass(frozen=True, slots=True)
class Distance:
    """`values` are what people are matched on (None where on no one number), `able` who takes part.

    `apart_by` names the columns one of whose values occurs in one group only; people with it take no part.
    """

    values: Floats | None
    able: Flags
    apart_by: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def distance_of(frame: pl.DataFrame, design: Design, treated: Flags, asked: Settings) -> Distance:
    """Return the propensity score, or the column or array that was brought instead, and who is discarded for it.

    >>> people = pl.DataFrame({"scheme": [1, 0, 0], "score": [0.4, 0.5, 0.9]})
    >>> scheme = np.array([True, False, False])
    >>> from whatworks.statistics.regression.design_matrix import design_matrix
    >>> asked = Settings("scheme", distance="score", discard="comparison")
    >>> distance_of(people, design_matrix(people.select([])), scheme, asked).able.tolist()
    [True, False, False]
    """
    everyone = np.ones(len(treated), dtype=np.bool_)
    if not asked.scored:
        return Distance(None, everyone)
    if isinstance(asked.distance, str) and asked.distance == "glm":
        link = "logit" if METHODS[asked.method].needs == "probability" else asked.link
        each = sampling_weights(frame, asked.s_weights)
        score = propensity_score(design.matrix, design.names, treated, link, each)
        values, able, by = score.values, ~score.apart, score.apart_by
        warnings = told_together(score) + ((NOTHING_TOLD,) if score.flat else ())
    else:
        values, able, by = _brought(frame, treated, asked), everyone, ()
        warnings = (ALL_EQUAL,) if same_for_all(values) else ()
    return Distance(values, able & in_range(values, treated, asked.discard), by, warnings)


def _brought(frame: pl.DataFrame, treated: Flags, asked: Settings) -> Floats:
    """Return a column of the table, or an array, as scores; refused where one is missing or infinite."""
    name, given = "distance", asked.distance
    if isinstance(given, str):
        name = given
        if given not in frame.columns:
            remedy = 'use "glm", "mahalanobis", or a column of numbers'
            raise Refused(Fault("is neither a model nor a column", remedy, field="distance", value=given))
        if not (frame[given].dtype.is_numeric() or frame[given].dtype == pl.Boolean):
            raise Refused(Fault("holds no numbers", "bring scores as numbers", field=name))
        given = frame[given].cast(pl.Float64).to_numpy()
    try:
        values = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise Refused(Fault("holds no numbers", "bring scores as numbers", field=name)) from error
    if values.shape != (frame.height,):
        raise Refused(Fault(f"has shape {values.shape} for {frame.height} people", "give one score each", field=name))
    if not np.isfinite(values).all():
        wrong = int((~np.isfinite(values)).sum())
        remedy = "correct them, or leave these people out; a score is infinite where a covariate tells the groups apart"
        raise Refused(Fault(f"is missing or infinite for {wrong} people", remedy, field=name))
    if METHODS[asked.method].needs == "probability" and not bool(((values > 0) & (values < 1)).all()):
        raise Refused(Fault("is not between 0 and 1", "weights need probabilities of being in the scheme", field=name))
    if METHODS[asked.method].needs == "probability":
        _check_overlap(name, values, treated)
    return np.full_like(values, values[0]) if same_for_all(values) else values


def _check_overlap(name: str, values: Floats, treated: Flags) -> None:
    """Refuse probabilities that tell the groups apart: nobody is left whose weight would mean anything."""
    ours, theirs = values[treated], values[~treated]
    if ours.min() > theirs.max() or ours.max() < theirs.min():
        remedy = "leave out what decides who is in the scheme, or choose other comparisons"
        raise Refused(Fault("tells the two groups apart without error", remedy, field=name))


def check_calipers(frame: pl.DataFrame, asked: Settings) -> None:
    """Refuse calipers on columns that hold no numbers, or not everybody's.

    >>> check_calipers(pl.DataFrame({"sex": ["F", "M"]}), Settings("scheme", caliper={"sex": 1.0}))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: caliper "sex": holds no numbers; name it in exact, or make it a number
    """
    faults = []
    for name in (name for name in asked.calipers if name != "distance"):
        column = frame[name]
        if not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
            problem, remedy = "holds no numbers", "name it in exact, or make it a number"
            faults.append(Fault(problem, remedy, field="caliper", value=name))
            continue
        wrong = int((~column.cast(pl.Float64).is_finite().fill_null(False)).sum())
        if wrong:
            problem, remedy = f"is missing or infinite for {wrong} people", "leave them out, or set no caliper on it"
            faults.append(Fault(problem, remedy, field="caliper", value=name))
    if faults:
        raise Refused(faults)


def in_range(values: Floats, treated: Flags, discard: Discard) -> Flags:
    """Tell whose distance lies within the other group's range, as far as the setting asks for it."""
    inside = np.ones(len(values), dtype=np.bool_)
    if discard == "none":
        return inside
    ours, theirs = values[treated], values[~treated]
    if discard in ("treated", "both"):
        inside &= ~treated | ((values >= theirs.min()) & (values <= theirs.max()))
    if discard in ("comparison", "both"):
        inside &= treated | ((values >= ours.min()) & (values <= ours.max()))
    return inside


def width_of(frame: pl.DataFrame, name: str, values: Floats | None, able: Flags, asked: Settings) -> float | None:
    """Return a caliper in the units of what it is on, `distance` or a column; None where there is none."""
    if name not in asked.calipers:
        return None
    on = values if name == "distance" else frame[name].cast(pl.Float64).to_numpy()
    if on is None:
        raise Refused(Fault("is on a score, and there is none", "name calipers by their columns", field="caliper"))
    column = None if name == "distance" else name
    return caliper_width(on[able], asked.calipers[name], std_caliper=asked.standardised(name), of=column)
