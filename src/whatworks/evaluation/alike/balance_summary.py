"""Show the board whether like was compared with like: balance, overlap, and who was left without a comparison."""

import numpy as np

from whatworks.evaluation.answer.matched_sample import Sample
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import BalanceRow, Counts, DroppedDifference, Estimand, Means, ScoreBin, Scores
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.statistics.arrays import Flags
from whatworks.statistics.pairs.balance import Balance, Ruler, balance, chance_sd, lay_out
from whatworks.statistics.pairs.overlap import overlap
from whatworks.statistics.pairs.weights import effective_size
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.grid import same_for_all
from whatworks.statistics.regression.score import Score


def balance_rows(protocol: Protocol, units: AnalysisSample, sample: Sample) -> tuple[BalanceRow, ...]:
    """Return the balance of every covariate before and after matching.

    A trial has only "before", and no bands: whatever differs there differs by chance.
    """
    names = list(dict.fromkeys((*protocol.comparison.covariates, *protocol.comparison.exact)))
    if not names:
        return ()
    rows = balance(
        units.covariates.select(names),
        units.treated,
        None if sample.randomised else sample.matched.weights,
        green=protocol.comparison.balance_amber,
        amber=protocol.comparison.balance_red,
    )
    judged = not sample.randomised
    return tuple(row for one in rows if (row := _row(one, units, judged)) is not None)


def ruler(protocol: Protocol, units: AnalysisSample) -> Ruler:
    """Return what measures the balance of the protocol's covariates under other samples of the same people."""
    names = list(dict.fromkeys((*protocol.comparison.covariates, *protocol.comparison.exact)))
    return lay_out(units.covariates.select(names), units.treated)


def counts(units: AnalysisSample, sample: Sample) -> Counts:
    """Return how many people are analysed, out of which pool, and what the weighted comparisons are worth."""
    used, treated = sample.matched.used, units.treated
    ours, theirs = units.people.filter(used & treated), units.people.filter(used & ~treated)
    areas = ours["area"].drop_nulls().unique()
    among = 0 if units.by_area.holds else int(theirs["area"].drop_nulls().is_in(areas.implode()).sum())
    return Counts(
        treated=int((used & treated).sum()),
        comparison=int((used & ~treated).sum()),
        comparison_pool=int((~treated).sum()),
        effective_comparison=effective_size(sample.matched.weights[used & ~treated]),
        in_both_groups=int(ours["person"].unique().is_in(theirs["person"].unique().implode()).sum()),
        among_the_treated=among,
    )


def scores(units: AnalysisSample, sample: Sample) -> Scores | None:
    """Return how far the propensity scores of the groups overlap; None for a trial."""
    if sample.score is None:
        return None
    found, size = overlap(sample.score.probability, units.treated), counts(units, sample)
    by = dict.fromkeys(units.label(name.partition(": ")[0]) for name in sample.score.apart_by)
    apart = f" Some people have a value that occurs in one group only, in: {', '.join(by)}." if by else ""
    for names in sample.score.together:
        which = dict.fromkeys(units.label(name.partition(": ")[0]) for name in names)
        apart += f" Some people are told apart from the other group by {' and '.join(which)} together."
    return Scores(
        model=_model(sample.score),
        overlap_share=found.share,
        treated_outside=found.treated_outside,
        chance_sd=chance_sd(size.treated, size.effective_comparison),
        failed=found.failed,
        sentence=found.sentence + apart,
        bins=tuple(
            ScoreBin(low=one.low, high=one.high, treated=one.treated, comparison=one.comparison) for one in found.bins
        ),
    )


def estimand(protocol: Protocol, units: AnalysisSample, sample: Sample) -> Estimand:
    """Return whom the answer is about, and how those left without a comparison differ from them."""
    if sample.randomised:
        words = "The effect of being offered the scheme, for the people among whom the lot was drawn."
        return Estimand(name="ITT", sentence=words, treated_dropped=0)
    kept = sample.matched.used & units.treated
    dropped = units.treated & ~kept
    if not dropped.any():
        words = "The average effect on the people treated (average treatment effect on the treated, ATT)."
        return Estimand(name="ATT", sentence=words, treated_dropped=0)
    words = (
        "The average effect on those of the treated who had a comparison (average treatment effect on the matched, "
        "ATM). It says nothing about the others."
    )
    return Estimand(
        name="ATM",
        sentence=words,
        treated_dropped=int(dropped.sum()),
        how_they_differ=_differences(units, sample.design, kept, dropped),
    )


def _differences(units: AnalysisSample, design: Design, kept: Flags, gone: Flags) -> tuple[DroppedDifference, ...]:
    rows = []
    for j, (name, owner) in enumerate(zip(design.names, design.covariates, strict=True)):
        ours, theirs = design.matrix[kept, j], design.matrix[gone, j]
        everybody = design.matrix[kept | gone, j]
        spread = 0.0 if same_for_all(everybody) else float(np.std(everybody, ddof=1))
        rows.append(
            DroppedDifference(
                covariate=units.label(owner) + name[len(owner) :],
                kept_mean=float(ours.mean()) if len(ours) else 0.0,
                dropped_mean=float(theirs.mean()),
                smd=float(theirs.mean() - ours.mean()) / spread if spread and len(ours) else None,
            )
        )
    return tuple(rows)


def _row(one: Balance, units: AnalysisSample, judged: bool) -> BalanceRow | None:
    if one.treated_before is None or one.comparison_before is None:
        return None
    return BalanceRow(
        covariate=units.label(one.covariate),
        level=one.level,
        means=Means(
            treated_before=one.treated_before,
            comparison_before=one.comparison_before,
            treated_after=one.treated_after,
            comparison_after=one.comparison_after,
        ),
        smd_before=one.smd_before,
        smd_after=one.smd_after,
        variance_ratio_after=one.variance_ratio_after,
        ks_after=one.ks_after,
        missing_treated=one.missing_treated,
        missing_comparison=one.missing_comparison,
        band=one.band if judged else None,
        two_values=_two_values(units, one),
    )


def _two_values(units: AnalysisSample, one: Balance) -> tuple[float, float] | None:
    """Return the two values of a number that has no others, as 1 and 2 for a sex."""
    known = units.covariates.get_column(one.covariate, default=None)
    if one.level is not None or known is None or not known.dtype.is_numeric():
        return None
    values = known.drop_nulls().unique().sort().to_list()
    return (float(values[0]), float(values[1])) if len(values) == len(("low", "high")) else None


def _model(score: Score) -> str:
    what = "the log odds" if score.link == "linear.logit" else "the probability"
    return f"logistic regression without penalty; people are matched on {what}"
