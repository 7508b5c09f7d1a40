"""What the break clause is worth to a partner: leaving when the first results say so, against having to stay."""

from dataclasses import dataclass

import numpy as np

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.cash import discounted
from whatworks.money.futures.chance import Chance, Estimate, chance, mean, worst
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.paths import simulate_paths
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Pence, Timeline, years_after
from whatworks.records.progress import Progress, silent
from whatworks.statistics.arrays import Floats

CANDIDATES = 100
"""How many rules of the form "leave if the fall so far is below x" are tried."""


@dataclass(frozen=True, slots=True)
class ExitOption:
    """The value of a break clause in pounds of expected discounted net cash, by the best rule that was found.

    The rule: leave if the priced demand has fallen by less than `leave_below` by the break (None: never leave). It is
    chosen on one half of the paths and valued on the other, so it is not flattered by chance. `repaid` is the expected
    repayment at the end of who has to stay, `before_break` what has been received up front by the break.
    """

    leave_below: float | None
    leaves: Chance
    value: Estimate
    staying: Estimate
    choosing: Estimate
    worst_staying: Estimate
    worst_choosing: Estimate
    before_break: float
    repaid: Estimate


def exit_options(
    terms: Terms, planned: Plan, when: Timeline, effect: Effect, seed: int, paths: int, progress: Progress = silent
) -> tuple[ExitOption, ...]:
    """Return what the break clause is worth to each partner; empty where the contract has none."""
    if terms.break_clause is None:
        return ()
    everyone = np.ones((len(planned.names), paths), dtype=np.bool_)
    stay = simulate_paths(terms, planned, effect, seed, paths, progress=progress, step="Staying to the end")
    leave = simulate_paths(
        terms, planned, effect, seed, paths, left=everyone, progress=progress, step="Leaving at the break"
    )
    start = next(iter(terms.period.values())).first
    at = years_after(start, terms.break_clause.on)
    before = list(terms.period).index(terms.break_clause.after)
    ones = np.ones(paths, dtype=np.int64)
    return tuple(
        _option(
            stay.falls[one, : before + 1].mean(axis=0),
            discounted(stay.flows[one], when, one),
            discounted(leave.flows[one], when, one, ones, at),
            stay.flows[one][[flow.kind == "repayment" for flow in terms.flows]].sum(axis=0),
            _held(terms, planned.names[one]),
        )
        for one in range(len(planned.names))
    )


def best_rule(seen: Floats, stay: Pence, leave: Pence) -> float | None:
    """Return the fall below which leaving is better on average over these paths; None where staying always is.

    >>> best_rule(np.array([0.0, 0.1, 0.2, 0.3]), np.array([-9, -9, 9, 9]), np.zeros(4, dtype=np.int64))
    0.2
    """
    order = np.argsort(seen, kind="stable")
    gained = np.concatenate([[0.0], np.cumsum((leave - stay)[order], dtype=np.float64)])
    edges = np.concatenate([seen[order], [np.inf]])
    places = np.unique(np.concatenate([np.linspace(0, seen.size, CANDIDATES + 1).astype(np.int64), _steps(edges)]))
    best = places[int(np.argmax(gained[places]))]
    return None if best == 0 else float(edges[best])


def _steps(edges: Floats) -> Pence:
    """Return every place where few paths make trying all of them cheap."""
    found: Pence = np.arange(edges.size if edges.size <= CANDIDATES else 0)
    return found


def _option(seen: Floats, stay: Pence, leave: Pence, repaid: Pence, before: float) -> ExitOption:
    half = seen.size // 2
    rule = best_rule(seen[:half], stay[:half], leave[:half])
    seen, stay, leave = seen[half:], stay[half:], leave[half:]
    gone = np.zeros(seen.size, dtype=np.bool_) if rule is None else seen < rule
    chosen = np.where(gone, leave, stay)
    return ExitOption(
        leave_below=rule if rule is None or np.isfinite(rule) else 1.0,
        leaves=chance(int(gone.sum()), gone.size),
        value=mean(chosen - stay),
        staying=mean(stay),
        choosing=mean(chosen),
        worst_staying=worst(stay),
        worst_choosing=worst(chosen),
        before_break=before,
        repaid=mean(-repaid),
    )


def _held(terms: Terms, payee: str) -> float:
    clause = terms.break_clause
    if clause is None:
        return 0.0
    return float(sum(one.amount for one in terms.up_front if one.on <= clause.on and one.payee in (None, payee)))
