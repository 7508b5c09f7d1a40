"""Tell whoever waits how far the work is; the faces draw the bar."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Called as `progress(step, done, total)`; `total` is None while it is not known."""


def silent(step: str, done: int, total: int | None) -> None:
    """Report nothing."""
