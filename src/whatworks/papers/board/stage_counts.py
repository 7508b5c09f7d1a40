"""Withhold the counts at stages that would show how a handful of people fared, and what would give them back."""

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.equality.impact import Breakdown, Stage
from whatworks.papers.disclosure.nested import Count, Nested


@dataclass(frozen=True, slots=True)
class ClearedStages:
    """The counts of a breakdown that may leave: one row a level, one count a stage, "c" where withheld."""

    totals: tuple[Count, ...]
    levels: dict[str, tuple[Count, ...]]

    def shown(self, level: str, at: int, before: int | None) -> bool:
        """Say whether a share of the stage before may be shown: both its counts are, and those of everybody."""
        counts = self.levels[level]
        wanted = [at] if before is None else [before, at]
        return all(counts[stage] != "c" and self.totals[stage] != "c" for stage in wanted)


def clear_totals(breakdown: Breakdown, stages: Sequence[Stage], minimum: int) -> tuple[Count, ...]:
    """Return everybody's counts; neither one, nor how many a stage lost, may be a handful.

    Where a stage's count is withheld, so are those of the stages that come after it.
    """
    found: list[Count] = []
    for at, stage in enumerate(stages):
        count = breakdown.totals[at]
        before = None if stage.before is None else found[stage.before]
        hidden = before == "c" or any(not_shown(count, other, minimum) for other in _above(stages, at, found))
        found.append("c" if hidden or Nested(minimum).sensitive(count) else count)
    return tuple(found)


def clear_counts(breakdown: Breakdown, stages: Sequence[Stage], minimum: int) -> ClearedStages:
    """Return which counts may leave.

    A count is withheld where it, or how many were lost since any earlier stage that is shown, is a handful. Once
    withheld a level stays so at the stages that come from there. As everybody's count is known, at least two levels are
    withheld, and those withheld hold together no handful of people, nor of people lost since the stage before.
    """
    totals = clear_totals(breakdown, stages, minimum)
    counts = {level.name: level.counts for level in breakdown.levels}
    hidden: list[set[str]] = []
    for at, stage in enumerate(stages):
        if totals[at] == "c":
            hidden.append(set(counts))
            continue
        start = set() if stage.before is None else set(hidden[stage.before])
        for name, row in counts.items():
            shown = [row[up] for up in _path(stages, at) if name not in hidden[up]]
            small = Nested(minimum).sensitive(row[at]) or any(not_shown(row[at], other, minimum) for other in shown)
            if small:
                start.add(name)
        hidden.append(_widened(start, counts, stages, at, minimum))
    cleared: dict[str, tuple[Count, ...]] = {
        name: tuple("c" if name in hidden[at] else row[at] for at in range(len(stages))) for name, row in counts.items()
    }
    return ClearedStages(totals, cleared)


def not_shown(count: int, other: Count, minimum: int) -> bool:
    """Say whether two counts, one within the other, lie a handful apart.

    >>> not_shown(95, 100, 10), not_shown(100, 100, 10), not_shown(95, "c", 10)
    (True, False, False)
    """
    return other != "c" and Nested(minimum).sensitive(abs(int(other) - count))


def _widened(
    chosen: set[str], counts: dict[str, tuple[int, ...]], stages: Sequence[Stage], at: int, minimum: int
) -> set[str]:
    """Return the levels to withhold at a stage, with as many more as keep each from being worked out."""
    before = stages[at].before
    rest = sorted((name for name in counts if name not in chosen), key=lambda name: (counts[name][at], name))
    while chosen and rest and (len(chosen) < 2 or _gives_away(chosen, counts, before, at, minimum)):
        chosen.add(rest.pop(0))
    return chosen


def _gives_away(
    chosen: set[str], counts: dict[str, tuple[int, ...]], before: int | None, at: int, minimum: int
) -> bool:
    here = sum(counts[name][at] for name in chosen)
    lost = 0 if before is None else sum(counts[name][before] for name in chosen) - here
    return any(Nested(minimum).sensitive(count) for count in (here, lost))


def _path(stages: Sequence[Stage], at: int) -> list[int]:
    found = []
    up = stages[at].before
    while up is not None:
        found.append(up)
        up = stages[up].before
    return found


def _above(stages: Sequence[Stage], at: int, found: Sequence[Count]) -> list[Count]:
    return [found[up] for up in _path(stages, at)]
