"""Results in the shape of the two real examples: Rossi (randomised) and Iowa (overlap fails)."""

from datetime import date

from papers.matched_result import matched
from papers.parts import balance, outcome, rate, source
from whatworks.evaluation.result import (
    AttritionStep,
    Counts,
    Estimand,
    Matching,
    Paper,
    ProtocolStamp,
    Result,
    ScoreBin,
    Scores,
)


def randomised() -> Result:
    """Rossi: 48 of 216 with aid rearrested, 66 of 216 without; pooled z p 0.0494 (methods page, section 5)."""
    base = matched()
    aid, none = rate(48, 216), rate(66, 216)
    return Result(
        paper=Paper(
            title="Financial aid on release: was rearrest rarer?",
            item="Example",
            decision_sought="To note.",
            prepared_for="Readers of the examples",
            command="whatworks evaluate examples/rossi.toml",
        ),
        protocol=ProtocolStamp(id="rossi", sha256="ab" * 32, status="exploratory"),
        data=base.data.model_copy(
            update={"sources": (source("example", "flat", 432, 0, 0),), "severity_edition": None}
        ),
        attrition=(
            AttritionStep(step="Submitted", reason=None, treated=216, comparison=216),
            AttritionStep(step="Analysed", reason=None, treated=216, comparison=216),
        ),
        n=Counts(treated=216, comparison=216, comparison_pool=216, effective_comparison=216.0),
        estimand=Estimand(
            name="the effect of being offered aid",
            treated_dropped=0,
            sentence="The answer is about men released from Maryland prisons in the 1970s.",
        ),
        matching=Matching(method="none", settings={}),
        balance=(
            balance("Age", None, (24.95, 24.24), None, (0.116, None), None),
            balance("Previous convictions", None, (2.99, 2.98), None, (0.002, None), None),
            balance("Married", None, (0.102, 0.144), None, (-0.129, None), None),
        ),
        scores=None,
        outcomes=(
            outcome(
                "arrest",
                "Rearrested within a year",
                design="randomised",
                primary=True,
                treated=aid,
                comparison=none,
                difference=48 / 216 - 66 / 216,
                ci_low=-0.16645,
                ci_high=-0.00022,
                p=0.0494,
                smallest_detectable=0.1183,
                n_needed=None,
                verdict="significant reduction",
                ruled_out="reductions larger than 16.6 points, and any increase",
                estimator="difference of two shares, pooled z",
                se_kind="pooled",
                sentence="Fewer of those with aid were rearrested.",
            ),
        ),
    )


def descriptive() -> Result:
    """Iowa's shape: overlap fails, `causal = false`, so nobody may read a verdict out of it."""
    base = matched()
    return Result(
        paper=Paper(
            title="Iowa releases 2010-2013: a demonstration without verdict",
            item="Example",
            decision_sought="To note that no answer can be given.",
            prepared_for="Readers of the examples",
            command="whatworks evaluate examples/iowa.toml",
        ),
        protocol=ProtocolStamp(
            id="iowa",
            sha256="cd" * 32,
            status="locked after outcomes were seen",
            causal=False,
            locked_on=date(2025, 7, 1),
        ),
        data=base.data.model_copy(update={"sources": (source("example", "flat", 17_060, 0, 36),)}),
        attrition=(
            AttritionStep(step="Submitted", reason=None, treated=7_131, comparison=9_893),
            AttritionStep(step="Analysed", reason="release type not known", treated=7_131, comparison=9_864),
        ),
        n=Counts(treated=7_131, comparison=9_864, comparison_pool=9_864, effective_comparison=212.4),
        estimand=Estimand(name="none", treated_dropped=0, sentence="The figures describe two groups of releases."),
        matching=Matching(method="nearest", settings={"ratio": 1, "replace": True}),
        balance=(
            balance("Release type", "parole", (0.902, 0.297), (0.902, 0.297), (2.037, 2.037), "red"),
            balance("Release type", "discharge", (0.0012, 0.633), (0.0012, 0.633), (-18.2, -18.2), "red"),
            balance("Release type", "other", (0.0968, 0.070), (0.0968, 0.070), (0.091, 0.091), "amber"),
            balance("Sex", "male", (0.861, 0.873), (0.861, 0.869), (-0.035, -0.023), "green"),
        ),
        scores=Scores(
            model="logistic regression",
            overlap_share=0.412,
            treated_outside=4_193,
            chance_sd=0.0167,
            failed=True,
            sentence="Target status is nearly the type of release.",
            bins=(
                ScoreBin(low=0, high=0.1, treated=9, comparison=6_300),
                ScoreBin(low=0.1, high=0.5, treated=122, comparison=2_000),
                ScoreBin(low=0.5, high=1, treated=7_000, comparison=1_564),
            ),
        ),
        outcomes=(
            outcome(
                "returned",
                "Returned to prison within three years",
                design="descriptive",
                primary=True,
                treated=rate(2_674, 7_131),
                comparison=rate(2_298, 9_864),
                window="three years from release",
                estimator="share",
                se_kind="none",
                reason_no_verdict=("Overlap fails: the groups are not alike."),
            ),
        ),
        warnings=("Overlap fails: the groups have too little in common to be compared.",),
    )
