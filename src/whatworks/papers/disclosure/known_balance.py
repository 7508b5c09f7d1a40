"""What the balance table tells: a share of a known number of people is a number of people."""

from whatworks.evaluation.result import BalanceRow, Result
from whatworks.evaluation.result.figure_names import analysed, before, level, people
from whatworks.evaluation.result.figure_names import share as share_name
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_people import GROUPS
from whatworks.papers.disclosure.published import Published
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.disclosure.shares import is_share, same
from whatworks.papers.evaluation.release import PublishedResult

WHOSE = {
    "treated": ("treated", "treated_after", analysed("treated")),
    "comparison_before": ("comparison", "comparison_before", before("comparison")),
    "comparison_after": ("comparison", "comparison_after", analysed("comparison")),
}
"""Columns of the printed table: which group, which mean of the result, and the people that it is a share of."""

NOISE = 1e-8
"""Shares come with eight digits, so times many people they miss a whole number by a little."""


def know_balance(known: Knowledge, result: Result, release: PublishedResult) -> None:
    """Add the levels of each factor, which add up to everybody, and whose value is not known."""
    for column in WHOSE:
        levels: dict[str, list[str]] = {}
        for row, shown in zip(result.balance, release.balance, strict=True):
            name = _share(known, result, row, shown, column)
            if name is not None and row.level is not None:
                levels.setdefault(row.covariate, []).append(name)
        for covariate, names in levels.items():
            whole = WHOSE[column][2]
            rest = known.count(f"{column} of no level of {covariate}", known.truth[whole] - _total(known, names))
            known.same({whole: 1, rest: -1, **dict.fromkeys(names, -1)})
    for row, shown in zip(result.balance, release.balance, strict=True):
        for group in GROUPS:
            gone = known.count(f"{group} without {_name(row)}", getattr(row, f"missing_{group}"))
            known.at_most(gone, before(group))
            known.printed(gone, getattr(shown, f"missing_{group}"), Item("missing", row.covariate, group))
            known.guard(gone, {gone: 1})


def _share(known: Knowledge, result: Result, row: BalanceRow, shown: Published, column: str) -> str | None:
    """Add one share, where it is one of people; the same people as a level of a subgroup, where that is one."""
    group, mean, whole = WHOSE[column]
    share = getattr(row.means, mean)
    if share is None and column == "treated":
        share = row.means.treated_before
    count = None if share is None else share * known.truth[whole]
    if count is None or not is_share(row) or abs(count - round(count)) > max(1e-3, NOISE * known.truth[whole]):
        return None
    name = known.count(share_name(column, row.covariate, row.level), round(count))
    known.at_most(name, whole)
    known.ratio(name, whole, getattr(shown, column), 100, Item("share", row.covariate, row.level or ""))
    known.guard(name, {name: 1})
    known.guard(f"{whole}, less {name}", {whole: 1, name: -1})
    primary = next((one.name for one in result.outcomes if one.primary), None)
    if column == "comparison_before" or primary is None:
        return name
    for part in result.subgroups:
        label = level(group, part.asked or part.name, part.level)
        if same(part.name, row.covariate) and row.level and same(part.level, row.level) and label in known.truth:
            known.at_most(label, name)
            if known.truth[people(primary, group)] == known.truth[whole]:
                known.same({label: 1, name: -1})
    return name


def _name(row: BalanceRow) -> str:
    return f"{row.covariate}: {row.level}" if row.level else row.covariate


def _total(known: Knowledge, names: list[str]) -> int:
    return sum(known.truth[name] for name in names)
