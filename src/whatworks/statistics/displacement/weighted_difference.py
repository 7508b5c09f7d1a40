"""Weighted displacement difference (Wheeler and Ratcliffe 2018), and the older quotient where it may be given."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import interval, two_sided_p

Floats = npt.NDArray[np.float64]
Pair = tuple[float, float]
"""Counts of one area: before, after."""
AREAS = ("control", "treated", "displacement control", "displacement treated")
ALIKE = 1.25
"""Levels are alike where the larger count before is less than so many times the smaller."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference in events, after less before, treated less control; below zero is a fall, with its 95% interval."""

    value: float
    se: float
    ci_low: float
    ci_high: float
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class WeightedDifference:
    """What changed in the treated area, in the displacement area, and in both; None where no displacement area is."""

    local: Difference
    displacement: Difference | None
    total: Difference


def weighted_difference(
    counts: npt.ArrayLike,
    *,
    harm: Sequence[float] | None = None,
    time: Pair = (1.0, 1.0),
    area: Sequence[float] | None = None,
    phi: float = 1.0,
    df: float = np.inf,
    drift: Sequence[float] = (),
) -> WeightedDifference:
    """Return the weighted displacement difference of counts: kinds x areas x (before, after), or areas x 2.

    Areas are control, treated and, where there is one, displacement control and displacement treated. Lengths of time
    and sizes of areas divide counts, `harm` (one a kind) multiplies them. It assumes equal absolute trends; errors are
    Poisson's times the root of `phi`, estimated on `df` degrees of freedom. `drift` is, for each pair of areas, what
    the control's unknown trend adds to the variance of the other's change in proportion (`controls.trend_doubt`).

    >>> moved = weighted_difference([(308, 318), (207, 110), (150, 140), (178, 157)])
    >>> moved.local.value, moved.displacement.value, moved.total.value, round(moved.total.se, 6)
    (-107.0, -11.0, -118.0, 39.59798)
    """
    events = check_counts(counts)
    weights = np.ones(len(events)) if harm is None else _weights("harm", harm, len(events))
    sizes = np.ones(events.shape[1]) if area is None else _weights("area", area, events.shape[1])
    scale = weights[:, None, None] / (sizes[:, None] * _weights("time", time, 2))
    changes = ((events * scale) @ np.array([-1.0, 1.0])).sum(axis=0)
    spread = phi * (events * scale**2).sum(axis=(0, 2))
    for pair, adds in enumerate(drift):
        spread[2 * pair + 1] += adds * float((events * scale)[:, 2 * pair + 1, 0].sum()) ** 2
    local, moved = (_difference(changes, spread, at, df) for at in (slice(0, 2), slice(2, 4)))
    return WeightedDifference(local, moved if len(changes) > 2 else None, _difference(changes, spread, slice(None), df))


def levels_alike(counts: npt.ArrayLike, area: Sequence[float] | None = None) -> bool:
    """Tell whether the larger count before is less than 1.25 times the smaller, in each pair of control and treated.

    >>> levels_alike([(100, 90), (81, 70)]), levels_alike([(100, 90), (80, 70)])
    (True, False)
    """
    before = check_counts(counts).sum(axis=0)[:, 0]
    pairs = (before if area is None else before / np.asarray(area, dtype=np.float64)).reshape(-1, 2)
    return bool((pairs.max(axis=1) < ALIKE * pairs.min(axis=1)).all())


@dataclass(frozen=True, slots=True)
class Quotient:
    """What a displacement area gained (above zero: diffusion) or lost for each unit of success, and events avoided."""

    value: float
    net_effect: float


def weighted_quotient(treated: Pair, displaced: Pair, control: Pair) -> Quotient:
    """Return the weighted displacement quotient (Bowers and Johnson 2003), each pair before and after.

    A response that failed turns its sign round, so it is refused unless the treated area fell against the control.

    >>> quotient = weighted_quotient((207, 110), (178, 157), (308, 318))
    >>> round(quotient.value, 6), round(quotient.net_effect, 1)
    (0.258186, 130.5)
    """
    (before, after), (moved_before, moved_after), (control_before, control_after) = treated, displaced, control
    check_counts([control, treated])
    if not control_before or not control_after:
        raise Refused(Fault("the quotient is undefined: the control has no events", "use the difference alone"))
    success = after / control_after - before / control_before
    if success >= 0:
        problem = "the quotient is refused: the treated area did not fall against its control"
        raise Refused(Fault(problem, "use the difference alone: a failed response can look like diffusion"))
    growth = control_after / control_before
    value = (moved_after / control_after - moved_before / control_before) / success
    return Quotient(value, (before + moved_before) * growth - after - moved_after)


def check_counts(counts: npt.ArrayLike) -> Floats:
    """Return counts as kinds x areas x 2, or refuse what is not counted: negative, fractional, missing or all zero."""
    events = np.asarray(counts, dtype=np.float64)
    events = events[None] if events.ndim == 2 else events
    if events.ndim != 3 or events.shape[1] not in (2, 4) or events.shape[2] != 2:
        raise Refused(Fault("counts are not of two or four areas", f"give before and after of {', '.join(AREAS)}"))
    if not (np.isfinite(events).all() and (events >= 0).all() and (events == np.round(events)).all()):
        raise Refused(Fault("a count is negative, fractional or missing", "give the number of events recorded"))
    if not events.any():
        raise Refused(Fault("all counts are zero", "check the kind of event, the areas and the months"))
    return events


def _weights(name: str, weights: Sequence[float], many: int) -> Floats:
    divisors = np.asarray(weights, dtype=np.float64)
    if divisors.shape != (many,) or not (np.isfinite(divisors).all() and (divisors > 0).all()):
        raise Refused(Fault("weights are not as many as needed, or not above zero", f"give {many}", field=name))
    return divisors


def _difference(changes: Floats, spread: Floats, part: slice, df: float) -> Difference:
    signs = np.array([-1.0, 1.0, -1.0, 1.0])[: len(changes)][part]
    value, se = float(signs @ changes[part]), sqrt(float(spread[part].sum()))
    return Difference(value, se, *interval(value, se, df), value / se if se else 0.0, two_sided_p(value, se, df))
