"""Do intervals hold the truth, and verdicts stay quiet without an effect, where a scheme is given to a few areas?

`python benchmarks/areas.py [--studies 1000] [--evaluations 40]`

Areas differ by a shock of standard deviation 0.3 on the log-odds scale. Each study is made up from a seed fixed in
advance; the truth is the mean effect on the people treated, given the shocks. Studies are estimated by the rule for
schemes by area on everybody; some dozens are whole evaluations, matching and all. `by person` is the interval that
takes people for independent. Exit status 1 where coverage lies outside 93-97.5% or false verdicts exceed 5% beyond
what chance explains (the exact binomial interval).
"""

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from scipy.stats import binomtest

from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.statistics.areas.design import area_design
from whatworks.statistics.areas.effect import area_effect
from whatworks.statistics.areas.given import given_by_area
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.verdict import verdict_of

SHOCKS = 0.3
CELLS = {
    "4 v 4, equal": ([100] * 8, 4),
    "4 v 4, 20 30 50 500": ([20, 30, 50, 500] * 2, 4),
    "4 v 4, 20 30 50 60": ([20, 30, 50, 60] * 2, 4),
    "4 v 4, one side uneven": ([20, 30, 50, 500, 100, 100, 100, 100], 4),
    "2 v 6, equal": ([100] * 8, 2),
    "6 v 6, equal": ([60] * 12, 6),
    "6 v 6, 20 30 50 500": ([20, 30, 50, 500] * 3, 6),
    "5 v 7, uneven": ([100, 70, 80, 70, 70, 80, 90, 70, 90, 80, 90, 80], 5),
}
SPEC = OutcomeSpec("again", "Reoffending", "yes_no", "share of people")
PROTOCOL = {
    "scheme": {"id": "s", "name": "s", "title": "s"},
    "cohort": {"minimum": 10},
    "comparison": {"covariates": ["age", "before"], "caliper": 0.2},
    "outcomes": {"primary": "again"},
    "data": {
        "source": "flat",
        "treatment": "treated",
        "as_at": "2025-06-30",
        "outcomes": {"again": {"column": "again", "label": "Reoffending"}},
    },
}


@dataclass(frozen=True, slots=True)
class Study:
    """People in areas, and the effect of the scheme on each."""

    units: AnalysisSample
    effects: np.ndarray


def study(sizes: list[int], with_it: int, effect: float, seed: int) -> Study:
    """Make up one study; the areas with the scheme are the first ones, and shocks know nothing of it."""
    rng = np.random.default_rng(seed)
    area = np.repeat(np.arange(len(sizes)), sizes)
    treated = area < with_it
    people = rng.normal(size=(len(area), 2))
    log_odds = -0.4 + people @ [0.5, 0.3] + rng.normal(0, SHOCKS, len(sizes))[area]
    without, within = (1 / (1 + np.exp(-(log_odds - shift))) for shift in (0.0, effect))
    again = (rng.random(len(area)) < np.where(treated, within, without)).astype(float)
    names = [f"A{place:02d}" for place in area]
    rows = np.arange(len(area))
    units = AnalysisSample(
        people=pl.DataFrame({"unit": rows, "treated": treated, "person": rows, "area": names}),
        covariates=pl.DataFrame({"age": people[:, 0], "before": people[:, 1]}),
        outcomes=pl.DataFrame({"again": again}),
        specs=(SPEC,),
        as_at=date(2025, 6, 30),
    )
    return Study(units, within - without)


def estimated(made: Study) -> tuple[bool, bool, bool, bool, bool]:
    """Return whether the interval covers, the verdict tells, it was inverted, and the first two by person."""
    units, names = made.units, ("age", "before")
    design = Design(units.covariates.to_numpy(), names, names)
    everybody, outcome = Matched(np.ones(units.size), None), units.outcomes["again"].to_numpy()
    areas = area_design(units.people, given_by_area(units.people))
    found = area_effect(areas, outcome, units.treated, everybody, design, design.matrix, yes_no=True)
    person = matched_effect(outcome, units.treated, everybody, design, yes_no=True)
    truth = float(made.effects[units.treated].mean())
    return (
        found.ci_low <= truth <= found.ci_high,
        verdict_of(found).startswith("significant"),
        found.areas is not None and found.areas.interval == "inverted",
        person.ci_low <= truth <= person.ci_high,
        verdict_of(person).startswith("significant"),
    )


def evaluated(made: Study) -> tuple[bool, bool]:
    """Return whether a whole evaluation's interval covers, and whether its verdict tells."""
    protocol = check_protocol(PROTOCOL, "made-up.toml")
    outcome = evaluate_units(protocol, made.units, extras=False).outcomes[0]
    analysed = made.units.treated & match_sample(protocol, made.units).matched.used
    low, high = outcome.ci_low, outcome.ci_high
    truth = float(made.effects[analysed].mean())
    covers = (low is None or low <= truth) and (high is None or truth <= high)
    return covers, str(outcome.verdict).startswith("significant")


def share(flags: list[bool]) -> str:
    """Return a share with its exact binomial 95% interval."""
    ends = binomtest(sum(flags), len(flags)).proportion_ci(0.95, "exact")
    return f"{100 * np.mean(flags):.1f}% ({100 * ends.low:.1f} to {100 * ends.high:.1f})"


def failed(covers: list[bool], tells: list[bool], no_effect: bool) -> bool:
    """Tell whether a cell breaks its promise beyond what chance explains."""
    ends = binomtest(sum(covers), len(covers)).proportion_ci(0.95, "exact")
    alarms = binomtest(sum(tells), len(tells)).proportion_ci(0.95, "exact")
    return bool(ends.high < 0.93 or ends.low > 0.975 or (no_effect and alarms.low > 0.05))


def main() -> int:
    """Run every cell without an effect and with one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--evaluations", type=int, default=40)
    wanted = parser.parse_args()
    broken = False
    print("| areas | effect | covers | 'significant' | inverted | by person: covers | by person: 'significant' |")
    print("|---|---|---|---|---|---|---|")
    start = time.perf_counter()
    for name, (sizes, with_it) in CELLS.items():
        for effect in (0.0, 0.3):
            rows = [estimated(study(sizes, with_it, effect, seed)) for seed in range(wanted.studies)]
            covers, tells, inverted, person, person_tells = (list(column) for column in zip(*rows, strict=True))
            broken |= failed(covers, tells, effect == 0.0)
            print(f"| {name} | {effect:g} | {share(covers)} | {share(tells)} | {100 * np.mean(inverted):.0f}% | "
                  f"{100 * np.mean(person):.1f}% | {100 * np.mean(person_tells):.1f}% |", flush=True)  # fmt: skip
    print(f"\nWhole evaluations ({wanted.evaluations} a cell, no effect):")
    for name in ("4 v 4, equal", "4 v 4, 20 30 50 500"):
        whole = [evaluated(study(*CELLS[name], 0.0, 10_000 + seed)) for seed in range(wanted.evaluations)]
        covers, tells = ([row[j] for row in whole] for j in (0, 1))
        print(f"  {name}: covers {share(covers)}, 'significant' {share(tells)}", flush=True)
    print(f"({time.perf_counter() - start:.0f} s)")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
