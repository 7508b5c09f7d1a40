"""An evaluation with all that says how it could be wrong, worked out from made-up people rather than made up itself."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat

LOST = {True: 0.08, False: 0.06}
"""Shares of each group of whom nobody knows whether they reoffended."""


def people(n: int = 1_400, seed: int = 7) -> pl.DataFrame:
    """People of whom those with more convictions are likelier to join; joining takes 18 points off reoffending."""
    rng = np.random.default_rng(seed)
    age, convictions = rng.integers(18, 60, n), rng.poisson(4, n)
    joined = rng.random(n) < 1 / (1 + np.exp(1.6 - 0.12 * (convictions - 4) + 0.02 * (age - 35)))
    risk = 1 / (1 + np.exp(-0.15 * (convictions - 4) + (age - 38) / 20)) - np.where(joined, 0.18, 0.0)
    reoffended = rng.random(n) < np.clip(risk, 0.03, 0.97)
    days = np.where(reoffended, rng.integers(5, 365, n), 365)
    unknown = rng.random(n) < np.where(joined, LOST[True], LOST[False])
    return pl.DataFrame(
        {
            "joined": joined.astype(int),
            "age": age,
            "convictions": convictions,
            "sex": rng.choice(["female", "male"], n, p=[0.2, 0.8]),
            "district": rng.choice(["north", "south"], n),
            "reoffended": pl.Series(reoffended.astype(int)).set(pl.Series(unknown), None),
            "again": reoffended.astype(int),
            "offences": np.where(reoffended, 1 + rng.poisson(0.8, n), 0),
            "days": days,
        }
    )


PROTOCOL: dict[str, Any] = {
    "scheme": {
        "id": "mentors",
        "name": "Mentors at the Gate (made up)",
        "title": "Mentors at the Gate (made up): did it reduce reoffending?",
        "item": "Item 4",
        "decision_sought": "To decide whether mentors are paid for another year.",
        "prepared_for": "The made-up partnership board",
    },
    "cohort": {"population": "men and women released from prison"},
    "comparison": {
        "exact": ["district"],
        "covariates": ["age", "convictions", "sex"],
        "necessary": ["convictions"],
    },
    "outcomes": {"primary": "reoffended", "others": ["offences", "free"], "smallest_worthwhile": 0.05},
    "subgroups": {"planned": ["sex"], "exploratory": ["district"], "search": ["age", "convictions"]},
    "data": {
        "source": "flat",
        "treatment": "joined",
        "as_at": "2025-06-30",
        "window": "within a year of release",
        "labels": {"age": "Age", "convictions": "Previous convictions", "sex": "Sex", "district": "District"},
        "outcomes": {
            "reoffended": {"column": "reoffended", "label": "Reoffending"},
            "offences": {"column": "offences", "label": "Offences per person", "kind": "frequency", "unit": "offences"},
            "free": {"column": "days", "label": "Days free of reoffending", "kind": "days", "event": "again"},
        },
    },
}


@cache
def doubted_again() -> Result:
    """Return the result; its version of the software is held still, so that a release changes no golden file."""
    asked = check_protocol(PROTOCOL, "mentors.toml")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "released.csv"
        people().write_csv(path)
        result = evaluate_units(asked, flat_units(asked, read_flat(path)))
    return result.model_copy(update={"data": result.data.model_copy(update={"code_version": "0.1.0"})})
