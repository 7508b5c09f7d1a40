"""The matched evaluation where a model joined the records and nobody judged its links: the verdict is a word weaker."""

from papers.matched_result import matched
from papers.parts import rate
from whatworks.evaluation.answer.redrawn import UNCHECKED
from whatworks.evaluation.doubts.unequal_links import unequal_sentence
from whatworks.evaluation.question.outcome_register import outcome_named
from whatworks.evaluation.result import Result
from whatworks.evaluation.result.links import CorrectedDifference, LinkDoubt, LinkGroup, OverLinks, ThresholdPoint

HOMELESS = LinkGroup(
    characteristic="home",
    group="no fixed home",
    false=0.061,
    missed=0.04,
    treated=0.2,
    comparison=0.1,
    smd=0.28,
    shift=-0.0031,
    warned=True,
)


def linked() -> Result:
    """The difference over twenty draws is 8.5 points (1.1 to 15.9), under the joining in force 8.7 (2.0 to 15.5)."""
    made = matched()
    primary = made.outcomes[0]
    now = OverLinks(
        difference=primary.difference,
        ci_low=primary.ci_low,
        ci_high=primary.ci_high,
        lowest=-0.1012,
        highest=-0.0731,
        share=0.16,
        draws=20,
    )
    told = primary.model_copy(
        update={
            "difference": -0.0853,
            "ci_low": -0.1592,
            "ci_high": -0.0114,
            "p": 0.0237,
            "verdict": "likely reduction",
            "sentence": primary.sentence + UNCHECKED,
            "estimator": f"{primary.estimator}, over 20 draws of the links (Rubin's rules)",
            "links": now,
        }
    )
    unequal = unequal_sentence(HOMELESS, outcome_named(primary.name))
    points = [(0.1, 415, 158, 196), (0.5, 409, 154, 189), (0.8, 397, 150, 181), (0.95, 371, 139, 166), (0.99, 9, 4, 5)]
    links = LinkDoubt(
        draws=20,
        seed=20250714,
        threshold=0.3,
        model_sha256="ab" * 32,
        decisions_sha256="cd" * 32,
        judgements_sha256="ef" * 32,
        judged=0,
        false_treated=0.034,
        false_comparison=0.002,
        missed_treated=0.011,
        missed_comparison=0.004,
        thresholds=tuple(
            sorted([*(point(*each) for each in points), point(0.3, 412, 156, 192)], key=lambda each: each.threshold)
        ),
        corrected=CorrectedDifference(difference=-0.0911, ci_low=-0.163, ci_high=-0.0192, tipping_false=0.132),
        groups=(HOMELESS,),
        unequal=(unequal,),
        sentence="Which records belong to one person is itself an estimate.",
    )
    changed = {"outcomes": (told, *made.outcomes[1:]), "links": links, "warnings": (*made.warnings, unequal)}
    return made.model_copy(update=changed)


def point(threshold: float, people: int, ours: int, theirs: int) -> ThresholdPoint:
    difference = (ours - theirs) / people
    return ThresholdPoint(
        threshold=threshold,
        in_force=threshold == 0.3,
        treated=rate(ours, people),
        comparison=rate(theirs, people),
        difference=difference,
        ci_low=difference - 0.067,
        ci_high=difference + 0.067,
    )
