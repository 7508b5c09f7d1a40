"""Match as in MatchIt: the words an analyst knows, on whatever table they bring."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy.typing as npt

from whatworks.evaluation.matching.methods.declared import About
from whatworks.evaluation.matching.result import Match
from whatworks.evaluation.matching.run import run
from whatworks.evaluation.matching.setting_kinds import as_names, check_kinds
from whatworks.evaluation.matching.settings import Cut, Discard, Settings, check_settings
from whatworks.evaluation.values.people_table import check_columns, check_order, read_treated, to_polars, without_nan
from whatworks.evaluation.values.table_columns import check_texts
from whatworks.statistics.pairs.nearest import Order
from whatworks.statistics.regression.score import Link


def match(
    data: Any,
    treated: str,
    covariates: Sequence[str] | None = (),
    *,
    exact: Sequence[str] | None = (),
    method: str = "nearest",
    distance: str | npt.ArrayLike = "glm",
    link: Link = "logit",
    caliper: float | Mapping[str, float] | None = None,
    std_caliper: bool | Mapping[str, bool] = True,
    ratio: int = 1,
    replace: bool = False,
    reuse_max: int | None = None,
    m_order: Order | None = None,
    discard: Discard = "none",
    estimand: About = "ATT",
    mahalanobis: Sequence[str] | None = (),
    cutpoints: Mapping[str, Cut] | Cut = "sturges",
    moments: int = 1,
    missing: Literal["refuse", "indicator"] = "refuse",
    s_weights: str | None = None,
    subclass: int = 6,
    outcome: str | None = None,
    seed: int | None = None,
) -> Match:
    """Find comparisons for the people treated, or weigh the comparisons, and return who counts how much.

    `data` is a pandas, polars or Arrow table with a row a person; `treated` its 0/1 column, `covariates` what the
    groups are made alike on, `exact` columns on which a comparison must be equal. `method` is `nearest`, `radius`,
    `cem` (coarsened exact), `exact`, `optimal` (pairs), `full`, `subclass` (on the score, into `subclass` parts),
    `entropy`, `inverse_probability` or `overlap`.

    `distance` is `"glm"` (a logistic regression, matched on its probability or, with `link="linear.logit"`, on its log
    odds), `"mahalanobis"`, a column, or an array of scores. `caliper` is the largest difference of distance, or a
    mapping with calipers on columns too (`{"distance": 0.2, "age": 5}`); in standard deviations if `std_caliper`.
    `mahalanobis` names columns to match on within the score's caliper. `ratio`, `replace`, `reuse_max` (how often a
    comparison may serve: 1 is without replacement), `m_order` and `seed` are of nearest matching, `cutpoints` of `cem`,
    `moments` of `entropy`. `s_weights` is a column of sampling weights, how many people each stands for; `outcome` one
    that the match shows when it is displayed, and that `effect` takes where it is told no other: matching does not look
    at it. `discard` leaves out people whose distance lies outside the other group's range.

    Raises `Refused`, all faults at once, where a column is missing, constant, repeated or tells the groups apart, holds
    numbers in disguise or one kind in several spellings (`read_column` takes how it is written), a score is infinite, a
    setting does not belong to the method, or nobody finds a comparison.

    >>> import polars as pl
    >>> people = {"scheme": [1, 1, 0, 0, 0], "age": [30, 41, 29, 43, 60], "sex": ["M", "F", "M", "F", "F"]}
    >>> found = match(pl.DataFrame(people), treated="scheme", covariates=["age"], exact=["sex"], distance="age")
    >>> found.pairs.rows()
    [(1, 3, 1), (0, 2, 1)]
    >>> found.weights.tolist(), found.subclass.tolist()
    ([1.0, 1.0, 1.0, 1.0, 0.0], [0, 1, 0, 1, -1])
    """
    check_kinds(
        caliper=caliper,
        std_caliper=std_caliper,
        ratio=ratio,
        replace=replace,
        reuse_max=reuse_max,
        seed=seed,
        distance=distance,
        subclass=subclass,
    )
    asked = Settings(
        treated,
        as_names("covariates", covariates),
        as_names("exact", exact),
        method,
        distance,
        link,
        caliper,
        std_caliper,
        ratio,
        replace if reuse_max is None else reuse_max > 1,
        reuse_max,
        m_order,
        discard,
        estimand,
        as_names("mahalanobis", mahalanobis),
        cutpoints,
        moments,
        missing,
        seed,
        s_weights,
        subclass,
    )
    check_settings(asked)
    frame = to_polars(data)
    on_columns = [name for name in asked.calipers if name != "distance"]
    named = {"covariates": asked.covariates, "exact": asked.exact, "mahalanobis": asked.mahalanobis}
    alone = {"s_weights": s_weights, "outcome": outcome}
    further = {argument: [column] for argument, column in alone.items() if column is not None}
    check_columns(frame, {"treated": [treated], **named, "caliper": on_columns, **further})
    frame = without_nan(frame, [treated, *asked.covariates, *asked.exact, *asked.mahalanobis, *on_columns])
    check_texts(frame, [*asked.covariates, *asked.mahalanobis], asked.exact)
    check_order(data, distance)
    made_by = type(data).__module__.partition(".")[0]
    flags = read_treated(frame[treated])
    index = data.index if made_by == "pandas" else None
    return Match.of(frame, flags, asked, run(frame, flags, asked), made_by=made_by, index=index, outcome=outcome)
