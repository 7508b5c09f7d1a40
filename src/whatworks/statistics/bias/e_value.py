"""How strong would an unmeasured factor have to be to explain the answer away? VanderWeele and Ding's E-value."""

from dataclasses import dataclass
from math import sqrt

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.ratio import Ratio


@dataclass(frozen=True, slots=True)
class EValue:
    """`estimate` would explain the whole ratio away, `limit` would move its interval to no effect (1: it is there)."""

    estimate: float
    limit: float
    sentence: str


def e_value(ratio: Ratio) -> EValue:
    """Return the E-value of a risk ratio: the least association, as a ratio, with both the scheme and the outcome.

    A factor less tied than that to being in the scheme, or to the outcome, cannot by itself explain the estimate,
    above and beyond the covariates (VanderWeele and Ding 2017). The ratio may lie on either side of one.

    >>> found = e_value(Ratio("risk ratio", 3.9, 1.8, 8.7))
    >>> round(found.estimate, 2), round(found.limit, 2)
    (7.26, 3.0)
    """
    if ratio.value is None or ratio.value <= 0 or ratio.ci_low is None or ratio.ci_high is None:
        raise Refused("an E-value needs a ratio with an interval", "one of the groups has no events")
    estimate = _explains(ratio.value)
    nearer = ratio.ci_high if ratio.value < 1 else ratio.ci_low
    limit = 1.0 if (nearer - 1) * (ratio.value - 1) <= 0 else _explains(nearer)
    return EValue(estimate, limit, _sentence(estimate, limit, ratio.value < 1))


def _explains(ratio: float) -> float:
    away = max(ratio, 1 / ratio)
    return away + sqrt(away * (away - 1))


def _sentence(estimate: float, limit: float, fell: bool) -> str:
    apart = f"being in the scheme {estimate:.1f} times as likely and the outcome {estimate:.1f} times less likely"
    alike = f"both being in the scheme and the outcome {estimate:.1f} times as likely"
    first = (
        f"An unmeasured factor would have to make {f'{apart}, or the other way round' if fell else alike}, beyond all "
        "that was measured, to explain the estimate away"
    )
    if limit == 1.0:
        return f"{first}; but the ratio's interval includes no effect as it is, without any such factor."
    return f"{first}, and {limit:.1f} times to move the ratio's interval to no effect."
