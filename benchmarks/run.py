"""Run every benchmark in its own process and print their tables: `make bench`.

`python benchmarks/run.py NAME ...` runs those named. Each prints ratios against a peer measured in the same run. Sizes
are settings of each benchmark; the defaults are those that the documentation quotes.
"""

import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHMARKS = {
    "help": "how long --help takes, beside importing typer",
    "suggest": "what a drafted mapping proposes, beside the hand marks of fifteen made-up exports",
    "reading": "minutes of twenty made-up boards' layouts: precision and recall by field, and what was invented",
    "fuzz": "thousands of mutated extracts: records lost and seeded faults missed",
    "import_rows": "five million rows into the store, beside DuckDB's bare reader",
    "proven_reoffending": "the measure over a million people and 20 million events, beside the bare join and count",
    "pipeline": "extracts to paper for a million people, and where the time goes",
    "plumbing": "20 made-up partnerships from extracts to paper, against their truth",
    "recharge": "Shapley shares and the core for 14 boroughs, every group listed beside it, and exactly for 33",
    "contract_simulation": "a million contract-years of a payment-by-results contract, beside the bare random draw",
    "location": "the p-median at London's size beside a bare integer programme, and 50 sites that cover most need",
    "places": "a million points to wards beside a bare join, Gi* beside the bare product, hot spots where none are",
    "lists": "coverage of a list's retention and dwell over 2,000 small towns, and proposals beside the bare query",
    "access": "how often clean readers are asked about, and how often one who reads twice to five times as much",
    "surveys": "coverage of a survey's interval of a change, and boroughs flagged by a funnel where none differs",
    "displacement": "coverage of a displacement's interval, what is found where nothing is, and rivals that move in",
    "overlap": "coverage of overlap's interval over 2,000 made-up towns, and a million people beside the bare query",
    "linkage": "who is one person: time, memory, precision and recall beside raw Splink's, and on FEBRL",
    "matching": "a million people matched, weighed and compared, beside R's MatchIt (if R is there) and a bare sort",
    "matching_calibration": "coverage of five matching methods over 5,000 made-up studies (--log keeps what is done)",
    "link_doubt": "coverage of intervals where records are joined wrongly, over 500 made-up studies of each kind",
    "first_contact": "coverage of the shares seen after release, and a million people's contacts beside the bare join",
    "waiting": "coverage of intervals of medians with half the cases waiting, and the mean of the finished beside it",
    "calibration": "coverage of the 95% intervals over 2,000 made-up partnerships (an hour; --log keeps what is done)",
}


def main() -> int:
    """Run the benchmarks named on the command line, or all; return 1 if one failed."""
    wanted = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in wanted if name not in BENCHMARKS]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    print(f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}\n")
    failed = 0
    for name in wanted:
        print(f"## {name}: {BENCHMARKS[name]}", flush=True)
        start = time.perf_counter()
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False)
        failed += done.returncode != 0
        print(f"({time.perf_counter() - start:.0f} s)\n", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
