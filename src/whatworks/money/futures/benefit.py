"""Outcomes that the contract does not recognise: what a true effect is worth to a partner besides its cash."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.effect import FURTHEST
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Pence, Timeline
from whatworks.statistics.arrays import Floats


@dataclass(frozen=True, slots=True)
class Benefits:
    """Pounds that a whole fall would be worth, by (partner, period), before and after discounting.

    A true effect brings its part of them: `reached` (partner, period) is how much of it shows in the counts.
    """

    worth: Floats
    present: Floats
    reached: Floats

    @classmethod
    def of(cls, terms: Terms, partners: Mapping[str, Partner], planned: Plan, when: Timeline) -> "Benefits":
        """Return the benefits that the partners' file states, each falling in the middle of its period."""
        prices = np.array([[float(one.benefit.get(key, 0)) for key in planned.metrics] for one in partners.values()])
        worth = np.einsum("pjm,pm->pj", planned.tests, prices)
        start = next(iter(terms.period.values())).first
        middles = [((one.first - start).days + one.days / 2) / 365.25 for one in terms.period.values()]
        return cls(worth, worth * when.rate ** -np.array(middles), planned.reached)

    @property
    def any(self) -> bool:
        """Return whether any partner states a benefit."""
        return bool(self.worth.any())

    def pence(self, partner: int, effect: Floats) -> Pence:
        """Return a partner's benefit in pence on each path, by its true effect."""
        fall = np.minimum(effect[None, :] * self.reached[partner][:, None], FURTHEST)
        found: Pence = np.rint(self.worth[partner] @ fall * 100).astype(np.int64)
        return found

    def discounted(self, effects: Floats) -> Floats:
        """Return each partner's discounted benefit in pounds, by the true effect at work there."""
        found: Floats = (self.present * np.minimum(effects[:, None] * self.reached, FURTHEST)).sum(axis=1)
        return found
