"""How far people picked at a burst of offending fall back without any help: the model's answer (gamma-Poisson)."""

from dataclasses import dataclass

import numpy as np

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats

PEOPLE, SEED = 60_000, 1


@dataclass(frozen=True, slots=True)
class ModelFall:
    """Of all people the share that is picked, and their mean events in the year of picking and in the next."""

    picked: float
    before: float
    after: float

    @property
    def fall(self) -> float:
        """The share by which they fall with no help at all."""
        return 1 - self.after / self.before


def one_look(a: float, b: float, k: int) -> ModelFall:
    """Return what one look a year gives, where yearly counts are Poisson, their rates gamma(a, b), and `k` are picked.

    Picked is whoever has `k` or more. Whoever had x events is expected to have (a + x) / (b + 1) in the next year.

    >>> found = one_look(0.5, 0.5, 5)
    >>> round(found.picked, 4), round(found.before, 3), round(found.after, 3), round(found.fall, 3)
    (0.0493, 6.689, 4.793, 0.284)
    """
    from scipy.stats import nbinom

    _check(a, b, k)
    share = b / (b + 1)
    picked = float(nbinom.sf(k - 1, a, share))
    before = a / b * float(nbinom.sf(k - 2, a + 1, share)) / picked
    return ModelFall(picked, before, (a + before) / (b + 1))


def many_looks(
    a: float, b: float, k: int, looks: int, years: int, *, people: int = PEOPLE, seed: int = SEED
) -> ModelFall:
    """Return the same where the last year's count is looked at `looks` times a year, for `years` after the first look.

    Picked is whoever reaches `k` for the first time; by simulation. The oftener and the longer one looks, the more
    bursts are caught, and the deeper is the fall.

    >>> 0.37 < many_looks(0.5, 0.5, 5, looks=52, years=5, people=20_000).fall < 0.42
    True
    """
    _check(a, b, k)
    rng = np.random.default_rng(seed)
    rates = rng.gamma(a, 1 / b, people)
    periods = looks * (years + 2)
    events = rng.poisson(rates[:, None] / looks, (people, periods)).astype(np.int32)
    so_far = np.concatenate([np.zeros((people, 1), np.int32), np.cumsum(events, axis=1, dtype=np.int32)], axis=1)
    last_year = so_far[:, looks : looks * (years + 1) + 1] - so_far[:, : looks * years + 1]
    met = last_year >= k
    who = np.flatnonzero(met.any(axis=1))
    if not len(who):
        raise Refused("nobody would be picked", "ask for fewer events, or for more years")
    look = met[who].argmax(axis=1) + looks
    before, after = so_far[who, look] - so_far[who, look - looks], so_far[who, look + looks] - so_far[who, look]
    return ModelFall(len(who) / people, float(before.mean()), float(after.mean()))


def expected_next(counts: Floats, picked: Floats) -> tuple[float, float, float, float]:
    """Return the gamma's a and b fitted by moments to everybody's `counts` of a year, and the mean events of those
    `picked` (their counts of that year) then and in the next.

    >>> a, b, before, after = expected_next(np.array([0, 0, 0, 0, 0, 0, 1, 1, 4, 6.0]), np.array([4, 6.0]))
    >>> round(a, 3), round(b, 3), before, round(after, 3)
    (0.522, 0.435, 5.0, 3.848)
    """
    from whatworks.statistics.places.gamma_poisson import gamma_poisson

    a, b = map(float, gamma_poisson(counts, np.ones(len(counts))).prior)
    before = float(np.mean(picked))
    return a, b, before, (a + before) / (b + 1)


def _check(a: float, b: float, k: int) -> None:
    faults = [
        Fault("must be above zero", "fit it to everybody's counts of a year", field=name)
        for name, value in (("a", a), ("b", b), ("k", k))
        if not value > 0
    ]
    if faults:
        raise Refused(faults)
