"""The answer in words that a member reads without a statistician, and for 100 people with numbers that subtract."""

from decimal import Decimal

from whatworks.papers.disclosure.rounding import SCALES, written
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.outcomes import Outcome
from whatworks.papers.evaluation.sections.verdicts import lower
from whatworks.papers.words import text
from whatworks.statistics.verdict import finds_effect

NO_CAUSE = "No answer: this paper says what happened. It cannot say whether the scheme caused it."
UNLIKE = "No answer: the two groups are too unlike to be compared."
WITHHELD = "No figures: so few people are behind them that they could show who those people were."


def answer_line(release: PublishedResult, outcome: Outcome | None) -> str:
    """Return the answer in one sentence."""
    if too_unlike(release):
        return UNLIKE
    if outcome is None or not release.protocol.causal:
        return NO_CAUSE
    if outcome.withheld:
        return WITHHELD
    if outcome.verdict is None or outcome.verdict == "c":
        return f"{outcome.label}: no answer can be given."
    if finds_effect(outcome.verdict):
        side = "lower" if finds_effect(outcome.verdict, "reduction") else "higher"
        likely = "probably " if outcome.verdict.startswith("likely") else ""
        return f"{outcome.label}: {likely}{side} than we would expect without the scheme."
    more = "areas" if outcome.verdict == "more areas needed" else "people"
    return f"{outcome.label}: we cannot tell yet. It takes more {more} to say whether the scheme made a difference."


def too_unlike(release: PublishedResult) -> bool:
    """Say whether the groups are too unlike for any effect to be stated, pictured or ruled out."""
    return bool(release.not_comparable)


def figures(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """Return the answer's figures, each with its name: both groups, their difference, and where the true one may lie.

    The number expected without the scheme is the scheme's less the difference, so that the three subtract.
    """
    if outcome.per_hundred is not None:
        treated, expected, difference, low, high = outcome.per_hundred
        return (
            ("With the scheme", f"{written(treated)} of every 100 people"),
            ("Without it", f"{written(expected)} of every 100 like people, we would expect"),
            ("Difference", f"{fewer(difference, 'in every 100')}"),
            ("Likely range", f"{spread(low, high, outcome, 'in every 100')}"),
        )
    found, ours = outcome.effect, outcome.treated.value
    if not isinstance(found.difference, Decimal):
        return ()
    unit = SCALES[outcome.kind].difference_unit or outcome.unit
    rows = []
    if isinstance(ours, Decimal) and outcome.design != "difference_in_differences":
        rows += [
            ("With the scheme", f"{text(ours)} {unit}"),
            ("Without it", f"{text(ours - found.difference)} {unit}, we would expect"),
        ]
    rows.append(("Difference", f"{fewer(found.difference, unit, less=True)}"))
    if isinstance(found.ci_low, Decimal) and isinstance(found.ci_high, Decimal):
        rows.append(("Likely range", spread(found.ci_low, found.ci_high, outcome, unit, less=True)))
    return tuple(rows)


def fewer(difference: Decimal, of: str, *, less: bool = False) -> str:
    """Return a difference as so many fewer or more.

    >>> fewer(Decimal(-9), "in every 100"), fewer(Decimal(0), "in every 100"), fewer(Decimal("0.3"), "a day", less=True)
    ('9 fewer in every 100', 'less than 1 in every 100', '0.3 more a day')
    """
    if difference == 0:
        return f"less than {'0.1' if less else '1'} {of}"
    word = "more" if difference > 0 else "less" if less else "fewer"
    return f"{text(abs(difference))} {word} {of}"


def spread(low: Decimal, high: Decimal, outcome: Outcome, of: str, *, less: bool = False) -> str:
    """Return an interval in words; an end that rounds to zero keeps the side on which it lies, by the verdict."""
    down, nothing = ("less", "almost none") if less else ("fewer", "less than 1")
    if finds_effect(outcome.verdict) or (low != 0 and high != 0 and (low > 0) == (high > 0)):
        near, far = sorted((abs(low), abs(high)))
        side = down if low + high < 0 or finds_effect(outcome.verdict, "reduction") else "more"
        return f"from {nothing if near == 0 else text(near)} to {text(far)} {side} {of}"
    return f"from {text(abs(low))} {down} to {text(abs(high))} more {of}"


def others(release: PublishedResult) -> tuple[tuple[str, str], ...]:
    """Return the other outcomes that carry a verdict, put together by what was found."""
    told = [one for one in release.outcomes if not one.primary and one.verdict not in (None, "c") and not one.withheld]
    groups = (
        ("Also lower", [one for one in told if finds_effect(one.verdict, "reduction")]),
        ("Also higher", [one for one in told if finds_effect(one.verdict, "increase")]),
        ("Not clear", [one for one in told if not finds_effect(one.verdict)]),
    )
    return tuple((name, "; ".join(named(one) for one in found)) for name, found in groups if found)


def named(outcome: Outcome) -> str:
    """Return an outcome's name, with what keeps a fall from being a success."""
    failed = outcome.guard is not None and outcome.guard.met is False
    return lower(outcome.label) + (" (no success: its condition is not met)" if failed else "")
