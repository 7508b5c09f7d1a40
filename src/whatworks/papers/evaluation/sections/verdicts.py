"""Verdicts, estimates and what is ruled out, in plain English."""

from decimal import Decimal

from whatworks.evaluation.result import Status
from whatworks.papers.disclosure.published import Group, Published
from whatworks.papers.disclosure.rounding import SCALES, Safe
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.words import interval, text
from whatworks.records.listing import listed
from whatworks.statistics.verdict import finds_effect

STATUS = {
    "locked": "",
    "locked after outcomes were seen": (
        "Locked after outcomes were seen. The plan of this evaluation was "
        "fixed when outcomes for the scheme had already "
        "been computed, so its choices could have followed them. Read the findings with that in mind."
    ),
    "exploratory": (
        "Exploratory. The plan of this evaluation was not fixed before the "
        "outcomes were looked at. The findings suggest "
        "what to test; they settle nothing."
    ),
}

BANDS = {"green": "Green", "amber": "Amber", "red": "Red"}
UNTOLD = {"more people needed": "people", "more areas needed": "areas"}
"""What there would have to be more of, by the verdict that says so."""


def status_words(status: Status) -> str:
    """Return what is printed of a protocol's status: a lock is no more than this machine remembers.

    >>> status_words("locked")
    'locked, by the record of this machine'
    """
    return "locked, by the record of this machine" if status == "locked" else status


def verdict_line(release: PublishedResult, outcome: Published | None) -> str:
    """Return the paper's answer in one sentence."""
    if outcome is None or not release.protocol.causal:
        return "No verdict: this paper describes what happened, and cannot say whether the scheme caused it."
    if outcome.withheld:
        return f"{outcome.label}: too few people for the figures to be shown."
    if outcome.verdict is None:
        return f"{outcome.label}: no verdict. {outcome.reason_no_verdict or ''}".rstrip()
    if outcome.verdict in UNTOLD:
        more = UNTOLD[outcome.verdict]
        return f"{outcome.label}: more {more} are needed before anyone can say whether the scheme made a difference."
    return f"{outcome.label}: a {outcome.verdict}."


MOST_BY_ROUNDING = 1
"""Three numbers, each rounded to a whole one by itself, miss each other by no more."""


def unless_they_subtract(treated: Decimal, comparison: Decimal, difference: Decimal) -> str:
    """Return why three figures do not subtract: each is rounded by itself, or the difference is of many joinings.

    >>> unless_they_subtract(Decimal(50), Decimal(63), Decimal(-14)).strip()
    '(The difference is taken before rounding, so the rounded figures do not subtract to it.)'
    >>> unless_they_subtract(Decimal(50), Decimal(63), Decimal(-13))
    ''
    >>> "whose records are whose" in unless_they_subtract(Decimal(50), Decimal(57), Decimal(-10))
    True
    """
    gap = abs(treated - comparison - difference)
    if not gap:
        return ""
    if gap > MOST_BY_ROUNDING:
        return (
            " (The difference allows for doubt about whose records are whose. The two figures are of one way of "
            "joining them, so they do not subtract to it.)"
        )
    return " (The difference is taken before rounding, so the rounded figures do not subtract to it.)"


def ruled_out(outcome: Published) -> str:
    """Return what the interval rules out, with 95% confidence; nothing where there is no verdict."""
    if outcome.verdict is None:
        return ""
    low, high = outcome.effect.ci_low, outcome.effect.ci_high
    unit = difference_unit(outcome)
    parts = []
    if isinstance(low, Decimal) and low < 0:
        parts.append(f"reductions larger than {text(-low)} {unit}")
    if finds_effect(outcome.verdict, "reduction"):
        parts.append("any increase")
    elif isinstance(high, Decimal) and high > 0:
        parts.append(f"increases larger than {text(high)} {unit}")
    if finds_effect(outcome.verdict, "increase"):
        parts.insert(0, "any reduction")
    return f"Ruled out, with 95% confidence: {listed(parts)}." if parts else ""


def difference_unit(outcome: Published) -> str:
    """Return the unit of an outcome's difference."""
    return SCALES[outcome.kind].difference_unit or outcome.unit


def primary_label(release: PublishedResult) -> str:
    """Return what the primary outcome is called."""
    primary = release.primary()
    return primary.label if primary else ""


def primary_unit(release: PublishedResult) -> str:
    """Return the unit of the primary outcome's difference."""
    primary = release.primary()
    return difference_unit(primary) if primary else ""


def value(outcome: Published, group: Group | None) -> str:
    """Return a group's value with its interval, as the table prints it."""
    if group is None:
        return text(None)
    unit = SCALES[outcome.kind].value_unit
    shown = text(group.value) + (unit if isinstance(group.value, Decimal) else "")
    if isinstance(group.ci_low, Decimal) and isinstance(group.ci_high, Decimal):
        shown += f" ({unbroken(group.ci_low, group.ci_high)})"
    return shown


def estimate(difference: Safe, low: Safe, high: Safe) -> str:
    """Return a difference with its interval.

    >>> estimate(Decimal("-8.7"), Decimal("-15.5"), Decimal("-2.0")), estimate("c", "c", "c")
    ('−8.7 (−15.5\\xa0to\\xa0−2.0)', '[c]')
    """
    if not isinstance(difference, Decimal):
        return text(difference)
    return f"{text(difference)} ({unbroken(low, high)})" if isinstance(low, Decimal) else text(difference)


def unbroken(low: Safe, high: Safe) -> str:
    """Return an interval that no line end divides."""
    return interval(low, high).replace(" ", "\u00a0")


def lower(label: str) -> str:
    """Return a label as it stands within a sentence.

    >>> lower("Charged within one year"), lower("OGRS3 score")
    ('charged within one year', 'OGRS3 score')
    """
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def verdict_cell(outcome: Published) -> str:
    """Return an outcome's verdict as a table shows it."""
    if outcome.withheld:
        return text("c")
    return outcome.verdict[:1].upper() + outcome.verdict[1:] if outcome.verdict else "None"
