"""Whom is the answer about, and how do those left out differ from them?"""

from decimal import Decimal
from typing import Annotated

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.disclosure.rounding import Safe
from whatworks.papers.disclosure.shares import sizes
from whatworks.papers.evaluation.section import Column, Listing, ResultSection
from whatworks.papers.evaluation.sections.balance import number, percentage
from whatworks.papers.words import text

DESCRIBES = "The figures describe these people only."
"""Whom a paper without verdicts is about: it estimates nothing."""


class Dropped(Published, of=inside.DroppedDifference):
    """A covariate's mean among treated people with a comparison and among those without; the SMD is a percentage."""

    kept_mean: Annotated[Safe, Before("smd")]
    dropped_mean: Annotated[Safe, Before("smd")]


class Estimand(Published, of=inside.Estimand):
    """Whom the answer is about."""

    how_they_differ: tuple[Dropped, ...]
    differences_withheld: bool


def published_estimand(result: inside.Result, treated: Nested) -> Estimand:
    """Return whom the answer is about. Those dropped are described only where they are many enough."""
    dropped, people = result.estimand.treated_dropped, sizes(result)
    shown = treated.allows(people.treated_before) and not treated.sensitive(dropped)
    if shown:
        treated.publish(people.treated_before)
    rows = result.estimand.how_they_differ if shown and dropped else ()
    codes = {row.covariate: row.two_values for row in result.balance if row.two_values is not None}
    plain = [as_share(row, codes.get(row.covariate)) for row in rows]
    few = any(is_few(row, dropped, treated) for row in plain)
    kept = [row for row, share in zip(rows, plain, strict=True) if not (few and looks_like_share(share))]
    return Estimand.of(
        result.estimand,
        Disclosure(result.minimum_count),
        **({} if result.protocol.causal else {"name": "none", "sentence": DESCRIBES}),
        treated_dropped=dropped if shown else "c",
        how_they_differ=tuple(published_dropped(row) for row in kept),
        differences_withheld=len(kept) < len(result.estimand.how_they_differ),
    )


def published_dropped(row: inside.DroppedDifference) -> Dropped:
    """Return a covariate's two means, as percentages where they could be shares."""
    means = {name: number(getattr(row, name), False, looks_like_share(row)) for name in ("kept_mean", "dropped_mean")}
    return Dropped.of(row, Disclosure(0), **means)


def as_share(row: inside.DroppedDifference, codes: tuple[float, float] | None) -> inside.DroppedDifference:
    """Return the means of a number of two values as shares of those who have the higher; any other as it is."""
    if codes is None:
        return row
    low, high = codes
    kept, dropped = ((mean - low) / (high - low) for mean in (row.kept_mean, row.dropped_mean))
    return row.model_copy(update={"kept_mean": kept, "dropped_mean": dropped})


def looks_like_share(row: inside.DroppedDifference) -> bool:
    """Return whether both means could be shares of people."""
    return 0 <= row.kept_mean <= 1 and 0 <= row.dropped_mean <= 1


def is_few(row: inside.DroppedDifference, dropped: int, treated: Nested) -> bool:
    """Return whether a share of the dropped people stands for a handful of them, or for all but a handful."""
    count = row.dropped_mean * dropped
    return looks_like_share(row) and (treated.sensitive(count) or treated.sensitive(dropped - count))


def per(value: Decimal | str | None, other: Decimal | str | None) -> str:
    """Return a mean or a share: shares were rounded to whole percentages, means to one place."""
    whole = all(isinstance(one, Decimal) and one.as_tuple().exponent == 0 for one in (value, other))
    return text(value) + ("%" if whole else "")


ESTIMAND = ResultSection(
    name="estimand",
    published=Estimand,
    whole=lambda proposal: published_estimand(proposal.result, proposal.people[0]),
    single=True,
    audited=True,
)
WITHOUT_COMPARISON = Listing(
    name="without_comparison",
    lines=lambda release: release.estimand.how_they_differ,
    title="People in the scheme group for whom nobody like them was found",
    sheet_title="People in the scheme group for whom nobody like them was found",
    columns=lambda _: (
        Column("Covariate", "covariate", 3.0, page="On the index date", numeric=False),
        Column("With a comparison", "kept_mean", 1.4, lambda row: per(row.kept_mean, row.dropped_mean)),
        Column("Without one", "dropped_mean", 1.4, lambda row: per(row.dropped_mean, row.kept_mean)),
        Column("Difference (%)", "smd", 1.4, lambda row: percentage(row.smd), page="Difference"),
    ),
    notes=lambda _: ("Means, or shares in per cent where the values are shares.",),
)
