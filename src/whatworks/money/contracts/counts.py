"""The counts of many paths as arrays, those of a file among them: a path of one."""

from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

import numpy as np

from whatworks.money.contracts.exact import ONE, ExactIntArray, whole
from whatworks.money.contracts.outcomes import BASELINE, Count, Group, Outcomes
from whatworks.money.contracts.terms import Terms


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of many paths, whole numbers. P payees, J periods, M metrics, in the order of the terms.

    Each array is given in full, or broadcasts over leading axes: `baseline` and `baseline_people` [paths, P, M];
    `actual`, `people`, `comparison`, `comparison_people` [paths, P, J, M]; `national_baseline` [paths, P, M] or
    [paths, M], `national` [paths, P, J, M] or [paths, J, M], and their people alike. People are left out where every
    metric is a count of an area; give 1 for such a metric among others.
    """

    actual: Any
    baseline: Any = None
    people: Any = None
    baseline_people: Any = None
    comparison: Any = None
    comparison_people: Any = None
    national_baseline: Any = None
    national: Any = None
    national_baseline_people: Any = None
    national_people: Any = None

    def at(self, name: str, payee: int, period: int, metric: int) -> ExactIntArray:
        """Return one count of every path; 1 where there is no array."""
        array = getattr(self, name)
        if array is None:
            return ONE
        axes = (payee, metric) if "baseline" in name else (payee, period, metric)
        place: Any = (..., *(axes[1:] if np.ndim(array) == len(axes) else axes))
        return whole(np.asarray(array)[place])

    def later_as(self, period: int) -> "Counts":
        """Return the counts with every later period counted as this one was."""
        changed = {}
        for name in ("actual", "people", "comparison", "comparison_people", "national", "national_people"):
            array = getattr(self, name)
            if array is not None:
                changed[name] = np.concatenate(
                    [array[..., : period + 1, :]]
                    + [array[..., period : period + 1, :]] * (array.shape[-2] - period - 1), axis=-2
                )  # fmt: skip
        return replace(self, **changed)

    def beside(self, other: "Counts") -> "Counts":
        """Return these paths, and after them the others."""
        pairs = {one.name: (getattr(self, one.name), getattr(other, one.name)) for one in fields(self)}
        return Counts(**{name: None if pair[0] is None else np.concatenate(pair) for name, pair in pairs.items()})


def counts_of(terms: Terms, outcomes: Outcomes) -> Counts:
    """Return the counts of a file as one path; a count that it does not hold is 0 of 1, and `check_outcomes` says when
    that may be.

    >>> from whatworks.money.contracts.load import load_terms
    >>> from whatworks.money.contracts.outcomes import Key
    >>> terms = load_terms("financial-incentive-model-youth", ["payment.share=half", 'payees=["Lambeth"]'])
    >>> counts_of(terms, Outcomes({Key("Lambeth", metric, "year-1"): Count(88) for metric in terms.metric})).actual
    array([[[[88, 88, 88],
             [ 0,  0,  0]]]])
    """
    names: dict[str, tuple[Group, bool]] = {"": ("payee", False)}
    if terms.needs_baseline:
        names["baseline"] = ("payee", True)
    if terms.counterfactual.kind == "matched comparison":
        names["comparison"] = ("comparison", False)
    if terms.counterfactual.kind == "national trend removed":
        names |= {"national": ("national", False), "national_baseline": ("national", True)}
    found: dict[str, Any] = {}
    for name, (group, before) in names.items():
        periods = [BASELINE] if before else list(terms.period)
        held = [
            outcomes.find(payee, metric, period, group) or Count(0, 1)
            for payee, period, metric in product(terms.payees, periods, terms.metric)
        ]
        for key, numbers in (
            (name or "actual", [one.count for one in held]),
            (f"{name}_people".strip("_"), [one.people or 1 for one in held]),
        ):
            array = np.array(numbers, dtype=np.int64).reshape(1, len(terms.payees), len(periods), len(terms.metric))
            found[key] = array[:, :, 0] if before else array
    return Counts(**found)
