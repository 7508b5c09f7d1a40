"""Make sure that fewer short sentences were not bought with more custody: the guard of the fourth measure."""

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.area_answer import end
from whatworks.evaluation.result import Guard
from whatworks.records.follow_up import windowed
from whatworks.statistics.groups.estimate import Estimate

NIGHTS, LONG = "custody_nights", "long_sentences"
GUARDED = 4
"""The measure of the board that the guard stands beside: sentences under 12 months."""


def custody_guard(analysis: Analysis, months: int) -> Guard:
    """Return whether custody grew over so many months: nights, and sentences of 12 months or more, per person.

    Met only if the upper 95% limits of both differences from the comparison lie below the protocol's margins. Without
    both margins it is neither met nor missed. The numbers shown are those of nights in custody.
    """
    outcomes, redrawn = analysis.protocol.outcomes, analysis.redrawn
    found = guard_estimates(analysis, months)
    nights, longer = (joined if redrawn is None else redrawn.allow(name, joined) for name, joined in found.items())
    margins = outcomes.custody_margin_nights, outcomes.long_sentence_margin
    met = guard_met((nights.ci_high, longer.ci_high), margins)
    return Guard(
        name="Custody did not grow",
        unit="nights in custody per person",
        difference=nights.difference,
        ci_low=end(nights.ci_low),
        ci_high=end(nights.ci_high),
        margin=margins[0],
        met=met,
        longer_low=end(longer.ci_low),
        longer_high=end(longer.ci_high),
        sentence=_sentence(met),
    )


def guard_estimates(analysis: Analysis, months: int) -> dict[str, Estimate]:
    """Return the differences in nights in custody and in long sentences, by the names of their columns."""
    names = [windowed(stem, months) for stem in (NIGHTS, LONG)]
    return {name: analysis.effect(analysis.column(name), yes_no=False) for name in names}


def guard_met(upper: tuple[float, float], margins: tuple[float | None, float | None]) -> bool | None:
    """Return whether both upper limits lie below their margins; None where a margin was not set.

    >>> guard_met((3.0, 0.01), (5.0, 0.02)), guard_met((3.0, 0.03), (5.0, 0.02)), guard_met((3.0, 0.01), (5.0, None))
    (True, False, None)
    """
    if margins[0] is None or margins[1] is None:
        return None
    return upper[0] < margins[0] and upper[1] < margins[1]


def _sentence(met: bool | None) -> str:
    """Say whether the guard is met, without a figure: long sentences may be too few for any to leave."""
    if met is None:
        return "The protocol sets no margins for custody, so fewer short sentences alone say little."
    if met:
        return "Neither nights in custody nor sentences of 12 months or more grew beyond the protocol's margins."
    return (
        "It cannot be ruled out that nights in custody or sentences of 12 months or more grew beyond the protocol's "
        "margins, so fewer short sentences are not a success."
    )
