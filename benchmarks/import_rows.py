"""Five million rows into the store, beside DuckDB's bare reader of the same file: rows a second, ratio, peak memory.

`python benchmarks/import_rows.py [ROWS]`. Each line is a process of its own, run one after another.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

ROWS = 5_000_000
MOST_GIGABYTES = 4.0
JOBS = ("bare read_csv", "import CSV", "import quoted CSV", "bare read_parquet", "import Parquet")


def offences(rows: int, seed: int) -> pl.DataFrame:
    """Make up offences as text, a fifth as many people as rows, one row in a thousand with a day that is none."""
    draw = np.random.default_rng(seed)

    def days(first: int, last: int) -> pl.Series:
        return pl.Series(draw.integers(first, last, rows)).cast(pl.Int32).cast(pl.Date).dt.to_string("%Y-%m-%d")

    frame = pl.DataFrame(
        {
            "offence_id": "O" + pl.Series(np.arange(rows)).cast(pl.String),
            "person_id": "P" + pl.Series(draw.integers(0, max(rows // 5, 1), rows)).cast(pl.String),
            "offence_group": pl.Series(draw.choice(["violence", "theft", "robbery", "breach"], rows)),
            "committed_from": days(15_000, 19_000),
            "recorded_on": days(19_000, 19_500),
            "sanctioned_on": days(19_500, 20_000),
            "sanction": pl.Series(draw.choice(["conviction", "caution"], rows)),
            "area_code": "E0500" + pl.Series(draw.integers(1_000, 2_000, rows)).cast(pl.String),
            "area_vintage": pl.Series(["2018"]).new_from_index(0, rows),
        }
    )
    bad = pl.int_range(pl.len()) % 1000 == 999
    return frame.with_columns(recorded_on=pl.when(bad).then(pl.lit("2023-02-31")).otherwise("recorded_on"))


def make(folder: Path, rows: int) -> None:
    """Write the made-up extracts."""
    frame = offences(rows, seed=1)
    frame.write_csv(folder / "offences.csv")
    frame.write_csv(folder / "quoted.csv", quote_style="always")
    frame.write_parquet(folder / "offences.parquet")
    people = pl.DataFrame({"person_id": "P" + pl.Series(np.arange(max(rows // 5, 1))).cast(pl.String)})
    people.write_csv(folder / "people.csv")


def run(job: str, folder: Path) -> None:
    """Do one job, and print its seconds, rows and peak memory in GB."""
    name = {"import quoted CSV": "quoted.csv"}.get(job, "offences.parquet" if "arquet" in job else "offences.csv")
    if job.startswith("bare"):
        import duckdb

        connection = duckdb.connect(str(folder / f"{job}.duckdb"))
        start = time.perf_counter()
        reader = job.removeprefix("bare ")
        connection.execute(f"CREATE TABLE offence AS SELECT * FROM {reader}('{folder / name}')")
        seconds = time.perf_counter() - start
        rows = connection.execute("SELECT count(*) FROM offence").fetchone()
        print(seconds, rows[0] if rows else 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
        return
    from whatworks.records import DuckDBStore, import_file

    said = {"organisation_id": "police", "as_at": date(2025, 6, 30), "received_on": date(2025, 7, 1)}
    with DuckDBStore(folder / f"{job}.duckdb") as store:
        store.change("INSERT INTO organisation VALUES ('agencies', 1, 'police', 'Police', 'police')")
        import_file(store, folder / "people.csv", table="person", source="people", **said)  # type: ignore[arg-type]
        start = time.perf_counter()
        report = import_file(store, folder / name, table="offence", source="offences", **said)  # type: ignore[arg-type]
        seconds = time.perf_counter() - start
    [block] = report.blocks
    assert (block.kept, block.quarantined) == (block.rows_in - block.rows_in // 1000, block.rows_in // 1000)
    print(seconds, block.rows_in, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


def main() -> int:
    """Print the table; return 1 if an import needs more than 4 GB."""
    if len(sys.argv) > 2:
        run(sys.argv[1], Path(sys.argv[2]))
        return 0
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    most, base = 0.0, 1.0
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), rows)
        print(f"{'':<20}{'seconds':>9}{'rows/s':>12}{'ratio':>8}{'peak GB':>9}")
        for job in JOBS:
            done = subprocess.run([sys.executable, __file__, job, name], capture_output=True, text=True, check=True)
            seconds, counted, memory = (float(text) for text in done.stdout.split())
            base = seconds if job.startswith("bare") else base
            most = max(most, memory if job.startswith("import") else 0.0)
            print(f"{job:<20}{seconds:9.1f}{counted / seconds:12,.0f}{seconds / base:7.1f}x{memory:9.2f}", flush=True)
    return int(most > MOST_GIGABYTES)


if __name__ == "__main__":
    sys.exit(main())
