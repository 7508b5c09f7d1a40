"""Decide which of the Data Lab's rows are withheld, so that no row beside them gives the few people back.

A row of everybody and one of reoffenders only count the same people, so they go together. The three tiers, and what
is of no known tier, add up to the reoffenders (and their reoffences), so one tier is never withheld alone.
"""

from whatworks.evaluation.question.data_lab_list import CUSTODY, FIRST_TIER, OF_TIER
from whatworks.evaluation.result import DataLab, Result
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Nested, below_threshold, widen
from whatworks.records.follow_up import window_of

FEWEST_EVENTS = 10
"""The Data Lab withholds a rate when n x p is below this."""
FEWEST_REOFFENDERS = 30
"""It gives figures about reoffenders only where each group has at least so many."""
UNKNOWN = "of no known tier"
Key = tuple[str, bool]
"""An outcome's name, and whether the row is about reoffenders only."""


def key(row: DataLab) -> Key:
    """Return what tells a row from the others."""
    return row.name, row.among_reoffenders


def withheld_rows(result: Result) -> dict[Key, str]:
    """Return the rows to withhold, each with its reason in words."""
    least = max(FEWEST_EVENTS, result.minimum_count)
    few = few_people(result)
    found = {
        one: reason for one, reason in ((key(row), _by_itself(row, least, few)) for row in result.data_lab) if reason
    }
    if any(row.among_reoffenders and _fewest(row) < FEWEST_REOFFENDERS for row in result.data_lab):
        reason = f"fewer than {FEWEST_REOFFENDERS} reoffenders in a group"
        found |= {key(row): reason for row in result.data_lab if row.among_reoffenders}
    elif any(name.startswith("proven_reoffending") for name, among in found if not among):
        found |= {
            key(row): "too few people did, or did not, reoffend" for row in result.data_lab if row.among_reoffenders
        }
    return found


def few_people(result: Result) -> frozenset[str]:
    """Return the outcomes whose rows would disclose few people, of everybody's rows and of reoffenders' alike.

    Named outcomes among them are withheld in the board's paper too, which may lie on the same table. The tiers add up
    to those who reoffended, so they go where that number does.
    """
    least = max(FEWEST_EVENTS, result.minimum_count)
    counted = {_stem(row): row for row in result.data_lab if row.among_reoffenders}
    small = {_stem(row) for row in result.data_lab if _below_threshold(row, least)}
    hidden = set(CUSTODY) if small & set(CUSTODY) else set()
    for at in range(3) if "proven_reoffending" in small else _tiers(result, counted, small, least):
        hidden |= {FIRST_TIER[at], OF_TIER[at]}
    return frozenset(counted[stem].name for stem in hidden if stem in counted)


def _tiers(result: Result, counted: dict[str, DataLab], small: set[str], least: int) -> list[int]:
    """Return the tiers to withhold where some are small, or where those of no known tier are few.

    A tier's rate and frequency go together: where few reoffended twice, one nearly gives the other.
    """
    tiers = [(at, pair) for at, pair in enumerate(zip(FIRST_TIER, OF_TIER, strict=True)) if set(pair) <= set(counted)]
    if not tiers:
        return []
    sizes = {str(at): [count for stem in pair for count in _events(counted[stem])] for at, pair in tiers}
    described = [sum(column) for column in zip(*sizes.values(), strict=True)]
    without = [max(0.0, count - known) for count, known in zip(_every(result, counted), described, strict=True)]
    few = {str(at) for at, pair in tiers if set(pair) & small}
    if any(without):
        sizes[UNKNOWN] = without
        if few or any(Nested(least).sensitive(count) for count in without):
            few |= {UNKNOWN}
    return [int(at) for at in widen(few, sizes, least) - {UNKNOWN}]


def _events(row: DataLab) -> list[float]:
    return [float(row.treated.events or 0), float(row.comparison.events or 0)]


def _every(result: Result, counted: dict[str, DataLab]) -> list[float]:
    """Return the reoffenders of both groups, and their reoffences: what the tiers add up to."""
    first = counted[FIRST_TIER[0]]
    reoffences = next((_events(row) for row in result.data_lab if _stem(row) == "frequency"), [0.0, 0.0])
    return [float(first.treated.n), float(first.comparison.n), *reoffences]


def _stem(row: DataLab) -> str:
    named = window_of(row.name)
    return named[0] if named else row.name


def _fewest(row: DataLab) -> int:
    return min(row.treated.n, row.comparison.n)


def _below_threshold(row: DataLab, least: int) -> bool:
    groups = (row.treated, row.comparison)
    counted = row.kind == "frequency" and any((group.value or 0.0) * group.n < least for group in groups)
    return counted or any(below_threshold(group, row.kind, least) for group in groups)


def _by_itself(row: DataLab, least: int, few: frozenset[str]) -> str | None:
    if row.kind == "days" and _fewest(row) < FEWEST_FOR_DAYS:
        return f"fewer than {FEWEST_FOR_DAYS} people in a group"
    if row.name in few:
        return f"fewer than {least} people, or events, in a group, here or in a row that would give them back"
    return f"fewer than {least} people, or events, in a group" if _below_threshold(row, least) else None
