"""Take rare levels of a factor together before anything is named: a ward with one person in it names that person."""

from dataclasses import replace

import polars as pl

from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.records.refusal import Fault, Refused

OTHER = "other"
FEWEST_RARE = 3
"""With fewer rare levels than this a factor is pooled and not refused: two rare answers to a question are no names."""


def pool_rare_levels(units: AnalysisSample, minimum: int) -> AnalysisSample:
    """Return the people with levels of fewer than `minimum` people taken together as "other", and a sentence about it.

    Where "other" would still hold too few, the smallest level joins it. Numbers stay as they are. Raises `Refused`
    where most levels of a factor are rare, as of surnames: such a column tells who somebody is.
    """
    pooled, notes, faults = [], [], []
    for values in units.covariates.get_columns():
        levels = sizes(values) if values.dtype == pl.String else {}
        rare = [level for level, people in levels.items() if people < minimum]
        if len(rare) >= FEWEST_RARE and 2 * len(rare) > len(levels):
            faults.append(
                Fault(
                    f"has {len(levels)} levels, most of them of fewer than {minimum} people, so it would name people",
                    "put its levels into few groups, or leave it out",
                    field=values.name,
                )
            )
        together = taken_together(levels, minimum)
        pooled.append(values.replace(dict.fromkeys(together, OTHER)) if together else values)
        if together:
            notes.append(units.label(values.name))
    if faults:
        raise Refused(faults)
    if not notes:
        return units
    told = f'Levels with fewer than {minimum} people are taken together as "{OTHER}": of {"; ".join(notes)}.'
    return replace(units, covariates=pl.DataFrame(pooled), warnings=(*units.warnings, told))


def sizes(values: pl.Series) -> dict[str, int]:
    """Return how many people each level has, the fewest first, then by name.

    >>> sizes(pl.Series(["b", "a", "b", None, "c"]))
    {'a': 1, 'c': 1, 'b': 2}
    """
    counted = dict(values.drop_nulls().value_counts().iter_rows())
    return dict(sorted(counted.items(), key=lambda one: (one[1], one[0])))


def taken_together(levels: dict[str, int], minimum: int) -> list[str]:
    """Return the levels that become "other": the rare ones, and as many more as it takes to hide them.

    >>> taken_together({"a": 1, "b": 12, "c": 40}, 10), taken_together({"a": 6, "b": 7, "c": 40}, 10)
    (['a', 'b'], ['a', 'b'])
    >>> taken_together({"a": 30, "b": 40}, 10), taken_together({"a": 3, "b": 40}, 10)
    ([], [])
    """
    together: list[str] = []
    people = 0
    for level, size in levels.items():
        if size >= minimum and (not together or people >= minimum):
            break
        together.append(level)
        people += size
    return together if len(levels) - len(together) >= 1 and len(together) > 1 else []
