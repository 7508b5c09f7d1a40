"""Clear the trail of losses for leaving: small losses withheld, and steps that could show nothing put together."""

from collections.abc import Iterable, Sequence

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.evaluation import release as outside

Columns = tuple[list[Count], list[Count | None]]
"""The counts to be shown of the scheme group and of the comparison group, a count a step."""


def clear_attrition(result: inside.Result, treated: Nested, comparison: Nested) -> tuple[outside.Step, ...]:
    """Return the steps; the first and then the later ones have the better claim to be shown.

    A step of which neither group's count may be shown is put together with the next: its name goes to
    `withheld_steps`, its reason to the reason of the step that it is put together with.
    """
    trail = result.attrition
    order = [0, *range(len(trail) - 1, 0, -1)] if trail else []
    left = {at: treated.admit(trail[at].treated) for at in order}
    right = {at: None if (count := trail[at].comparison) is None else comparison.admit(count) for at in order}
    columns = ([left[at] for at in range(len(trail))], [right[at] for at in range(len(trail))])
    return tuple(step(trail, columns, run) for run in runs(columns))


def runs(columns: Columns) -> list[range]:
    """Return the steps that stand together, each run ending with the step after which it is named.

    >>> runs(([100, "c", "c", 60], [None, None, "c", 60]))
    [range(0, 1), range(1, 4)]
    >>> runs((["c", "c", "c"], [None, None, 50]))
    [range(0, 1), range(1, 3)]
    """
    found, start = [], 0
    for at, (left, right) in enumerate(zip(*columns, strict=True)):
        shown = left != "c" or right not in ("c", None)
        if shown or at in (0, len(columns[0]) - 1):
            found.append(range(start, at + 1))
            start = at + 1
    return found


def step(trail: Sequence[inside.AttritionStep], columns: Columns, run: range) -> outside.Step:
    """Return the steps of a run as one."""
    at, left, right = run[-1], *columns
    return outside.Step(
        step=trail[at].step,
        reason="; ".join(dict.fromkeys(said for one in run if (said := trail[one].reason))) or None,
        withheld_steps=tuple(trail[one].step for one in run[:-1]),
        treated=left[at],
        comparison=right[at],
        treated_lost=lost(left[:at], left[at]),
        comparison_lost=lost(right[:at], right[at]),
    )


def lost(before: Iterable[Count | None], after: Count | None) -> Count | None:
    """Return how many were lost since the last count shown: both are printed, so it gives nothing away.

    >>> lost([130, 120], 100), lost([120, "c", "c"], 100), lost([120], "c"), lost([None, "c"], 100), lost([None], 100)
    (20, 20, 'c', 'c', None)
    """
    counts = [count for count in before if count is not None]
    if after is None or not counts:
        return None
    known = [count for count in counts if count != "c"]
    return "c" if after == "c" or not known else known[-1] - after
