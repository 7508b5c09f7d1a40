"""How often clean readers are asked about, and how often a planted one is, over made-up teams.

`python benchmarks/access.py --looks 200`: teams of readers with levels of their own, busy weeks and days off, whose
counts have a variance of one, two or three times their mean, or one that grows with its square. In each look a reader
reads two, three or five times as much as ever; in its twin nobody does.
"""

import argparse
import sys

import numpy as np

from whatworks.statistics.access.chance import flags_of_poisson_rule
from whatworks.statistics.access.volume import against_colleagues, against_past
from whatworks.statistics.arrays import Floats, Ints
from whatworks.statistics.multiplicity import false_discovery

SIZES = ((100, 10, 13), (40, 20, 26), (20, 5, 9))
"""Readers, of how many a team is, weeks."""
KINDS = (
    ("variance = mean", 1.0, 0.0),
    ("twice the mean", 2.0, 0.0),
    ("three times", 3.0, 0.0),
    ("mean + mean^2/4", 1.0, 0.25),
)
TIMES = (2, 3, 5)


def look(
    rng: np.random.Generator, readers: int, size: int, weeks: int, ratio: float, square: float
) -> tuple[Floats, Ints]:
    """Return weekly counts of clean readers, and their teams."""
    team = np.arange(readers) // size
    busy = np.exp(rng.normal(0, 0.2, (team.max() + 1, weeks)))[team]
    mean = (rng.gamma(2.0, 10.0, (readers, 1)) + 1) * busy
    size_of = 1 / (square + (ratio - 1) / mean) if square + ratio > 1 else np.full(mean.shape, 1e9)
    counts = rng.negative_binomial(size_of, size_of / (size_of + mean)) * (rng.random(mean.shape) > 0.05)
    return counts.astype(float), team


def asked(p: Floats) -> np.ndarray:
    """Return which readers are asked about."""
    return np.asarray(false_discovery(np.where(np.isnan(p), 1.0, p).tolist())) <= 0.05


def main() -> int:
    """Print a line for each kind of counts and size of partnership."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--looks", type=int, default=100)
    looks = parser.parse_args().looks
    print("counts            readers team weeks | any false  by colleagues  Poisson rule flags | power x2   x3   x5")
    for name, ratio, square in KINDS:
        for readers, size, weeks in SIZES:
            rng = np.random.default_rng([2026, readers, int(10 * ratio), int(100 * square)])
            false = colleagues = rule = 0.0
            power = dict.fromkeys(TIMES, 0)
            for _ in range(looks):
                counts, team = look(rng, readers, size, weeks, ratio, square)
                found = against_past(counts, team)
                false += asked(found.p).any()
                seen = (counts > 0).sum(axis=1).astype(float)
                colleagues += asked(against_colleagues(counts.sum(axis=1), seen, team).p).any()
                mean = counts.mean(axis=1)
                rule += sum(flags_of_poisson_rule(1, max(one, 1.0), ratio + square * one) for one in mean)
                usual = counts[0, :-1].sum() / max(1, (counts[0, :-1] > 0).sum())
                for times in TIMES:
                    counts[0, -1] = round(times * usual)
                    power[times] += asked(against_past(counts, team).p)[0]
            shares = "  ".join(f"{power[times] / looks:.2f}" for times in TIMES)
            print(f"{name:17} {readers:7} {size:4} {weeks:5} | {false / looks:9.3f}  {colleagues / looks:13.3f}  "
                  f"{rule / looks:18.1f} |     {shares}", flush=True)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
