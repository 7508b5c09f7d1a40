"""What a simulation takes to be so, besides the contract: the effect, the trend, chance beyond chance, and churn."""

from dataclasses import dataclass, fields

from whatworks.money.futures.effect import Effect
from whatworks.records.refusal import Fault, Refused

STEEPEST_TREND = 0.5
MOST_OVERDISPERSION = 1000.0
LEAST_PATHS = 100
MOST_PATHS = 10_000_000


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is assumed alike for all partners; a partner's own line may say otherwise.

    All are proportions but `overdispersion`, which is variance over mean of a year's count (1 is Poisson). `reach` is
    the part of the counted demand that comes from the people worked with, `trend` the change a year that comes anyway
    (-0.02 falls), `churn` the part of those people who are counted in another area by the time it counts,
    `churn_within` the part of those who moved that is counted by another partner of the contract. `build_up` is the
    part of the effect reached in each period (its last value holds on). `cashable` is the part of a unit price that
    frees cash, where the terms do not say, and `discount` the rate a year.
    """

    effect: Effect
    reach: float = 1.0
    trend: float = 0.0
    overdispersion: float = 1.0
    churn: float = 0.0
    churn_within: float = 0.0
    build_up: tuple[float, ...] = (1.0,)
    cashable: float = 1.0
    discount: float = 0.035

    def __post_init__(self) -> None:
        faults = [fault for field in fields(self) for fault in _faults(field.name, getattr(self, field.name))]
        if faults:
            raise Refused(faults)


def check_paths(paths: int, seed: int) -> None:
    """Refuse a number of paths that says nothing or never ends, and a seed below zero.

    >>> check_paths(0, 1)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: paths "0": is too few to speak of a worst 5%; give 100 to 10,000,000
    """
    faults = []
    how = f"give {LEAST_PATHS} to {MOST_PATHS:,}"
    if paths < LEAST_PATHS:
        faults.append(Fault("is too few to speak of a worst 5%", how, field="paths", value=str(paths)))
    if paths > MOST_PATHS:
        faults.append(Fault("is more than this can hold", how, field="paths", value=str(paths)))
    if seed < 0:
        faults.append(Fault("is below zero", "give a whole number from 0 up", field="seed", value=str(seed)))
    if faults:
        raise Refused(faults)


def read_build_up(text: str) -> tuple[float, ...]:
    """Return the parts of the effect by period, as they are written.

    >>> read_build_up("0.5, 1")
    (0.5, 1.0)
    """
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        remedy = "write the part of the effect in each period, as in 0.5,1"
        raise Refused(Fault("is not a list of proportions", remedy, field="build-up", value=text)) from None


def assumption_fault(name: str, value: float, field: str | None = None) -> Fault | None:
    """Return what is wrong with one assumption, or None.

    >>> print(assumption_fault("trend", -2.0))
    trend "-2": is not between -0.5 and 0.5 a year, so it looks like a percentage; write -0.02
    >>> assumption_fault("churn", 0.2) is None
    True
    """
    shown = f"{value:g}"
    field = field or name
    if name == "trend" and not abs(value) <= STEEPEST_TREND:
        remedy = f"write {value / 100:g}" if 1 <= abs(value) <= 50 else "write -0.02 for a fall of 2% a year"
        looks = ", so it looks like a percentage" if 1 <= abs(value) <= 50 else ""
        return Fault(f"is not between -0.5 and 0.5 a year{looks}", remedy, field=field, value=shown)
    if name == "overdispersion" and not 1 <= value <= MOST_OVERDISPERSION:
        remedy = "give variance over mean of a year's count: 1 is chance alone (Poisson), 2 twice that variance"
        return Fault("is not between 1 and 1,000", remedy, field=field, value=shown)
    if name == "discount" and not 0 <= value < 1:
        return Fault("is not a rate a year from 0 to below 1", "write 0.035 for 3.5%", field=field, value=shown)
    if name in ("reach", "churn", "churn_within", "cashable", "build_up") and not 0 <= value <= 1:
        remedy = f"write {value / 100:g}" if 1 < value <= 100 else "write a proportion, so 20% as 0.20"
        return Fault("is not between 0 and 1", remedy, field=field, value=shown)
    return None


def _faults(name: str, value: object) -> list[Fault]:
    if name == "effect":
        return []
    values = value if isinstance(value, tuple) else (value,)
    found = [assumption_fault(name, float(one)) for one in values]
    if not values:
        found.append(Fault("is empty", "give the part of the effect in each period", field=name))
    return [fault for fault in found if fault is not None]
