"""A simulation in sentences: its headline, and the cells of its tables that are more than a figure."""

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.break_even import BreakEven
from whatworks.money.futures.cash import Depth
from whatworks.money.futures.simulate import Simulation
from whatworks.papers.money.amounts import NONE, chance_words, estimate_words, percent, pounds
from whatworks.records.listing import listed


def headline(found: Simulation) -> list[str]:
    """Return what a member should take away, the most important first."""
    total = sum(one.cash.total.value for one in found.positions)
    losers = [one for one in found.positions if one.cash.total.value < 0]
    many = len(found.positions)
    who = f"{len(losers)} of {many} partners expect to lose" if losers else f"none of {many} partners expects to lose"
    if many == 1:
        who = f"{found.positions[0].name} expects to {'lose' if losers else 'gain'}"
    said = [
        f"With {found.assumed.effect.sentence}, {who}; together they expect {pounds(total)} over the contract, and the "
        f"payer {pounds(found.payer.net.value)}."
    ]
    never = [one.name for one in found.positions if one.break_even.effect is None]
    if never:
        said.append(f"No effect, however large, lets {listed(never)} break even under these terms.")
    for one in found.positions:
        nothing, kept = one.nothing_for_real, found.terms.payment is None
        luck, earns = ("keeps all", "repays") if kept else ("paid", "earns nothing")
        said.append(
            f"{one.name}: expected net cash {estimate_words(one.cash.total)}; worst 5% {pounds(one.cash.worst.value)}; "
            f"{luck} though nothing changed on {chance_words(one.paid_for_nothing.any_time)} of paths"
            + (f"; {earns} for a real effect on {chance_words(nothing)}" if nothing else "")
            + "."
        )
    return said


def break_even_words(found: BreakEven | None) -> str:
    """Return the break-even effect, or none.

    >>> break_even_words(BreakEven(0.1234, 0.12, 0.13, 5.0, 1000))
    '12.3% (12.0% to 13.0%)'
    >>> break_even_words(BreakEven(None, None, None, -38889.9, 1000))
    'none (at best −£38,890)'
    """
    if found is None:
        return "[z]"
    if found.effect is None or found.low is None or found.high is None:
        return f"{NONE} (at best {pounds(found.best)})"
    if found.effect == 0:
        return "0.0%: nothing has to work"
    return f"{percent(found.effect)} ({percent(found.low)} to {percent(found.high)})"


def depth_words(depth: Depth, found: Simulation) -> str:
    """Return how deep a partner is out of pocket, and in which year most often."""
    if depth.bad <= 0:
        return "never out of pocket"
    most = max(range(len(depth.years)), key=lambda year: depth.years[year])
    when = f"year {most + 1} on {percent(depth.years[most], 0)} of paths"
    return f"{pounds(depth.typical)}; worst 5% {pounds(depth.bad)}; {when}"


def method_facts(found: Simulation) -> tuple[tuple[str, str], ...]:
    """Return the assumptions of a simulation, its paths, and how it was worked out, as pairs."""
    return (
        *assumption_facts(found.terms, found.assumed),
        ("Paths and seed", f"{found.paths:,} paths, seed {found.seed}; the same seed gives the same figures"),
        (
            "How",
            "Counts of baseline and test periods are drawn for every path (Poisson, or gamma-Poisson where "
            "overdispersed; people with an event: binomial), and each path is settled to the penny by the contract's "
            "own arithmetic. A partner's own trend, reach, churn and overdispersion take the place of those above.",
        ),
    )


def assumption_facts(terms: Terms, said: Assumptions) -> tuple[tuple[str, str], ...]:
    """Return what is assumed, as pairs."""
    return (
        ("Contract", f"{terms.name} ({terms.id}), settled {terms.settled}"),
        ("Price base", terms.prices),
        ("True effect", f"{said.effect.sentence[2:]} ({said.effect.source}), written {said.effect.words}"),
        ("Reach", f"{percent(said.reach)} of the counted demand comes from the people worked with"),
        ("Build-up", ", ".join(percent(part, 0) for part in said.build_up) + " of the effect, period by period"),
        ("Trend", f"{percent(said.trend)} a year without the scheme"),
        ("Overdispersion", f"variance {said.overdispersion:g} times the mean; 1 is chance alone (Poisson)"),
        (
            "Churn",
            f"{percent(said.churn)} of the people worked with are counted in another area, "
            f"{percent(said.churn_within)} of them by another partner",
        ),
        ("Cashable", f"{percent(said.cashable)} of a unit price, where the terms state no cashable price"),
        ("Discount rate", f"{percent(said.discount)} a year, for the break-even and the break clause"),
    )
