"""Say why nobody can be matched, naming the columns and the way out."""

import polars as pl

from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.matching.settings import Settings
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags


def check_groups(name: str, treated: Flags) -> None:
    """Refuse a table without people, or whose people are all in one group.

    >>> import numpy as np
    >>> check_groups("scheme", np.array([True, True]))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: scheme: is 1 for everybody, so one of the groups is empty; add comparisons, 0
    """
    if not len(treated):
        raise Refused("the table has no rows", "bring one row a person")
    if treated.all() or not treated.any():
        held, remedy = (1, "add comparisons, 0") if treated.all() else (0, "mark people in the scheme by 1")
        raise Refused(Fault(f"is {held} for everybody, so one of the groups is empty", remedy, field=name))


def check_exact(columns: pl.DataFrame, *, missing: str) -> None:
    """Refuse exact columns that are not known for everybody, unless "not known" is to be a level of its own.

    >>> check_exact(pl.DataFrame({"sex": ["F", None]}), missing="indicator")
    """
    faults = []
    for column in columns:
        unknown = column.null_count() + (int(column.is_nan().sum() or 0) if column.dtype.is_float() else 0)
        if unknown and missing == "refuse":
            remedy = 'leave it out of exact, or set missing = "indicator" to take it as a level of its own'
            faults.append(Fault(f"is not known for {unknown:,} people", remedy, field=column.name))
    if faults:
        raise Refused(faults)


def nobody_matched(asked: Settings) -> Refused:
    """Return the refusal of a match in which nobody has a comparison: which settings keep them apart.

    >>> print(nobody_matched(Settings("scheme", ("age",), ("sex",), caliper=0.01)))
    exact "sex", caliper "0.01": nobody has a comparison; widen the caliper, or ask for fewer exact factors
    """
    faults: list[tuple[str, str, str]] = []
    wider = METHODS[asked.method].wider
    if wider and asked.covariates:
        faults.append(("covariates", ", ".join(asked.covariates), wider))
    if asked.exact:
        faults.append(("exact", ", ".join(asked.exact), "ask for fewer exact factors"))
    if asked.calipers:
        widths = [f"{'' if on == 'distance' else f'{on}: '}{width:g}" for on, width in asked.calipers.items()]
        faults.append(("caliper", ", ".join(widths), "widen the caliper"))
    remedy = ", or ".join(way for _, _, way in reversed(faults)) or "look for comparisons who are more alike"
    where = ", ".join(f'{field} "{value}"' for field, value, _ in faults)
    return Refused(Fault("nobody has a comparison", remedy, field=where or None))
