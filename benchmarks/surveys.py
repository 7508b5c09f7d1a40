"""How often a survey's interval of a change holds the truth, and how often a funnel flags a borough that is like all.

`python benchmarks/surveys.py [--surveys N] [--funnels N]`. The made-up survey draws four of eight wards in each of
twelve boroughs afresh in every wave, weighs people unequally, and truly rises by nine points once. The funnels have 33
boroughs of 150 to 1,500 people; over-dispersion is planted as shares that vary about one mean: no borough differs.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.stats import binomtest

from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.surveys import RISE, survey_frames
from whatworks.statistics.limits.funnel import EXTREME, funnel
from whatworks.surveys.answers import Answers
from whatworks.surveys.change import difference
from whatworks.surveys.reading import answers_of

BEFORE, AFTER, QUIET = (0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11)
ROLLED = (1, 2, 3, 4)
BOROUGHS, SHARE = 33, 0.3


@dataclass(frozen=True)
class Rate:
    """So many of so many, with the exact binomial 95% interval."""

    what: str
    events: int
    of: int

    @property
    def share(self) -> float:
        """The share."""
        return self.events / self.of

    def __str__(self) -> str:
        ends = binomtest(self.events, self.of).proportion_ci()
        return f"| {self.what} | {100 * self.share:.2f}% ({100 * ends.low:.2f} to {100 * ends.high:.2f}) |"


def made_up(seed: int) -> Answers:
    """Return the answers to the question about confidence of one made-up survey."""
    frames = survey_frames(SimulationSettings(), seed)
    rows = frames["survey_response"].filter(question="confidence").join(frames["survey_wave"], on="wave_id")
    rows = rows.with_columns(borough=pl.col("stratum")).sort("from_date", "wave_id", "respondent_id")
    return answers_of(rows, "confidence", ("very", "fairly"))


def changes(surveys: int) -> list[Rate]:
    """Return how often the intervals of three changes hold the truth, and how often a quiet year shows a change."""
    asked = {
        "a year against the next: nine points": (RISE, AFTER),
        "rolling years that share three quarters": (RISE / 4, ROLLED),
    }
    held, quiet = dict.fromkeys(asked, 0), 0
    for seed in range(1, surveys + 1):
        answers = made_up(seed)
        for name, (truth, late) in asked.items():
            found = difference(answers.sample(sorted({*BEFORE, *late})), BEFORE, late)
            assert found.difference is not None
            held[name] += found.difference.ci_low <= truth <= found.difference.ci_high
        still = difference(answers.sample(QUIET), QUIET[:2], QUIET[2:])
        assert still.difference is not None
        quiet += still.seen
    return [
        *(Rate(f"interval holds the truth, {name}", count, surveys) for name, count in held.items()),
        Rate("a change seen within a year in which nothing changed", quiet, surveys),
    ]


def flags(funnels: int, phi: float) -> Iterator[Rate]:
    """Yield how often boroughs that are alike but for over-dispersion lie outside the limits."""
    rng = np.random.default_rng(int(10 * phi))
    outside = [unit for _ in range(funnels) for unit in _funnel(rng, phi)]
    for words, count in (("99.8%", sum(mark in EXTREME for mark in outside)), ("95%", sum(map(bool, outside)))):
        yield Rate(f"a borough outside the {words} limits, over-dispersion {phi:g}", count, len(outside))


def _funnel(rng: np.random.Generator, phi: float) -> list[str]:
    n = rng.integers(150, 1_500, BOROUGHS)
    spread = np.sqrt((phi - 1) * SHARE * (1 - SHARE) / n)
    events = rng.binomial(n, np.clip(rng.normal(SHARE, spread), 0, 1))
    return [unit.outside for unit in funnel([""] * BOROUGHS, events.tolist(), n.tolist()).units]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--surveys", type=int, default=2_000)
    parser.add_argument("--funnels", type=int, default=1_000)
    asked = parser.parse_args()
    print("| what | share (95% interval) |\n| --- | --- |")
    for rate in (*changes(asked.surveys), *flags(asked.funnels, 1.0), *flags(asked.funnels, 3.0)):
        print(rate, flush=True)


if __name__ == "__main__":
    main()
