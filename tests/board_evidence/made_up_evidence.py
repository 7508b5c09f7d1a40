"""Made-up studies and interventions, as files hold them."""

from datetime import date
from typing import Any

from whatworks.board.evidence.entry import EvidenceFile

DAY = date(2025, 6, 30)


def study(**changed: Any) -> dict[str, Any]:
    """Return a made-up study as a file holds it: five points fewer, one to nine."""
    return {
        "title": "A made-up trial",
        "source": "Made up 2020",
        "design": "randomised trial",
        "maryland": 5,
        "outcome": "reoffending_1y",
        "outcome_label": "Reoffending within a year",
        "family": "reoffending",
        "lower_is_better": True,
        "effect": -0.05,
        "ci_low": -0.09,
        "ci_high": -0.01,
        "population": "men on probation",
    } | changed


def entries(*interventions: dict[str, Any]) -> EvidenceFile:
    """Return a file of interventions; what is not said is made up."""
    return EvidenceFile.model_validate(
        {"intervention": [{"name": one["short"].title(), "position": "diversion"} | one for one in interventions]}
    )
