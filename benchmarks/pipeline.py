"""Extracts to paper for a million people: how long, how much memory, and where the time goes.

`python benchmarks/pipeline.py [--people 1000000] [--folder DIR]`. Each command runs in its own process, whose processor
time and peak memory the operating system reports; only the processor time means anything while other work runs beside
it. 600,000 people make 20 million lines of extracts, a million make 34 million. The folder takes about three gigabytes
for a million people, while the benchmark runs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from whatworks.records.store import DuckDBStore

LIMIT_GB = 8.0


@dataclass(frozen=True, slots=True)
class Step:
    """What a command took: seconds by the clock and of the processor, and peak memory in gigabytes."""

    wall: float
    cpu: float
    peak: float


def measured(name: str, arguments: list[str]) -> Step:
    """Run a command; print and return what it took."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "whatworks", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    step = Step(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024**2)
    child.returncode = os.waitstatus_to_exitcode(status)
    print(f"{name:<10} {step.wall:>8.0f} s {step.cpu:>8.0f} s {step.peak:>10.2f} GB", flush=True)
    if child.returncode:
        raise SystemExit(f"{name} failed with status {child.returncode}")
    return step


def lines_and_events(store: Path) -> tuple[int, int]:
    """Count the lines of all extracts, and the kept rows that say something happened (all but people and places)."""
    with DuckDBStore(store, read_only=True) as connection:
        lines = connection.rows(
            "SELECT sum(rows_in) FROM (SELECT name, any_value(rows_in) AS rows_in FROM source GROUP BY name)"
        )[0][0]
        events = connection.rows(
            """SELECT sum(rows_kept) FROM source WHERE "table" NOT IN ('person', 'address', 'area')"""
        )[0][0]
    return int(lines), int(events)


def main() -> int:
    """Print the table; return 1 if a step takes 8 GB or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    root = Path(tempfile.mkdtemp(dir=wanted.folder))
    made = str(root / "partnership")
    protocol = f"{made}/protocols/resettlement.toml"
    print(f"{'step':<10} {'clock':>10} {'processor':>10} {'peak memory':>13}")
    try:
        steps = [
            measured("simulate", ["simulate", made, "--people", str(wanted.people)]),
            measured("import", ["import", "--partnership", made]),
            measured("lock", ["protocol", "lock", protocol, "--partnership", made]),
            measured("evaluate", ["evaluate", protocol, "--partnership", made]),
        ]
        extracts = sum(path.stat().st_size for path in Path(made, "extracts").iterdir()) / 1024**3
        store = Path(made, "partnership.duckdb").stat().st_size / 1024**3
        lines, events = lines_and_events(Path(made, "partnership.duckdb"))
    finally:
        shutil.rmtree(root)
    simulate, imported, locked, evaluated = steps
    wall, cpu = (sum(getattr(step, kind) for step in (imported, locked, evaluated)) for kind in ("wall", "cpu"))
    print(f"{lines:,} lines, {events:,} events; extracts {extracts:.2f} GB, store {store:.2f} GB")
    print(f"extracts to paper {wall / 60:.1f} minutes by the clock, {cpu / 60:.1f} of the processor: import")
    print(f"{100 * imported.cpu / cpu:.0f}%, evaluation and paper {100 * evaluated.cpu / cpu:.0f}%")
    return int(max(step.peak for step in (simulate, imported, locked, evaluated)) >= LIMIT_GB)


if __name__ == "__main__":
    sys.exit(main())
