"""Write several things as a sentence does."""

from collections.abc import Sequence


def listed(items: Sequence[str]) -> str:
    """Return items with commas, and "and" before the last.

    >>> listed(["age", "sex", "risk"]), listed(["age"]), listed([])
    ('age, sex and risk', 'age', '')
    """
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)
