"""A million contract-years of the Financial Incentive Model: the simulation beside the bare draw of its random numbers.

The bare draw makes the same numbers with numpy and does nothing with them. The simulation draws, settles each path to
the penny, and works out cash by year, worst 5%, deepest outlay and chances for every partner. The ratio is of processor
time on one thread; the clock is on as many threads as the simulation uses by itself.
"""

import argparse
import sys
import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from whatworks.money.contracts.load import load_terms
from whatworks.money.futures import paths as walking
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.cash import cash
from whatworks.money.futures.draws import CHUNK, streams
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.paid import nothing_for_real, paid
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.plan import Plan, plan
from whatworks.money.futures.timeline import timeline

EFFECT = Effect("fixed", (0.10,))
COUNTS = ("convictions-and-orders", "long-sentences", "other-convictions")
MOST = 3.0
"""The ratio that is promised."""


def bare(planned: Plan, seed: int, number: int) -> int:
    """Draw the same random numbers as the simulation, and only that."""
    drawn = 0
    for start in range(0, number, CHUNK):
        size = min(CHUNK, number - start)
        _, before, after, _ = streams(seed, start // CHUNK)
        for one in range(len(planned.names)):
            over = float(planned.overdispersion[one])
            for metric in range(len(planned.metrics)):
                base = float(planned.baseline[one, metric])
                drawn += counts(before, base, base, over, size)
                for period in range(len(planned.periods)):
                    drawn += counts(after, 0.9 * float(planned.tests[one, period, metric]), base, over, size)
    return drawn


def counts(random: np.random.Generator, mean: float, base: float, over: float, size: int) -> int:
    """Draw one array of counts."""
    if over > 1:
        shape = base / (over - 1)
        random.poisson(random.standard_gamma(shape, size) * (mean / shape), size)
    else:
        random.poisson(mean, size)
    return size


def main() -> int:
    """Print the table; return 1 where the simulation takes more than three times the bare draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contract-years", type=int, default=1_000_000)
    parser.add_argument("--overdispersion", type=float, nargs="*", default=[1.0, 2.0])
    asked = parser.parse_args()
    terms = load_terms("financial-incentive-model-youth", ["payment.share=half-then-all"])
    partners = {
        name: Partner(
            expected=dict(zip(COUNTS, (300 + 20 * at, 40 + at, 250 + 10 * at), strict=True)),
            outlay=(Decimal(30_000), Decimal(30_000)),
        )
        for at, name in enumerate(terms.payees)
    }
    number = asked.contract_years // (len(partners) * len(terms.period))
    many = number * len(partners) * len(terms.period)
    failed = 0
    print(f"{many:,} contract-years: {len(partners)} partners, {len(terms.period)} years, {number:,} paths")
    print(f"{'overdispersion':>14} {'numbers':>12} {'bare draw':>10} {'simulated':>10} {'ratio':>6} {'clock':>8}")
    for over in asked.overdispersion:
        assumed = Assumptions(EFFECT, overdispersion=over)
        planned, when = plan(terms, partners, assumed), timeline(terms, partners, assumed.discount)

        def simulated() -> None:
            found = walking.simulate_paths(terms, planned, EFFECT, 1, number)  # noqa: B023 - called at once
            for one in range(len(partners)):
                cash(found.flows[one], when, one)  # noqa: B023
                paid(terms, found, one)
                nothing_for_real(terms, found, one)

        threads, walking.THREADS = walking.THREADS, 1
        drawn, least = clocked(lambda: bare(planned, 1, number))  # noqa: B023
        _, took = clocked(simulated)
        walking.THREADS = threads
        start = time.perf_counter()
        simulated()
        clock = time.perf_counter() - start
        failed += took / least > MOST
        print(f"{over:>14g} {drawn:>12,} {least:>8.2f} s {took:>8.2f} s {took / least:>6.2f} {clock:>6.2f} s")
    return int(failed > 0)


def clocked(work: Callable[[], int | None]) -> tuple[int, float]:
    """Return what the work returns and its least processor time in seconds over three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        found = work()
        times.append(time.process_time() - start)
    return found or 0, min(times)


if __name__ == "__main__":
    sys.exit(main())
