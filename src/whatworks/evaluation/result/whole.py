"""The result as `result.json` holds it, and its JSON schema, which ships."""

from typing import Annotated, Any, Literal, Self

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
from whatworks.evaluation.result.part import (
    Open,
    Part,
    Shown,
)
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

NO_OVERLAP = "Overlap fails, so no like-for-like comparison exists to rest a verdict on."
EFFECT_FIELDS = (
    "difference",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "smallest_detectable",
    "n_needed",
    "ruled_out",
    "verdict",
    "areas",
    "links",
    "guard",
    "time_to_first",
    "bounds",
)
EXTRA_TABLES = ("subgroups", "subgroup_atoms", "placebos", "sensitivity", "specifications", "data_lab")


class Result(Part):
    """An evaluation's result, from which every paper is drawn."""

    schema_version: Literal["1.0"] = "1.0"
    disclosure: Literal["restricted"] = "restricted"
    minimum_count: Open[int] = Field(default=10, description="Counts below this are suppressed in whatever leaves.")
    paper: Open[Paper]
    protocol: Open[ProtocolStamp]
    data: Open[DataStamp]
    attrition: Open[tuple[AttritionStep, ...]]
    deaths: Open[Deaths | None] = Field(default=None, description="None where the data hold no death.")
    areas: ByArea | None = Field(default=None, description="Only where the scheme was given by area.")
    n: Open[Counts]
    estimand: Open[Estimand]
    matching: Open[Matching]
    balance: Open[tuple[BalanceRow, ...]]
    not_comparable: Open[str] = Field(
        default="", description="Why the groups cannot be compared: no effect is worked out."
    )
    scores: Annotated[Scores | None, Shown("open", to="overlap")]
    prognosis: Open[Prognosis | None] = None
    outcomes: Open[tuple[Outcome, ...]]
    subgroups: Open[tuple[Subgroup, ...]] = ()
    subgroup_atoms: tuple[SubgroupAtom, ...] = ()
    earlier: EarlierPapers = EarlierPapers()
    search: Open[Search | None] = None
    placebos: Open[tuple[Placebo, ...]] = ()
    sensitivity: Open[tuple[Sensitivity, ...]] = ()
    hidden_bias: Open[HiddenBias | None] = None
    links: Open[LinkDoubt | None] = Field(default=None, description="Only where a linkage model joined the records.")
    target_trial: Open[tuple[TrialRow, ...]] = ()
    specifications: Open[tuple[SpecificationPoint, ...]] = ()
    data_lab: tuple[DataLab, ...] = ()
    data_lab_notes: tuple[str, ...] = ()
    warnings: Open[tuple[str, ...]] = ()

    @property
    def unlike(self) -> bool:
        """Whether overlap or balance failed, so that nothing may be said of an effect."""
        return bool(self.not_comparable) or (self.scores is not None and self.scores.failed)

    def without_effects(self) -> Self:
        """Return the result with its outcomes described and nothing said of an effect, where the groups are unlike.

        An evaluation works none out then; this holds for results that were written before, or by hand, too.
        """
        if not self.unlike:
            return self
        effects: dict[str, Any] = dict.fromkeys(EFFECT_FIELDS)
        why = self.not_comparable or NO_OVERLAP
        described = {**effects, "design": "descriptive", "beside": (), "ratios": (), "periods": ()}
        outcomes = tuple(
            one.model_copy(update={**described, "reason_no_verdict": one.reason_no_verdict or why, "sentence": ""})
            for one in self.outcomes
        )
        empty: dict[str, Any] = dict.fromkeys(EXTRA_TABLES, ())
        return self.model_copy(
            update={
                **empty,
                "outcomes": outcomes,
                "search": None,
                "hidden_bias": None,
                "links": None,
                "prognosis": None,
            }
        )


def result_schema() -> dict[str, Any]:
    """Return the JSON schema of `result.json`.

    >>> result_schema()["properties"]["disclosure"]["const"]
    'restricted'
    """
    return Result.model_json_schema()
