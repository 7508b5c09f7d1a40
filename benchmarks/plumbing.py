"""Twenty made-up partnerships, from extracts to paper, each beside its truth: is the whole corridor sound?

`python benchmarks/plumbing.py [--runs 20] [--people 6000]`. Seeds are 1 to RUNS. Every run goes through files:
extracts, import, quarantine, linkage, measures, match, paper. Exit status 1 if one fails or writes no paper.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run the demos and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--people", type=int, default=6000)
    wanted = parser.parse_args()
    failed = covered = 0
    print("seed     kept  set aside   estimate  (95% interval)        truth  held")
    for seed in range(1, wanted.runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            call = ["demo", f"{folder}/demo", "--people", str(wanted.people), "--seed", str(seed), "--json"]
            done = subprocess.run(
                [sys.executable, "-m", "whatworks", *call], capture_output=True, text=True, check=False
            )
            if done.returncode or not Path(json.loads(done.stdout)["paper"]).is_file():
                failed += 1
                print(f"{seed:>4}  failed with status {done.returncode}: {done.stderr.strip().splitlines()[-1]}")
                continue
            told = json.loads(done.stdout)
        found, truth, rows = told["estimate"], told["truth"]["effect"], told["rows"]
        held = found["ci_low"] <= truth <= found["ci_high"]
        covered += held
        figures = [100 * found[name] for name in ("difference", "ci_low", "ci_high")]
        print(
            f"{seed:>4} {rows['kept']:>8} {rows['quarantined']:>10}   {figures[0]:>+8.1f}  "
            f"({figures[1]:+5.1f} to {figures[2]:+5.1f})   {100 * truth:>+8.1f}  {'yes' if held else 'no'}",
            flush=True,
        )
    print(f"{wanted.runs - failed} of {wanted.runs} ran; the interval held the truth in {covered}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
