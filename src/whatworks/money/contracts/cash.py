"""Search a contract for falls at which the payer pays more than the cash that the fall frees."""

from collections.abc import Iterator

import numpy as np

from whatworks.money.contracts.clauses import Metric
from whatworks.money.contracts.laboratory import Finding, Laboratory
from whatworks.money.contracts.monotony import STEPS, described, share

AVERAGE = (
    "is an average cost, which is not cash: one fewer frees little of it, so each payment would be found from elsewhere"
)


def cash(lab: Laboratory) -> Iterator[Finding]:
    """Yield metrics whose price is not known to be cash, and falls that cost the payer more than they free."""
    unknown = {
        key: lab.terms.metric[key] for key in lab.terms.paid_metrics if cash_price(lab.terms.metric[key]) is None
    }
    for metric in unknown.values():
        average = metric.cost_basis == "average"
        said = (
            f"{metric.name}: the unit price {AVERAGE}."
            if average
            else f"{metric.name}: the terms do not say whether the unit price is cash that one fewer frees."
        )
        yield Finding("price not known to be cash", "breach" if average else "warning", said)
    if not unknown and lab.terms.payment is not None:
        yield from dearer(lab)


def dearer(lab: Laboratory) -> Iterator[Finding]:
    """Yield the fall at which most is paid beyond the cash it frees, the same fall in every period."""
    falls = STEPS[STEPS > 0]
    paid = lab.alike(falls)
    freed = np.rint(falls * lab.baseline_pence() * cash_share(lab))
    over = paid - freed
    if (over > 0).any():
        worst = int(over.argmax())
        evidence = ((share(falls[worst]), lab.words(int(paid[worst]))), ("cash freed", lab.words(int(freed[worst]))))
        at = f"from {share(falls[int(np.argmax(over > 0))])} on"
        said = f"{described(f'The payer pays more than the cash that is freed, {at}', evidence[:1])[:-1]}, and frees "
        yield Finding("pays more than it saves", "breach", f"{said}{lab.words(int(freed[worst]))}.", evidence)


def cash_share(lab: Laboratory) -> float:
    """Return how much of the value of the paid metrics is cash."""
    metrics = [lab.terms.metric[key] for key in lab.terms.paid_metrics]
    whole = sum(float(metric.unit_price or 0) for metric in metrics)
    return sum(cash_price(metric) or 0.0 for metric in metrics) / whole if whole else 0.0


def cash_price(metric: Metric) -> float | None:
    """Return the pounds of cash that one fewer frees, or None where the terms do not say."""
    if metric.cashable_price is not None:
        return float(metric.cashable_price)
    return float(metric.unit_price or 0) if metric.cost_basis in ("cashable", "marginal") else None
