"""Fit a logistic regression without penalty, to the same last digit every time."""

import numpy as np

from whatworks.statistics.arrays import Floats

BLOCK = 4_096
MOST_STEPS = 60


def logistic_fit(design: Floats, outcome: Floats, weights: Floats | None = None) -> Floats:
    """Return the intercept and a coefficient for each column of `design`, which should be standardised.

    Newton's method, each step halved until the likelihood rises; it ends where a step changes no coefficient by 1e-10.
    Where the columns tell the outcomes apart there is no best fit, and the last step is returned: look at the slope.
    `weights` say how many people each row stands for (sampling weights).

    >>> age = np.array([[-1.0], [-1.0], [-1.0], [1.0], [1.0], [1.0]])
    >>> logistic_fit(age, np.array([0.0, 0, 1, 0, 1, 1]))[1].round(6).item()  # log-odds of 2/3
    0.693147
    """
    share = float(np.average(outcome, weights=weights))
    found = np.zeros(design.shape[1] + 1)
    found[0] = np.log(share / (1 - share))
    loss, slope, curve = _likelihood(design, outcome, found, weights)
    for _ in range(MOST_STEPS):
        step = np.linalg.lstsq(curve, slope, rcond=None)[0]
        for _ in range(30):
            lower, next_slope, next_curve = _likelihood(design, outcome, found + step, weights)
            if lower <= loss * (1 + 1e-13):
                break
            step = step / 2
        found = found + step
        loss, slope, curve = lower, next_slope, next_curve
        if float(np.abs(step).max()) < 1e-10:
            break
    return found


def _likelihood(
    design: Floats, outcome: Floats, coefficients: Floats, weights: Floats | None
) -> tuple[float, Floats, Floats]:
    """Return minus the log-likelihood, its slope and its curvature, added up block by block to spare memory."""
    terms = len(coefficients)
    loss, slope, curve = 0.0, np.zeros(terms), np.zeros((terms, terms))
    for start in range(0, len(outcome), BLOCK):
        rows, yes = design[start : start + BLOCK], outcome[start : start + BLOCK]
        linear = coefficients[0] + rows @ coefficients[1:]
        small = np.exp(-np.abs(linear))
        losses = np.log1p(small) + np.maximum(linear, 0.0) - yes * linear
        off = yes - np.where(linear >= 0, 1.0, small) / (1.0 + small)
        root = np.sqrt(small) / (1.0 + small)  # of share x (1 - share)
        if weights is not None:
            part = weights[start : start + BLOCK]
            losses, off, root = part * losses, part * off, np.sqrt(part) * root
        loss += float(losses.sum())
        weighted = rows * root[:, None]
        slope[0] += off.sum()
        slope[1:] += off @ rows
        curve[0, 0] += root @ root
        curve[0, 1:] += root @ weighted
        curve[1:, 1:] += weighted.T @ weighted
    curve[1:, 0] = curve[0, 1:]
    return loss, slope, curve
