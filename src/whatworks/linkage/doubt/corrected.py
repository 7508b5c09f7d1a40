"""Work out by formula what wrong and missing links do to a rate, and take it back out.

Shown beside the draws: it mends outcomes, but not the history that people were matched on.
"""

from dataclasses import dataclass

import numpy as np

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats

SPLIT_PART = 0.5
"""The part of a person's reoffences taken to lie under a record that was not joined to them."""


@dataclass(frozen=True, slots=True)
class LinkErrors:
    """Shares of one group's people whose records were joined wrongly (proportions of the group; arrays for draws).

    `false`: joined to somebody else's record. `unjoined`: joined to nobody's. `split`: some of their record stands
    under another number, `split_part` is the part of their reoffences that does.
    """

    false: float | Floats
    unjoined: float | Floats = 0.0
    split: float | Floats = 0.0
    split_part: float | Floats = 0.0

    @property
    def right(self) -> float | Floats:
        """The share of true reoffending that is counted as such: the slope of what is seen on what is true."""
        return 1 - self.unjoined - self.false - self.split * self.split_part


def corrected_rate(rate: float | Floats, errors: LinkErrors, others_rate: float | Floats) -> float | Floats:
    """Return the true rate behind one that records show; who is joined to nobody is not counted among the people.

    People joined to somebody else's record reoffend at `others_rate`. Raises `Refused` where so many links are wrong
    or missing that nothing true is left to scale up.

    >>> round(corrected_rate(0.39375, LinkErrors(false=0.06, unjoined=0.04), 0.30), 12)
    0.4
    """
    right = errors.right
    if not np.all(np.asarray(right) > 0):
        raise Refused(
            Fault("says that no link is right, so no rate can be worked out", "check the shares", field="link errors")
        )
    return (rate * (1 - errors.unjoined) - errors.false * others_rate) / right
