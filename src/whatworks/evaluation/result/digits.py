"""Hold a result to the digits that every processor agrees on: `result.json` and the papers are made of them."""

import re
from typing import Any

from whatworks.evaluation.result.whole import Result

DIGITS = 8
NEGLIGIBLE = 1e-12
WITHOUT_UNIT = re.compile(r"^(p|.*_p|p_.*|.*_p_.*|.*_q|smd.*|variance_ratio.*|ks.*|agree)$")
"""Fields that are told on a scale of one, whatever the unit of what stands beside them."""


def as_written(result: Result) -> Result:
    """Return the result with 8 significant digits, and as zero what is under 1e-12 of its field's scale.

    A field's scale is the largest number told beside it in the same unit (a difference has that of the two means), but
    at least one. What lies below is the rounding of sums, which comes out otherwise on another processor.
    """
    return Result.model_validate({name: _held(part) for name, part in result.model_dump().items()})


def to_digits(value: float, scale: float = 1.0) -> float:
    """Return a number to 8 significant digits; zero where it is nothing beside its `scale`.

    >>> to_digits(1 / 3), to_digits(-1e-15), to_digits(2e-10, 1000.0), str(to_digits(-0.0))
    (0.33333333, 0.0, 0.0, '0.0')
    """
    return 0.0 if abs(value) < NEGLIGIBLE * scale else float(f"{value:.{DIGITS}g}")


def _held(part: Any, scale: float = 1.0) -> Any:
    if isinstance(part, float):
        return to_digits(part, scale)
    if isinstance(part, list | tuple):
        return type(part)(_held(item) for item in part)
    if not isinstance(part, dict):
        return part
    scale = max(scale, _largest(part))
    return {name: _held(item, 1.0 if WITHOUT_UNIT.match(name) else scale) for name, item in part.items()}


def _largest(part: dict[str, Any]) -> float:
    """Return the largest number of a part and of the parts within it, lists left out: these hold parts of their own."""
    sizes = [abs(value) for name, value in part.items() if isinstance(value, float) and not WITHOUT_UNIT.match(name)]
    return max([1.0, *sizes, *(_largest(item) for item in part.values() if isinstance(item, dict))])
