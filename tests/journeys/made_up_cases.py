"""Cases of a made-up kind from short rows, as the store would give them."""

from datetime import date, timedelta
from typing import Any

import polars as pl

from whatworks.journeys.cases import Cases, cases_of
from whatworks.journeys.kind import JourneyKind

START = date(2024, 1, 1)
AS_AT = START + timedelta(100)
KIND = JourneyKind.model_validate(
    {
        "kind": "request",
        "title": "Requests",
        "unit": "requests",
        "stage": [
            {"id": "asked", "name": "Asked", "owner": "police", "target_days": 5},
            {"id": "checked", "name": "Checked", "owner": "court"},
            {"id": "built", "name": "Built", "owner": "council"},
        ],
        "ending": [
            {"id": "in_use", "name": "In use", "completes": True},
            {"id": "cancelled", "name": "Cancelled"},
            {"id": "elsewhere", "name": "Elsewhere", "apart": True},
        ],
    }
)


def reports(*rows: tuple[Any, ...], **said: Any) -> pl.DataFrame:
    """Return reports of (case, stage, day entered, day left, outcome[, agency]); days count from `START`."""
    every = []
    for line, (case, stage, entered, left, outcome, *agency) in enumerate(rows, start=2):
        who = agency[0] if agency else "police"
        every.append(
            {
                "organisation_id": who,
                "organisation_kind": who,
                "case_id": case,
                "offence_ref": case if agency else None,
                "linked_id": "L1" if agency else None,
                "borough": "B1",
                "kind": "request",
                "stage": stage,
                "entered_on": START + timedelta(entered),
                "left_on": None if left is None else START + timedelta(left),
                "outcome": outcome,
                "reason": None,
                "provider": None,
                "prison": None,
                "as_at": AS_AT,
                "source_name": f"{who} stages",
                "source_line": line,
                **said,
            }
        )
    texts = dict.fromkeys(("offence_ref", "linked_id", "outcome", "reason", "provider", "prison"), pl.String)
    return pl.DataFrame(every, schema_overrides={**texts, "left_on": pl.Date})


def cases(*rows: tuple[Any, ...]) -> Cases:
    """Return the cases of short rows."""
    return cases_of(KIND, reports(*rows))
