"""Made-up people who live in areas, with a scheme that some areas got."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.units import AnalysisSample

SPEC = OutcomeSpec("again", "Reoffending", "yes_no", "share of people")


def people_of(
    sizes: list[int], with_it: int, *, effect: float = 0.0, shocks: float = 0.3, seed: int = 1, within: bool = False
) -> AnalysisSample:
    """People of areas of these sizes, the first of which have the scheme; `within`: a third of every area has it."""
    rng = np.random.default_rng(seed)
    area = np.repeat(np.arange(len(sizes)), sizes)
    treated = rng.random(len(area)) < 1 / 3 if within else area < with_it
    age = rng.integers(18, 60, len(area)).astype(float)
    sex = rng.choice(["F", "M"], len(area), p=[0.3, 0.7])
    log_odds = -0.3 - 0.03 * (age - 38) + rng.normal(0, shocks, len(sizes))[area] - effect * treated
    again = (rng.random(len(area)) < 1 / (1 + np.exp(-log_odds))).astype(float)
    return AnalysisSample(
        people=pl.DataFrame(
            {
                "unit": np.arange(len(area)),
                "treated": treated,
                "person": np.arange(len(area)),
                "area": [f"A{place:02d}" for place in area],
            }
        ),
        covariates=pl.DataFrame({"age": age, "sex": sex}),
        outcomes=pl.DataFrame({"again": again}),
        specs=(SPEC,),
        as_at=date(2025, 6, 30),
    )


def protocol(**sections: dict[str, Any]) -> Protocol:
    base: dict[str, Any] = {
        "scheme": {"id": "s", "name": "s", "title": "s"},
        "cohort": {"minimum": 10},
        "comparison": {"covariates": ["age"], "caliper": 0.2},
        "outcomes": {"primary": "again", "smallest_worthwhile": 0.05},
        "data": {
            "source": "flat",
            "treatment": "treated",
            "as_at": "2025-06-30",
            "outcomes": {"again": {"column": "again", "label": "Reoffending"}},
        },
    }
    for section, keys in sections.items():
        base[section] = {**base.get(section, {}), **keys}
    return check_protocol(base, "made-up.toml")


def evaluated(units: AnalysisSample, extras: bool = True, **sections: dict[str, Any]) -> Result:
    return evaluate_units(protocol(**sections), units, extras=extras)


def with_people(units: AnalysisSample, **columns: Any) -> AnalysisSample:
    return replace(units, people=units.people.with_columns(**columns))
