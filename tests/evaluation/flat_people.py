"""Small made-up flat files, and the protocols that read them."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat


def people(n: int = 400, seed: int = 1) -> pl.DataFrame:
    """People of whom the older are likelier to be treated and less likely to reoffend, whoever treats them."""
    rng = np.random.default_rng(seed)
    age = rng.integers(18, 60, n)
    treated = rng.random(n) < 1 / (1 + np.exp(-(age - 45) / 12))
    return pl.DataFrame(
        {
            "treated": treated.astype(int),
            "age": age,
            "sex": rng.choice(["female", "male"], n),
            "district": rng.choice(["north", "south"], n),
            "reoffended": (rng.random(n) < 1 / (1 + np.exp((age - 35) / 15))).astype(int),
        }
    )


def content(**sections: dict[str, Any]) -> dict[str, Any]:
    """A protocol's parsed content; each section's keys are put over these."""
    base: dict[str, Any] = {
        "scheme": {"id": "made-up", "name": "Made up", "title": "A made-up scheme"},
        "cohort": {"minimum": 10},
        "comparison": {"covariates": ["age", "sex"]},
        "outcomes": {"primary": "reoffended"},
        "data": {
            "source": "flat",
            "treatment": "treated",
            "as_at": "2025-06-30",
            "outcomes": {"reoffended": {"column": "reoffended", "label": "Reoffending"}},
        },
    }
    for section, keys in sections.items():
        base[section] = {**base.get(section, {}), **keys}
    return base


def protocol(**sections: dict[str, Any]) -> Protocol:
    return check_protocol(content(**sections), "made-up.toml")


def written(folder: Path, frame: pl.DataFrame, name: str = "people.csv") -> Path:
    path = folder / name
    frame.write_csv(path)
    return path


def evaluated(folder: Path, frame: pl.DataFrame, **sections: dict[str, Any]) -> Result:
    asked = protocol(**sections)
    return evaluate_units(asked, flat_units(asked, read_flat(written(folder, frame))))
