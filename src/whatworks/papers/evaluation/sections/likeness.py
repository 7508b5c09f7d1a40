"""Was it like for like? Balance before and after matching, and overlap."""

from decimal import Decimal
from functools import partial

from whatworks.evaluation.doubts.caveats import LESS_ALIKE
from whatworks.papers.charts.love import label, love_plot, points, stages
from whatworks.papers.disclosure.rounding import written
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.balance import BALANCE, Balance, foretold, gathered
from whatworks.papers.evaluation.sections.estimand import WITHOUT_COMPARISON
from whatworks.papers.evaluation.sections.overlap import overlap
from whatworks.papers.paper import Block, Figure, Paragraph, Section
from whatworks.papers.words import text
from whatworks.records.listing import listed

MOST_NAMED = 5


def likeness(release: PublishedResult) -> Section:
    """Return the section on how alike the two groups are."""
    chance = by_chance(release)
    opening = RANDOMISED if release.matching.method == "none" else MATCHED if release.protocol.causal else DESCRIBED
    less_alike = [Paragraph(LESS_ALIKE)] if LESS_ALIKE in release.warnings else []
    blocks: list[Block] = [*less_alike, Paragraph(opening), Paragraph(f"{worst(release)}{chance}")]
    if points(release):
        blocks.append(Figure("love-plot", love_title(release), love_words(release), partial(love_plot, release)))
    if release.balance:
        blocks.append(BALANCE.table(release, gathered(release.balance)))
    if release.prognosis:
        blocks.append(Paragraph(foretold(release.prognosis)))
    if release.overlap:
        blocks += overlap(release.overlap)
    if release.estimand.how_they_differ:
        blocks.append(WITHOUT_COMPARISON.table(release))
    return Section("like-for-like", "Was it like for like?", tuple(blocks))


RANDOMISED = (
    "People were put into the two groups by chance, so any difference between the groups at the start arose by chance. "
    "The table shows how large such differences turned out."
)
DESCRIBED = (
    "The groups were not made by chance. The closer a point lies to the middle, the more alike they are on it: "
    "within 5% is green, 5% to 10% amber, beyond 10% red."
)
MATCHED = (
    "The scheme did not choose people at random, so each person in the "
    "scheme group is compared with someone like them. "
    "The closer a point lies to the middle, the more alike the groups are on it: within 5% is green, 5% to 10% amber, "
    "beyond 10% red. Likeness can be shown only for what the records hold."
)


def by_chance(release: PublishedResult) -> str:
    """Return how large a difference chance alone would bring."""
    if release.overlap is None:
        return ""
    return (
        f" In groups of this size chance alone would scatter these differences with a standard deviation of "
        f"{text(release.overlap.chance_sd)}%."
    )


def worst(release: PublishedResult) -> str:
    """Return how many covariates are out of balance, and which is the furthest out."""
    rows = [row for row in release.balance if isinstance(latest(row), Decimal)]
    if not rows:
        return "No balance can be shown."
    furthest = max(rows, key=lambda row: abs(number(row)))
    red = sorted((row for row in rows if row.band == "red"), key=lambda row: -abs(number(row)))
    names = [label(row) for row in red[:MOST_NAMED]] + ([f"{len(red) - MOST_NAMED} more"] if red[MOST_NAMED:] else [])
    message = f"The largest difference is {text(abs(number(furthest)))}% ({label(furthest)})."
    if red:
        message += f" Out of balance: {listed(names)}. On these the groups are not alike."
    if release.withheld_out_of_balance:
        message += f" Rows that are withheld and out of balance: {release.withheld_out_of_balance}."
    return message


def latest(row: Balance) -> Decimal | str | None:
    """Return a row's difference after matching, or the one there is."""
    found: Decimal | str | None = row.smd_before if row.smd_after is None else row.smd_after
    return found


def number(row: Balance) -> Decimal:
    """Return the difference of a row that shows one."""
    found = latest(row)
    return found if isinstance(found, Decimal) else Decimal(0)


def love_title(release: PublishedResult) -> str:
    """Return the love plot's title, with the largest difference that it shows; none where rows withheld are larger."""
    if release.withheld_out_of_balance:
        return "How unlike the groups are, as far as it can be shown"
    found = [abs(number(row)) for row in release.balance if isinstance(latest(row), Decimal)]
    after = any(isinstance(row.smd_after, Decimal) for row in release.balance)
    when = stages(release)[after]
    withheld = any(row.band == "c" for row in release.balance)
    return f"How unlike the groups are: {text(max(found))}% at most {when}{', of what is shown' if withheld else ''}"


def love_words(release: PublishedResult) -> str:
    """Return the love plot in words."""
    message = [f"{point['covariate']} {written(int(point['smd']))}% {point['stage']}" for point in points(release)]
    return f"Standardised differences between the groups: {'; '.join(message)}."
