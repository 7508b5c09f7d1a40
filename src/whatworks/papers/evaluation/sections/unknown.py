"""Outcomes that are not known of everybody: how far they could move the answer, and what would undo it."""

from collections.abc import Sequence
from decimal import Decimal

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.published import Disclosure, Published
from whatworks.papers.evaluation.columns import Line
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Proposal
from whatworks.papers.evaluation.sections.verdicts import difference_unit, lower
from whatworks.papers.forms.sheet import PER_CENT
from whatworks.papers.paper import Block, Paragraph
from whatworks.papers.words import text
from whatworks.records.listing import listed

NAMES = {"treated": "scheme group", "comparison": "comparison group"}
NEVER = "Nothing that became of them could undo the verdict."


class Bounds(Published, of=inside.Bounds):
    """How far the difference could be moved by outcomes that are not known."""


def bounds(outcome: inside.Outcome, how: Disclosure, proposal: Proposal) -> Bounds | None:
    """Return the bounds. Where few outcomes are not known, their limits too would give that number away."""
    found, result, people = outcome.bounds, proposal.result, proposal.people
    if found is None:
        return None
    lost = (found.not_known_treated, found.not_known_comparison)
    groups = (outcome.treated, outcome.comparison)
    first = result.attrition[0] if result.attrition else None
    submitted = (first.treated, first.comparison) if first else (None, None)
    analysed = (result.n.treated, result.n.comparison)
    derived = [implied(*about) for about in zip(lost, groups, submitted, analysed, strict=True)]
    every = proposal.more.has("unknown", outcome.name)
    few = [every or gives_away(*about) for about in zip(lost, groups, derived, people, strict=True)]
    for gone, counts, trail in zip(few, derived, people, strict=True):
        if not gone:
            trail.shown.update(counts)
    return Bounds.of(
        found,
        Disclosure(how.minimum, how.withheld or any(few), scale=how.scale),
        not_known_treated="c" if few[0] else lost[0],
        not_known_comparison="c" if few[1] else lost[1],
    )


def implied(lost: int, group: inside.GroupResult | None, submitted: int | None, analysed: int) -> tuple[int, ...]:
    """Return the counts of people that follow from a number of outcomes not known and from the counts shown.

    They stand as though they were printed: of 242 analysed 15 are not known, so 227 are, and another way of matching
    that discloses 228 would disclose one person more.

    >>> implied(15, inside.GroupResult(n=213, events=78, value=0.37, ci_low=None, ci_high=None), 260, 242)
    (228, 245, 227)
    """
    sums = [*([group.n] if group else []), -submitted if submitted is not None else None, -analysed]
    return tuple(abs(count + lost) for count in sums if count is not None and abs(count) >= lost)


def gives_away(lost: int, group: inside.GroupResult | None, counts: tuple[int, ...], people: Nested) -> bool:
    """Return whether a number of outcomes not known, or a count that follows from it, discloses a handful."""
    unshown = group is not None and not people.allows(group.n)
    return people.sensitive(lost) or unshown or not all(people.allows(count) for count in counts)


def unknown(release: PublishedResult) -> list[Block]:
    """Return what the page says of each outcome that is not known of everybody."""
    bounded = [outcome for outcome in release.outcomes if outcome.bounds is not None]
    blocks: list[Block] = [Paragraph(bounds_words(outcome)) for outcome in bounded if not withheld_bounds(outcome)]
    blocks += half_shown([outcome for outcome in bounded if withheld_bounds(outcome) and not secret(outcome)])
    return blocks + unshown([outcome for outcome in bounded if secret(outcome)])


def withheld_bounds(outcome: Published) -> bool:
    """Return whether it may not be told what the outcomes that are not known could change."""
    return outcome.bounds is not None and not isinstance(outcome.bounds.low, Decimal)


def secret(outcome: Published) -> bool:
    """Return whether nothing may be disclosed of the people of whom an outcome is not known."""
    found = outcome.bounds
    return found is not None and {found.not_known_treated, found.not_known_comparison, found.low} == {"c"}


def half_shown(outcomes: Sequence[Published]) -> list[Block]:
    """Return one paragraph on the outcomes of which it may be told for how many they are not known, and no more."""
    if not outcomes:
        return []
    counts = " ".join(not_known(outcome) for outcome in outcomes)
    return [Paragraph(f"{counts} What they could change is withheld, since it would show how few they are.")]


def not_known(outcome: Published) -> str:
    """Return for how many people an outcome is not known."""
    bounds = outcome.bounds
    if bounds is None:
        return ""
    return (
        f"{outcome.label}: the outcome is not known for {text(bounds.not_known_treated)} people in the scheme group "
        f"and {text(bounds.not_known_comparison)} in the comparison group."
    )


def unshown(outcomes: Sequence[Published]) -> list[Block]:
    """Return one paragraph on all the outcomes of which nothing may be disclosed of those not known."""
    if not outcomes:
        return []
    return [
        Paragraph(
            f"Not known for everybody: {listed([lower(one.label) for one in outcomes])}. How many people that is, and "
            "what they could change, is withheld, since it would show how few they are."
        )
    ]


def bounds_words(outcome: Published) -> str:
    """Return how far outcomes that are not known could move one difference."""
    bounds = outcome.bounds
    if bounds is None:
        return ""
    if not isinstance(bounds.low, Decimal):
        return not_known(outcome)
    same = isinstance(bounds.high, Decimal) and (bounds.low < 0) == (bounds.high < 0)
    direction = "so it keeps its direction" if same else "so its direction is not certain"
    return (
        f"{not_known(outcome)} Whatever became of them, the difference lies between {text(bounds.low)} and "
        f"{text(bounds.high)} {difference_unit(outcome)}, {direction}.{tipping(outcome, bounds)}"
    )


def tipping(outcome: Published, bounds: Bounds) -> str:
    """Return how the unknown would have had to fare for the verdict to be lost, and Lee's bounds."""
    message = ""
    if bounds.tipping_group is not None and isinstance(bounds.tipping_share, Decimal):
        group = NAMES[bounds.tipping_group]
        if 0 <= bounds.tipping_share <= 100:
            own = outcome.treated if bounds.tipping_group == "treated" else outcome.comparison
            known = f", against {text(own.value)}% of those known" if own and isinstance(own.value, Decimal) else ""
            message += (
                f" If the unknown of the other group fared as its known, the verdict would be lost once "
                f"{text(bounds.tipping_share)}% of the unknown in the {group} had this outcome{known}."
            )
        else:
            message += (
                f" If the unknown of the other group fared as its known, nothing that became of the unknown in the "
                f"{group} could undo the verdict."
            )
    if isinstance(bounds.lee_low, Decimal) and isinstance(bounds.lee_high, Decimal):
        message += (
            f" Lee's bounds for outcomes lost in both groups are {text(bounds.lee_low)} to {text(bounds.lee_high)} "
            f"{difference_unit(outcome)}. {bounds.lee_sentence}"
        )
    return message


def bounds_lines(label: str, unit: str, found: Bounds) -> list[Line]:
    """Return the bounds, the tipping point and Lee's bounds, where there are any."""
    lines = [
        Line(label, "bounds from outcomes that are not known", unit, None, found.low, found.high, None, found.sentence)
    ]
    if (share := found.tipping_share) is not None:
        group = NAMES[found.tipping_group] if found.tipping_group else "withheld"
        name = f"tipping point: share of the unknown in the {group} that would undo the verdict"
        beyond = isinstance(share, Decimal) and not 0 <= share <= 100
        lines.append(Line(label, name, PER_CENT, None if beyond else share, note=NEVER if beyond else None))
    if found.lee_low is not None:
        lines.append(Line(label, "Lee's bounds", unit, None, found.lee_low, found.lee_high, None, found.lee_sentence))
    return lines
