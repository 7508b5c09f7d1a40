"""Was it like for like? Balance before and after matching, and overlap."""

from decimal import Decimal
from functools import partial

from whatworks.evaluation.doubts.caveats import LESS_ALIKE
from whatworks.papers.charts.love import label, love_plot, points, stages
from whatworks.papers.charts.overlap import bands, overlap_plot
from whatworks.papers.disclosure.rounding import SCALES, Safe, written
from whatworks.papers.evaluation.release import Balance, Overlap, Release
from whatworks.papers.evaluation.release_doubts import Prognosis
from whatworks.papers.evaluation.sections.verdicts import BANDS
from whatworks.papers.paper import Block, Figure, Paragraph, Section, Table
from whatworks.papers.words import text, withheld_note
from whatworks.records.listing import listed

MOST_NAMED = 5


def likeness(release: Release) -> Section:
    """Return the section on how alike the two groups are."""
    chance = by_chance(release)
    opening = RANDOMISED if release.matching.method == "none" else MATCHED if release.protocol.causal else DESCRIBED
    less_alike = [Paragraph(LESS_ALIKE)] if LESS_ALIKE in release.warnings else []
    blocks: list[Block] = [*less_alike, Paragraph(opening), Paragraph(f"{worst(release)}{chance}")]
    if points(release):
        blocks.append(Figure("love-plot", love_title(release), love_words(release), partial(love_plot, release)))
    if release.balance:
        blocks.append(balance_table(release))
    if release.prognosis:
        blocks.append(Paragraph(foretold(release.prognosis)))
    if release.overlap:
        blocks += overlap(release.overlap)
    if release.estimand.how_they_differ:
        blocks.append(dropped_table(release))
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


def by_chance(release: Release) -> str:
    """Return how large a difference chance alone would bring."""
    if release.overlap is None:
        return ""
    return (
        f" In groups of this size chance alone would scatter these differences with a standard deviation of "
        f"{text(release.overlap.chance_sd)}%."
    )


def worst(release: Release) -> str:
    """Return how many covariates are out of balance, and which is the furthest out."""
    rows = [row for row in release.balance if isinstance(latest(row), Decimal)]
    if not rows:
        return "No balance can be shown."
    furthest = max(rows, key=lambda row: abs(number(row)))
    red = sorted((row for row in rows if row.band == "red"), key=lambda row: -abs(number(row)))
    names = [label(row) for row in red[:MOST_NAMED]] + ([f"{len(red) - MOST_NAMED} more"] if red[MOST_NAMED:] else [])
    said = f"The largest difference is {text(abs(number(furthest)))}% ({label(furthest)})."
    if red:
        said += f" Out of balance: {listed(names)}. On these the groups are not alike."
    if release.withheld_out_of_balance:
        said += f" Rows that are withheld and out of balance: {release.withheld_out_of_balance}."
    return said


def latest(row: Balance) -> Decimal | str | None:
    """Return a row's difference after matching, or the one there is."""
    return row.smd_before if row.smd_after is None else row.smd_after


def number(row: Balance) -> Decimal:
    """Return the difference of a row that shows one."""
    found = latest(row)
    return found if isinstance(found, Decimal) else Decimal(0)


def love_title(release: Release) -> str:
    """Return the love plot's title, with the largest difference that it shows; none where rows withheld are larger."""
    if release.withheld_out_of_balance:
        return "How unlike the groups are, as far as it can be shown"
    found = [abs(number(row)) for row in release.balance if isinstance(latest(row), Decimal)]
    after = any(isinstance(row.smd_after, Decimal) for row in release.balance)
    when = stages(release)[after]
    withheld = any(row.band == "c" for row in release.balance)
    return f"How unlike the groups are: {text(max(found))}% at most {when}{', of what is shown' if withheld else ''}"


def love_words(release: Release) -> str:
    """Return the love plot in words."""
    said = [f"{point['covariate']} {written(int(point['smd']))}% {point['stage']}" for point in points(release)]
    return f"Standardised differences between the groups: {'; '.join(said)}."


def gathered(rows: tuple[Balance, ...]) -> list[Balance]:
    """Return the rows, the withheld levels of a covariate put into one where there are several."""
    hidden = {
        row.covariate: [one for one in rows if one.covariate == row.covariate and one.band == "c"] for row in rows
    }
    kept = []
    for row in rows:
        others = hidden[row.covariate]
        if row not in others or len(others) < 2:
            kept.append(row)
        elif row == others[0]:
            kept.append(row.model_copy(update={"level": f"{len(others)} levels withheld"}))
    return kept


def balance_table(release: Release) -> Table:
    """Return the table of balance."""
    before_only = all(row.smd_after is None for row in release.balance)
    rows = [
        (
            label(row),
            shown(row, row.treated),
            shown(row, row.comparison_before),
            *(() if before_only else (shown(row, row.comparison_after),)),
            percentage(row.smd_before),
            *(() if before_only else (percentage(row.smd_after), text(row.variance_ratio_after), text(row.ks_after))),
            f"{text(row.missing_treated)} / {text(row.missing_comparison)}",
            *(() if before_only else (BANDS.get(row.band or "", text(row.band)),)),
        )
        for row in gathered(release.balance)
    ]
    after = ("Comparison after", "Difference before", "Difference after", "Variance ratio", "KS", "Not known", "Band")
    last = ("Difference", "Not known") if before_only else after
    columns = ("On the index date", "Scheme group", "Comparison" if before_only else "Comparison before", *last)
    return Table(
        name="balance",
        title="Balance of the groups",
        columns=columns,
        rows=tuple(rows),
        numeric=(False, *(True for _ in columns[2:]), before_only),
        widths=(3.0, *(1.25 for _ in columns[1:]))
        if before_only
        else (2.6, 1.1, 1.6, 1.6, 1.5, 1.5, 1.2, 0.75, 1.1, 0.95),
        notes=(
            "Differences are standardised: scheme minus comparison, in per "
            "cent of the scheme group's standard deviation. "
            "Shares are whole percentages. Not known: people in the scheme "
            "group / comparison group whose value is missing.",
            *withheld_note(rows),
        ),
    )


def foretold(found: Prognosis) -> str:
    """Return what all that was recorded would have made of the outcome, before and after matching."""
    unit = SCALES[found.kind].difference_unit or found.unit
    before = f"{signed(found.gap_before)} before matching and " if isinstance(found.gap_before, Decimal) else ""
    return (
        f"{found.outcome}: taken together, the differences in what the records hold would by themselves have made a "
        f"difference between the groups ({unit}) of {before}{signed(found.gap_after)} after matching. That is "
        f"{percentage(found.smd_after)} of a standard deviation of this prognostic score, which the comparisons' own "
        "outcomes give. What the records do not hold is not in it."
    )


def signed(number: Safe) -> str:
    """Return a difference with its sign."""
    return ("+" if isinstance(number, Decimal) and number > 0 else "") + text(number)


def shown(row: Balance, value: Decimal | str | None) -> str:
    """Return a mean, or a share as a percentage."""
    return text(value) + ("%" if row.share and isinstance(value, Decimal) else "")


def percentage(value: Decimal | str | None) -> str:
    """Return a standardised difference."""
    return text(value) + ("%" if isinstance(value, Decimal) else "")


def overlap(found: Overlap) -> list[Block]:
    """Return the blocks on overlap."""
    said = found.sentence
    if isinstance(found.overlap_share, Decimal) and not found.bins:
        said += f" {overlap_title(found)}."
    if found.failed:
        said = f"Overlap fails. {said} No like-for-like comparison exists, and none is made."
    blocks: list[Block] = [Paragraph(said.strip())]
    if found.bins:
        words = "; ".join(
            f"score {score}: {text(bin.treated)}% of the scheme group, {text(bin.comparison)}% of the other"
            for score, bin in zip(bands(found.bins), found.bins, strict=True)
        )
        blocks.append(
            Figure(
                "overlap",
                overlap_title(found),
                f"Shares of each group by score. {words}.",
                partial(overlap_plot, found),
            )
        )
    return blocks


def overlap_title(found: Overlap) -> str:
    """Return how many of the scheme group have a score that somebody in the comparison group has too."""
    if not isinstance(found.overlap_share, Decimal):
        return "Overlap of the groups, by score"
    return f"{text(found.overlap_share)}% of the scheme group have scores within the range of the comparison group"


def dropped_table(release: Release) -> Table:
    """Return how those without a comparison differ from those with one."""
    return Table(
        name="without-comparison",
        title="People in the scheme group for whom nobody like them was found",
        columns=("On the index date", "With a comparison", "Without one", "Difference"),
        rows=tuple(
            (
                row.covariate,
                per(row.kept_mean, row.dropped_mean),
                per(row.dropped_mean, row.kept_mean),
                percentage(row.smd),
            )
            for row in release.estimand.how_they_differ
        ),
        numeric=(False, True, True, True),
        widths=(3.0, 1.4, 1.4, 1.4),
        notes=("Means, or shares in per cent where the values are shares.",),
    )


def per(value: Decimal | str | None, other: Decimal | str | None) -> str:
    """Return a mean or a share: shares were rounded to whole percentages, means to one place."""
    whole = all(isinstance(one, Decimal) and one.as_tuple().exponent == 0 for one in (value, other))
    return text(value) + ("%" if whole else "")
