"""Extracts to paper for a million people: how long, how much memory, and where the time goes.

`python benchmarks/pipeline.py [--people 1000000] [--folder DIR]`. Each command runs in its own process, whose peak
memory the operating system reports. The folder takes about three gigabytes for a million people and is removed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_GB = 8.0


def measured(name: str, arguments: list[str]) -> tuple[float, float]:
    """Run a command; print and return its seconds and its peak memory in gigabytes."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "whatworks", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    taken, peak = time.perf_counter() - start, usage.ru_maxrss / 1024**2
    child.returncode = os.waitstatus_to_exitcode(status)
    print(f"{name:<10} {taken:>8.0f} s {peak:>8.2f} GB   status {child.returncode}", flush=True)
    if child.returncode:
        raise SystemExit(f"{name} failed")
    return taken, peak


def main() -> int:
    """Print the table; return 1 if a step takes 8 GB or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    root = Path(tempfile.mkdtemp(dir=wanted.folder))
    made = str(root / "partnership")
    protocol = f"{made}/protocols/resettlement.toml"
    try:
        steps = [
            measured("simulate", ["simulate", made, "--people", str(wanted.people)]),
            measured("import", ["import", "--partnership", made]),
            measured("lock", ["protocol", "lock", protocol, "--partnership", made]),
            measured("evaluate", ["evaluate", protocol, "--partnership", made]),
        ]
        extracts = sum(path.stat().st_size for path in Path(made, "extracts").iterdir()) / 1024**3
        store = Path(made, "partnership.duckdb").stat().st_size / 1024**3
    finally:
        shutil.rmtree(root)
    total = sum(taken for taken, _ in steps[1:])
    print(f"extracts {extracts:.2f} GB, store {store:.2f} GB; extracts to paper {total / 60:.1f} minutes, of which")
    print(f"import {100 * steps[1][0] / total:.0f}%, evaluation and paper {100 * steps[3][0] / total:.0f}%")
    return int(max(peak for _, peak in steps) >= LIMIT_GB)


if __name__ == "__main__":
    sys.exit(main())
