"""The result as `result.json` holds it, and its JSON schema, which ships."""

from typing import Any, Literal

from pydantic import Field

from whatworks.evaluation.result.crossing import EarlierPapers, SubgroupAtom
from whatworks.evaluation.result.doubts import (
    HiddenBias,
    Placebo,
    Prognosis,
    Sensitivity,
    SpecificationPoint,
    TrialRow,
)
from whatworks.evaluation.result.links import LinkDoubt
from whatworks.evaluation.result.origin import DataStamp, Paper, ProtocolStamp
from whatworks.evaluation.result.outcome import DataLab, Outcome, Search, Subgroup
from whatworks.evaluation.result.part import Part
from whatworks.evaluation.result.people import (
    AttritionStep,
    BalanceRow,
    ByArea,
    Counts,
    Deaths,
    Estimand,
    Matching,
    Scores,
)


class Result(Part):
    """An evaluation's result, from which every paper is drawn."""

    schema_version: Literal["1.0"] = "1.0"
    disclosure: Literal["restricted"] = "restricted"
    minimum_count: int = Field(default=10, description="Counts below this are suppressed in whatever leaves.")
    paper: Paper
    protocol: ProtocolStamp
    data: DataStamp
    attrition: tuple[AttritionStep, ...]
    deaths: Deaths | None = Field(default=None, description="None where the data hold no death.")
    areas: ByArea | None = Field(default=None, description="Only where the scheme was given by area.")
    n: Counts
    estimand: Estimand
    matching: Matching
    balance: tuple[BalanceRow, ...]
    scores: Scores | None
    prognosis: Prognosis | None = None
    outcomes: tuple[Outcome, ...]
    subgroups: tuple[Subgroup, ...] = ()
    subgroup_atoms: tuple[SubgroupAtom, ...] = ()
    earlier: EarlierPapers = EarlierPapers()
    search: Search | None = None
    placebos: tuple[Placebo, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    hidden_bias: HiddenBias | None = None
    links: LinkDoubt | None = Field(default=None, description="Only where a linkage model joined the records.")
    target_trial: tuple[TrialRow, ...] = ()
    specifications: tuple[SpecificationPoint, ...] = ()
    data_lab: tuple[DataLab, ...] = ()
    data_lab_notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def result_schema() -> dict[str, Any]:
    """Return the JSON schema of `result.json`.

    >>> result_schema()["properties"]["disclosure"]["const"]
    'restricted'
    """
    return Result.model_json_schema()
