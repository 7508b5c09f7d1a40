"""Before there is any data: how many people a study needs, and what one of a given size could tell."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from math import ceil, isfinite, sqrt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import quantile

LARGEST, SMALLEST = 1_000_000_000, 1e-9


@dataclass(frozen=True, slots=True)
class Plan:
    """What is expected of a study. Shares are proportions; `sd` None means yes/no, `comparison` then being a share.

    `comparison` is the outcome expected without the scheme, `ratio` the effective comparisons for each treated person,
    `design_effect` how much clustering inflates the variance, the shares what matching and linking leave. `power` is
    the chance of finding the effect, `level` the p-value at which it counts as found.
    """

    comparison: float
    sd: float | None = None
    ratio: float = 1.0
    design_effect: float = 1.0
    share_matched: float = 1.0
    share_linked: float = 1.0
    power: float = 0.80
    level: float = 0.05

    def check(self) -> None:
        """Refuse what cannot be, all faults at once."""
        faults = []
        if self.sd is None and not 0 < self.comparison < 1:
            faults.append(
                _fault("comparison", self.comparison, "is not a proportion between 0 and 1", "write 45% or 0.45")
            )
        if self.sd is not None and not abs(self.comparison) <= LARGEST:
            faults.append(_fault("comparison", self.comparison, "is no mean", "give the mean without the scheme"))
        if self.sd is not None and not SMALLEST <= self.sd <= LARGEST:
            faults.append(_fault("sd", self.sd, "is not a number above zero", "give how much people differ"))
        for name in ("share_matched", "share_linked"):
            if not SMALLEST <= getattr(self, name) <= 1:
                faults.append(
                    _fault(name, getattr(self, name), "is not a proportion above 0 and up to 1", "write 90% or 0.9")
                )
        for name in ("power", "level"):
            if not 0 < getattr(self, name) < 1:
                faults.append(
                    _fault(name, getattr(self, name), "is not a proportion between 0 and 1", "write 0.8 or 0.05")
                )
        if 0 < self.power <= self.level < 1:
            problem = f"is no more than the {self.level:g} of studies that find an effect where there is none"
            faults.append(_fault("power", self.power, problem, "write 80% or 0.8"))
        if not SMALLEST <= self.ratio <= LARGEST:
            faults.append(
                _fault("ratio", self.ratio, "is not a number above zero", "say how many comparisons for each person")
            )
        if not 1 <= self.design_effect <= LARGEST:
            faults.append(
                _fault(
                    "design_effect", self.design_effect, "is not a number from 1 up", "1 where people are not clustered"
                )
            )
        if faults:
            raise Refused(faults)

    @property
    def errors(self) -> float:
        """Standard errors between no effect and one found with this power: 2.8016 at the usual 80% and 5%."""
        return quantile(1 - self.level / 2) + quantile(self.power)

    def spread(self, effect: float) -> float:
        """Return the variance of the difference for one treated person and its comparisons."""
        if self.sd is not None:
            return self.sd**2 * (1 + 1 / self.ratio)
        treated = self.comparison + effect
        return treated * (1 - treated) + self.comparison * (1 - self.comparison) / self.ratio


def people_needed(plan: Plan, effect: float) -> int:
    """Return the treated people to recruit so that `effect` (a fall is below zero) is found with the plan's power.

    treated = errors^2 x spread / effect^2 x design effect / share matched / share linked.

    >>> people_needed(Plan(0.40), -0.05)
    1468
    >>> people_needed(Plan(0.40, ratio=3, share_matched=0.9, share_linked=0.97), -0.05)
    1106
    """
    plan.check()
    if not isfinite(effect):
        raise Refused(_fault("difference", effect, "is not a number", "give the smallest effect worth having"))
    if abs(effect) > LARGEST or 0 < abs(effect) < SMALLEST:
        raise Refused(
            _fault("difference", effect, "is no effect of any study", "give the smallest effect worth having")
        )
    if effect == 0:
        raise Refused(
            _fault("difference", effect, "no number of people finds an effect of zero", "give a smallest one")
        )
    if plan.sd is None and not 0 <= plan.comparison + effect <= 1:
        raise Refused(_fault("difference", effect, "leads beyond 0% or 100%", "give a smaller difference"))
    people = plan.errors**2 * plan.spread(effect) / effect**2
    return max(1, ceil(people * plan.design_effect / plan.share_matched / plan.share_linked - 1e-9))


def smallest_found(plan: Plan, treated: int) -> float | None:
    """Return the smallest fall that `treated` people recruited would show with the plan's power, above zero.

    None where not even a fall to nothing would show.

    >>> round(smallest_found(Plan(0.416), 368), 4)
    0.099
    """
    plan.check()
    if not 1 <= treated <= LARGEST:
        problem = "is below one" if treated < 1 else "is more people than there are"
        raise Refused(Fault(problem, "say how many people would be in the scheme", None, None, "treated", str(treated)))
    left = treated * plan.share_matched * plan.share_linked / plan.design_effect
    if plan.sd is not None:
        return plan.errors * sqrt(plan.spread(0.0) / left)
    short: Callable[[float], float] = lambda fall: fall - plan.errors * sqrt(plan.spread(-fall) / left)  # noqa: E731
    if short(plan.comparison) < 0:
        return None
    from scipy.optimize import brentq

    return float(brentq(short, 1e-12, plan.comparison, xtol=1e-12))


@dataclass(frozen=True, slots=True)
class StudySize:
    """People needed in the scheme to find `difference`, and the smallest fall that `treated` could show."""

    plan: Plan
    difference: float | None
    needed_treated: int | None
    treated: int | None
    smallest_detectable: float | None


def power(
    comparison: float, *, difference: float | None = None, treated: int | None = None, **plan: float
) -> StudySize:
    """Return how many people a study needs to find `difference`, or what one of `treated` people could tell, or both.

    `comparison` is the outcome expected without the scheme, a share or, with `sd`, a mean; `plan` the further fields of
    `Plan`: `ratio`, `design_effect`, `share_matched`, `share_linked`, `power` and `level`. Refused where nothing is
    asked, or a number is none of a study.

    >>> power(0.40, difference=-0.05).needed_treated
    1468
    >>> round(power(0.416, treated=368).smallest_detectable, 4)
    0.099
    """
    if difference is None and treated is None:
        raise Refused("nothing is asked", "give difference= for the people needed, treated= for what they could tell")
    unknown = sorted(set(plan) - {field.name for field in fields(Plan)})
    if unknown:
        known = ", ".join(field.name for field in fields(Plan))
        raise Refused([Fault("is not a setting of a plan", f"choose from {known}", field=name) for name in unknown])
    asked = Plan(comparison, **plan)
    return StudySize(
        asked,
        difference,
        None if difference is None else people_needed(asked, difference),
        treated,
        None if treated is None else smallest_found(asked, treated),
    )


def _fault(field: str, value: float, problem: str, remedy: str) -> Fault:
    return Fault(problem, remedy, field=field, value=f"{value:g}")
