"""A small made-up result, for the examples in this room's documentation."""

from datetime import date

from whatworks.evaluation.result import (
    Counts,
    DataStamp,
    Estimand,
    GroupResult,
    Matching,
    Outcome,
    Paper,
    ProtocolStamp,
    Result,
)


def sample_result() -> Result:
    """Return Rossi's comparison (48 of 216 rearrested with aid, 66 of 216 without) with nothing around it.

    >>> sample_result().outcomes[0].verdict
    'significant reduction'
    """
    return Result(
        paper=Paper(
            title="Aid on release", item="Example", decision_sought="To note.", prepared_for="Readers", command=""
        ),
        protocol=ProtocolStamp(id="rossi", sha256="0" * 64, status="exploratory"),
        data=DataStamp(as_at=date(2025, 6, 30), sources=(), code_version="0", seed=1, severity_edition=None),
        attrition=(),
        n=Counts(treated=216, comparison=216, comparison_pool=216, effective_comparison=216.0),
        estimand=Estimand(name="the effect of the offer", sentence="The answer is about the men.", treated_dropped=0),
        matching=Matching(method="none", settings={}),
        balance=(),
        scores=None,
        outcomes=(
            Outcome(
                name="arrest",
                label="Rearrested within a year",
                kind="yes_no",
                design="randomised",
                unit="share of people",
                window="52 weeks",
                primary=True,
                treated=GroupResult(n=216, events=48, value=48 / 216, ci_low=0.1668, ci_high=0.2777),
                comparison=GroupResult(n=216, events=66, value=66 / 216, ci_low=0.2441, ci_high=0.367),
                difference=-18 / 216,
                ci_low=-0.1664,
                ci_high=-0.0002,
                p=0.0494,
                smallest_detectable=0.1187,
                n_needed=None,
                verdict="significant reduction",
                sentence="",
                estimator="difference of two shares, pooled z",
                se_kind="pooled",
            ),
        ),
    )
