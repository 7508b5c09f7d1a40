"""A simulation or a negotiation as lines for the screen."""

from collections.abc import Iterator

from whatworks.money.futures.negotiation import Negotiation
from whatworks.money.futures.simulate import Position, Simulation
from whatworks.papers.money.amounts import chance_words, estimate_words, percent, pounds
from whatworks.papers.money.negotiation import offer_words, verdict
from whatworks.papers.money.simulation_words import break_even_words, depth_words, headline

WIDTH = 36


def simulation_lines(found: Simulation) -> list[str]:
    """Return a simulation for the screen; each chance and mean with its 95% Monte Carlo interval."""
    lines = [f"{found.terms.name}: {found.paths:,} paths, seed {found.seed}. {headline(found)[0]}"]
    for one in found.positions:
        lines += ["", one.name, *(_line(name, value) for name, value in _position(found, one))]
    lines += ["", found.terms.payer]
    lines += [
        _line("Cash freed by the true effect", estimate_words(found.payer.saved)),
        _line("Paid to the partners", estimate_words(found.payer.paid)),
        _line("Left to the payer", estimate_words(found.payer.net)),
        _line("Pays more than it saves", chance_words(found.payer.worse_off)),
    ]
    lines += _pooling(found)
    lines += ["", "Gain of all partners by changing practice, crime unchanged (5%, 10%, 20% of the count)"]
    for way in found.practices:
        how = "not counted" if way.moved_to is None else f"counted as {way.moved_to}"
        lines.append(_line(f"{way.metric}: {how}", "; ".join(estimate_words(gain) for gain in way.gains)))
    lines += ["", *(f"Note: {remark}" for remark in found.remarks)] if found.remarks else []
    lines.append("In brackets: the 95% Monte Carlo interval. It says nothing of the assumptions.")
    return lines


def negotiation_lines(found: Negotiation) -> list[str]:
    """Return a negotiation for the screen."""
    lines = verdict(found)
    if found.signable:
        lines += ["", "Terms that both sides would sign, checked on fresh paths:"]
        lines += [
            f"  {offer_words(one)}: payer {estimate_words(one.saved)}, worst 5% {estimate_words(one.hardest_estimate)}"
            for one in found.signable
        ]
    stands = found.as_it_stands
    lines += [
        "",
        f"As it stands: payer {estimate_words(stands.saved)}, worst 5% {estimate_words(stands.hardest_estimate)}.",
    ]
    lines.append(
        f"{found.paths:,} paths for each set of terms, seed {found.seed}; 95% Monte Carlo intervals in brackets."
    )
    return lines


def _position(found: Simulation, one: Position) -> Iterator[tuple[str, str]]:
    yield "Outlay", pounds(one.cash.outlay)
    yield "Expected net cash", estimate_words(one.cash.total)
    for year in one.cash.years:
        spread = f"nine in ten {pounds(year.net[0])} to {pounds(year.net[4])}"
        yield f"  {year.label}", f"{estimate_words(year.mean)}, {spread}"
    yield "Worst 5% (expected shortfall)", estimate_words(one.cash.worst)
    yield "Deepest outlay", depth_words(one.cash.depth, found)
    yield "Breaks even at an effect of", break_even_words(one.break_even)
    if one.benefit is not None:
        yield "Outcomes not paid for, worth", estimate_words(one.benefit)
        yield "Breaks even, counting them, at", break_even_words(one.break_even_with_benefit)
    kept = "Keeps all" if found.terms.payment is None else "Paid"
    for name, chance in zip(found.periods, one.paid_for_nothing.periods, strict=False):
        yield f"{kept} for nothing, {name}", chance_words(chance)
    yield f"{kept} for nothing, ever", chance_words(one.paid_for_nothing.any_time)
    if one.exact is not None:
        yield (
            "  exact sums: first, ever, high base",
            f"{percent(one.exact.periods[0])}, {percent(one.exact.any_period)}, {percent(one.exact.high_baseline)}",
        )
    if one.nothing_for_real is not None:
        earns = "Repays for a real effect" if found.terms.payment is None else "Earns nothing for a real effect"
        yield earns, chance_words(one.nothing_for_real)
    if one.exit_option is not None:
        option = one.exit_option
        rule = "never leave" if option.leave_below is None else f"leave below a fall of {percent(option.leave_below)}"
        yield "Worth of the break clause", f"{estimate_words(option.value)}; {rule}"
        yield "  leaves; held up front by then", f"{chance_words(option.leaves)}; {pounds(option.before_break)}"


def _pooling(found: Simulation) -> list[str]:
    if not found.pooling:
        return []
    lines = ["", "Paid for nothing in the first period, alone and pooled"]
    for one in found.pooling:
        says = {True: "raised", False: "lowered", None: "cannot be told apart"}[one.raises_luck]
        lines.append(_line(one.name, f"{chance_words(one.alone.luck)} -> {chance_words(one.pooled.luck)}: {says}"))
    return lines


def _line(name: str, value: str) -> str:
    return f"  {name:<{WIDTH}}  {value}"
