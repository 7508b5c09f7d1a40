"""What the payer saves: cash that the scheme really frees, less what it pays, whoever was lucky."""

from dataclasses import dataclass

import numpy as np

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.chance import Chance, Estimate, chance, mean
from whatworks.money.futures.effect import FURTHEST
from whatworks.money.futures.paths import Paths
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Pence
from whatworks.statistics.arrays import Floats


@dataclass(frozen=True, slots=True)
class Payer:
    """The payer's side over the whole contract, in pounds: cash freed by the true effect, paid out, and what is left.

    `worse_off` is the chance that it pays more than it saves. Trend and luck save it nothing that the scheme caused.
    """

    saved: Estimate
    paid: Estimate
    net: Estimate
    worse_off: Chance


def freed(terms: Terms, planned: Plan, effect: Floats, cashable: float) -> Pence:
    """Return the pence of cash that the true effect frees on each path, over all partners and periods.

    A metric's own cashable price counts in full; else the `cashable` part of its unit price.
    """
    prices = np.array(
        [
            float(one.cashable_price) if one.cashable_price is not None else cashable * float(one.unit_price or 0)
            for one in (terms.metric[key] for key in planned.metrics)
        ]
    ) * np.array([terms.metric[key].pays for key in planned.metrics])
    worth = planned.tests @ prices
    found = np.zeros(effect.size)
    for one in range(worth.shape[0]):
        for period in range(worth.shape[1]):
            found += worth[one, period] * np.minimum(effect * planned.reached[one, period], FURTHEST)
    return np.rint(found * 100).astype(np.int64)


def payer(terms: Terms, planned: Plan, paths: Paths, cashable: float) -> Payer:
    """Return the payer's side of these paths."""
    saved = freed(terms, planned, paths.effect, cashable)
    out = paths.flows.sum(axis=(0, 1))
    net = saved - out
    return Payer(mean(saved), mean(out), mean(net), chance(int((net < 0).sum()), paths.number))
