"""Nearest-neighbour matching as it was asked for: on the score, or on several columns at once within its caliper."""

import numpy as np
import polars as pl

from whatworks.evaluation.matching.distance import width_of
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.matching.methods.mahalanobis import look_around, match_points, whitened
from whatworks.statistics.arrays import Floats
from whatworks.statistics.pairs.nearest import Order, match_nearest, most_uses, order_of
from whatworks.statistics.pairs.weights import matched_sample
from whatworks.statistics.regression.design_matrix import design_matrix


def run(job: Job) -> Found:
    """Carry the method out: on the score alone, or on several things at once within its caliper."""
    treated, score, strata, asked = job.treated, job.score, job.strata, job.asked
    order: Order = asked.m_order or ("data" if score is None else "smallest" if asked.estimand == "ATC" else "largest")
    names = [name for name in asked.calipers if name != "distance"]
    if score is not None and not names and not asked.mahalanobis:
        pairs = match_nearest(
            score,
            treated,
            strata=strata,
            caliper=job.width,
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
            _points(job),
            treated,
            queue,
            room=look_around(treated, queue, groups, score, job.width),
            limits=job.frame.select([pl.col(name).cast(pl.Float64) for name in names]).to_numpy(),
            widths=np.array([width_of(job.frame, name, score, able, asked) for name in names], dtype=np.float64),
            ratio=asked.ratio,
            uses=most_uses(asked.replace, asked.reuse_max, len(treated)),
            closest=order == "closest",
            ranks=None if score is None or asked.mahalanobis else np.argsort(np.argsort(score, kind="stable")),
        )
    matched = matched_sample(pairs, treated, replace=asked.replace)
    return Found(matched.weights, matched.subclass, pairs)


def _points(job: Job) -> Floats:
    asked, score = job.asked, job.score
    if asked.mahalanobis:
        columns = design_matrix(job.frame.select(list(asked.mahalanobis)), missing=asked.missing)
        return whitened(columns.matrix, job.treated)
    if score is None:
        return whitened(job.design.matrix, job.treated)
    return np.ascontiguousarray(score[:, None])
