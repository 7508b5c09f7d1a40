"""Do 95% intervals hold the truth 95% of the time? Thousands of made-up partnerships, each evaluated from measures on.

`python benchmarks/calibration.py [--runs 2000] [--people 5000] [--cells reference no_effect hidden_confounding]`
With `--log FILE` each run is written down as it ends, and a later call goes on from there. With `--keep FOLDER` what
was measured is kept there, a file a partnership, so that another estimator can be tried without measuring again.

Each run makes up a partnership in memory (seeds 1 to RUNS, fixed in advance), measures it, evaluates its scheme by the
protocol that `whatworks simulate` writes, and asks whether the interval of the primary outcome holds the true average
effect among the treated people analysed: the mean of their outcome with the scheme less the mean without it, under
the same draws. Refused runs are counted, with their reasons. With hidden confounding there is no pass mark: the table
says how far coverage falls, and what the papers then say of it. Exit status 1 if coverage in the reference design lies
outside 93-97%.
"""

import argparse
import json
import multiprocessing
import os
import pickle
import sys
import time
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import repeat
from pathlib import Path

import polars as pl
from scipy.stats import binomtest

from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.whole import measure_settings
from whatworks.linkage import link
from whatworks.linkage.records_and_pairs import checked_numbers_sql
from whatworks.measures import prepare
from whatworks.records import DuckDBStore, Refused, load_frames
from whatworks.records.partnership import PartnershipConfig
from whatworks.simulation import SimulationSettings, world
from whatworks.simulation.agencies.records_kept import frames
from whatworks.simulation.folder_text import partnership_text, protocol_text

CELLS = {
    "reference": SimulationSettings(),
    "no_effect": SimulationSettings(effect=1.0),
    "hidden_confounding": SimulationSettings(hidden_confounding=0.5),
    "borough_shocks": SimulationSettings(borough_shocks=0.3),
    "borough_shocks_no_effect": SimulationSettings(borough_shocks=0.3, effect=1.0),
}
ONE_THREAD = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
PRIMARY = "proven_reoffending_1y"


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation beside its truth; `refused` says why there is none."""

    refused: str | None = None
    truth: float = 0.0
    estimate: float = 0.0
    low: float = 0.0
    high: float = 0.0
    p: float = 1.0
    naive: float = 0.0
    analysed: int = 0
    amber_or_red: bool = False
    significant: bool = False


def protocol_of(settings: SimulationSettings) -> Protocol:
    """Return the reference protocol with its primary outcome alone."""
    content = tomllib.loads(protocol_text(settings))
    content["outcomes"]["others"] = []
    content["subgroups"] = {}
    return Protocol.model_validate(content)


@dataclass(frozen=True, slots=True)
class Measured:
    """A made-up partnership from measures on, and each participant's two lives."""

    units: AnalysisSample
    truth: pl.DataFrame


def measured(cell: str, people: int, seed: int, keep: Path | None = None) -> Measured:
    """Make up and measure one partnership, or read what was kept of it; raise `Refused` as measuring does."""
    kept = None if keep is None else keep / f"{cell}-{people}-{seed}.pickle"
    if kept is not None and kept.exists():
        return pickle.loads(kept.read_bytes())
    found = measure(CELLS[cell], people, seed)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.with_suffix(".part").write_bytes(pickle.dumps(found))
        kept.with_suffix(".part").replace(kept)
    return found


def measure(settings: SimulationSettings, people: int, seed: int) -> Measured:
    """Make up and measure one partnership."""
    protocol = protocol_of(settings)
    config = PartnershipConfig.model_validate(tomllib.loads(partnership_text(settings)))
    made_up = world(people, seed, settings)
    with DuckDBStore(None) as store:
        store.change("SET threads = 1")
        load_frames(store, frames(made_up), as_at=settings.as_at)
        link(store)
        wanted = measure_settings(protocol, config)
        prepare(store, wanted)
        units = replace(partnership_units(store, protocol, wanted), periods=None)  # the store closes
        numbered = store.fetch(
            f"SELECT DISTINCT linked_id, pnc AS pnc_id FROM ({checked_numbers_sql()}) JOIN identity "
            "USING (organisation_id, person_id) WHERE pnc IS NOT NULL"
        )
    units = replace(units, people=units.people.join(numbered, on="linked_id", how="left", maintain_order="left"))
    truth = made_up.truth.with_columns(pnc_id=pl.col("pnc_id").str.replace_all("[^A-Z0-9]", ""))
    return Measured(units, truth.filter(pl.col("pnc_id").is_in(shared_number(units.people)["pnc_id"].to_list())))


def shared_number(people: pl.DataFrame) -> pl.DataFrame:
    """Return the shared number of each person, without signs."""
    return people.select(pl.col("pnc_id").str.replace_all("[^A-Z0-9]", ""))


def run(cell: str, people: int, seed: int, keep: Path | None = None) -> Run:
    """Make up, measure and evaluate one partnership."""
    protocol = protocol_of(CELLS[cell])
    try:
        found = measured(cell, people, seed, keep)
        units = found.units
        result = evaluate_units(protocol, units, extras=False)
    except Refused as refused:
        return Run(refused=refused.faults[0].problem)
    treated = units.treated & (match_sample(protocol, units).matched.weights > 0)
    linked = shared_number(units.people.filter(pl.Series(treated)))
    analysed = linked.join(found.truth, on="pnc_id")
    assert analysed.height == linked.height == result.n.treated, (analysed.height, linked.height, result.n.treated)
    outcome = result.outcomes[0]
    everyone = units.outcomes[PRIMARY].cast(pl.Float64)
    raw = pl.Series(units.treated)
    mean = analysed.select((pl.col(f"y1_{PRIMARY}").cast(pl.Float64) - pl.col(f"y0_{PRIMARY}")).mean()).item()
    return Run(
        truth=mean,
        estimate=outcome.difference,
        low=-1.0 if outcome.ci_low is None else outcome.ci_low,
        high=1.0 if outcome.ci_high is None else outcome.ci_high,
        p=outcome.p,
        naive=everyone.filter(raw).mean() - everyone.filter(~raw).mean(),
        analysed=analysed.height,
        significant=str(outcome.verdict).startswith("significant"),
        amber_or_red=any(row.band != "green" for row in result.balance),
    )


def runs_of(cell: str, people: int, count: int, workers: int, log: Path | None, keep: Path | None) -> list[Run]:
    """Return the runs of a cell, seeds 1 to `count`; those in the log are not run again."""
    done: dict[int, Run] = {}
    if log is not None and log.exists():
        for line in log.read_text("utf-8").splitlines():
            entry = json.loads(line)
            if (entry["cell"], entry["people"]) == (cell, people):
                done[entry["seed"]] = Run(**entry["run"])
    wanted = [seed for seed in range(1, count + 1) if seed not in done]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, fresh) as pool:
        found = pool.map(run, repeat(cell), repeat(people), wanted, repeat(keep))
        for seed, one in zip(wanted, found, strict=True):
            done[seed] = one
            if log is not None:
                with log.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"cell": cell, "people": people, "seed": seed, "run": asdict(one)}) + "\n")
    return [done[seed] for seed in range(1, count + 1)]


def share(count: int, total: int) -> str:
    """Return a share with its exact binomial 95% interval."""
    interval = binomtest(count, total).proportion_ci(0.95, "exact")
    return f"{100 * count / total:5.1f}% ({100 * interval.low:.1f} to {100 * interval.high:.1f})"


def report(cell: str, runs: list[Run]) -> float:
    """Print a cell's table; return its coverage."""
    done = [one for one in runs if one.refused is None]
    refused = Counter(one.refused for one in runs if one.refused is not None)
    print(f"### {cell}: {len(runs)} runs, {len(done)} evaluated, {sum(refused.values())} refused")
    for reason, count in refused.most_common():
        print(f"    refused {count}: {reason}")
    if not done:
        return 0.0
    covered = sum(one.low <= one.truth <= one.high for one in done)
    mean = {name: sum(getattr(one, name) for one in done) / len(done) for name in ("truth", "estimate", "naive")}
    false_alarms = sum(one.p <= 0.05 and one.estimate > 0 for one in done)
    print(f"    intervals that hold the truth  {share(covered, len(done))}")
    print(f"    p at or below 0.05             {share(sum(one.p <= 0.05 for one in done), len(done))}")
    print(f"    verdicts of 'significant'      {share(sum(one.significant for one in done), len(done))}")
    print(f"    'significant increase'         {share(false_alarms, len(done))}")
    print(f"    mean truth {100 * mean['truth']:.2f} pp, mean estimate {100 * mean['estimate']:.2f} pp, "
          f"mean naive difference {100 * mean['naive']:.2f} pp")  # fmt: skip
    print(f"    treated people analysed, mean  {sum(one.analysed for one in done) / len(done):.0f}")
    print(f"    papers with an amber or red balance row  {share(sum(one.amber_or_red for one in done), len(done))}")
    if cell == "hidden_confounding":
        print("    What such a paper says: nothing in the data shows it. Balance on what is recorded is as good as in")
        print("    the reference; the paper's caveat is that people alike on the record may differ in what is not.")
    return covered / len(done)


def main() -> int:
    """Run the cells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--cells", nargs="+", choices=CELLS, default=["reference", "hidden_confounding"])
    parser.add_argument("--log", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # read when a fresh worker imports the libraries
    failed = False
    for cell in wanted.cells:
        start = time.perf_counter()
        runs = runs_of(cell, wanted.people, wanted.runs, wanted.workers, wanted.log, wanted.keep)
        coverage = report(cell, runs)
        failed |= cell == "reference" and not 0.93 <= coverage <= 0.97
        print(f"    ({time.perf_counter() - start:.0f} s, as of {date.today()})\n", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
