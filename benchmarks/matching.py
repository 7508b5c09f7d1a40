"""Matching a million people, beside R's MatchIt and beside sorting their scores: processor times, medians.

`python benchmarks/matching.py [--people 1000000] [--repeats 3] [--rows nearest ...] [--patience 360]`

Made-up people (a fixed seed) have 20 covariates and 3 exact factors, 60 strata; 50,000 of a million are treated, 2,500
where the row says so. Both programs get the same scores, covariates, strata and caliper (0.2 standard deviations), and
return weights and matched sets. Times are of the processor, so that other work on the machine hardly counts: ours the
median of some runs after one that compiles, a sort of the scores in turn with them, R's of one run, each in a process
of its own, ended after PATIENCE seconds of the processor, which then stand for it as the least that a match would have
taken. Without Rscript our times stand alone. Cold start is measured apart. Exit status 1 if a mark is missed.
"""

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))  # as the command line does

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation import Match, check_protocol, evaluate_flat, match, read_flat
from whatworks.statistics.regression.score import propensity_score

Floats = npt.NDArray[np.float64]
COVARIATES = [f"x{j}" for j in range(1, 21)]
FACTORS = {"area": 10, "kind": 3, "sex": 2}
OUTCOMES = {"reoffended": True, "reoffended_2y": True, "offences": False, "custody": True}
MANY, FEW = 20, 400  # of a million, 50,000 and 2,500
MARKS = {
    "nearest, exact strata": (10.0, 3.0),
    "nearest 1:5, exact strata": (10.0, None),
    "nearest, no strata": (1.5, None),
    "radius, few treated": (None, 4.0),
    "radius, many treated": (None, 4.0),
    "coarsened exact": (10.0, None),
    "score": (2.0, None),
    "balance": (10.0, None),
}
"""How many times as fast as R a row has to be, and how many times a sort of the scores it may take."""
LAYOUT = "{:<28} {:>9} {:>10} {:>9} {:>9} {:>8} {:>8} {:>7}  {}"
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Task:
    """Made-up people; `table` holds the scheme, covariates, exact factors, outcomes and the score."""

    table: pl.DataFrame

    def sort(self) -> object:
        """Sort the scores: what a row is held to."""
        return np.argsort(self.table["score"].to_numpy(), kind="stable")

    @property
    def people(self) -> int:
        """How many there are."""
        return self.table.height


def task(people: int, share: int) -> Task:
    """Make people up, one in `share` of them treated."""
    rng = np.random.default_rng(2010)
    values = rng.normal(size=(people, len(COVARIATES)))
    values[:, 14:] = values[:, 14:] > 0.5
    factors = {name: rng.integers(size, size=people) for name, size in FACTORS.items()}
    slopes = np.linspace(0.5, -0.3, len(COVARIATES))
    chance = values @ slopes + 0.1 * factors["area"] + 0.3 * factors["sex"]
    treated = np.zeros(people, dtype=np.bool_)
    treated[np.argsort(-(chance + rng.gumbel(size=people)))[: people // share]] = True
    yes = {name: rng.random(people) < 1 / (1 + np.exp(1.0 - 0.3 * values[:, 0])) for name in OUTCOMES}
    score = propensity_score(values, COVARIATES, treated, "logit").values
    columns = {"scheme": treated, **dict(zip(COVARIATES, values.T, strict=True)), **factors, "score": score, **yes}
    table = pl.DataFrame(columns).with_columns(
        pl.col("offences").cast(pl.Int64) * pl.Series(rng.integers(1, 4, people))
    )
    return Task(table)


def medians(repeats: int, *calls: Callable[[], object]) -> list[float]:
    """Return the median processor time of each call, all threads together; they take turns, under the same load."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(repeats):
        for call, taken in zip(calls, times, strict=True):
            start = time.process_time()
            call()
            taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def ours(row: str, made: Task) -> Callable[[], object]:
    """Return what is timed for a row."""
    few = COVARIATES[:4]

    def nearest(**settings: object) -> Match:
        return match(made.table, treated="scheme", covariates=COVARIATES, distance="score", caliper=0.2, **settings)

    calls: dict[str, Callable[[], object]] = {
        "nearest, exact strata": lambda: nearest(exact=list(FACTORS)),
        "nearest 1:5, exact strata": lambda: nearest(exact=list(FACTORS), ratio=5),
        "nearest, no strata": nearest,
        "radius, few treated": lambda: nearest(method="radius"),
        "radius, many treated": lambda: nearest(method="radius"),
        "coarsened exact": lambda: match(
            made.table, treated="scheme", covariates=few, exact=list(FACTORS), method="cem"
        ),
    }
    if row == "balance":
        found = nearest(exact=list(FACTORS))
        return found.balance
    return calls[row]


def score_task(people: int) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return 30 columns and who is treated, one in twenty."""
    rng = np.random.default_rng(30)
    values = rng.normal(size=(people, 30))
    chance = 1 / (1 + np.exp(3.2 - values @ np.linspace(0.3, -0.3, 30)))
    return values, rng.random(people) < chance


def r_seconds(row: str, columns: dict[str, Floats], terms: int, patience: int) -> tuple[list[float], str]:
    """Return R's processor seconds for a row and the versions; none if it took longer than `patience`."""
    folder = Path(tempfile.mkdtemp())
    try:
        for name, values in columns.items():
            np.asarray(values, dtype=np.float64).tofile(folder / f"{name}.bin")
        people = len(next(iter(columns.values())))
        done = subprocess.run(
            ["Rscript", str(HERE / "matching.R"), row, str(folder), str(people), str(terms)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (patience, patience)),
        )
    finally:
        shutil.rmtree(folder)
    if done.returncode < 0:
        return [], ""
    if done.returncode:
        raise SystemExit(done.stderr)
    lines = done.stdout.strip().splitlines()
    return [float(part) for part in lines[0].split()], lines[-1]


def told(
    row: str, people: int, treated: int, mine: float, sort: float | None, theirs: float | None, ended: bool = False
) -> bool:
    """Print a row; return whether a mark is missed. Where R was `ended`, `theirs` is the least that it would take."""
    faster, sorts = MARKS[row]
    more = "> " if ended else ""
    against = theirs / mine if theirs else None
    beside = mine / sort if sort else None
    missed = (against is not None and faster is not None and against < faster) or (
        beside is not None and sorts is not None and beside > sorts
    )
    marks = [f">= {faster:g}x R" if faster else "", f"<= {sorts:g} sorts" if sorts else ""]
    shown = " and ".join(mark for mark in marks if mark) + (": MISSED" if missed else "")
    print(LAYOUT.format(
        row, f"{people:,}", f"{treated:,}", f"{mine:.3f} s",
        f"{more}{theirs:.1f} s" if theirs else "-", f"{more}{against:.1f}x" if against else "-",
        f"{sort:.3f} s" if sort else "-", f"{beside:.1f}" if beside else "-", shown,
    ), flush=True)  # fmt: skip
    return missed


def matching_rows(rows: list[str], people: int, repeats: int, patience: int, use_r: bool) -> int:
    """Time the rows of matching and balance; return how many miss a mark."""
    missed, versions = 0, ""
    many = task(people, MANY)
    for row in [name for name in rows if name in MARKS and name != "score"]:
        made = task(people, FEW) if "few" in row else many
        call = ours(row, made)
        call()
        mine, sort = medians(repeats, call, made.sort)
        theirs: list[float] = []
        if use_r and "radius" not in row:
            columns = {
                name: made.table[name].cast(pl.Float64).to_numpy()
                for name in ("scheme", "score", *COVARIATES, *FACTORS)
            }
            theirs, versions = r_seconds(row, columns, len(COVARIATES), patience)
        treated = int(made.table["scheme"].sum())
        ended = use_r and "radius" not in row and row != "balance" and not theirs
        missed += told(
            row,
            people,
            treated,
            mine,
            sort if MARKS[row][1] else None,
            theirs[0] if theirs else patience * ended,
            ended,
        )
        if len(theirs) > 1:
            print(f"    (R's summary with all its defaults, pair distances among them: {theirs[1]:.1f} s)")
        if "radius" in row:
            print(f"    (peak memory {memory(made.table.head(people // 2)):.0f} bytes a person for half of these "
                  f"people, {memory(made.table):.0f} for all)", flush=True)  # fmt: skip
    if versions:
        print(f"MatchIt, R, BLAS: {versions}")
    return missed


def memory(table: pl.DataFrame) -> float:
    """Return the peak memory of radius matching in bytes a person, beside the table itself."""
    tracemalloc.start()
    match(table.select("scheme", "score"), treated="scheme", distance="score", caliper=0.2, method="radius")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / table.height


def score_row(people: int, repeats: int, patience: int, use_r: bool) -> int:
    """Time the propensity score beside R's glm; return 1 if its mark is missed."""
    values, treated = score_task(people)
    names = [f"x{j}" for j in range(1, 31)]
    (mine,) = medians(repeats, lambda: propensity_score(values, names, treated))
    theirs: list[float] = []
    if use_r:
        columns = {"scheme": treated, **dict(zip(names, values.T, strict=True))}
        theirs, _ = r_seconds("score", columns, 30, patience)
    return int(told("score", people, int(treated.sum()), mine, None, theirs[0] if theirs else None))


def whole_evaluation(people: int) -> int:
    """Evaluate a flat file by a protocol, every outcome, and bootstrap each; return 1 if it takes over a minute."""
    folder = Path(tempfile.mkdtemp())
    try:
        made = task(people, FEW).table.drop("score").with_columns(pl.col(pl.Boolean).cast(pl.Int64))
        made.write_parquet(folder / "people.parquet")
        asked = check_protocol(protocol(), "made-up.toml")
        clock, start = time.perf_counter(), time.process_time()
        result = evaluate_flat(asked, read_flat(folder / "people.parquet"))
        evaluated = time.process_time() - start
        matched = match(
            made, treated="scheme", covariates=COVARIATES, exact=list(FACTORS), caliper=0.2, link="linear.logit"
        )
        found = [matched.bootstrap(name, runs=1000, seed=1) for name in OUTCOMES]
        taken, wall = time.process_time() - start, time.perf_counter() - clock
    finally:
        shutil.rmtree(folder)
    print(f"whole evaluation, {result.n.treated:,} treated of {people:,}, {len(result.outcomes)} outcomes: "
          f"{evaluated:.1f} s of the processor; with matching again and {len(found)} x {found[0].runs:,} bootstraps of "
          f"{found[0].sets:,} sets {taken:.1f} s ({wall:.0f} s by the clock); mark 60 s")  # fmt: skip
    return int(taken > 60)


def protocol() -> dict[str, object]:
    """Return the protocol of the whole evaluation."""
    columns = {
        name: {"column": name, "label": name, **({} if yes_no else {"kind": "frequency"})}
        for name, yes_no in OUTCOMES.items()
    }
    return {
        "scheme": {"id": "made-up", "name": "Made up", "title": "A made-up scheme"},
        "cohort": {"minimum": 10},
        "comparison": {"covariates": COVARIATES, "exact": list(FACTORS), "caliper": 0.2},
        "outcomes": {"primary": "reoffended", "others": list(OUTCOMES)[1:]},
        "data": {"source": "flat", "treatment": "scheme", "as_at": "2025-06-30", "outcomes": columns},
    }


FIRST = """
import time; clock, start = time.perf_counter(), time.process_time()
import numpy as np, polars as pl
from whatworks.evaluation import match
rng = np.random.default_rng(1)
people = pl.DataFrame({"scheme": rng.random(1000) < 0.2, "age": rng.normal(size=1000)})
match(people, treated="scheme", covariates=["age"], caliper=0.2)
print(time.process_time() - start, time.perf_counter() - clock)
"""


def cold_start() -> None:
    """Print what the first match of a new installation costs, and of a later process, for 1,000 people."""
    with tempfile.TemporaryDirectory() as folder:
        for words in ("compiling", "compiled before"):
            done = subprocess.run(
                [sys.executable, "-c", FIRST],
                env={**os.environ, "NUMBA_CACHE_DIR": folder},
                capture_output=True,
                text=True,
                check=True,
            )
            cpu, wall = (float(part) for part in done.stdout.split())
            print(f"cold start, {words}: {cpu:.1f} s of the processor, imports included ({wall:.1f} s by the clock)")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--patience", type=int, default=360)
    parser.add_argument("--rows", nargs="+", default=[*MARKS, "whole", "cold"], choices=[*MARKS, "whole", "cold"])
    parser.add_argument("--no-r", action="store_true")
    wanted = parser.parse_args()
    use_r = shutil.which("Rscript") is not None and not wanted.no_r
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}, Python "
          f"{platform.python_version()}, numpy {np.__version__}, polars {pl.__version__}")  # fmt: skip
    if not use_r:
        print("R is not run: our times stand alone")
    print(LAYOUT.format("row", "people", "treated", "ours", "R", "faster", "sort", "sorts", "mark"))
    missed = 0
    if any(row in MARKS and row != "score" for row in wanted.rows):
        missed += matching_rows(wanted.rows, wanted.people, wanted.repeats, wanted.patience, use_r)
    if "score" in wanted.rows:
        missed += score_row(wanted.people, wanted.repeats, wanted.patience, use_r)
    if "whole" in wanted.rows:
        missed += whole_evaluation(wanted.people)
    if "cold" in wanted.rows:
        cold_start()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
