"""Simulate a contract: what each partner gets, when, after how much outlay, and how much of it is luck."""

from collections.abc import Mapping
from dataclasses import dataclass

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import Assumptions, check_paths
from whatworks.money.futures.benefit import Benefits
from whatworks.money.futures.break_even import BreakEven, break_even
from whatworks.money.futures.cash import Cash, cash
from whatworks.money.futures.chance import Chance, Estimate, mean
from whatworks.money.futures.exit_option import ExitOption, exit_options
from whatworks.money.futures.gaming import Practice, practices
from whatworks.money.futures.luck import Luck
from whatworks.money.futures.paid import Paid, exact_luck, nothing_for_real, paid
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.paths import simulate_paths
from whatworks.money.futures.payer import Payer, payer
from whatworks.money.futures.plan import Plan, plan
from whatworks.money.futures.pooling import NOTHING, Pooling, pooling
from whatworks.money.futures.timeline import timeline
from whatworks.records.progress import Progress, silent

FEWER = 10_000
"""Paths of the parts that walk them many times: break-even and changes of practice."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where one partner stands: its cash, its chances with the assumed effect and without any, and its break-even.

    `benefit` is what the effect is worth to it besides the contract's cash, in pounds over the contract, and
    `break_even_with_benefit` the break-even that counts it; None where the partners' file states no benefit.
    """

    name: str
    cash: Cash
    paid: Paid
    paid_for_nothing: Paid
    exact: Luck | None
    nothing_for_real: Chance | None
    break_even: BreakEven
    benefit: Estimate | None
    break_even_with_benefit: BreakEven | None
    exit_option: ExitOption | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """A contract simulated for its partners. `periods` are the contract's; `paths` and `seed` give the same again."""

    terms: Terms
    assumed: Assumptions
    planned: Plan
    periods: tuple[str, ...]
    positions: tuple[Position, ...]
    payer: Payer
    pooling: tuple[Pooling, ...]
    practices: tuple[Practice, ...]
    remarks: tuple[str, ...]
    paths: int
    seed: int


def simulate(
    terms: Terms,
    partners: Mapping[str, Partner],
    assumed: Assumptions,
    seed: int,
    paths: int,
    progress: Progress = silent,
) -> Simulation:
    """Return the simulation of a contract for these partners."""
    check_paths(paths, seed)
    planned, when = plan(terms, partners, assumed), timeline(terms, partners, assumed.discount)
    effect, few = assumed.effect, min(paths, FEWER)
    with_effect = simulate_paths(terms, planned, effect, seed, paths, progress=progress, step="With the effect")
    no_effect = simulate_paths(terms, planned, NOTHING, seed, paths, progress=progress, step="Nothing changed")
    options = exit_options(terms, planned, when, effect, seed, paths, progress)
    benefits = Benefits.of(terms, partners, planned, when)
    even = break_even(terms, planned, when, seed, few, progress=progress)
    wider = break_even(terms, planned, when, seed, few, benefits, progress) if benefits.any else None
    everyone = tuple(range(len(planned.names)))
    positions = tuple(
        Position(
            name=name,
            cash=cash(with_effect.flows[one], when, one),
            paid=paid(terms, with_effect, one),
            paid_for_nothing=paid(terms, no_effect, one),
            exact=exact_luck(terms, planned, everyone if terms.settled == "pooled" else (one,)),
            nothing_for_real=nothing_for_real(terms, with_effect, one),
            break_even=even[one],
            benefit=mean(benefits.pence(one, with_effect.effect)) if benefits.any else None,
            break_even_with_benefit=wider[one] if wider else None,
            exit_option=options[one] if options else None,
        )
        for one, name in enumerate(planned.names)
    )
    return Simulation(
        terms=terms,
        assumed=assumed,
        planned=planned,
        periods=tuple(one.name or key for key, one in terms.period.items()),
        positions=positions,
        payer=payer(terms, planned, with_effect, assumed.cashable),
        pooling=pooling(terms, planned, when, effect, seed, paths, progress),
        practices=practices(terms, planned, seed, few, progress),
        remarks=tuple(_remarks(terms, partners, assumed, planned)),
        paths=paths,
        seed=seed,
    )


def _remarks(terms: Terms, partners: Mapping[str, Partner], assumed: Assumptions, planned: Plan) -> list[str]:
    """Return what a reader has to know before quoting a figure."""
    found = []
    free = [name for name, one in partners.items() if not one.total_outlay]
    if free:
        found.append(f"No outlay is stated for {', '.join(free)}: break-even and net cash leave out what it spends.")
    uncertain = [
        terms.metric[key].name
        for key in terms.paid_metrics
        if terms.metric[key].cashable_price is None and terms.metric[key].cost_basis in ("average", "unstated")
    ]
    if uncertain:
        found.append(
            f"The terms do not say what cash one fewer frees ({', '.join(uncertain)}): {assumed.cashable:.0%} of the "
            "unit price is taken as cash saved by the payer. An average cost is not cash."
        )
    if "binary" in planned.kinds and max(planned.overdispersion) > 1:
        found.append("Overdispersion does not apply to the count of people with at least one event.")
    if len({"binary", "frequency"} & set(planned.kinds)) == 2:
        found.append("People with an event and their number of events are drawn independently of each other.")
    if assumed.effect.source != "assumed":
        found.append(
            f"The effect is that of an evaluation ({assumed.effect.source}) among the people worked with; reach says "
            "which part of the counted demand is theirs."
        )
    return found
