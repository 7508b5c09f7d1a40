"""Has the journey become longer, and which stage made it so? Cases opened from a day on against those before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot, inf

from whatworks.journeys.cases import Cases
from whatworks.journeys.stage_time import expected_days, reach, whole_days
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import interval
from whatworks.statistics.power import smallest_detectable
from whatworks.statistics.time.restricted_mean import common_tau, restricted_mean


@dataclass(frozen=True, slots=True)
class StageChange:
    """Expected days of an entrant in a stage, or between it and the next, before a day and from it on."""

    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """Return days more (above zero) or fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class JourneyChange:
    """The change of each stage's expected days up to a tau that both sides reach; together they are the whole's.

    `se` is the standard error of the whole change, by Greenwood's of each side's days from being opened to the end.
    """

    on: date
    tau: float
    cases: tuple[int, int]
    stages: tuple[StageChange, ...]
    se: float

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95% interval of the whole change."""
        return interval(self.total.change, self.se, inf)

    @property
    def smallest(self) -> float:
        """Return the smallest change of the whole, in days, that would be found four times in five."""
        return smallest_detectable(self.se)

    @property
    def total(self) -> StageChange:
        """Return the whole journey's expected days."""
        return StageChange("all", sum(one.before for one in self.stages), sum(one.after for one in self.stages))

    def share(self, stage: StageChange) -> float | None:
        """Return a stage's share of the whole change; None where the whole did not change."""
        return stage.change / self.total.change if abs(self.total.change) > 1e-9 else None


def journey_change(cases: Cases, on: date) -> JourneyChange:
    """Return how the expected days of cases opened from a day on differ from those of cases opened before it.

    Refused where one side has no case, or fewer than ten that are watched at all.
    """
    sides = (cases.opened(last=on - timedelta(1)), cases.opened(first=on))
    tau = common_tau(*(reach(side) for side in sides))
    if tau is None:
        counts = " and ".join(f"{side.count:,}" for side in sides)
        problem = f"leaves {counts} cases before and after it, too few to say what changed"
        raise Refused(Fault(problem, "name a day with ten cases or more on each side", field="split", value=str(on)))
    before, after = (expected_days(side, tau).areas for side in sides)
    se = hypot(*(restricted_mean(*whole_days(side), tau).se for side in sides))
    places, names = len(cases.kind.stage), [one.name for one in cases.kind.stage]
    labels = [*names, *(f"between {name} and the next" for name in names)]
    kept = [at for at in range(2 * places) if at < places or before[at] > 0 or after[at] > 0]
    stages = tuple(StageChange(labels[at], float(before[at]), float(after[at])) for at in kept)
    return JourneyChange(on, tau, (sides[0].count, sides[1].count), stages, se)
