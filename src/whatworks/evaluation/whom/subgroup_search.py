"""Drill further down, honestly: for whom does the scheme serve better, asked of matched sets that took no part."""

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.matched_outcomes import lower_is_better
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Search
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.pairs.honest_search import Honest, honest_search
from whatworks.statistics.pairs.prognostic_score import enough, prognostic_score
from whatworks.statistics.regression.grid import ROUNDING

Ints = npt.NDArray[np.int64]

BY_LOT = "The search was not made: it halves matched sets, and the groups were drawn by lot."
BY_AREA = (
    "The search was not made: it takes matched people for independent, and the scheme was given by area, where people "
    "of one area are alike."
)
NO_SETS = (
    "The search was not made: it halves matched sets, and here a comparison may serve several people, or is weighted."
)
SEVERAL = "The search was not made: it needs sets of one treated person each, and here some hold several."
NOT_MATCHED = "The search was not made: it needs a primary outcome that is compared after matching."


def drill(analysis: Analysis, spec: OutcomeSpec) -> Search | None:
    """Return what a search for whom the scheme serves better found; None where the protocol asks for none.

    A matched set counts as its treated person's outcome less the mean of its comparisons'. The split's seed is the
    first eight digits of the protocol's hash, so that nobody chose it. Where no search can be made a sentence says why.
    """
    names = analysis.protocol.subgroups.search
    if not names:
        return None
    labels = tuple(analysis.units.label(name) for name in names)
    reason = _why_not(analysis, spec)
    if reason:
        return Search(covariates=labels, sentence=reason)
    values = analysis.values(spec)
    effects, expected, people = set_effects(analysis, values)
    known = pl.DataFrame(
        [
            analysis.units.covariates[name].gather(people).rename(label)
            for name, label in zip(names, labels, strict=True)
        ]
    )
    seed = int(analysis.protocol.sha256()[:8], 16)
    try:
        honest = honest_search(
            effects, known, seed=seed, expected=expected, lower_is_better=lower_is_better(analysis, spec)
        )
    except Refused as refused:
        return Search(covariates=labels, sentence=f"The search was not made: {refused}.")
    return _told(honest, labels, seed, len(effects))


def set_effects(analysis: Analysis, values: Floats) -> tuple[Floats, Floats, Ints]:
    """Return each set's effect, what its people's unlikeness makes of it, and its treated person's row.

    Sets count whose outcomes are known on both sides. Of sets that share a person only the first counts, so that the
    halves share nobody. Unlikeness is the gap of the prognostic scores, which comparisons outside the sets give where
    there are ten of them for each term, else all comparisons.
    """
    matched, treated = analysis.sample.matched, analysis.units.treated
    if matched.subclass is None:
        raise Refused(NO_SETS)
    keep = matched.used & ~np.isnan(values)
    design = analysis.sample.design
    outside = ~treated & ~matched.used
    among = outside if enough(values, design.matrix, outside) else ~treated
    score = prognostic_score(values, design.matrix, among)
    size = int(matched.subclass.max()) + 1
    sums, scores, counts = [], [], []
    for group in (keep & treated, keep & ~treated):
        sets = matched.subclass[group]
        sums.append(np.bincount(sets, values[group], minlength=size))
        scores.append(np.bincount(sets, score[group], minlength=size))
        counts.append(np.bincount(sets, minlength=size))
    whole = (counts[0] > 0) & (counts[1] > 0)
    rows = np.flatnonzero(keep & treated)
    rows = rows[whole[matched.subclass[rows]]]
    if analysis.sample.clusters is not None:
        rows = rows[np.sort(np.unique(analysis.sample.clusters[rows], return_index=True)[1])]
    sets = matched.subclass[rows]
    effects, expected = (one[0][sets] / counts[0][sets] - one[1][sets] / counts[1][sets] for one in (sums, scores))
    alike = np.abs(expected) <= ROUNDING * np.abs(score).max()
    return effects, np.where(alike, 0.0, expected), rows


def _why_not(analysis: Analysis, spec: OutcomeSpec) -> str | None:
    matched, treated = analysis.sample.matched, analysis.units.treated
    if spec.design != "matched":
        return NOT_MATCHED
    if analysis.areas is not None:
        return BY_AREA
    if analysis.sample.randomised:
        return BY_LOT
    if analysis.unlike:
        return f"The search was not made. {analysis.unlike}"
    if matched.subclass is None:
        return NO_SETS
    return SEVERAL if np.bincount(matched.subclass[matched.used & treated]).max() > 1 else None


def _told(honest: Honest, labels: tuple[str, ...], seed: int, sets: int) -> Search:
    return Search(
        covariates=labels,
        made=True,
        seed=seed,
        sets=sets,
        found=honest.found,
        kind=honest.kind,
        people=honest.people,
        others=honest.others,
        effect=honest.effect,
        effect_low=honest.effect_low,
        effect_high=honest.effect_high,
        difference=honest.difference,
        difference_low=honest.difference_low,
        difference_high=honest.difference_high,
        p=honest.p,
        smallest=honest.smallest,
        agree=honest.agree,
        splits=honest.splits,
        sentence=honest.sentence,
    )
