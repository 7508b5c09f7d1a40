"""Boroughs pooled against one alone: the same counts, settled together and each by itself."""

from dataclasses import dataclass

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.chance import Chance, Estimate, mean, worst
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.paid import exact_luck, nothing_for_real, paid
from whatworks.money.futures.paths import Paths, simulate_all_paths
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Timeline
from whatworks.records.progress import Progress, silent

NOTHING = Effect("fixed", (0.0,), "nothing")


@dataclass(frozen=True, slots=True)
class Side:
    """A partner alone, or in the pool: chances in the first period and at any time, and its net cash in pounds.

    `luck` is without any effect, `exact` the exact sum of `luck` where there is one; `nothing` is the chance of
    earning nothing for a real effect.
    """

    luck: Chance
    luck_any: Chance
    exact: float | None
    nothing: Chance | None
    total: Estimate
    worst: Estimate


@dataclass(frozen=True, slots=True)
class Pooling:
    """One partner by itself, and in the pool."""

    name: str
    alone: Side
    pooled: Side

    @property
    def raises_luck(self) -> bool | None:
        """Return whether pooling raises this partner's chance of pay for luck; None where it cannot be told."""
        if self.alone.exact is not None and self.pooled.exact is not None:
            return self.pooled.exact > self.alone.exact
        if self.pooled.luck.low > self.alone.luck.high:
            return True
        return False if self.pooled.luck.high < self.alone.luck.low else None


def pooling(
    terms: Terms,
    planned: Plan,
    when: Timeline,
    effect: Effect,
    seed: int,
    paths: int,
    progress: Progress = silent,
) -> tuple[Pooling, ...]:
    """Return each partner alone and pooled; empty where there is one partner only, or nothing is paid for results."""
    if len(planned.names) < 2 or terms.payment is None:
        return ()
    both = tuple(terms.model_copy(update={"settled": way}) for way in ("each", "pooled"))
    no_effect = simulate_all_paths(
        both, planned, NOTHING, seed, paths, progress=progress, step="Pooled, nothing changed"
    )
    with_effect = simulate_all_paths(
        both, planned, effect, seed, paths, progress=progress, step="Pooled, with the effect"
    )
    together = exact_luck(both[1], planned, range(len(planned.names)))
    found = []
    for one, name in enumerate(planned.names):
        alone = exact_luck(both[0], planned, (one,))
        sides = [
            _side(contract, no_effect[at], with_effect[at], when, one, exact.periods[0] if exact else None)
            for at, (contract, exact) in enumerate(zip(both, (alone, together), strict=True))
        ]
        found.append(Pooling(name, *sides))
    return tuple(found)


def _side(terms: Terms, no_effect: Paths, with_effect: Paths, when: Timeline, one: int, exact: float | None) -> Side:
    lucky = paid(terms, no_effect, one)
    net = with_effect.flows[one].sum(axis=0) - when.outlay[one].sum()
    return Side(
        luck=lucky.periods[0],
        luck_any=lucky.any_time,
        exact=exact,
        nothing=nothing_for_real(terms, with_effect, one),
        total=mean(net),
        worst=worst(net),
    )
