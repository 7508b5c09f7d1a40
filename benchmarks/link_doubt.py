"""Does the interval hold the truth when the records are joined wrongly? 500 made-up studies of each kind.

`python benchmarks/link_doubt.py [--runs 500] [--draws 20]`. Each study (seeds 1 to RUNS, fixed in advance) makes up
20,000 people, about 2,080 of them on a scheme that changes nothing. Their convictions lie with the police under another
number. Of some people the police record was taken for theirs and is somebody else's; of some a second record lies with
the court; of some nobody has a record, and they are left out. A model says how sure each pair is, half as unsure as is
true. A clerical sample is drawn and judged, its findings scale the model's doubts, and in each draw records are
joined, measured and weighted anew.

Beside each other: `truth` knows who is who; `ignored` takes the links as they are; `model` believes the model's own
doubts; `calibrated` scales them by the sample. Kinds: `scheme only` is a doubt of 15% in the scheme's people alone (12%
of links are false, 12% have a second record), `equal` one of 3% in everybody that the model states as it is.

Exit status 1 if calibrated intervals hold the truth in fewer than 92% or more than 98% of studies, if over a quarter
of what ignored links do to the mean stays in it (half a point with 3%), or if with 3% equal doubt they are more than
1.05 times as wide as those that ignore it.
"""

import argparse
import sys
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from whatworks.linkage.checking.calibration import Calibration, calibrate
from whatworks.linkage.checking.judged_pairs import JudgedPairs
from whatworks.linkage.clusters.joining import join
from whatworks.linkage.doubt.draws import draw_labels, recalibrated
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs
from whatworks.statistics.rubin import combine_draws

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
Answer = tuple[float, float, float]
"""Estimate, standard error and half the width of the interval."""

PEOPLE = 20_000
OTHERS_RATE = 0.30
OTHERS_BEFORE = 1.5
ELSEWHERE = 0.6
"""The part of a split person's reoffences that lies under the second number."""
THRESHOLD = 0.5
SPLIT_ODDS = (0.05, 0.5)
"""What the model says of a second record: always under the threshold."""
NORMAL = 1.959964
JUDGED = {True: 150, False: 75}
"""Pairs joined, and pairs not joined, that people judged of each group."""
WAYS = ("model", "calibrated")
KINDS = {"scheme only": (0.15, False, 2.0), "equal": (0.03, True, 1.0)}
"""The doubt, whether it is in both groups, and how many times the truth is what the model says."""


@dataclass(frozen=True)
class Records:
    """A study's records: of each person one of the scheme's office, then the police's, then the court's.

    `before` and `reoffended` are of each record; `true_pair` says of each pair whether it is one person's, `scheme` of
    each pair whether it is of somebody on the scheme.
    """

    table: RecordTable
    pairs: ScoredPairs
    true_pair: Flags
    scheme: Flags
    before: Floats
    reoffended: Floats
    treated: Flags
    risk: Floats
    true_before: Floats
    true_reoffended: Floats


def made_up(rng: np.random.Generator, doubt: float, both: bool, times: float) -> Records:
    """Return the records of a study; the scheme takes the riskier and changes nothing."""
    n = PEOPLE
    risk, hidden = rng.normal(size=(2, n))
    before = rng.poisson(np.exp(0.5 + 0.4 * risk)).astype(float)
    treated = rng.random(n) < expit(-2.25 + 0.4 * risk + 0.12 * (before - 2))
    reoffended = (rng.random(n) < expit(-1.0 + 0.35 * risk + 0.25 * hidden + 0.15 * before)).astype(float)
    wrong = np.where(treated | both, 0.4 * doubt, 0.0)
    said_false = np.where(wrong > 0, rng.beta(np.maximum(2 * wrong, 1e-9), 2 * (1 - wrong)), 1e-5)
    false = rng.random(n) < np.minimum(times * said_false, 0.95)
    second = rng.random(n) < wrong / np.mean(SPLIT_ODDS)
    said_split = np.where(second, rng.uniform(*SPLIT_ODDS, n), 0.0)
    own = second & (rng.random(n) < np.minimum(times * said_split, 0.95))
    lost = rng.random(n) < 0.5 * wrong * np.exp(0.5 * hidden) / 1.13
    moved = own & (reoffended == 1) & (rng.random(n) < ELSEWHERE)
    before_moved = np.where(own, rng.binomial(before.astype(int), 0.5), 0)
    others = [rng.poisson(OTHERS_BEFORE, n), rng.random(n) < OTHERS_RATE]
    at_court = [rng.poisson(OTHERS_BEFORE, n), rng.random(n) < OTHERS_RATE]
    police = [np.where(false, others[0], before - before_moved), np.where(false, others[1], reoffended - moved)]
    court = [np.where(own, before_moved, at_court[0]), np.where(own, moved, at_court[1])]
    seen = np.flatnonzero(~lost)
    twice = np.flatnonzero(second & ~lost)
    left, right = np.concatenate([seen, twice]), np.concatenate([n + seen, 2 * n + np.arange(len(twice))])
    said = np.concatenate([np.maximum(1 - said_false[seen], THRESHOLD), said_split[twice]])
    order = np.lexsort((right, left, -said))
    pairs = ScoredPairs.sorted_from(left, right, said)
    return Records(
        _table(n, 2 * n + len(twice)),
        pairs,
        np.concatenate([~false[seen], own[twice]])[order],
        treated[pairs.left],
        np.concatenate([np.zeros(n), police[0], court[0][twice]]),
        np.concatenate([np.zeros(n), police[1], court[1][twice]]),
        treated,
        risk,
        before,
        reoffended,
    )


def _table(people: int, size: int) -> RecordTable:
    agency = np.minimum(np.arange(size) // people, 2).astype(np.int32)
    none = np.full(size, -1, dtype=np.int32)
    names = np.arange(size).astype(str).astype(object)
    return RecordTable(agency, ("office", "police", "the court"), names, none, none, none, {})


def measured(records: Records, label: Ints) -> Answer:
    """Return the answer where records with equal labels are one person's; who has no police record is left out."""
    n = len(records.treated)
    size = len(label)
    before = np.bincount(label, records.before, size)[label[:n]]
    reoffended = (np.bincount(label, records.reoffended, size)[label[:n]] > 0).astype(float)
    known = np.bincount(label[n : 2 * n], minlength=size)[label[:n]] > 0
    return weighted(records.treated[known], np.c_[records.risk, before][known], reoffended[known])


def weighted(treated: Flags, covariates: Floats, reoffended: Floats) -> Answer:
    """Return the effect on the treated, comparisons weighted by the odds of a logistic score (linearised errors)."""
    design = np.c_[np.ones(len(covariates)), covariates]
    beta = np.zeros(design.shape[1])
    for _ in range(8):
        score = expit(design @ beta)
        beta += np.linalg.solve((design.T * (score * (1 - score))) @ design, design.T @ (treated - score))
    odds = np.exp(design @ beta)[~treated]
    ours, theirs = reoffended[treated], reoffended[~treated]
    expected = float(odds @ theirs / odds.sum())
    variance = ours.var() / len(ours) + float(((odds * (theirs - expected)) ** 2).sum() / odds.sum() ** 2)
    return float(ours.mean()) - expected, sqrt(variance), NORMAL * sqrt(variance)


def judge(records: Records, label: Ints, rng: np.random.Generator) -> Calibration:
    """Return what people found in a sample of each group's pairs: half drawn by the model's doubt, half at random."""
    said = records.pairs.probability
    joined = label[records.pairs.left] == label[records.pairs.right]
    rows, weights = [], []
    for of_joined, doubt in ((True, 1 - said), (False, said)):
        for group in (records.scheme, ~records.scheme):
            asked = np.flatnonzero(group & (joined == of_joined))
            if not len(asked):
                continue
            chance = 0.5 * doubt[asked] / doubt[asked].sum() + 0.5 / len(asked)
            sample = rng.choice(len(asked), JUDGED[of_joined], p=chance)
            rows.append(asked[sample])
            weights.append(1 / (chance[sample] * JUDGED[of_joined]))
    pair = np.concatenate(rows)
    same = records.true_pair[pair].astype(float)
    judged = JudgedPairs(said[pair], joined[pair], same, np.concatenate(weights))
    return calibrate(judged, THRESHOLD, (~records.scheme[pair]).astype(np.int16), ("scheme", "others"))


def study(seed: int, kind: str, draws: int, ways: tuple[str, ...] = WAYS) -> dict[str, Answer]:
    """Return the answers of one study, with those ways of believing the model's doubts; the truth is zero."""
    rng = np.random.default_rng([seed, len(kind)])
    records = made_up(rng, *KINDS[kind])
    table, pairs = records.table, records.pairs
    best = join(table, pairs, threshold=THRESHOLD).label
    judged = judge(records, best, rng)
    answers = {
        "truth": weighted(records.treated, np.c_[records.risk, records.true_before], records.true_reoffended),
        "ignored": measured(records, best),
    }
    for way in ways:
        phi, psi = (judged if way == "calibrated" else Calibration.unchecked(("scheme", "others"))).draw(rng, draws)
        found = []
        for draw in range(draws):
            factors = (factor[draw, np.where(records.scheme, 0, 1)] for factor in (phi, psi))
            believed = recalibrated(pairs.probability, THRESHOLD, *factors)
            found.append(measured(records, draw_labels(table, pairs, believed, [seed, draw])))
        both = combine_draws([each[0] for each in found], [each[1] for each in found])
        low, high = both.interval()
        answers[way] = both.estimate, both.se, (high - low) / 2
    return answers


def coverage(answers: list[Answer]) -> float:
    """Return the share of intervals that hold the truth, which is zero."""
    return float(np.mean([abs(estimate) <= half for estimate, _, half in answers]))


def main() -> int:
    """Print a table, and return 1 where an interval does not keep its promise."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--runs", type=int, default=500)
    asked.add_argument("--draws", type=int, default=20)
    wanted = asked.parse_args()
    broken = False
    print("| doubt | links | holds the truth | mean off, points | mean half-width, points |\n|---|---|---|---|---|")
    for kind in KINDS:
        studies = [study(seed, kind, wanted.draws) for seed in range(1, wanted.runs + 1)]
        width: dict[str, float] = {}
        mean: dict[str, float] = {}
        for name in studies[0]:
            answers = [each[name] for each in studies]
            mean[name], width[name] = (100 * float(np.mean([each[part] for each in answers])) for part in (0, 2))
            held = coverage(answers)
            print(f"| {kind} | {name} | {held:.1%} | {mean[name]:+.2f} | {width[name]:.2f} |", flush=True)
            broken |= name == "calibrated" and not 0.92 <= held <= 0.98
        left = abs(mean["calibrated"] - mean["truth"])
        broken |= left > max(0.5 if kind == "equal" else 0, 0.25 * abs(mean["ignored"] - mean["truth"]))
        broken |= kind == "equal" and width["calibrated"] > 1.05 * width["ignored"]
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
