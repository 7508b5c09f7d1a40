"""Find comparisons as the protocol says, or take the groups as the lot made them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.evaluation.matching.distance import Distance, check_calipers, distance_of, in_range
from whatworks.evaluation.matching.methods.declared import METHODS as WAYS
from whatworks.evaluation.matching.methods.found import Found
from whatworks.evaluation.matching.on_score import match_on_score
from whatworks.evaluation.matching.run import carry_out, rows_of, spread
from whatworks.evaluation.matching.settings import Settings
from whatworks.evaluation.question.comparison import Comparison
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.banded import banded
from whatworks.statistics.arrays import Ints
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.regression.design_matrix import Design, design_matrix
from whatworks.statistics.regression.score import NOTHING_TOLD, Score, propensity_score

WHAT_MAKES_A_SCORE = ("covariates", "missing", "distance", "link", "exact")


@dataclass(frozen=True, slots=True)
class Sample:
    """Who is analysed. `score` and `pairs` are None where the groups were drawn by lot.

    `pairs` are None also for methods that make none. `clusters` are matched sets joined where one person stands in two
    of them; None where nobody does.
    """

    design: Design
    matched: Matched
    score: Score | None = None
    pairs: Pairs | None = None
    strata: Ints | None = None
    clusters: Ints | None = None
    warnings: tuple[str, ...] = ()

    @property
    def randomised(self) -> bool:
        """Whether no matching was asked for."""
        return self.score is None


def match_sample(protocol: Protocol, units: AnalysisSample, minimum: int = 10) -> Sample:
    """Return the matched sample, or everybody for `method = "none"`.

    Raises `Refused`, naming every covariate at fault (constant, repeated, separating, not known), where the cohort is
    smaller than the protocol's minimum, and where exact factors or caliper leave nobody with a comparison. `minimum` is
    the least number of people that may be told.
    """
    check_size(protocol, units, minimum)
    wanted = protocol.comparison
    covariates = units.covariates.select(wanted.covariates)
    if wanted.method == "none":
        design = design_matrix(covariates, missing="indicator")
        return Sample(design, Matched(np.ones(units.size), None))
    design = design_matrix(covariates, missing=wanted.missing)
    score = propensity_score(design.matrix, design.names, units.treated, wanted.link)
    strata = strata_codes(units, wanted)
    _check_strata(units, strata, wanted)
    return _matched(protocol, units, design, score, strata)


def draw_again(first: Sample, before: Comparison, protocol: Protocol, units: AnalysisSample) -> Sample:
    """Return the sample of a protocol that asks for another comparison than `before`, which `first` was drawn by.

    Where both ask for the same score and exact factors these are taken over. Raises `Refused` as `match_sample` does.
    """
    now = protocol.comparison
    alike = all(getattr(now, part) == getattr(before, part) for part in WHAT_MAKES_A_SCORE)
    if first.score is None or not alike:
        return match_sample(protocol, units)
    return _matched(protocol, units, first.design, first.score, first.strata)


def _matched(protocol: Protocol, units: AnalysisSample, design: Design, score: Score, strata: Ints | None) -> Sample:
    wanted = protocol.comparison
    if not wanted.plain:
        return _otherwise(protocol, units, design, score, strata)
    pairs = match_on_score(
        score,
        units.treated,
        strata=strata,
        caliper=wanted.caliper,
        std_caliper=wanted.std_caliper,
        ratio=wanted.ratio,
        replace=wanted.replace,
        m_order=wanted.m_order,
        seed=protocol.seed,
    )
    pairs = _not_with_oneself(pairs, units.people["person"])
    matched = matched_sample(pairs, units.treated, replace=wanted.replace)
    warnings = (NOTHING_TOLD,) if score.flat else ()
    return Sample(design, matched, score, pairs, strata, joined_sets(units.people["person"], matched), warnings)


def _otherwise(protocol: Protocol, units: AnalysisSample, design: Design, score: Score, strata: Ints | None) -> Sample:
    """Return the sample of any other way of matching; people set apart by a covariate take no part."""
    wanted = protocol.comparison
    asked = Settings(
        treated="treated",
        covariates=wanted.covariates,
        method=wanted.method,
        distance=wanted.distance,
        link=wanted.link,
        missing=wanted.missing,
        seed=protocol.seed if wanted.method == "nearest" else None,
        **wanted.settings_of_match(),
    )
    able, values = ~score.apart, score.values if asked.distance == "glm" else None
    if asked.scored and (values is None or WAYS[wanted.method].needs == "probability"):
        brought = distance_of(units.covariates, design, units.treated, asked)
        values, able = brought.values, able & brought.able
    elif values is not None:
        able = able & in_range(values, units.treated, asked.discard)
    rows = np.flatnonzero(able)
    check_calipers(units.covariates, asked)
    found = carry_out(
        units.covariates[rows],
        units.treated[rows],
        rows_of(design, rows),
        Distance(None if values is None else values[rows], np.ones(len(rows), dtype=np.bool_)),
        None if strata is None else strata[rows],
        asked,
    )
    pairs = None
    if found.pairs is not None:
        pairs = Pairs(rows[found.pairs.treated], rows[found.pairs.comparison], found.pairs.round)
        pairs = _not_with_oneself(pairs, units.people["person"])
        matched = matched_sample(pairs, units.treated, replace=wanted.replace and wanted.method == "nearest")
    else:
        matched = Matched(spread(found.weights, rows, units.size, 0.0), _sets(found, rows, units, wanted))
    if not (matched.used & units.treated).any() or not (matched.used & ~units.treated).any():
        raise Refused(
            "nobody in the scheme has a comparison",
            "widen the caliper, cut into wider bins, ask for fewer exact factors, or look in more areas",
        )
    joined = joined_sets(units.people["person"], matched)
    warnings = (*found.warnings, *((NOTHING_TOLD,) if score.flat else ()))
    return Sample(design, matched, score, pairs, strata, joined, warnings)


def _sets(found: Found, rows: Ints, units: AnalysisSample, wanted: Comparison) -> Ints | None:
    """Return the sets in which people stand, where errors are clustered on them: those of full matching."""
    if wanted.method != "full" or found.subclass is None:
        return None
    return spread(found.subclass, rows, units.size, -1)


def check_size(protocol: Protocol, units: AnalysisSample, minimum: int) -> None:
    """Refuse a cohort below the protocol's minimum, and one without any comparison."""
    treated = int(units.treated.sum())
    least, left = protocol.cohort.minimum, banded(treated, minimum)
    if treated < least:
        raise Refused(
            Fault(
                f"only {left} treated people are left after attrition; the protocol's minimum is {least}",
                "wait for more, widen the window, or lower cohort.minimum and say why",
                field="cohort.minimum",
            )
        )
    if treated == units.size:
        raise Refused(
            Fault(
                "nobody is left who may be a comparison",
                "widen comparison.who, or look at the attrition steps",
                field="comparison.who",
                value=protocol.comparison.who,
            )
        )


def strata_codes(units: AnalysisSample, wanted: Comparison) -> Ints | None:
    """Return a code for each combination of exact factors; None where there are none. Not known equals not known."""
    names = [*units.strata, *wanted.exact]
    if not names:
        return None
    columns = [units.people[name] for name in units.strata] + [units.covariates[name] for name in wanted.exact]
    frame = pl.DataFrame([column.cast(pl.String).fill_null("not known") for column in columns])
    return frame.select(pl.struct(pl.all()).rank("dense")).to_series().cast(pl.Int64).to_numpy() - 1


def joined_sets(persons: pl.Series, matched: Matched) -> Ints | None:
    """Return, for each unit, its matched set joined with those sets in which one of its people stands again."""
    used = np.flatnonzero(matched.used)
    who = persons.gather(used).rank("dense").cast(pl.Int64).to_numpy() - 1
    if len(np.unique(who)) == len(who):
        return None
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    sets = matched.subclass[used] if matched.subclass is not None else np.arange(len(used))
    size = int(who.max()) + 1
    links = coo_matrix((np.ones(len(used)), (who, size + sets)), shape=(size + int(sets.max()) + 1,) * 2)
    component = connected_components(links, directed=False)[1]
    codes = np.full(len(persons), -1, dtype=np.int64)
    codes[used] = component[size + sets]
    first: dict[int, int] = {}
    for code, group in zip(codes[used], sets, strict=True):
        first.setdefault(code, group)
    codes[used] = [first[code] for code in codes[used]]
    return codes


def _not_with_oneself(pairs: Pairs, persons: pl.Series) -> Pairs:
    """Drop pairs of a person with their own earlier self, who may be a comparison until they join."""
    who = persons.rank("dense").to_numpy()
    keep = who[pairs.treated] != who[pairs.comparison]
    return Pairs(pairs.treated[keep], pairs.comparison[keep], pairs.round[keep])


def _check_strata(units: AnalysisSample, strata: Ints | None, wanted: Comparison) -> None:
    if strata is None:
        return
    treated = units.treated
    if not np.isin(strata[treated], strata[~treated]).any():
        names = ", ".join([*units.strata, *wanted.exact])
        raise Refused(
            Fault(
                f"nobody in the scheme has a comparison with the same {names}",
                "ask for fewer exact factors, give comparison.loosen a reason, or look for comparisons in more areas",
                field="comparison.exact",
            )
        )
