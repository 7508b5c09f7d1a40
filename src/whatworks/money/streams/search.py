"""Find the cuts that reach a total with the least harm elsewhere, within stated constraints."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from whatworks.money.streams.carrying import CutResult, carry, sources, whole_pounds
from whatworks.money.streams.terms import Option, StreamTerms
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class Search:
    """The least harmful cuts found, beside the same total taken from every option in proportion."""

    harm: str
    total: Fraction
    constraints: tuple[str, ...]
    best: CutResult
    best_harm: Fraction
    even: CutResult
    even_harm: Fraction
    sentence: str


def least_harm(terms: StreamTerms, year: str, total: Decimal, harm: str = "cashable") -> Search:
    """Return the cuts among the file's options that reach `total` with the least harm, exactly.

    `harm` is "cashable" or "economic" (pounds that land on budgets), or an outcome's code (units by the file's
    consequences). Each option is cut in whole steps, up to its most; services close below their minimum; statutory ones
    are borne by their provider; reserves are left alone. A mixed-integer programme, solved to optimality. Refused: no
    options, reserves, a total that no set of whole steps reaches.
    """
    options = [one for one in terms.option if one.year == year]
    _check(terms, year, options, harm)
    bare = terms.model_copy(update={"reserve": ()})
    sizes = [_size(terms, one) for one in options]
    chosen = _solve(bare, year, options, sizes, Fraction(total), harm)
    cuts = {
        (one.stream, one.start): step * Fraction(one.step) for one, step in zip(options, chosen, strict=True) if step
    }
    best = carry(bare, year, cuts)
    ceiling = sum((size * Fraction(one.most) for one, size in zip(options, sizes, strict=True)), Fraction(0))
    part = Fraction(total) / ceiling
    even = carry(
        bare,
        year,
        {(one.stream, one.start): part * size * Fraction(one.most) for one, size in zip(options, sizes, strict=True)},
    )
    found = harm_of(terms, best, harm), harm_of(terms, even, harm)
    unit = "" if harm in ("cashable", "economic") else f" units of {terms.named(harm).name}"
    said = [f"{'' if unit else '£'}{float(one):,.0f}{unit}" for one in found]
    sentence = (
        f"Taking £{whole_pounds(Fraction(total))} with the least harm costs {said[0]} elsewhere; taking it from every "
        f"option in proportion costs {said[1]}."
    )
    return Search(
        harm, Fraction(total), tuple(_constraints(terms, options, sizes)), best, found[0], even, found[1], sentence
    )


def harm_of(terms: StreamTerms, result: CutResult, harm: str) -> Fraction:
    """Return how much harm a cut does, in pounds or in units of an outcome."""
    if harm in ("cashable", "economic"):
        return sum((one.pounds for one in result.landings if not one.saves and one.kind == harm), Fraction(0))
    return sum((one.units or Fraction(0) for one in result.outcomes if one.code == harm), Fraction(0))


def _check(terms: StreamTerms, year: str, options: Sequence[Option], harm: str) -> None:
    if not options:
        years = ", ".join(sorted({one.year for one in terms.option})) or "no year"
        raise Refused(
            Fault(
                "has no options to cut", f"add [[option]] entries; there are some for {years}", field="year", value=year
            )
        )
    outcomes = [one.outcome for one in terms.consequence if one.outcome]
    if harm not in ("cashable", "economic", *outcomes):
        remedy = f"choose cashable, economic{''.join(f', {code}' for code in sorted(set(outcomes)))}"
        raise Refused(Fault("is not a harm that the file's consequences tell", remedy, field="harm", value=harm))
    keys = [(one.stream, one.start) for one in options]
    if len(set(keys)) < len(keys):
        raise Refused(Fault("names one flow twice", "join the two options", field="option"))


def _size(terms: StreamTerms, option: Option) -> Fraction:
    flows = sources(terms, option.year, option.stream, option.start)
    return sum((Fraction(flow.pounds or 0) for flow in flows), Fraction(0))


def _solve(
    terms: StreamTerms, year: str, options: Sequence[Option], sizes: Sequence[Fraction], total: Fraction, harm: str
) -> list[int]:
    """Return how many steps of each option are cut.

    One pound of each option is carried down alone: losses are linear but for the services that close. A service that
    closes loses all it has: one 0-1 variable each.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    bases = [
        carry(terms, year, {(one.stream, one.start): size / 10**9}) for one, size in zip(options, sizes, strict=True)
    ]
    unit = [10**9 / size for size in sizes]
    codes = sorted({loss.code for one in bases for loss in one.services})
    had = {loss.code: loss.had for one in bases for loss in one.services}
    direct = [_direct(one, harm) * by for one, by in zip(bases, unit, strict=True)]
    rates = [
        [
            sum((loss.from_stream + loss.from_match for loss in one.services if loss.code == code), Fraction(0)) * by
            for code in codes
        ]
        for one, by in zip(bases, unit, strict=True)
    ]
    worth = [_per_pound(terms, code, harm) for code in codes]
    steps = [Fraction(one.step) for one in options]
    n, m = len(options), len(codes)
    # variables: steps of each option, effective loss of each service, whether it closes
    cost = (
        [float(value * step) for value, step in zip(direct, steps, strict=True)]
        + [float(one) for one in worth]
        + [0.0] * m
    )
    rows: list[list[float]] = [[float(step) for step in steps] + [0.0] * 2 * m]
    low, high = [float(total)], [float(total)]
    for at, code in enumerate(codes):
        loss = [float(rates[option][at] * steps[option]) for option in range(n)]
        eye = [1.0 if other == at else 0.0 for other in range(m)]
        least = float(max(had[code] - Fraction(terms.named(code).minimum or 0), Fraction(0)))
        budget = float(had[code])
        rows.append([-one for one in loss] + eye + [0.0] * m)  # effective loss is at least the loss
        rows.append([0.0] * n + eye + [-budget * one for one in eye])  # and all of it where the service closes
        rows.append(loss + [0.0] * m + [-(budget - least + 1) * one for one in eye])  # which it does below its minimum
        low += [0.0, 0.0, -np.inf]
        high += [np.inf, np.inf, least]
    most = [int(size * Fraction(one.most) / Fraction(one.step)) for one, size in zip(options, sizes, strict=True)]
    found: Any = milp(
        c=np.array(cost),
        constraints=LinearConstraint(np.array(rows), np.array(low), np.array(high)),
        integrality=np.array([1] * n + [0] * m + [1] * m),
        bounds=Bounds(
            np.zeros(n + 2 * m), np.array([*most, *[float(had[code]) for code in codes], *[1] * m], dtype=float)
        ),
        options={"mip_rel_gap": 0.0},
    )
    if not found.success:
        reach = sum((count * step for count, step in zip(most, steps, strict=True)), Fraction(0))
        remedy = f"the options reach at most £{whole_pounds(reach)}, in whole steps of theirs"
        raise Refused(Fault("cannot be reached", remedy, field="total", value=f"{float(total):,.0f}"))
    return [round(value) for value in found.x[:n]]


def _direct(one: CutResult, harm: str) -> Fraction:
    """Return the harm of a cut that does not pass through a service's loss: what hands bear themselves."""
    bearing = [landing for landing in one.landings if landing.cause in ("own budget", "statute")]
    return sum((landing.pounds for landing in bearing if landing.kind == harm), Fraction(0))


def _per_pound(terms: StreamTerms, code: str, harm: str) -> Fraction:
    said = [one for one in terms.consequence if one.service == code]
    if harm in ("cashable", "economic"):
        return sum((Fraction(one.per_pound or 0) for one in said if one.kind == harm), Fraction(0))
    return sum((Fraction(one.units_per_pound or 0) for one in said if one.outcome == harm), Fraction(0))


def _constraints(terms: StreamTerms, options: Sequence[Option], sizes: Sequence[Fraction]) -> list[str]:
    found = [
        f"{terms.called(one.stream)} from {terms.named(one.start).name}: at most {100 * one.most:g}% of "
        f"£{whole_pounds(size)}, in steps of £{one.step:,}"
        for one, size in zip(options, sizes, strict=True)
    ]
    for node in terms.node:
        if node.minimum is not None:
            found.append(f"{node.name} closes below £{node.minimum:,}")
        if node.statutory:
            found.append(f"{node.name} goes on by statute, whoever pays")
    return [*found, "reserves are left alone"]
