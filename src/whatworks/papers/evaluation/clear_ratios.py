"""Clear ratios for leaving: two decimal places, and withheld wherever the values that they relate are."""

from collections.abc import Iterable

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.rounding import rounded
from whatworks.papers.evaluation import release as outside

PLACES = 2


def clear_ratios(found: Iterable[inside.Ratio], withheld: bool) -> tuple[outside.Ratio, ...]:
    """Return the ratios, rounded or withheld.

    >>> one = inside.Ratio(name="risk ratio", value=0.8134, ci_low=0.69, ci_high=None)
    >>> [ratio.value for ratio in (*clear_ratios([one], False), *clear_ratios([one], True))]
    [Decimal('0.81'), 'c']
    """
    return tuple(
        outside.Ratio(
            name=one.name,
            value=rounded(one.value, withheld, PLACES),
            ci_low=rounded(one.ci_low, withheld, PLACES),
            ci_high=rounded(one.ci_high, withheld, PLACES),
        )
        for one in found
    )
