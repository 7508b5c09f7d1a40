"""Do the matching methods' intervals hold the truth 95% of the time? Five methods, three effects, 5,000 studies each.

`python benchmarks/matching_calibration.py [--runs 5000] [--workers N] [--log FILE]`. With a log, each study is written
down as it ends, and a later call goes on from there.

Each study (seeds 1 to RUNS, fixed in advance) makes up 500 people treated and 5,000 who were not. Five covariates
differ between the groups such that a logistic regression is the true score; four of them move the outcome, a yes or no,
along a curve that the estimator does not know. Each person has one draw, with the scheme and without. The same people
are matched five ways by `match()`: nearest (caliper 0.2 standard deviations), with replacement, two comparisons each,
radius, entropy; then `Match.effect` by its defaults. The truth is the mean of what the scheme changed among the treated
people analysed, under their own draws. Every cell stands beside its exact binomial interval over studies.

The honest search looks for a kind of person whom the scheme serves better where it serves all alike. Exit status 1 if a
cell's coverage lies outside 93-97%, a false "significant" outside 4-6%, or the search finds something in more than 6%.
"""

import argparse
import json
import multiprocessing
import os
import platform
import resource
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import expit
from scipy.stats import binomtest

from whatworks.evaluation import Match, match
from whatworks.records import Refused
from whatworks.statistics.pairs.honest_search import honest_search
from whatworks.statistics.pairs.prognostic_score import prognostic_score
from whatworks.statistics.regression.score import propensity_score

Floats = npt.NDArray[np.float64]
Found = dict[str, list[Any]]

TREATED, PEOPLE = 500, 5_500
EFFECTS = ("none", "constant", "varying")
COVARIATES = ("age", "earlier", "need", "drugs", "housed")
METHODS: dict[str, dict[str, Any]] = {
    "nearest": {"caliper": 0.2},
    "nearest, with replacement": {"caliper": 0.2, "replace": True},
    "nearest, 1:2": {"caliper": 0.2, "ratio": 2},
    "radius": {"method": "radius", "caliper": 0.2},
    "entropy": {"method": "entropy"},
}
SEARCHED = ("none", "constant")
ONE_THREAD = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


def made_up(seed: int) -> tuple[pl.DataFrame, dict[str, Floats]]:
    """Return people with an outcome column for each effect, and what each effect changed for each person."""
    rng = np.random.default_rng([3, seed])
    treated = np.arange(PEOPLE) < TREATED
    numbers = rng.normal(size=(PEOPLE, 3)) + treated[:, None] * np.array([-0.4, 0.5, 0.2])
    flags = rng.random((PEOPLE, 2)) < np.where(treated[:, None], [0.45, 0.35], [0.30, 0.45])
    age, earlier, need = numbers.T
    drugs, housed = flags.T.astype(np.float64)
    without = 0.2 + 0.6 * expit(-0.2 - 0.5 * age + 0.8 * earlier + 0.3 * need + 0.5 * drugs)
    within = {
        "none": without,
        "constant": without - 0.08,
        "varying": without - 0.02 - 0.10 * drugs - 0.06 * expit(earlier),
    }
    draw = rng.random(PEOPLE)
    either = {name: ((draw < share).astype(float), (draw < without).astype(float)) for name, share in within.items()}
    table = pl.DataFrame(
        {
            "scheme": treated,
            **dict(zip(COVARIATES, (age, earlier, need, drugs, housed), strict=True)),
            **{name: np.where(treated, *both) for name, both in either.items()},
        }
    )
    return table, {name: yes - no for name, (yes, no) in either.items()}


def study(seed: int, methods: tuple[str, ...] = tuple(METHODS), search: bool = True) -> Found:
    """Return, by cell, the truth, the estimate, its error, its interval and p; or the reason of a refusal."""
    people, changed = made_up(seed)
    scheme = people["scheme"].to_numpy()
    score = propensity_score(people.select(COVARIATES).to_numpy(), COVARIATES, scheme, "logit").values
    found: Found = {}
    for name in methods:
        brought = {} if name == "entropy" else {"distance": score}  # one fit serves the methods; it is match()'s own
        try:
            matched = match(people, treated="scheme", covariates=COVARIATES, **brought, **METHODS[name])
        except Refused as refused:
            found |= {f"{effect}: {name}": [refused.faults[0].problem] for effect in EFFECTS}
            continue
        analysed = scheme & (matched.weights > 0)
        for effect in EFFECTS:
            one = matched.effect(effect)
            truth = float(changed[effect][analysed].mean())
            found[f"{effect}: {name}"] = [truth, one.difference, one.se, one.ci_low, one.ci_high, one.p]
        if name == "nearest" and search:
            found |= {f"{effect}: search": [searched(matched, people, effect, seed)] for effect in SEARCHED}
    return found


def searched(matched: Match, people: pl.DataFrame, effect: str, seed: int) -> bool:
    """Tell whether the honest search finds a kind of person whom the scheme serves better."""
    assert matched.pairs is not None
    ours, theirs = matched.pairs["treated"].to_numpy(), matched.pairs["comparison"].to_numpy()
    outcome = people[effect].to_numpy()
    numbers = people.select(COVARIATES)
    outside = ~matched.treated & (matched.weights == 0)
    score = prognostic_score(outcome, numbers.to_numpy(), outside)
    table = numbers[ours].with_columns(pl.col("drugs", "housed").cast(pl.Boolean))
    expected = score[ours] - score[theirs]
    return honest_search(outcome[ours] - outcome[theirs], table, seed=seed, expected=expected, splits=0).found


def studies(runs: int, workers: int, log: Path | None) -> list[Found]:
    """Return the studies of seeds 1 to `runs`; those in the log are not made again."""
    done: dict[int, Found] = {}
    if log is not None and log.exists():
        for line in log.read_text("utf-8").splitlines():
            entry = json.loads(line)
            done[entry["seed"]] = entry["found"]
    wanted = [seed for seed in range(1, runs + 1) if seed not in done]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for seed, one in zip(wanted, pool.map(study, wanted, chunksize=10), strict=True):
            done[seed] = one
            if log is not None:
                with log.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"seed": seed, "found": one}) + "\n")
    return [done[seed] for seed in range(1, runs + 1) if seed in done]


def share(count: int, total: int) -> str:
    """Return a share with its exact binomial 95% interval."""
    interval = binomtest(count, total).proportion_ci(0.95, "exact")
    return f"{100 * count / total:.1f}% ({100 * interval.low:.1f} to {100 * interval.high:.1f})"


def report(found: list[Found]) -> int:
    """Print a row a cell; return how many miss their mark."""
    missed = 0
    print(f"{'cell':<36} {'runs':>5}  {'interval holds the truth':<24} {'p at or below 0.05':<24} "
          f"{'truth':>7} {'bias':>6} {'sd':>6} {'se':>6}  mark")  # fmt: skip
    for cell in [f"{effect}: {name}" for effect in EFFECTS for name in METHODS]:
        made = np.array([one[cell] for one in found if len(one[cell]) > 1])
        for reason, count in Counter(one[cell][0] for one in found if len(one[cell]) == 1).items():
            print(f"    refused {count}: {reason}")
        truth, estimate, se, low, high, p = made.T
        covered, significant = int(((low <= truth) & (truth <= high)).sum()), int((p <= 0.05).sum())
        off = 100 * (estimate - truth)
        right = 0.93 <= covered / len(made) <= 0.97
        right &= not cell.startswith("none") or 0.04 <= significant / len(made) <= 0.06
        missed += not right
        print(f"{cell:<36} {len(made):>5}  {share(covered, len(made)):<24} {share(significant, len(made)):<24} "
              f"{100 * truth.mean():>7.2f} {off.mean():>6.2f} {off.std():>6.2f} {100 * se.mean():>6.2f}  "
              f"{'met' if right else 'MISSED'}")  # fmt: skip
    for cell in [f"{effect}: search" for effect in SEARCHED]:
        number = sum(one[cell][0] for one in found)
        missed += number / len(found) > 0.06
        print(f"honest search, effect {cell.partition(':')[0]:<9}: finds something in {share(number, len(found))}")
    print("Truth, bias, the standard deviation of the error and the mean standard error are in percentage points.")
    return missed


def main() -> int:
    """Run the cells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report", action="store_true", help="print what the log holds, and run nothing")
    wanted = parser.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # read when a fresh worker imports the libraries
    if wanted.report:
        entries = [json.loads(line) for line in wanted.log.read_text("utf-8").splitlines()]
        return int(report([entry["found"] for entry in entries]) > 0)
    found = studies(wanted.runs, wanted.workers, wanted.log)
    missed = report(found)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"({used.ru_utime + used.ru_stime:.0f} s of the processor, {date.today()}, {platform.machine()})")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
