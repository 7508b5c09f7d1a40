"""Clear balance, overlap and those without a comparison for leaving."""

from decimal import Decimal
from functools import reduce

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.rounding import Safe, half_away, rounded
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.disclosure.shares import before_gives_the_dropped, is_share, key, of_few, sizes, withheld_rows
from whatworks.papers.evaluation import release as outside
from whatworks.papers.evaluation.release_doubts import Prognosis
from whatworks.papers.words import without_small_counts

DESCRIBES = "The figures describe these people only."
"""Whom a paper without verdicts is about: it estimates nothing."""

FEWEST_FOR_BINS = 100
"""With fewer treated people, whole percentages would give back a total that is withheld."""

MOST_BINS = 10
"""More bands of scores than this cannot be read side by side."""


def clear_balance(
    result: inside.Result, levels: dict[str, frozenset[str]], more: Secondary = NOTHING_MORE
) -> tuple[tuple[outside.Balance, ...], int]:
    """Return the balance table, and how many of its withheld rows are out of balance."""
    hidden = withheld_rows(result, levels, more)
    rows = tuple(
        balance_row(row, result, is_share(row) and (row.covariate, key(row)) in hidden, more) for row in result.balance
    )
    red = sum(before.band == "red" and after.band == "c" for before, after in zip(result.balance, rows, strict=True))
    return rows, red


def balance_row(
    row: inside.BalanceRow, result: inside.Result, withheld: bool, more: Secondary = NOTHING_MORE
) -> outside.Balance:
    """Return a row. The treated group's mean is the one after matching; the one before would show who was dropped."""
    share = is_share(row)
    small = Nested(result.minimum_count).sensitive
    withheld = withheld or of_few(row, sizes(result), small)
    means = row.means
    treated = means.treated_before if means.treated_after is None else means.treated_after
    few = more.within("missing", row.covariate)
    no_before = withheld or before_gives_the_dropped(row, result)
    return outside.Balance(
        covariate=row.covariate,
        level=row.level,
        share=share,
        treated=number(treated, withheld, share),
        comparison_before=number(means.comparison_before, withheld, share),
        comparison_after=number(means.comparison_after, withheld, share),
        smd_before=per_cent(row.smd_before, no_before),
        smd_after=per_cent(row.smd_after, withheld),
        variance_ratio_after=two_places(row.variance_ratio_after, withheld),
        ks_after=two_places(row.ks_after, withheld),
        missing_treated="c" if small(row.missing_treated) or "treated" in few else row.missing_treated,
        missing_comparison="c" if small(row.missing_comparison) or "comparison" in few else row.missing_comparison,
        band="c" if withheld else row.band,
    )


def clear_prognosis(result: inside.Result, primary: outside.Outcome | None) -> Prognosis | None:
    """Return the balance of the prognostic score, where the primary outcome's own figures are shown.

    Before matching a few more people counted: where they are few, what they add to the score would tell of them.
    """
    found = result.prognosis
    if found is None or primary is None or primary.withheld:
        return None
    scale = rounding(found.kind, coarse=primary.treated.n == "c")
    few = Nested(result.minimum_count).sensitive(result.estimand.treated_dropped)
    return Prognosis(
        outcome=found.outcome,
        kind=found.kind,
        unit=found.unit,
        gap_before=rounded(found.gap_before, few, scale.end_places, scale.factor),
        gap_after=rounded(found.gap_after, False, scale.end_places, scale.factor),
        smd_before=per_cent(found.smd_before, few),
        smd_after=per_cent(found.smd_after, False),
        band=found.band,
    )


def number(value: float | None, withheld: bool, share: bool) -> Safe:
    """Return a share as a whole percentage, or a mean to one place: finer would tell the count behind it."""
    return rounded(value, withheld, 0, 100) if share else rounded(value, withheld, 1)


def per_cent(value: float | None, withheld: bool) -> Safe:
    """Return an SMD as a whole percentage of a standard deviation."""
    return number(value, withheld, share=True)


def two_places(value: float | None, withheld: bool) -> Safe:
    """Return a ratio to two places."""
    return rounded(value, withheld, 2)


def clear_dropped(result: inside.Result, treated: Nested) -> outside.Estimand:
    """Return whom the answer is about. Those dropped are described only where they are many enough."""
    dropped, people = result.estimand.treated_dropped, sizes(result)
    shown = treated.allows(people.treated_before) and not treated.sensitive(dropped)
    if shown:
        treated.admit(people.treated_before)
    rows = result.estimand.how_they_differ if shown and dropped else ()
    codes = {row.covariate: row.two_values for row in result.balance if row.two_values is not None}
    plain = [as_share(row, codes.get(row.covariate)) for row in rows]
    few = any(is_few(row, dropped, treated) for row in plain)
    kept = [row for row, share in zip(rows, plain, strict=True) if not (few and looks_like_share(share))]
    causal = result.protocol.causal
    return outside.Estimand(
        name=result.estimand.name if causal else "none",
        sentence=without_small_counts(result.estimand.sentence, result.minimum_count) if causal else DESCRIBES,
        treated_dropped=dropped if shown else "c",
        how_they_differ=tuple(
            outside.Dropped(
                covariate=row.covariate,
                kept_mean=number(row.kept_mean, False, looks_like_share(row)),
                dropped_mean=number(row.dropped_mean, False, looks_like_share(row)),
                smd=per_cent(row.smd, False),
            )
            for row in kept
        ),
        differences_withheld=len(kept) < len(result.estimand.how_they_differ),
    )


def as_share(row: inside.DroppedDifference, codes: tuple[float, float] | None) -> inside.DroppedDifference:
    """Return the means of a number of two values as shares of those who have the higher; any other as it is."""
    if codes is None:
        return row
    low, high = codes
    kept, dropped = ((mean - low) / (high - low) for mean in (row.kept_mean, row.dropped_mean))
    return row.model_copy(update={"kept_mean": kept, "dropped_mean": dropped})


def looks_like_share(row: inside.DroppedDifference) -> bool:
    """Say whether both means could be shares of people."""
    return 0 <= row.kept_mean <= 1 and 0 <= row.dropped_mean <= 1


def is_few(row: inside.DroppedDifference, dropped: int, treated: Nested) -> bool:
    """Say whether a share of the dropped people stands for a handful of them, or for all but a handful."""
    count = row.dropped_mean * dropped
    return looks_like_share(row) and (treated.sensitive(count) or treated.sensitive(dropped - count))


def clear_overlap(
    result: inside.Result, estimand: outside.Estimand, more: Secondary = NOTHING_MORE
) -> outside.Overlap | None:
    """Return the overlap, its bins merged until none holds a handful of people of either group."""
    scores = result.scores
    if scores is None:
        return None
    small = Nested(result.minimum_count).sensitive
    everybody = sizes(result).treated_before
    dropped_hidden = estimand.treated_dropped == "c"
    hide = (
        more.has("outside", "treated")
        or small(scores.treated_outside)
        or small(everybody - scores.treated_outside)
        or (estimand.treated_dropped != "c" and small(abs(estimand.treated_dropped - scores.treated_outside)))
    )
    bins = [] if dropped_hidden and everybody < FEWEST_FOR_BINS else merged(scores.bins, result.minimum_count)
    return outside.Overlap(
        model=scores.model,
        overlap_share="c" if hide else half_away(scores.overlap_share, 0, 100),
        treated_outside="c" if hide else scores.treated_outside,
        chance_sd=half_away(scores.chance_sd, 0, 100),
        failed=scores.failed,
        sentence=without_small_counts(scores.sentence, result.minimum_count),
        bins=tuple(shares(bins)),
    )


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
    while len(bands) > 1 and is_thin(bands[0], minimum):
        bands[:2] = [join(*bands[:2])]
    while len(bands) > 1 and is_thin(bands[-1], minimum):
        bands[-2:] = [join(*bands[-2:])]
    return [] if any(is_thin(band, minimum) for band in bands) else bands


def is_thin(band: inside.ScoreBin, minimum: int) -> bool:
    """Say whether a band holds a handful of people of either group."""
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


def shares(bins: list[inside.ScoreBin]) -> list[outside.Bin]:
    """Return each bin's whole percentage of each group."""
    treated, comparison = sum(bin.treated for bin in bins), sum(bin.comparison for bin in bins)
    return [
        outside.Bin(
            low=half_away(bin.low, 2),
            high=half_away(bin.high, 2),
            treated=half_away(bin.treated / treated, 0, 100) if treated else Decimal(0),
            comparison=half_away(bin.comparison / comparison, 0, 100) if comparison else Decimal(0),
        )
        for bin in bins
        if bin.treated or bin.comparison
    ]
