"""The same data give the same last digit whatever the number of cores: linear algebra runs on one thread."""

import os
import subprocess
import sys

DECOMPOSE = """
import hashlib, whatworks.cli
import numpy as np
q, r = np.linalg.qr(np.random.default_rng(1).normal(size=(30_000, 40)))
print(hashlib.sha256(q.tobytes() + r.tobytes()).hexdigest())
"""


def _digest(threads: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DECOMPOSE],
        env=os.environ | {"OPENBLAS_NUM_THREADS": threads, "MKL_NUM_THREADS": threads},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_regression_over_many_people_does_not_depend_on_the_number_of_threads_allowed() -> None:
    """Without the setting two threads and one differ in the last digits (on a machine with two cores or more)."""
    assert _digest("2") == _digest("1")
