"""Could anybody in the comparison group have been in the scheme? Overlap of the propensity scores."""

from decimal import Decimal
from functools import partial, reduce

from whatworks.evaluation import result as inside
from whatworks.papers.charts.overlap import bands, overlap_plot
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.published import Disclosure, Published
from whatworks.papers.disclosure.rounding import Rounded, half_away
from whatworks.papers.disclosure.shares import sizes
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.paper import Block, Figure, Paragraph
from whatworks.papers.words import text

FEWEST_FOR_BINS = 100
"""With fewer treated people, whole percentages would give back a total that is withheld."""

MOST_BINS = 10
"""More bands of scores than this cannot be read side by side."""


class Bin(Published, of=inside.ScoreBin):
    """Percentages of each group whose propensity score lies in [low, high)."""

    treated: Rounded
    comparison: Rounded


class Overlap(Published, of=inside.Scores):
    """Overlap of the propensity scores, and the SMD's standard deviation by chance alone; percentages."""

    bins: tuple[Bin, ...]


def published_overlap(proposal: Proposal) -> Overlap | None:
    """Return the overlap, its bins merged until none holds a handful of people of either group."""
    scores, result = proposal.result.scores, proposal.result
    if scores is None:
        return None
    everybody, outside = sizes(result).treated_before, scores.treated_outside
    dropped, small = proposal.published["estimand"].treated_dropped, proposal.small
    hide = (
        proposal.more.has("outside", "treated")
        or small(outside)
        or small(everybody - outside)
        or (dropped != "c" and small(abs(dropped - outside)))
    )
    bins = [] if dropped == "c" and everybody < FEWEST_FOR_BINS else merged(scores.bins, proposal.minimum)
    withheld = {"overlap_share": "c", "treated_outside": "c"} if hide else {"treated_outside": outside}
    return Overlap.of(scores, Disclosure(proposal.minimum), bins=shares(bins), **withheld)


def merged(bins: tuple[inside.ScoreBin, ...], minimum: int) -> list[inside.ScoreBin]:
    """Return the bins as bands that hold nobody or at least `minimum` of each group; nothing where none do.

    Bands are of equal width but for the first and the last, which take in what is few beyond them. Of the ways to cut
    the scores into equal parts, that with the most bands left is taken.

    >>> few = inside.ScoreBin(low=0.0, high=0.5, treated=3, comparison=40)
    >>> many = inside.ScoreBin(low=0.5, high=1.0, treated=60, comparison=20)
    >>> [(bin.treated, bin.comparison) for bin in merged((few, many), 10)]
    [(63, 60)]
    """
    ways = [_bands(bins, parts, minimum) for parts in range(MOST_BINS, 0, -1) if len(bins) % parts == 0]
    return max(ways, key=len, default=[])


def _bands(bins: tuple[inside.ScoreBin, ...], parts: int, minimum: int) -> list[inside.ScoreBin]:
    """Return the bins as so many bands of equal width, the outer ones joined inwards while they hold few."""
    step = len(bins) // parts
    bands = [reduce(join, bins[at : at + step]) for at in range(0, len(bins), step)]
    while len(bands) > 1 and is_below_threshold(bands[0], minimum):
        bands[:2] = [join(*bands[:2])]
    while len(bands) > 1 and is_below_threshold(bands[-1], minimum):
        bands[-2:] = [join(*bands[-2:])]
    return [] if any(is_below_threshold(band, minimum) for band in bands) else bands


def is_below_threshold(band: inside.ScoreBin, minimum: int) -> bool:
    """Return whether a band holds a handful of people of either group."""
    small = Nested(minimum).sensitive
    return small(band.treated) or small(band.comparison)


def join(left: inside.ScoreBin, right: inside.ScoreBin) -> inside.ScoreBin:
    """Return two neighbouring bins as one."""
    return inside.ScoreBin(
        low=left.low,
        high=right.high,
        treated=left.treated + right.treated,
        comparison=left.comparison + right.comparison,
    )


def shares(bins: list[inside.ScoreBin]) -> tuple[Bin, ...]:
    """Return each bin's whole percentage of each group."""
    treated, comparison = sum(bin.treated for bin in bins), sum(bin.comparison for bin in bins)

    def share(count: int, whole: int) -> Decimal:
        return half_away(count / whole, 0, 100) if whole else Decimal(0)

    return tuple(
        Bin.of(bin, Disclosure(0), treated=share(bin.treated, treated), comparison=share(bin.comparison, comparison))
        for bin in bins
        if bin.treated or bin.comparison
    )


OVERLAP = ResultSection(
    name="overlap",
    published=Overlap,
    whole=published_overlap,
    single=True,
    audited=True,
    lines=lambda release: release.overlap.bins if release.overlap else (),
    sheet_title="Shares of each group by propensity score",
    columns=lambda _: (
        Column("Score from", "low"),
        Column("Score below", "high"),
        Column("Scheme group (%)", "treated"),
        Column("Comparison group (%)", "comparison"),
    ),
)


def overlap(found: Overlap) -> list[Block]:
    """Return the blocks on overlap."""
    message = found.sentence
    if isinstance(found.overlap_share, Decimal) and not found.bins:
        message += f" {overlap_title(found)}."
    if found.failed:
        message = f"Overlap fails. {message} No like-for-like comparison exists, and none is made."
    blocks: list[Block] = [Paragraph(message.strip())]
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
