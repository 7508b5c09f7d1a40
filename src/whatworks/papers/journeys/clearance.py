"""Withhold the small counts of a journey's stages, and whatever would give them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whatworks.money.plain import plain
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Count, Nested, widen


def withheld_groups(groups: Mapping[str, Sequence[int]], minimum: int) -> set[str]:
    """Return the groups to withhold: those with few in one of their counts, and as many more as keep them so.

    >>> sorted(withheld_groups({"A": (20, 40), "B": (3, 50), "C": (15, 30)}, 10))
    ['B', 'C']
    """
    sizes = {name: [float(count) for count in counts] for name, counts in groups.items()}
    few = {name for name, counts in sizes.items() if any(map(Nested(minimum).sensitive, counts))}
    return widen(few, sizes, minimum)


def exact(found: Any) -> dict[str, Any]:
    """Return every figure of a result, unrounded and with small counts: restricted. Its rows are nobody's to print."""
    figures = {"all" if name == "everybody" else name: value for name, value in plain(found).items() if name != "rows"}
    return {"disclosure": "restricted", **figures}


def clear_parts(parts: Mapping[str, int], minimum: int) -> dict[str, Count]:
    """Return the parts of a total that is shown, with small ones withheld and as many more as keep them so.

    >>> clear_parts({"on": 60, "died": 3, "waiting": 12, "lost": 0}, 10)
    {'on': 60, 'died': 'c', 'waiting': 'c', 'lost': 0}
    """
    few = {name for name, count in parts.items() if Nested(minimum).sensitive(count)}
    hidden = widen(few, {name: [float(count)] for name, count in parts.items() if count}, minimum)
    return {name: "c" if name in hidden else count for name, count in parts.items()}


@dataclass(frozen=True, slots=True)
class ClearedStage:
    """The counts of a stage that may be shown. `days` says whether figures in days may be."""

    entered: Count
    onward: Count
    other: dict[str, Count]
    waiting: Count
    days: bool


def clear_stages(
    stages: Sequence[tuple[int, int, Mapping[str, int], int]], cases: int, minimum: int
) -> tuple[Count, list[ClearedStage]]:
    """Return how many cases there are, and each stage's counts (entered, onward, others, waiting), cleared together.

    Those who entered a stage lie within the cases, and those who moved on within them; two counts that are shown differ
    by nobody or by enough. Days are shown of stages that thirty cases entered and ten left onward.

    >>> clear_stages([(100, 80, {"died": 2}, 18), (75, 40, {}, 35)], 100, 10)[1][0]
    ClearedStage(entered=100, onward=80, other={'died': 'c'}, waiting='c', days=True)
    """
    trail = Nested(minimum)
    total = trail.publish(cases)
    entered = [trail.publish(stage[0]) for stage in stages]
    found = []
    for (count, onward, other, waiting), shown in zip(stages, entered, strict=True):
        if shown == "c":
            found.append(ClearedStage("c", "c", dict.fromkeys(other, "c"), "c", False))
            continue
        parts = clear_parts({"onward": onward, **{f"other {name}": n for name, n in other.items()}, "waiting": waiting},
                            minimum)  # fmt: skip
        named: dict[str, Count] = {name: parts[f"other {name}"] for name in other}
        enough = count >= FEWEST_FOR_DAYS and onward >= minimum
        found.append(ClearedStage(shown, parts["onward"], named, parts["waiting"], enough))
    return total, found
