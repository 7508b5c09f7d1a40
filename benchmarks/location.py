"""Siting and covering at London's size: the p-median beside a bare integer programme, and 50 sites that cover most.

The bare programme is what a person who knows `scipy.optimize.milp` would write: the same rows and no checks.
"""

import argparse
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from whatworks.statistics.location.covering import maximal_cover
from whatworks.statistics.location.p_median import p_median


def distances(rng: np.random.Generator, many: int, few: int) -> np.ndarray:
    """Return kilometres between so many places of need and so many sites, over 50 km by 50."""
    need, sites = rng.uniform(0, 50, (many, 2)), rng.uniform(0, 50, (few, 2))
    return np.hypot(*(need[:, None] - sites[None]).transpose(2, 0, 1))


def bare(demand: np.ndarray, away: np.ndarray, sites: int, nearest: float) -> float:
    """Return the least sum of demand times distance, by the programme alone."""
    rows, columns = np.nonzero(away >= nearest)
    pairs, each, many, few = len(rows), np.arange(len(rows)), *away.shape
    at = np.concatenate([rows, many + each, many + each, np.full(few, many + pairs)])
    of = np.concatenate([each, each, pairs + columns, pairs + np.arange(few)])
    value = np.concatenate([np.ones(2 * pairs), -np.ones(pairs), np.ones(few)])
    matrix = csr_array((value, (at, of)), shape=(many + pairs + 1, pairs + few))
    low = np.concatenate([np.ones(many), np.full(pairs, -np.inf), [sites]])
    high = np.concatenate([np.ones(many), np.zeros(pairs), [sites]])
    solved = milp(
        np.concatenate([demand[rows] * away[rows, columns], np.zeros(few)]),
        constraints=LinearConstraint(matrix, low, high),
        integrality=np.concatenate([np.zeros(pairs), np.ones(few)]),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return float(solved.fun)


def main() -> None:
    """Print both, with the ratio of processor seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wards", type=int, default=633)
    parser.add_argument("--places", type=int, default=4_835)
    parser.add_argument("--sites", type=int, default=5)
    asked = parser.parse_args()
    rng = np.random.default_rng(1)
    away, demand = distances(rng, asked.wards, 33), rng.integers(1, 30, asked.wards).astype(float)
    start = time.process_time()
    least = bare(demand, away, asked.sites, 5.0)
    middle = time.process_time()
    found = p_median(demand, away, asked.sites, minimum=5.0)
    end = time.process_time()
    ours, theirs = end - middle, middle - start
    print(f"p-median, {asked.wards} x 33, {asked.sites} sites: {ours:.1f} s, {ours / theirs:.2f}x the bare programme's")
    print(f"  least sum {least:,.1f}, ours {found.distance * demand.sum():,.1f}")
    near, need = distances(rng, asked.places, asked.wards) <= 3.0, rng.integers(0, 50, asked.places).astype(float)
    start = time.process_time()
    cover = maximal_cover(need, near, np.ones(asked.wards), 50)
    took = time.process_time() - start
    print(f"cover, {asked.places:,} x {asked.wards}, 50 sites: {took:.1f} s, {cover.share:.1%} of need")


if __name__ == "__main__":
    main()
