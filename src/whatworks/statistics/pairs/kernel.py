"""Compile the loops that decide who is matched with whom, so that a large cohort takes seconds."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return `function` compiled by numba on its first call, and kept on disk where some folder can be written.

    numba looks beside the module, then in the user's cache folder; when it may write to neither, the function still
    runs and is compiled anew in each process.

    >>> @compiled
    ... def double(x: float) -> float:
    ...     return 2 * x
    >>> double(21.0)
    42.0
    """
    try:
        kept: Callable[P, R] = njit(cache=True)(function)
    except RuntimeError:
        kept = njit(function)
    return kept
