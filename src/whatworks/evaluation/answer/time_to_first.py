"""Time to the first reoffence of everybody: how fast, what share by the end; a death may come first, and is counted."""

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Deaths, Ratio, TimeToFirst
from whatworks.records.follow_up import windowed
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.regression.g_computation import Sample, known_sample
from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
from whatworks.statistics.time.hazard import hazard_ratio

NEITHER, HAPPENED, DIED = 0, 1, 2
"""What ended the time: the end of follow-up, the event itself, a death."""
COMPETING = "A death ends being at risk: it is not counted as the event, nor are the days after it counted as free."
NO_DEATHS = "No death is on record, so whoever died counts as free to the end."
NO_RATIO = "Nobody of one group had the event, so no hazard ratio is finite."


def time_to_first(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> tuple[TimeToFirst, Ratio]:
    """Return the shares that had the event by the end of follow-up, and the hazard ratio, clustered on matched sets
    (without an interval where the scheme was given by area).

    The shares are cumulative incidences (Aalen and Johansen), never one minus Kaplan-Meier, which would count the dead
    as people who may yet have the event. Neither is adjusted for covariates, beyond the matching.
    """
    sample, kind = time_sample(analysis, spec, values)
    horizon = float(sample.outcome.max())
    ends = [_by_the_end(sample, kind, group, horizon) for group in (sample.treated, ~sample.treated)]
    ratio = _hazard(analysis, sample, kind)
    told = TimeToFirst(
        horizon=horizon,
        happened_treated=ends[0][HAPPENED],
        happened_comparison=ends[1][HAPPENED],
        died_treated=ends[0][DIED],
        died_comparison=ends[1][DIED],
        sentence=f"{_pace(ratio)} {COMPETING if (kind == DIED).any() else NO_DEATHS}",
    )
    return told, ratio


def time_sample(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> tuple[Sample, npt.NDArray[np.int64]]:
    """Return the matched people whose time is known, and what ended it for each."""
    sample = known_sample(values, analysis.units.treated, analysis.sample.matched)
    return sample, analysis.column(str(spec.ended_by))[sample.rows].astype(np.int64)


def _by_the_end(
    sample: Sample, kind: npt.NDArray[np.int64], group: npt.NDArray[np.bool_], horizon: float
) -> dict[int, float]:
    days, what, weights = sample.outcome[group], kind[group], sample.weights[group]
    swapped = np.select([what == HAPPENED, what == DIED], [DIED, HAPPENED], NEITHER)
    found = {}
    for name, kinds in ((HAPPENED, what), (DIED, swapped)):
        share = cumulative_incidence(days, kinds, weights, horizon=horizon).share
        found[name] = float(share[-1]) if len(share) else 0.0
    return found


def _hazard(analysis: Analysis, sample: Sample, kind: npt.NDArray[np.int64]) -> Ratio:
    clusters = sample.subclass if analysis.sample.clusters is None else analysis.sample.clusters[sample.rows]
    try:
        found = hazard_ratio(sample.outcome, kind == HAPPENED, sample.treated, sample.weights, clusters)
    except Refused:
        return Ratio(name="hazard ratio", value=None, ci_low=None, ci_high=None)
    if analysis.areas is not None:
        return Ratio(name="hazard ratio", value=found.value, ci_low=None, ci_high=None)
    return Ratio(name="hazard ratio", value=found.value, ci_low=found.ci_low, ci_high=found.ci_high)


def _pace(ratio: Ratio) -> str:
    if ratio.value is None:
        return NO_RATIO
    ends = "the scheme was given by area, and no interval is given"
    if ratio.ci_low is not None and ratio.ci_high is not None:
        ends = f"95% interval {ratio.ci_low:.2f} to {ratio.ci_high:.2f}"
    return (
        f"At any moment, people in the scheme who were still free had the event at {ratio.value:.2f} times the pace of "
        f"their comparisons ({ends})."
    )


def deaths(analysis: Analysis) -> Deaths | None:
    """Return how many of the people analysed died during follow-up; None where the data hold no death at all."""
    names = [spec.died for spec in analysis.units.specs if spec.died]
    if analysis.protocol.data.source == "partnership":
        names = [windowed("died", analysis.protocol.outcomes.follow_up_months)]
    columns = [analysis.column(name) > 0 for name in names if name in analysis.units.outcomes.columns]
    died = np.logical_or.reduce(columns) if columns else np.zeros(analysis.units.size, dtype=np.bool_)
    if not died.any():
        return None
    used, treated = analysis.sample.matched.used & died, analysis.units.treated
    return Deaths(treated=int((used & treated).sum()), comparison=int((used & ~treated).sum()))
