"""How often displacement is found where none is, and its interval holds what was planted, over made-up towns.

`python benchmarks/displacement.py --towns 500`: each town has fourteen areas over 48 months, with a season, a shared
trend and counts of a variance one, two or three times their mean. In one the treated area falls by 30% and its
neighbour rises by 15%; in its twin nothing happens. Then towns whose areas have trends of their own: what does a
control leave that was chosen since its trend looked alike, with the interval that allows for it and without? Beside
them, boroughs in which a rival moves in, and does not.
"""

import argparse
import sys
from datetime import date

import numpy as np
import numpy.typing as npt

from whatworks.places import DisplacementTerms, MonthlyCounts, measure_displacement
from whatworks.places.monthly_counts import month_after
from whatworks.records.refusal import Refused
from whatworks.statistics.displacement.controls import rank_controls, trend_doubt, trend_variance
from whatworks.statistics.displacement.dispersion import dispersion
from whatworks.statistics.displacement.ratio_of_ratios import ratio_of_ratios
from whatworks.statistics.displacement.replacement import replacement
from whatworks.statistics.displacement.weighted_difference import weighted_difference

AREAS = tuple(f"A{at:02d}" for at in range(14))
MONTHS = tuple(month_after(date(2021, 1, 1), at) for at in range(48))
START = 36
TERMS = DisplacementTerms(
    title="Town", kinds=("burglary",), begins="2024-01", treated=("A00",), displacement=("A01",), controls=3
)
NAMED = TERMS.model_copy(
    update={
        "control": ("A02", "A03", "A04"),
        "displacement_control": ("A05", "A06", "A07"),
        "chosen_on": date(2023, 12, 1),
    }
)
"""The same with control areas that somebody named beforehand."""
Floats = npt.NDArray[np.float64]


def town(rng: np.random.Generator, phi: float, planted: bool) -> tuple[MonthlyCounts, Floats]:
    """Return a town's counts and their means."""
    season = 1 + 0.2 * np.sin(np.arange(48) * np.pi / 6)
    mean = 30 * rng.uniform(0.9, 1.1, (14, 1)) * season * 0.95 ** (np.arange(48) / 12)
    if planted:
        mean[0, START:] *= 0.7
        mean[1, START:] *= 1.15
    events = rng.poisson(mean) if phi == 1 else rng.negative_binomial(mean / (phi - 1), 1 / phi)
    return MonthlyCounts(("burglary",), AREAS, AREAS, MONTHS, events[None].astype(np.float64)), mean


def of_towns(towns: int, phi: float, terms: DisplacementTerms) -> dict[str, float]:
    """Return shares of towns: what intervals hold, what is found where nothing is, and by Poisson's errors alone."""
    rng = np.random.default_rng([2026, int(10 * phi)])
    held = false = plain = told = refused = 0
    for _ in range(towns):
        for planted in (True, False):
            counts, mean = town(rng, phi, planted)
            try:
                found = measure_displacement(terms, counts)
            except Refused:
                refused += 1
                continue
            if planted:
                held += holds(
                    found.difference.total.ci_low, found.difference.total.ci_high, mean, found.roles, found.scale
                )
                told += found.local == "fell"
            else:
                false += found.moved in ("fell", "rose")
                both = weighted_difference(found.counts, area=found.scale).displacement
                plain += both is not None and both.p < 0.05
    asked = towns - refused / 2
    return {
        "interval holds": held / asked, "displacement found where none is": false / asked,
        "the same with Poisson's errors": plain / asked, "fall told": told / asked, "refused": refused / (2 * towns),
    }  # fmt: skip


def holds(low: float, high: float, mean: Floats, roles: dict[str, tuple[str, ...]], scale: tuple[float, ...]) -> bool:
    """Return whether an interval of the total holds the change of the means."""
    changes = [
        (mean[[AREAS.index(area) for area in areas]].sum(axis=0) / size)[[*range(24, 48)]] @ np.repeat([-1.0, 1.0], 12)
        for areas, size in zip(roles.values(), scale, strict=True)
    ]
    return low <= float(np.array([-1.0, 1.0, -1.0, 1.0]) @ changes) <= high


def of_trends(towns: int, vary: float, earlier: int, areas: int, phi: float = 1.0) -> dict[str, float]:
    """Return how often the ratio's interval holds a planted 0.7 in towns whose areas' trends vary so much a year.

    `vary` is the standard deviation of the logarithm, `earlier` the months before. "without" is the interval that
    takes the nearest trend for the treated area's own; `bias` is what its controls leave (root of the mean square).
    """
    rng = np.random.default_rng([2027, int(100 * vary), earlier, areas, int(phi)])
    since = (np.arange(earlier + 12) - earlier) / 12
    season = 30 * (1 + 0.2 * np.sin(np.arange(earlier + 12) * np.pi / 6))
    held = without = refused = 0
    left = 0.0
    for _ in range(towns):
        trend = rng.normal(0, vary, areas)
        mean = rng.uniform(0.9, 1.1, (areas, 1)) * season * np.exp(trend[:, None] * since)
        mean[0, earlier:] *= 0.7
        events = (rng.poisson(mean) if phi == 1 else rng.negative_binomial(mean / (phi - 1), 1 / phi)).astype(float)
        history = events[:, :earlier]
        ranked = rank_controls(history[0], [str(at) for at in range(1, areas)], history[1:])
        chosen = [int(each.name) for each in ranked if each.alike][:3]
        if not chosen:
            refused += 1
            continue
        both = np.stack([events[chosen].sum(axis=0), events[0]])
        spread = dispersion(both[:, :earlier])
        drift = trend_doubt(history[0], both[0, :earlier], len(chosen), trend_variance(ranked), (12, 12))
        control, treated = ((float(row[-24:-12].sum()), float(row[-12:].sum())) for row in both)
        holds_it = [
            ratio.ci_low <= 0.7 <= (ratio.ci_high or np.inf)
            for adds in (drift, 0.0)
            for ratio in (ratio_of_ratios(treated, control, spread.phi, spread.df, adds),)
        ]
        held, without = held + holds_it[0], without + holds_it[1]
        left += float(trend[0] - trend[chosen].mean()) ** 2
    asked = max(towns - refused, 1)
    return {
        "interval holds": held / asked, "without": without / asked, "bias": (left / asked) ** 0.5,
        "refused": refused / towns,
    }  # fmt: skip


TRENDS = [(vary, earlier, areas, phi) for vary in (0.0, 0.1, 0.2, 0.4) for earlier, areas, phi in
          ((12, 14, 1.0), (24, 14, 1.0), (36, 14, 1.0), (24, 8, 1.0), (36, 14, 2.0))]  # fmt: skip


def of_rivals(boroughs: int, factor: float) -> float:
    """Return the share of boroughs where a rival is found to move in, whose events there become `factor` as many."""
    rng = np.random.default_rng([2026, int(10 * factor)])
    hits = 0
    for _ in range(boroughs):
        counts = rng.poisson([[15.0, 15.0 * factor], [90.0, 90.0]], size=(4, 2, 2))
        season, ward, late = (at.ravel() for at in np.indices(counts.shape))
        many = counts.ravel()
        found = replacement(np.repeat(late == 1, many), np.repeat(ward == 0, many), np.repeat(season, many), (12, 12))
        hits += found.p <= 0.05 and found.observed > found.expected
    return hits / boroughs


def main() -> int:
    """Print the shares; return 1 where an interval holds too little or too much, or too much is found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--towns", type=int, default=500)
    towns = options.parse_args().towns
    wrong = 0
    for phi, terms in [(phi, terms) for phi in (1.0, 2.0, 3.0) for terms in (NAMED, TERMS)]:
        shares = of_towns(towns, phi, terms)
        controls = "named" if terms.control else "chosen by the trend"
        print(
            f"variance {phi:g} times the mean, controls {controls}: "
            + ", ".join(f"{name} {share:.1%}" for name, share in shares.items()),
            flush=True,
        )
        slack = 3 * (0.05 * 0.95 / towns) ** 0.5
        wrong += shares["interval holds"] < 0.95 - slack or shares["displacement found where none is"] > 0.05 + slack
        wrong += terms is NAMED and shares["interval holds"] > 0.95 + slack
    for vary, earlier, areas, phi in TRENDS:
        shares = of_trends(towns, vary, earlier, areas, phi)
        print(
            f"trends vary by {vary:g} a year, {earlier} months before, {areas} areas, variance {phi:g}: "
            + ", ".join(f"{name} {share:.1%}" for name, share in shares.items()),
            flush=True,
        )
        wrong += shares["interval holds"] < 0.93 - 3 * (0.07 * 0.93 / towns) ** 0.5
    for factor in (1.0, 1.5, 2.0):
        share = of_rivals(towns, factor)
        print(f"a rival with {factor:g} times as many events there is found to move in: {share:.1%}")
        wrong += (factor == 1 and share > 0.05) or (factor == 2 and share < 0.9)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
