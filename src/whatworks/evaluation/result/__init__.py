"""The result of an evaluation: all that a paper may say. It holds small counts, so it stays inside.

Rates and shares are proportions. A difference is treated minus comparison, so below zero is a fall. Sentences hold no
counts of people; papers add those, after suppression. `result_schema()` is the JSON schema that ships.
"""

from whatworks.evaluation.result.crossing import EarlierPapers, SubgroupAtom
from whatworks.evaluation.result.doubts import (
    HiddenBias,
    Placebo,
    Prognosis,
    Sensitivity,
    SpecificationPoint,
    TrialRow,
)
from whatworks.evaluation.result.origin import (
    About,
    DataStamp,
    Paper,
    ProtocolStamp,
    SourceStamp,
    Status,
)
from whatworks.evaluation.result.outcome import (
    AlternativeEstimate,
    AreaAnswer,
    Bounds,
    DataLab,
    Design,
    Guard,
    Outcome,
    PeriodPoint,
    Ratio,
    Search,
    Subgroup,
    TimeToFirst,
    Verdict,
)
from whatworks.evaluation.result.part import (
    Band,
    GroupResult,
    Kind,
    Part,
)
from whatworks.evaluation.result.people import (
    AttritionStep,
    BalanceRow,
    ByArea,
    Counts,
    Deaths,
    DroppedDifference,
    Estimand,
    Matching,
    Means,
    ScoreBin,
    Scores,
    TieSensitivity,
)
from whatworks.evaluation.result.whole import (
    Result,
    result_schema,
)

__all__ = [
    "About", "AlternativeEstimate", "AreaAnswer", "AttritionStep", "BalanceRow", "Band", "Bounds", "ByArea", "Counts",
    "DataLab", "DataStamp", "Deaths", "Design", "DroppedDifference", "EarlierPapers", "Estimand", "GroupResult",
    "Guard", "HiddenBias", "Kind", "Matching", "Means", "Outcome", "Paper", "Part", "PeriodPoint", "Placebo",
    "Prognosis", "ProtocolStamp", "Ratio", "Result", "ScoreBin", "Scores", "Search", "Sensitivity", "SourceStamp",
    "SpecificationPoint", "Status", "Subgroup", "SubgroupAtom", "TieSensitivity", "TimeToFirst", "TrialRow",
    "Verdict", "result_schema",
]  # fmt: skip
