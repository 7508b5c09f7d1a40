"""The people to be analysed, one row each, whatever they came from: a partnership's records or a flat file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import AttritionStep, SourceStamp
from whatworks.measures.merging import Merging
from whatworks.statistics.areas.given import GivenByArea, given_by_area
from whatworks.statistics.arrays import Flags

Periods = Callable[[pl.DataFrame, int], pl.DataFrame]
"""Takes some rows of `people` and the months after; returns what fell into each period before and after: unit, period,
and its columns."""


@dataclass(frozen=True, slots=True)
class AnalysisSample:
    """All frames have one row a unit, in one order; `periods` is asked for the matched people only.

    `people` holds `unit` (its row), `treated`, `person` (equal where one person gives two units), `area` (null where
    not known) and the columns of `strata`, on which a match must be equal besides the protocol's exact factors.
    `covariates` holds whatever the protocol names: covariates, exact factors and subgroups. `outcomes` holds the
    outcomes' columns, null where not known. `not_known` counts people whose outcomes nobody can know (treated,
    comparison) and who are not among the units. `step_people` are the scheme's people
    left after a step of the attrition.
    """

    people: pl.DataFrame
    covariates: pl.DataFrame
    outcomes: pl.DataFrame
    specs: tuple[OutcomeSpec, ...]
    as_at: date
    periods: Periods | None = None
    strata: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    attrition: tuple[AttritionStep, ...] = ()
    sources: tuple[SourceStamp, ...] = ()
    severity_edition: str | None = None
    not_known: tuple[int, int] = (0, 0)
    step_people: dict[int, pl.Series] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    merging: Merging | None = None

    @property
    def by_area(self) -> GivenByArea:
        """How far people's areas decide who was in the scheme."""
        return given_by_area(self.people)

    @property
    def treated(self) -> Flags:
        """Who was in the scheme."""
        return self.people["treated"].to_numpy()

    @property
    def size(self) -> int:
        """How many units there are."""
        return self.people.height

    def label(self, name: str) -> str:
        """Return what the paper calls a covariate or factor."""
        words = name.replace("_", " ")
        return self.labels.get(name, words[:1].upper() + words[1:])
