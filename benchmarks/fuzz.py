"""Mutate thousands of extracts in every format: is a record lost, or a seeded fault missed?

`python benchmarks/fuzz.py [SEEDS] [RECORDS]`: one extract a seed and format, of that many records each.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/records"))

from test_fuzz import FORMS, fuzz


def main() -> int:
    """Print a line for each format; return 1 if any record was lost or any fault missed."""
    seeds, records = (int(word) for word in (*sys.argv[1:], "300", "60")[:2])
    print(f"{'format':<22} {'extracts':>9} {'records':>9} {'with a fault missed or a record lost':>37}")
    missed = 0
    for form in FORMS:
        failed = []
        for seed in range(1, seeds + 1):
            with tempfile.TemporaryDirectory() as folder:
                try:
                    fuzz(Path(folder), form, seed, records)
                except Exception as fault:
                    failed.append(f"  seed {seed}: {type(fault).__name__}: {str(fault)[:200]}")
        print(f"{form:<22} {seeds:>9,} {seeds * records:>9,} {len(failed):>37,}", flush=True)
        print("\n".join(failed[:5]), end="\n" if failed else "")
        missed += len(failed)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
