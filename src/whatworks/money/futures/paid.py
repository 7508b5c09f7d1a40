"""The chance of being paid: for nothing, or of earning nothing although the scheme works."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from whatworks.money.contracts.exact import exactly
from whatworks.money.contracts.payment import Payment
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.chance import Chance, chance
from whatworks.money.futures.demand_value import MOST_POINTS, points_needed
from whatworks.money.futures.luck import Luck, luck
from whatworks.money.futures.paths import Paths
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Pence

Bools = npt.NDArray[np.bool_]
RESULTS = ("payment", "pooled payment")


@dataclass(frozen=True, slots=True)
class Paid:
    """Chances of a partner: of a payment in each period, and of any at all.

    Where a contract pays nothing for results but takes money back, `any_time` is the chance of keeping it all.
    """

    periods: tuple[Chance, ...]
    any_time: Chance


def succeeded(terms: Terms, flows: Pence) -> Bools:
    """Return on which paths a partner's flows (flow, path) hold a payment for results, or nothing was taken back."""
    kinds = [flow.kind for flow in terms.flows]
    if terms.payment is not None:
        found: Bools = np.any(flows[[kind in RESULTS for kind in kinds]] > 0, axis=0)
        return found
    kept: Bools = np.all(flows[[kind == "repayment" for kind in kinds]] >= 0, axis=0)
    return kept


def paid(terms: Terms, paths: Paths, partner: int) -> Paid:
    """Return how often a partner is paid on these paths."""
    flows = paths.flows[partner]
    periods = tuple(
        chance(int((flows[row] > 0).sum()), paths.number)
        for row, flow in enumerate(terms.flows)
        if flow.kind == "payment"
    )
    return Paid(periods, chance(int(succeeded(terms, flows).sum()), paths.number))


def nothing_for_real(terms: Terms, paths: Paths, partner: int) -> Chance | None:
    """Return how often a partner earns nothing where the true effect is a fall; None where it never is."""
    real = paths.effect > 0
    if not real.any():
        return None
    unpaid = ~succeeded(terms, paths.flows[partner]) & real
    return chance(int(unpaid.sum()), int(real.sum()))


def exact_luck(terms: Terms, planned: Plan, partners: Sequence[int]) -> Luck | None:
    """Return the exact chances of being paid for luck of these partners as one unit; None where no exact sum is known.

    It is known for counts of areas against their own baseline, at prices in whole pence, without gateway condition or
    pooled test, under a rule that pays from its threshold on.
    """
    paid_on = [at for at, key in enumerate(planned.metrics) if terms.metric[key].pays]
    own = terms.counterfactual.kind == "own baseline"
    if terms.payment is None or terms.gate or not own or any(planned.kinds[at] != "count" for at in paid_on):
        return None
    if not pays_from_its_threshold(terms.payment):
        return None
    prices = [int((terms.metric[planned.metrics[at]].unit_price or 0) * 100) for _ in partners for at in paid_on]
    counts = [float(planned.baseline[one, at]) for one in partners for at in paid_on]
    over = [float(planned.overdispersion[one]) for one in partners for _ in paid_on]
    growth = planned.tests[:, :, paid_on] / planned.baseline[:, None, paid_on]
    common = growth[partners[0], :, 0]
    if not np.allclose(growth[list(partners)], common[None, :, None], rtol=1e-12) or min(prices) <= 0:
        return None
    if points_needed(counts, prices, over, max(1.0, float(common.max()))) > MOST_POINTS:
        return None
    return luck(
        counts, prices, float(terms.payment.threshold), overdispersion=over, growth=[float(one) for one in common]
    )


def pays_from_its_threshold(payment: Payment) -> bool:
    """Return whether the smallest fall that reaches the threshold is paid anything, however large the demand.

    >>> from whatworks.money.contracts.rules.share_of_saving import ShareOfSaving
    >>> later = ({"to": "0.1", "share": 0}, {"to": 1, "share": 1})
    >>> rules = [ShareOfSaving(threshold=least, share="steps", steps=later) for least in ("0.05", "0.2")]
    >>> [pays_from_its_threshold(rule) for rule in rules]
    [False, True]
    """
    most = 10**15
    least = max(Fraction(payment.threshold) * most, Fraction(100))
    return bool(payment.owed(exactly(most), exactly(most - least)).on(0) > 0)
