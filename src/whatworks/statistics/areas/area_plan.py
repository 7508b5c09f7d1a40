"""Before there is any data: how many areas a scheme given by area needs, and what a number of them could tell."""

from dataclasses import dataclass
from math import isfinite

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.areas.planning import errors_between, planned_areas, planned_se, smallest_p
from whatworks.statistics.study_size import Plan
from whatworks.statistics.verdict import SIGNIFICANT

MOST_PER_SIDE = 10_000


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """A plan for people (`people`), with `per_area` of them in the scheme, or compared, in each area.

    How much areas differ is `between`, the standard deviation of their outcomes in the outcome's own unit, or `icc`,
    the share of people's variance that lies between areas.
    """

    people: Plan
    per_area: float
    between: float | None = None
    icc: float | None = None

    def check(self) -> None:
        """Refuse what cannot be, all faults at once."""
        self.people.check()
        faults = []
        if not 1 <= self.per_area <= 1e9:
            faults.append(_fault("people_per_area", self.per_area, "is not a number of people", "say how many"))
        if (self.between is None) == (self.icc is None):
            remedy = "give --between (as 4pp) or --icc (as 0.02), and not both"
            faults.append(Fault("how much areas differ must be said in one way", remedy, field="between"))
        if self.between is not None and not (isfinite(self.between) and self.between >= 0):
            faults.append(_fault("between", self.between, "is not a standard deviation", "write 4pp or 0.04"))
        if self.icc is not None and not 0 <= self.icc < 1:
            faults.append(_fault("icc", self.icc, "is not a share from 0 up to 1", "write 0.02"))
        if faults:
            raise Refused(faults)

    def parts(self, effect: float) -> tuple[float, float]:
        """Return the variance of people within areas, and that between areas; both sides' shares count alike."""
        even = Plan(self.people.comparison, sd=self.people.sd)
        total = even.spread(effect) / 2
        between = self.between**2 if self.between is not None else (self.icc or 0.0) * total
        return total - (between if self.icc is not None else 0.0), between

    @property
    def left(self) -> float:
        """People of an area who are matched and linked."""
        return self.per_area * self.people.share_matched * self.people.share_linked


def areas_for(plan: AreaPlan, effect: float) -> int | None:
    """Return the areas on each side that find `effect` with the plan's power; None where no number in reason does.

    >>> areas_for(AreaPlan(Plan(0.40), 100, icc=0.02), -0.05)
    45
    """
    plan.check()
    if not isfinite(effect) or effect == 0:
        raise Refused(_fault("difference", effect, "no number of areas finds it", "give the smallest one worthwhile"))
    if plan.people.sd is None and not 0 <= plan.people.comparison + effect <= 1:
        raise Refused(_fault("difference", effect, "leads beyond 0% or 100%", "give a smaller difference"))
    within, between = plan.parts(effect)
    return planned_areas(effect, plan.left, within, between, power=plan.people.power, level=plan.people.level)


def smallest_by_areas(plan: AreaPlan, areas: int) -> float | None:
    """Return the smallest effect that so many areas a side would show; None where no p of 0.05 can come out.

    The variance is that at the outcome expected without the scheme.

    >>> plan = AreaPlan(Plan(0.40), 100, icc=0.02)
    >>> round(smallest_by_areas(plan, 4), 4), smallest_by_areas(plan, 3)
    (0.2005, None)
    """
    plan.check()
    if not 1 <= areas <= MOST_PER_SIDE:
        raise Refused(_fault("areas", areas, "is not a number of areas a side", "say how many areas would have it"))
    if areas < 4 and smallest_p(areas, areas) > SIGNIFICANT:
        return None
    within, between = plan.parts(0.0)
    errors = errors_between(2 * (areas - 1), plan.people.power, plan.people.level)
    return errors * planned_se(areas, plan.left, within, between)


def _fault(field: str, value: float, problem: str, remedy: str) -> Fault:
    return Fault(problem, remedy, field=field, value=f"{value:g}")
