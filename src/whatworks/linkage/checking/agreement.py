"""Say how far two judges agree beyond chance: Cohen's kappa over the pairs that both judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np


@dataclass(frozen=True, slots=True)
class JudgeAgreement:
    """How two judges agree: pairs that both judged, the share on which they agree, and kappa with its 95% interval.

    Kappa is null where both gave one and the same answer throughout: then chance explains all of it.
    """

    judges: tuple[str, str]
    pairs: int
    agreed: float
    kappa: float | None
    low: float | None
    high: float | None


def judge_agreement(judges: tuple[str, str], first: Sequence[str], second: Sequence[str]) -> JudgeAgreement:
    """Return the agreement of two judges' answers to the same pairs, in the same order (at least one pair).

    Kappa is the agreement beyond chance over the most there could be (Cohen 1960); its standard error is that of
    Fleiss, Cohen and Everitt (1969).
    """
    answers = sorted({*first, *second})
    place = {answer: at for at, answer in enumerate(answers)}
    count = np.zeros((len(answers), len(answers)))
    for first_answer, second_answer in zip(first, second, strict=True):
        count[place[first_answer], place[second_answer]] += 1
    share = count / len(first)
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    agreed, chance = float(np.trace(count)) / len(first), float(rows @ columns)
    if chance > 1 - 1e-12:
        return JudgeAgreement(judges, len(first), agreed, None, None, None)
    kappa = (agreed - chance) / (1 - chance)
    half = 1.959964 * _standard_error(share, rows, columns, kappa, chance, len(first))
    return JudgeAgreement(judges, len(first), agreed, kappa, kappa - half, min(1.0, kappa + half))


def _standard_error(
    share: np.ndarray, rows: np.ndarray, columns: np.ndarray, kappa: float, chance: float, n: int
) -> float:
    left = 1 - kappa
    on = np.diag(share) * (1 - (rows + columns) * left) ** 2
    off = share * (columns[:, None] + rows[None, :]) ** 2 * left**2
    variance = on.sum() + off.sum() - np.trace(off) - (kappa - chance * left) ** 2
    return sqrt(max(0.0, float(variance))) / (1 - chance) / sqrt(n)
