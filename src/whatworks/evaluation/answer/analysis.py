"""What every outcome's analysis stands on: the protocol, the people, the sample, and whether extras are wanted."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from whatworks.evaluation.answer.area_answer import end
from whatworks.evaluation.answer.matched_sample import Sample
from whatworks.evaluation.answer.redrawn import Redrawn
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import AlternativeEstimate, GroupResult
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.statistics.areas.design import AreaDesign
from whatworks.statistics.areas.effect import area_effect
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.groups.estimate import Comparator, Estimate, Group
from whatworks.statistics.groups.few_events import has_few_events, score_effect
from whatworks.statistics.groups.two_sample import compare_means, compare_shares
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design, design_matrix
from whatworks.statistics.regression.g_computation import matched_effect


@dataclass(frozen=True, slots=True)
class Analysis:
    """One evaluation while it is worked out. Without `extras` nothing stands beside the named estimates.

    `unlike` says why the groups cannot be compared, where they cannot: then no effect is worked out. `areas` is set
    where the scheme was given by area and a causal answer is asked for; `redrawn` where a linkage model joined the
    records, and the answer allows for other joinings.
    """

    protocol: Protocol
    units: AnalysisSample
    sample: Sample
    extras: bool = True
    unlike: str = ""
    areas: AreaDesign | None = None
    redrawn: Redrawn | None = None

    def column(self, name: str) -> Floats:
        """Return a column of the outcomes as numbers, NaN where not known."""
        return self.units.outcomes[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()

    def values(self, spec: OutcomeSpec) -> Floats:
        """Return an outcome's value of each unit."""
        return self.column(spec.values)

    def is_primary(self, spec: OutcomeSpec) -> bool:
        """Tell whether an outcome carries the headline verdict."""
        return spec.name == self.protocol.outcomes.primary

    def effect(
        self,
        values: Floats,
        *,
        yes_no: bool,
        adjusted: bool = True,
        matched: Matched | None = None,
        among: Flags | None = None,
    ) -> Estimate:
        """Return the effect in the sample, by area where the scheme was given by area, else by person.

        `matched` narrows the sample, and `among` whose areas are compared. People whose value is not known are left
        out.
        """
        if self.areas is None:
            return self.by_person(values, yes_no=yes_no, adjusted=adjusted, matched=matched)
        taken = matched or self.sample.matched
        return area_effect(
            self.areas,
            values,
            self.units.treated,
            taken,
            self.covariates_for(values, yes_no, adjusted, taken),
            self.area_terms if adjusted else self.area_terms[:, :0],
            yes_no=yes_no,
            among=among,
        )

    @property
    def area_terms(self) -> Floats:
        """What is taken out of outcomes before areas are compared: covariates, and factors matched on exactly."""
        wanted = self.protocol.comparison
        exact = [name for name in wanted.exact if name not in wanted.covariates]
        parts = [self.sample.design.matrix] if self.sample.design.columns else []
        if exact:
            parts.append(design_matrix(self.units.covariates.select(exact), missing="indicator").matrix)
        return np.column_stack(parts) if parts else np.empty((self.units.size, 0))

    def covariates_for(self, values: Floats, yes_no: bool, adjusted: bool, taken: Matched) -> Design | None:
        """Return what the estimate is adjusted for: nothing in a trial, nor where few had the outcome."""
        few = yes_no and has_few_events(values, self.units.treated, taken)
        return self.sample.design if adjusted and not self.sample.randomised and not few else None

    def by_person(
        self, values: Floats, *, yes_no: bool, adjusted: bool = True, matched: Matched | None = None
    ) -> Estimate:
        """Return the effect in the sample by the protocol's estimator: two-sample for a trial, else g-computation.

        `matched` narrows the sample. People whose value is not known are left out. Where few people had a yes/no
        outcome, or few did not, the estimator is the unadjusted score method.
        """
        sample, taken = self.sample, matched or self.sample.matched
        if sample.randomised:
            return _two_sample(values, self.units.treated, taken, yes_no)
        if yes_no and adjusted and has_few_events(values, self.units.treated, taken):
            return score_effect(values, self.units.treated, taken)
        if sample.clusters is None:
            return matched_effect(values, self.units.treated, taken, sample.design if adjusted else None, yes_no=yes_no)
        return matched_effect(
            values,
            self.units.treated,
            taken,
            sample.design if adjusted else None,
            yes_no=yes_no,
            se_kind="CR3",
            clusters=sample.clusters,
            cluster_name="matched set, sets that share a person taken together",
        )


def group_result(group: Group) -> GroupResult:
    """Return a group as the result holds it."""
    return GroupResult(
        n=group.n, events=group.events, value=group.value, ci_low=end(group.ci_low), ci_high=end(group.ci_high)
    )


def comparison_fields(estimate: Estimate) -> dict[str, Any]:
    """Return an estimate as the fields of a result that hold both groups, their difference and its interval."""
    return {
        "treated": group_result(estimate.treated),
        "comparison": group_result(estimate.comparison),
        "difference": estimate.difference,
        "ci_low": end(estimate.ci_low),
        "ci_high": end(estimate.ci_high),
    }


def beside(name: str, estimate: Estimate | Comparator, note: str = "") -> AlternativeEstimate:
    """Return an estimate to stand beside the named one, with its own groups where it has any."""
    if isinstance(estimate, Estimate):
        return AlternativeEstimate(name=name, p=estimate.p, note=note, **comparison_fields(estimate))
    low, high = (None if value is None else end(value) for value in (estimate.ci_low, estimate.ci_high))
    return AlternativeEstimate(
        name=name, difference=estimate.difference, ci_low=low, ci_high=high, p=estimate.p, note=note
    )


def _two_sample(values: Floats, treated: Flags, matched: Matched, yes_no: bool) -> Estimate:
    known = matched.used & ~np.isnan(values)
    ours, theirs = values[known & treated], values[known & ~treated]
    if yes_no:
        return compare_shares(int(ours.sum()), len(ours), int(theirs.sum()), len(theirs))
    return compare_means(ours, theirs)
