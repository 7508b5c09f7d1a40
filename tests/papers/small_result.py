"""A small evaluation with small counts wherever a count can stand; numbers and people are made up."""

from math import sqrt

from papers.matched_result import matched
from papers.parts import against, balance, interval, mean, moved, outcome, placebo, rate, ratios, source
from whatworks.evaluation.result import AlternativeEstimate, AttritionStep, Bounds, Counts, Result, ScoreBin, Subgroup
from whatworks.evaluation.result.doubts import Sensitivity


def small() -> Result:
    """Small counts wherever a count can stand; a paper must let none of them be worked out."""
    base = matched()
    few, more = rate(7, 96), rate(21, 96)
    charged = rate(14, 96), rate(30, 96)
    before, sentenced = (rate(4, 96), rate(15, 96)), (rate(25, 94), rate(31, 96))
    return base.model_copy(
        update={
            "paper": base.paper.model_copy(update={"title": "A small scheme (made up): did it reduce reoffending?"}),
            "protocol": base.protocol.model_copy(update={"status": "locked after outcomes were seen"}),
            "data": base.data.model_copy(update={"sources": (source("council", "flat", 723, 6, 0),)}),
            "attrition": (
                AttritionStep(step="Submitted", reason=None, treated=113, comparison=604),
                AttritionStep(
                    step=("Joined to the conviction record"), reason="no shared number", treated=110, comparison=590
                ),
                AttritionStep(step="Follow-up complete", reason="too recent", treated=110, comparison=570),
                AttritionStep(step="Eligible", reason="under 18", treated=101, comparison=566),
                AttritionStep(step="Analysed", reason="no like person found", treated=96, comparison=96),
            ),
            "n": Counts(treated=96, comparison=96, comparison_pool=566, effective_comparison=96.0),
            "estimand": base.estimand.model_copy(update={"treated_dropped": 5}),
            "balance": (
                balance("Age on the index date (years)", None, (30.0, 34.0), (30.2, 30.4), (-0.41, -0.02), "green"),
                balance("Sex", "male", (98 / 101, 0.85), (93 / 96, 88 / 96), (0.7, 0.29), "red"),
                balance("Index offence", "violence", (24 / 101, 0.3), (23 / 96, 24 / 96), (-0.15, -0.02), "green"),
                balance("Index offence", "theft", (56 / 101, 0.5), (54 / 96, 55 / 96), (0.1, -0.02), "green"),
                balance("Index offence", "robbery", (4 / 101, 0.05), (3 / 96, 5 / 96), (-0.06, -0.12), "red"),
                balance("Index offence", "other", (17 / 101, 0.15), (16 / 96, 12 / 96), (0.05, 0.11), "red"),
                balance(
                    "Need: health",
                    None,
                    (0.4, 0.3),
                    (38 / 96, 37 / 96),
                    (0.2, 0.02),
                    "green",
                    missing_treated=3,
                    missing_comparison=22,
                ),
            ),
            "scores": base.scores.model_copy(  # type: ignore[union-attr]
                update={
                    "treated_outside": 4,
                    "overlap_share": 97 / 101,
                    "chance_sd": sqrt(2 / 96),
                    "bins": tuple(
                        ScoreBin(low=i / 5, high=(i + 1) / 5, treated=t, comparison=c)
                        for i, (t, c) in enumerate([(6, 300), (41, 180), (38, 70), (13, 14), (3, 2)])
                    ),
                }
            ),
            "outcomes": (
                outcome(
                    "proven_reoffending_1y",
                    "Proven reoffending within one year",
                    measure=1,
                    primary=True,
                    treated=few,
                    comparison=more,
                    **against(few, more),
                    smallest_detectable=0.139,
                    n_needed=171,
                    verdict="significant reduction",
                    sentence="Seven per cent against twenty-two per cent.",
                    ruled_out="reductions larger than 24.3 points",
                    beside=(AlternativeEstimate(name="plain difference", **moved(-0.14, 0.05)),),
                    ratios=ratios(7, 96, 21, 96),
                    bounds=Bounds(
                        not_known_treated=3, not_known_comparison=14, low=-0.17, high=-0.11, sentence="The sign stays."
                    ),
                ),
                outcome(
                    "charged_1y",
                    "Charged within one year",
                    measure=1,
                    treated=charged[0],
                    comparison=charged[1],
                    **against(*charged),
                    smallest_detectable=0.17,
                    n_needed=240,
                    verdict="significant reduction",
                    sentence="Fewer were charged.",
                    ruled_out="any increase",
                    ratios=ratios(14, 96, 30, 96),
                    bounds=Bounds(
                        not_known_treated=3, not_known_comparison=14, low=-0.2, high=-0.1, sentence="The sign stays."
                    ),
                ),
                outcome(
                    "reconvicted_1y",
                    "Reconvicted within one year",
                    treated=rate(18, 93),
                    comparison=rate(35, 95),
                    **against(rate(18, 93), rate(35, 95)),
                    verdict="significant reduction",
                    sentence="",
                    ratios=ratios(18, 93, 35, 95),
                ),
                outcome(
                    "days_to_first_1y",
                    "Days to first reoffence",
                    kind="days",
                    design="descriptive",
                    unit="days",
                    treated=mean(7, 101.2, 22.0),
                    comparison=mean(21, 120.4, 15.0),
                    estimator="mean",
                    se_kind="none",
                    reason_no_verdict="Among reoffenders only.",
                ),
            ),
            "subgroups": tuple(
                Subgroup(
                    name=name,
                    level=level,
                    planned=True,
                    treated=rate(*t),
                    comparison=rate(*c),
                    **against(rate(*t), rate(*c)),
                    interaction_p=0.5,
                    interaction_p_adjusted=0.5,
                    sentence="",
                )
                for name, level, t, c in [
                    ("Sex", "female", (1, 3), (2, 8)),
                    ("Sex", "male", (6, 93), (19, 88)),
                    ("Age", "18-24", (2, 31), (5, 30)),
                    ("Age", "25-34", (2, 33), (6, 32)),
                    ("Age", "35+", (3, 32), (10, 34)),
                ]
            ),
            "search": base.search.model_copy(  # type: ignore[union-attr]
                update={"sets": 96, "kind": "Index offence: robbery", "people": 3, "others": 45}
            ),
            "placebos": (
                placebo(
                    "proven_reoffending_1y_before",
                    "Proven offending in the year before",
                    *before,
                    **against(*before),
                    sentence="The groups differ in proven offending in the year before.",
                ),
                placebo(
                    "short_sentences_1y_before",
                    "Anybody sentenced in the year before",
                    *sentenced,
                    **against(*sentenced),
                    sentence="No clear difference.",
                ),
                placebo(
                    "custody_nights_1y_before",
                    "Nights in custody in the year before",
                    mean(96, 4.5, 2.2).model_copy(update={"events": 8}),
                    mean(96, 7.1, 2.4).model_copy(update={"events": 17}),
                    **moved(-2.6, 3.3),
                    kind="nights",
                    unit="nights per person",
                    sentence="No clear difference.",
                ),
            ),
            "sensitivity": (
                Sensitivity(
                    name="Full cohort, overlap weights",
                    outcome="proven_reoffending_1y",
                    **interval(-0.14, 0.05),
                    sentence="The answer hardly moves.",
                ),
            ),
        }
    )
