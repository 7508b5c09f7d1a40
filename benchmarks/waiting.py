"""Do intervals of medians hold the truth with half the cases still waiting, and how wrong is the mean of the finished?

Each study has cases that entered evenly over so long a time that half of them wait still on the last day. Waits are
whole days of constant rates, with one way out or with a second that takes a fifth. Beside the coverage of 95% intervals
stands how far the mean of the finished alone lies from the mean of all, and how far it should by arithmetic.
"""

import argparse
from dataclasses import dataclass

import numpy as np

from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
from whatworks.statistics.time.time_to_share import time_to_share

MEAN_DAYS = 90.0
REACH = 1.5936243
"""Entry times over so many mean waits leave half waiting: (1 - exp(-c)) / c is one half."""
SIZES = (40, 100, 400)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of so many studies: how many intervals held the true median, the share waiting, and the finished mean's error."""

    studies: int
    held: float
    open_above: float
    waiting: float
    finished_error: float


def true_median(other: float) -> int:
    """Return the day by which half of all have moved on, where `other` is the share that the second way takes.

    Of waits cut to whole days, (1 - other)(1 - exp(-(d + 1) / mean)) is at least one half.
    """
    return int(np.ceil(-MEAN_DAYS * np.log(1 - 0.5 / (1 - other)))) - 1


def finished_mean_error() -> float:
    """Return by what share the mean of finished cases misses the mean of all: their days weigh (1 - t / c) exp(-t)."""
    c, e = REACH, np.exp(-REACH)
    first, second = 1 - e * (1 + c), 2 - e * (c * c + 2 * c + 2)
    return float((first - second / c) / ((1 - e) - first / c) - 1)


def coverage(studies: int, size: int, other: float, seed: int) -> Coverage:
    """Return what so many studies of `size` cases come to."""
    rng = np.random.default_rng(seed)
    truth, held, above, waiting, errors = true_median(other), 0, 0, 0.0, []
    for _ in range(studies):
        waits = np.floor(rng.exponential(MEAN_DAYS, size))
        seen = np.floor(rng.uniform(0, REACH * MEAN_DAYS, size))
        way = np.where(rng.random(size) < other, 2, 1) * (waits <= seen)
        found = time_to_share(cumulative_incidence(np.minimum(waits, seen), way))
        held += (found.low or 0) <= truth <= (np.inf if found.high is None else found.high)
        above += found.high is None
        waiting += float((way == 0).mean())
        errors.append(float(waits[way > 0].mean()) / MEAN_DAYS - 1)
    return Coverage(studies, held / studies, above / studies, waiting / studies, float(np.mean(errors)))


def main() -> None:
    """Print a row for each number of cases, with one way out and with two."""
    options = argparse.ArgumentParser()
    options.add_argument("--studies", type=int, default=5_000)
    studies = options.parse_args().studies
    print(f"{studies:,} studies a row; by arithmetic the mean of the finished misses by {finished_mean_error():+.1%}\n")
    print(
        "| cases | ways out | waiting still | 95% interval holds the median | no upper limit | finished mean misses |"
    )
    print("|---|---|---|---|---|---|")
    for size in SIZES:
        for other in (0.0, 0.2):
            found = coverage(studies, size, other, seed=size)
            print(
                f"| {size} | {1 + (other > 0)} | {found.waiting:.1%} | {found.held:.1%} | {found.open_above:.1%} | "
                f"{found.finished_error:+.1%} |"
            )


if __name__ == "__main__":
    main()
