"""Withhold rows of the balance table whose share of a known number of people is a handful of people."""

from collections.abc import Callable
from dataclasses import dataclass

from whatworks.evaluation.result import BalanceRow, Means, Result
from whatworks.papers.disclosure.nested import Nested, widen
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary

REST = "(the rest)"
"""Whoever is in no level that the table prints: never shown, and worked out by subtraction unless more is hidden."""

ENOUGH_TO_BLUR = 40
"""A whole per cent of this many times the minimum count hides a handful of people by rounding alone."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """People whom a share is a share of: before and after matching."""

    treated_before: int
    comparison_before: int
    treated_after: int
    comparison_after: int

    def counts(self, means: Means) -> list[float]:
        """Return how many people a row's shares stand for."""
        shares = (means.treated_before, means.comparison_before, means.treated_after, means.comparison_after)
        people = (self.treated_before, self.comparison_before, self.treated_after, self.comparison_after)
        return [(share or 0.0) * n for share, n in zip(shares, people, strict=True)]

    def everybody(self) -> list[float]:
        """Return the totals that the levels of a factor add up to."""
        return [self.treated_before, self.comparison_before, self.treated_after, self.comparison_after]


def sizes(result: Result) -> Sizes:
    """Return the totals of a result's balance table."""
    n = result.n
    return Sizes(n.treated + result.estimand.treated_dropped, n.comparison_pool, n.treated, n.comparison)


def is_share(row: BalanceRow) -> bool:
    """Return whether a row's means are shares of people, or could be read as such."""
    means = (row.means.treated_before, row.means.comparison_before, row.means.treated_after, row.means.comparison_after)
    return row.level is not None or all(mean is None or 0 <= mean <= 1 for mean in means)


def of_few(row: BalanceRow, people: Sizes, small: Callable[[float], bool]) -> bool:
    """Return whether a number of two values discloses few: a mean of 1.1, of 40 who are 1 or 2, is of four 2s."""
    if row.two_values is None or is_share(row):
        return False
    low, high = row.two_values
    means = (row.means.treated_before, row.means.comparison_before, row.means.treated_after, row.means.comparison_after)
    shares = [(low if mean is None else mean) - low for mean in means]
    counts = [share / (high - low) * n for share, n in zip(shares, people.everybody(), strict=True)]
    return any(small(count) or small(n - count) for count, n in zip(counts, people.everybody(), strict=True))


def key(row: BalanceRow) -> str:
    """Return what tells the rows of one covariate apart."""
    return row.level or ""


def withheld_rows(
    result: Result, also: dict[str, frozenset[str]], more: Secondary = NOTHING_MORE
) -> frozenset[tuple[str, str]]:
    """Return (covariate, level) of the rows to withhold; `also` names levels that other tables withhold."""
    people = sizes(result)
    hidden: set[tuple[str, str]] = set()
    for covariate in dict.fromkeys(row.covariate for row in result.balance if is_share(row)):
        rows = [row for row in result.balance if row.covariate == covariate and is_share(row)]
        others = {level.casefold() for name, levels in also.items() if same(name, covariate) for level in levels}
        others |= {level.casefold() for level in more.within("share", covariate)}
        hidden |= {(covariate, level) for level in withheld_of(rows, others, people, result.minimum_count)}
    return frozenset(hidden)


def same(name: str, covariate: str) -> bool:
    """Return whether a subgroup and a covariate are the same thing."""
    return name.casefold() == covariate.casefold()


def withheld_of(rows: list[BalanceRow], others: set[str], people: Sizes, minimum: int) -> set[str]:
    """Return the levels of one covariate to withhold, subtraction among its levels taken into account."""
    cells = {key(row): people.counts(row.means) for row in rows}
    rest = [max(0.0, whole - sum(column)) for whole, *column in zip(people.everybody(), *cells.values(), strict=True)]
    if any(count > 0.5 for count in rest):
        cells[REST] = rest
    small = Nested(minimum).sensitive
    hidden = {level for level, counts in cells.items() if any(small(count) for count in counts)}
    hidden |= {level for level in cells if others and (level.casefold() in others or level == REST)}
    if not hidden:
        return set()
    if REST in cells:
        hidden.add(REST)
    return widen(hidden, cells, minimum) - {REST}


def before_gives_the_dropped(row: BalanceRow, result: Result) -> bool:
    """Return whether a share before matching, set beside the one after, shows how a handful of dropped people were."""
    people = sizes(result)
    dropped = people.treated_before - people.treated_after
    if not dropped or not is_share(row) or people.treated_after >= ENOUGH_TO_BLUR * result.minimum_count:
        return False
    before, _, after, _ = people.counts(row.means)
    small = Nested(result.minimum_count).sensitive
    return small(dropped) or small(abs(before - after)) or small(abs(dropped - (before - after)))
