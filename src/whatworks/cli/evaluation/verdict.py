"""`whatworks verdict`: judge two rates on the spot."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying

if TYPE_CHECKING:
    from whatworks.evaluation.question.compare_rates import TwoRates
    from whatworks.statistics.groups.estimate import Group


@saying()
def verdict(
    treated: Annotated[str, typer.Option(help="People with the outcome of all treated, as in 156/368.")],
    comparison: Annotated[str | None, typer.Option(help="The same of the comparison group, as in 136/327.")] = None,
    national: Annotated[str | None, typer.Option(help="Refused: a national rate is no comparison.")] = None,
    what: Annotated[str, typer.Option(help="What the rate is of, for the sentence.")] = "reoffending",
) -> View:
    """Say whether two rates differ: the difference, its interval, the verdict, and what could have been told."""
    from whatworks.evaluation.question.compare_rates import compare_rates

    answer = compare_rates(treated, comparison, national=national, what=what)
    document = {"verdict": answer.decision.verdict, "sentence": answer.decision.sentence, "answer": answer}
    return View(document, _lines(answer))


def _lines(answer: "TwoRates") -> list[str]:
    estimate, decision = answer.estimate, answer.decision
    ratios = [one for one in (answer.risk_ratio, answer.odds_ratio) if one.value is not None]
    lines = [
        f"Verdict: {decision.verdict}.",
        decision.sentence,
        decision.ruled_out,
        "",
        f"treated      {_group(estimate.treated)}",
        f"comparison   {_group(estimate.comparison)}",
        f"difference   {_points(estimate.difference)} (95% interval {_points(estimate.ci_low)} to "
        f"{_points(estimate.ci_high)}), p {estimate.p:.5f}",
        f"             by the {estimate.estimator}",
    ]
    for other in answer.beside:
        ends = (
            ""
            if other.ci_low is None or other.ci_high is None
            else f"{_points(other.ci_low)} to {_points(other.ci_high)}"
        )
        p = "" if other.p is None else f"p {other.p:.5f}"
        lines.append(f"beside it    {other.name}: {', '.join(part for part in (ends, p) if part)}")
    lines += [f"{one.name:<12} {one.value:.5f}" for one in ratios]
    if answer.smallest_detectable is None:
        lines.append("Within each group everybody fared alike, so these rates do not say what the study could tell.")
    else:
        lines.append(
            f"This study could tell (80% power) differences of {100 * answer.smallest_detectable:.2f} points or more."
        )
    if answer.needed_per_arm is not None:
        lines.append(
            f"To tell a difference of {abs(100 * estimate.difference):.2f} points takes about "
            f"{answer.needed_per_arm:,} people in each group."
        )
    return lines


def _group(group: "Group") -> str:
    return (
        f"{group.events:,} of {group.n:,}: {100 * group.value:.1f}% (95% interval {100 * group.ci_low:.1f}% to "
        f"{100 * group.ci_high:.1f}%)"
    )


def _points(value: float) -> str:
    return f"{100 * value:+.3f}"
