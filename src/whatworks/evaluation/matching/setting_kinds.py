"""Refuse settings of a match that are not of the kind they have to be, before anything is reckoned with them."""

from collections.abc import Iterable, Mapping
from math import isnan
from numbers import Integral, Real
from typing import Any, get_args

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.regression.weighted_regression import SeKind


def as_names(argument: str, given: Any) -> tuple[str, ...]:
    """Return the columns that an argument names; nothing for None. One text is refused: it would be read by letters.

    >>> as_names("exact", None), as_names("exact", ["sex"])
    ((), ('sex',))
    >>> as_names("exact", "sex")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: exact "sex": is a text, not a list of columns; write exact=["sex"]
    """
    if given is None:
        return ()
    if isinstance(given, str):
        problem, remedy = "is a text, not a list of columns", f'write {argument}=["{given}"]'
        raise Refused(Fault(problem, remedy, field=argument, value=given))
    if not isinstance(given, Iterable):
        remedy = f'write {argument}=["name", "name"]'
        raise Refused(Fault("is not a list of columns", remedy, field=argument, value=str(given)))
    return tuple(given)


def check_kinds(
    *,
    caliper: Any,
    std_caliper: Any,
    ratio: Any,
    replace: Any,
    reuse_max: Any,
    seed: Any,
    distance: Any,
    subclass: Any = 1,
) -> None:
    """Refuse numbers that are none, counts that are not whole, and switches that are neither on nor off.

    >>> asked = {"std_caliper": True, "replace": False, "reuse_max": None, "seed": None, "distance": "glm"}
    >>> check_kinds(caliper={"age": 5}, ratio=2, **asked)
    >>> check_kinds(caliper="0.2", ratio=1.5, **asked)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: caliper "0.2": is not a number; give a number, or {"distance": 0.2, "age": 5}
    ratio "1.5": is not a whole number; give 1, 2, 3 and so on
    """
    faults = [*_calipers(caliper, std_caliper), *_counts(ratio, reuse_max, seed, subclass)]
    if not isinstance(replace, bool):
        faults.append(Fault("is neither True nor False", "write replace=True", field="replace", value=str(replace)))
    if distance is None:
        faults.append(Fault("is None", 'use "glm", "mahalanobis", a column or an array of scores', field="distance"))
    if faults:
        raise Refused(faults)


def check_se_kind(given: Any) -> None:
    """Refuse a kind of standard errors that there is not.

    >>> check_se_kind("HC2")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: se_kind "HC2": is not one of ours; choose CR1, CR2, CR3, HC1 or HC3
    """
    known = get_args(SeKind)
    if given is not None and given not in known:
        remedy = f"choose {', '.join(known[:-1])} or {known[-1]}"
        raise Refused(Fault("is not one of ours", remedy, field="se_kind", value=str(given)))


def _calipers(caliper: Any, std_caliper: Any) -> list[Fault]:
    faults = []
    named = caliper if isinstance(caliper, Mapping) else {} if caliper is None else {"distance": caliper}
    for name, width in named.items():
        field = f"caliper.{name}" if isinstance(caliper, Mapping) else "caliper"
        if not _number(width):
            remedy = 'give a number, or {"distance": 0.2, "age": 5}'
            faults.append(Fault("is not a number", remedy, field=field, value=str(width)))
        elif not width > 0:
            faults.append(Fault("is not above zero", "give the largest difference", field=field, value=str(width)))
    if isinstance(std_caliper, Mapping):
        strange = [str(name) for name in std_caliper if name not in named]
        remedy = f"name one of {', '.join(named)}" if named else "set a caliper"
        faults += [Fault("has no caliper", remedy, field="std_caliper", value=name) for name in strange]
    switches = std_caliper.values() if isinstance(std_caliper, Mapping) else [std_caliper]
    if not all(isinstance(one, bool) for one in switches):
        remedy = 'write std_caliper=True, or {"age": False}'
        faults.append(Fault("is neither True nor False", remedy, field="std_caliper", value=str(std_caliper)))
    return faults


def _number(given: Any) -> bool:
    return isinstance(given, Real) and not isinstance(given, bool) and not isnan(given)


def _counts(ratio: Any, reuse_max: Any, seed: Any, subclass: Any) -> list[Fault]:
    faults = []
    for name, given, least, remedy in (
        ("ratio", ratio, 1, "give 1, 2, 3 and so on"),
        ("reuse_max", reuse_max, 1, "give 1, 2, 3 and so on, or replace=True for no limit"),
        ("seed", seed, 0, "give 0, 1, 2 and so on"),
        ("subclass", subclass, 1, "give the number of parts, 5 or 6 say"),
    ):
        if given is None and name in ("reuse_max", "seed"):
            continue
        if not isinstance(given, Integral) or isinstance(given, bool):
            faults.append(Fault("is not a whole number", remedy, field=name, value=str(given)))
        elif given < least:
            faults.append(Fault(f"is below {least}", remedy, field=name, value=str(given)))
    return faults
