"""A matched evaluation with the five Diamond measures; numbers and people are made up."""

from datetime import date
from math import sqrt

from papers.parts import against, balance, interval, mean, moved, outcome, placebo, rate, ratios, source
from whatworks.evaluation.result import (
    AttritionStep,
    Beside,
    Bounds,
    Counts,
    DataStamp,
    DroppedDifference,
    Estimand,
    Guard,
    Matching,
    Paper,
    PeriodPoint,
    ProtocolStamp,
    Ratio,
    Result,
    ScoreBin,
    Scores,
    Search,
    Subgroup,
)
from whatworks.evaluation.result.doubts import Sensitivity


def matched() -> Result:
    """A matched partnership evaluation with the five Diamond measures: a significant reduction of the primary one."""
    reoffended = rate(156, 412), rate(192, 412)
    before = rate(171, 412), rate(174, 412)
    charged = rate(201, 412), rate(214, 412)
    return Result(
        paper=Paper(
            title="Northbank resettlement scheme (made up): did it reduce reoffending?",
            item="Item 6",
            decision_sought="To decide whether the scheme continues in the four boroughs after March 2026.",
            prepared_for="Northbank Crime Reduction Partnership (made up)",
            command="whatworks evaluate protocols/resettlement.toml --out papers/resettlement",
        ),
        protocol=ProtocolStamp(id="resettlement-2024", sha256="3f" * 32, status="locked", locked_on=date(2025, 7, 14)),
        data=DataStamp(
            as_at=date(2025, 6, 30),
            sources=(
                source("police", "offence", 148_212, 412, 1_309),
                source("police", "person", 21_877, 36, 0),
                source("prison", "custody_spell", 9_412, 4, 118),
                source("probation", "requirement", 5_230, 0, 0),
            ),
            code_version="0.1.0",
            seed=20250714,
            severity_edition="example",
        ),
        attrition=(
            AttritionStep(step="Submitted", reason=None, treated=602, comparison=4_411),
            AttritionStep(
                step=("Joined to the conviction record"), reason="no shared number", treated=584, comparison=4_279
            ),
            AttritionStep(
                step="Follow-up complete", reason=("eighteen months not yet passed"), treated=437, comparison=3_281
            ),
            AttritionStep(step="Eligible", reason="under 18 on the index date", treated=431, comparison=3_268),
            AttritionStep(step="Analysed", reason="no like person found", treated=412, comparison=412),
        ),
        n=Counts(treated=412, comparison=412, comparison_pool=3_268, effective_comparison=412.0),
        estimand=Estimand(
            name="the effect on the treated people who had a comparison",
            sentence=(
                "The answer is about adults released to the four scheme boroughs for whom a like person was found."
            ),
            treated_dropped=19,
            how_they_differ=(
                DroppedDifference(
                    covariate=("Age on the index date (years)"), kept_mean=31.4, dropped_mean=24.6, smd=-0.71
                ),
                DroppedDifference(covariate="Previous sanctions", kept_mean=11.2, dropped_mean=23.9, smd=1.08),
                DroppedDifference(covariate="Need: accommodation", kept_mean=0.41, dropped_mean=0.526, smd=0.23),
            ),
        ),
        matching=Matching(
            method="nearest",
            settings={
                "distance": "glm",
                "link": "linear.logit",
                "caliper": 0.2,
                "std_caliper": True,
                "ratio": 1,
                "replace": False,
                "m_order": "largest",
                "exact": ["index kind", "calendar quarter"],
            },
        ),
        balance=(
            balance(
                "Age on the index date (years)",
                None,
                (31.1, 35.2),
                (31.4, 31.6),
                (-0.402, -0.019),
                "green",
                variance_ratio=1.06,
                ks=0.041,
            ),
            balance(
                "Previous sanctions",
                None,
                (11.8, 6.3),
                (11.2, 10.9),
                (0.611, 0.033),
                "green",
                variance_ratio=1.12,
                ks=0.052,
            ),
            balance(
                "Risk score, one year (OGRS3)",
                None,
                (0.512, 0.371),
                (0.503, 0.489),
                (0.655, 0.064),
                "amber",
                variance_ratio=0.97,
                ks=0.061,
            ),
            balance("Sex", "male", (0.884, 0.851), (0.886, 0.879), (0.103, 0.022), "green"),
            balance("Index offence", "violence", (0.232, 0.301), (0.233, 0.238), (-0.163, -0.012), "green"),
            balance("Index offence", "theft", (0.399, 0.288), (0.396, 0.376), (0.227, 0.041), "green"),
            balance("Index offence", "burglary", (0.181, 0.143), (0.180, 0.189), (0.099, -0.023), "green"),
            balance("Index offence", "robbery", (0.012, 0.049), (0.012, 0.017), (-0.340, -0.045), "green"),
            balance("Index offence", "other", (0.176, 0.219), (0.179, 0.180), (-0.113, -0.003), "green"),
            balance(
                "Need: accommodation",
                None,
                (0.415, 0.262),
                (0.410, 0.403),
                (0.311, 0.014),
                "green",
                missing_treated=14,
                missing_comparison=121,
            ),
        ),
        scores=Scores(
            model="logistic regression on the covariates in the table",
            overlap_share=419 / 431,
            treated_outside=12,
            chance_sd=sqrt(2 / 412),
            failed=False,
            sentence="Most of the scheme group has like people in the comparison group.",
            bins=tuple(
                ScoreBin(low=i / 10, high=(i + 1) / 10, treated=t, comparison=c)
                for i, (t, c) in enumerate(
                    [
                        (18, 1_204),
                        (61, 903),
                        (94, 581),
                        (98, 312),
                        (77, 158),
                        (49, 71),
                        (22, 28),
                        (8, 9),
                        (4, 2),
                        (0, 0),
                    ]
                )
            ),
        ),
        outcomes=(
            outcome(
                "proven_reoffending_1y",
                "Proven reoffending within one year",
                measure=1,
                primary=True,
                treated=reoffended[0],
                comparison=reoffended[1],
                **against(*reoffended),
                p_adjusted=0.0323,
                smallest_detectable=0.0960,
                n_needed=1_561,
                verdict="significant reduction",
                ruled_out="reductions larger than 15.5 points, and any increase",
                sentence="Fewer people in the scheme group were proven to reoffend.",
                beside=(
                    Beside(name="plain difference in the matched sample", **moved(-0.0825, 0.0343)),
                    Beside(
                        name="clustered by borough",
                        **moved(-0.0874, 0.0441),
                        note="This assumes that nothing else differed between the boroughs.",
                    ),
                ),
                ratios=ratios(156, 412, 192, 412),
                bounds=Bounds(
                    not_known_treated=18,
                    not_known_comparison=132,
                    low=-0.1204,
                    high=-0.0388,
                    sentence=("Whatever became of the people not joined to the conviction record, the sign stays."),
                ),
            ),
            outcome(
                "charged_1y",
                "Charged within one year",
                measure=1,
                treated=charged[0],
                comparison=charged[1],
                **against(*charged),
                p_adjusted=0.36,
                smallest_detectable=0.0975,
                n_needed=1_570,
                verdict="more people needed",
                sentence="The interval holds no difference.",
                ruled_out="reductions larger than 10.0 points, and increases larger than 3.7 points",
            ),
            outcome(
                "frequency_1y",
                "Proven reoffences per person",
                kind="frequency",
                unit="offences a person",
                treated=mean(412, 0.9223, 0.081),
                comparison=mean(412, 1.2379, 0.094),
                **moved(-0.3156, 0.1211),
                p_adjusted=0.0323,
                smallest_detectable=0.3393,
                n_needed=820,
                verdict="significant reduction",
                sentence="The scheme group committed fewer proven offences a person.",
                ratios=(Ratio(name="rate ratio", value=0.745, ci_low=0.594, ci_high=0.935),),
            ),
            outcome(
                "seriousness_1y",
                "Seriousness of reoffending",
                kind="score",
                measure=2,
                design="difference_in_differences",
                unit="severity points a person",
                window="12 months",
                treated=mean(412, 412.5, 41.0),
                comparison=mean(412, 455.1, 44.2),
                **moved(-61.4, 52.7),
                p_adjusted=0.4888,
                smallest_detectable=147.6,
                n_needed=2_310,
                verdict="more people needed",
                estimator="difference-in-differences",
                se_kind="clustered on the person",
                sentence="The interval holds no difference.",
                beside=(Beside(name="placebo difference before the scheme", **moved(8.2, 31.0)),),
                periods=tuple(
                    PeriodPoint(label=label, after=i > 3, treated=t, comparison=c)
                    for i, (label, t, c) in enumerate(
                        [
                            (("30-24 months before"), 395.2, 371.0),
                            ("24-18 months before", 401.7, 380.4),
                            (("18-12 months before"), 420.3, 391.9),
                            ("12-6 months before", 433.8, 415.0),
                            ("0-6 months after", 430.1, 460.2),
                            (("6-12 months after"), 394.9, 450.0),
                        ]
                    )
                ),
            ),
            outcome(
                "breaches_per_month_1y",
                "Breaches a month under a requirement",
                kind="rate",
                measure=3,
                design="descriptive",
                unit="breaches a person-month",
                treated=mean(203, 0.0612, 0.0071),
                comparison=mean(188, 0.0574, 0.0069),
                estimator="mean",
                se_kind="none",
                reason_no_verdict="Fewer breaches with unchanged compliance would not be success.",
            ),
            outcome(
                "appointments_kept_1y",
                "Appointments kept",
                kind="share",
                measure=3,
                design="descriptive",
                unit="share of appointments",
                treated=rate(1_481, 1_904),
                comparison=rate(1_290, 1_733),
                estimator="share",
                se_kind="none",
                reason_no_verdict="It is shown beside breaches only.",
            ),
            outcome(
                "short_sentences_1y",
                "Sentences under 12 months",
                kind="frequency",
                measure=4,
                design="difference_in_differences",
                unit="sentences a person",
                treated=mean(412, 0.2913, 0.0301),
                comparison=mean(412, 0.3786, 0.0342),
                **moved(-0.0921, 0.0458),
                p_adjusted=0.1328,
                smallest_detectable=0.1283,
                n_needed=1_204,
                verdict="significant reduction",
                estimator="difference-in-differences",
                se_kind="clustered on the person",
                sentence="The scheme group received fewer short sentences.",
                guard=Guard(
                    name="Nights in custody must not grow",
                    unit="nights a person",
                    difference=2.1,
                    ci_low=-4.9,
                    ci_high=9.1,
                    margin=7.0,
                    met=False,
                    sentence=("Growth beyond the margin is not ruled out, so the fall is not called success."),
                ),
            ),
            outcome(
                "needs_met_accommodation",
                "Accommodation need met at the end",
                kind="share",
                measure=5,
                design="descriptive",
                unit="share of people with the need",
                treated=rate(88, 169),
                comparison=None,
                estimator="share",
                se_kind="none",
                reason_no_verdict="Nobody assessed the comparison group.",
            ),
            outcome(
                "needs_met_health",
                "Health need met at the end",
                kind="share",
                measure=5,
                design="descriptive",
                unit="share of people with the need",
                treated=rate(6, 41),
                comparison=None,
                estimator="share",
                se_kind="none",
                reason_no_verdict="Nobody assessed the comparison group.",
            ),
        ),
        subgroups=tuple(
            Subgroup(
                name="Previous custody",
                level=level,
                planned=True,
                treated=rate(*t),
                comparison=rate(*c),
                **against(rate(*t), rate(*c)),
                interaction_p=0.2107,
                interaction_p_adjusted=0.4214,
                interaction_q=0.4214,
                sentence="",
            )
            for level, t, c in [("none", (49, 158), (55, 160)), ("once or more", (107, 254), (137, 252))]
        )
        + tuple(
            Subgroup(
                name="Sex",
                level=level,
                planned=False,
                treated=rate(*t),
                comparison=rate(*c),
                **against(rate(*t), rate(*c)),
                interaction_p=0.811,
                interaction_p_adjusted=0.811,
                interaction_q=0.811,
                sentence="",
            )
            for level, t, c in [("female", (14, 47), (17, 50)), ("male", (142, 365), (175, 362))]
        ),
        search=Search(
            covariates=("Age on the index date (years)", "Sex"),
            made=True,
            seed=0x3F3F3F3F,
            sets=412,
            found=False,
            kind="Age on the index date (years) up to 25",
            people=58,
            others=148,
            effect=-0.1379,
            effect_low=-0.3021,
            effect_high=0.0263,
            difference=-0.0716,
            difference_low=-0.2660,
            difference_high=0.1228,
            p=0.2342,
            smallest=0.2451,
            agree=0.07,
            splits=100,
            sentence="Nothing found: one half of the matched people suggested Age on the index date (years) up to 25, "
            "and the other half does not bear it out. Where the effect is the same for everybody, such a search finds "
            "something 5% of the time.",
        ),
        placebos=(
            placebo(
                "proven_reoffending_1y_before",
                "Proven offending in the year before",
                *before,
                **against(*before),
                matched_on=("Previous sanctions",),
                weakness="The groups were matched on covariates that count part of the same past (Previous sanctions).",
                sentence="No clear difference. That does not prove that the groups were alike.",
            ),
            placebo(
                "custody_nights_1y_before",
                "Nights in custody in the year before",
                mean(412, 84.2, 4.1).model_copy(update={"events": 231}),
                mean(412, 69.7, 3.9).model_copy(update={"events": 204}),
                **moved(14.5, 5.6),
                kind="nights",
                unit="nights per person",
                smallest_detectable=15.7,
                sentence="The groups differ in nights in custody, which the scheme cannot have changed.",
            ),
        ),
        sensitivity=(
            Sensitivity(
                name=("Full cohort, overlap weights"),
                outcome="proven_reoffending_1y",
                **interval(-0.0791, 0.0301),
                sentence="Weighting keeps everybody in; the answer hardly moves.",
                treated=rate(166, 431),
                comparison=rate(1_560, 3_268),
            ),
            Sensitivity(
                name=("Comparison may be used again"),
                outcome="proven_reoffending_1y",
                **interval(-0.0902, 0.0366),
                sentence="",
                treated=rate(156, 412),
                comparison=rate(137, 300),
            ),
        ),
        warnings=(
            (
                "The scheme works in four boroughs: with fewer than ten treated "
                "areas, intervals by person are too narrow."
            ),
        ),
    )
