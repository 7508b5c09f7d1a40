"""What people may enter by hand about interventions: a TOML file, or a CSV with a published study a row."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from whatworks.board.evidence.intervention import Fidelity, Heading, Position
from whatworks.board.evidence.study import OFFENDING, EffectKind, Family
from whatworks.evaluation.values.file import read_flat
from whatworks.records.hand_written import HandWritten
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import load_model

PAGE = "docs/evaluation.md"
Short = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
OutcomeName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
_OFFENDING_WORDS = re.compile(r"offend|reconvict|rearrest|proven", re.IGNORECASE)


class _Entry(HandWritten):
    model_config = ConfigDict(str_strip_whitespace=True)


class StudyEntry(_Entry):
    """One outcome of one published study. Shares are proportions: five points are 0.05."""

    title: Text
    source: Text
    dated: date | None = None
    design: Text
    maryland: int | None = Field(default=None, ge=1, le=5)
    outcome: OutcomeName
    outcome_label: Text
    family: Family
    primary: bool = True
    effect_kind: EffectKind = "difference"
    unit: Text = "share of people"
    lower_is_better: bool
    effect: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    treated: int | None = Field(default=None, ge=1)
    comparison: int | None = Field(default=None, ge=0)
    follow_up: Text | None = None
    population: Text
    place: Text | None = None
    differs: Text | None = None
    caveats: Text | None = None

    @model_validator(mode="after")
    def _interval_holds(self) -> Self:
        ends = (self.ci_low, self.ci_high)
        if (self.ci_low is None) != (self.ci_high is None):
            raise ValueError("ci_low and ci_high: give both ends of the interval, or neither")
        if self.effect is not None and None not in ends and not ends[0] <= self.effect <= ends[1]:  # type: ignore[operator]
            raise ValueError("effect: lies outside its own interval")
        if self.effect is None and self.ci_low is not None:
            raise ValueError("effect: is missing, though its interval is given")
        if self.effect is not None and self.comparison == 0:
            raise ValueError("comparison: nobody is compared, so there is no effect; leave it out if it is not known")
        if self.effect_kind == "ratio" and any(one is not None and one <= 0 for one in (self.effect, *ends)):
            raise ValueError("effect: a ratio and its interval lie above zero")
        shares = self.effect_kind == "difference" and self.unit.startswith("share")
        if shares and any(one is not None and abs(one) > 1 for one in (self.effect, *ends)):
            raise ValueError("effect: a difference of shares lies between -1 and 1; write five points as 0.05")
        return self

    @property
    def key(self) -> str:
        """What tells the study from others of the intervention: its source and its outcome."""
        return f"{_slug(self.source)}:{self.outcome}"


class StudyRow(StudyEntry):
    """A row of a CSV: a study, and the short name of its intervention, which is in the register already."""

    intervention: Short


class DeliveryEntry(_Entry):
    """Where an intervention is delivered. `cost_a_year` is in pounds, with at most two decimals."""

    place: Text
    provider: Text | None = None
    serves: Text | None = None
    cost_a_year: Decimal | None = Field(default=None, ge=0, decimal_places=2)
    people_a_year: int | None = Field(default=None, ge=0)
    fidelity: Fidelity | None = None
    fidelity_evidence: Text | None = None
    from_date: date | None = None
    to_date: date | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.fidelity is not None and self.fidelity_evidence is None:
            raise ValueError("fidelity_evidence: say what shows the fidelity, or leave both out")
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise ValueError("to_date: lies before from_date")
        return self


class EmmieEntry(_Entry):
    """What is known under one of EMMIE's headings."""

    heading: Heading
    text: Text
    quality: int | None = Field(default=None, ge=0, le=4)
    source: Text


class InterventionEntry(_Entry):
    """An intervention with what is delivered and known of it."""

    short: Short
    name: Text
    position: Position
    strand: Text | None = None
    age_from: int | None = Field(default=None, ge=0, le=120)
    age_to: int | None = Field(default=None, ge=0, le=120)
    place: Text | None = None
    partners: tuple[Text, ...] = ()
    theory: Text | None = None
    owner: Text | None = None
    horizon_years: int | None = Field(default=None, ge=1, le=60)
    scheme_id: Text | None = None
    delivery: tuple[DeliveryEntry, ...] = ()
    study: tuple[StudyEntry, ...] = ()
    emmie: tuple[EmmieEntry, ...] = ()

    @model_validator(mode="after")
    def _ages_hold(self) -> Self:
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValueError("age_to: lies below age_from")
        for key, said in (("partners", self.partners), ("delivery", self.delivery), ("emmie", self.emmie)):
            if any(one in said[:at] for at, one in enumerate(said)):
                raise ValueError(f"{key}: the same stands there twice")
        return self


class EvidenceFile(_Entry):
    """A whole file."""

    intervention: tuple[InterventionEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = [intervention.short for intervention in self.intervention]
        faults = [f"intervention {name!r} stands there twice" for name in sorted(set(names)) if names.count(name) > 1]
        for intervention in self.intervention:
            keys = [study.key for study in intervention.study]
            faults += [
                f"{intervention.short}: study {key!r} stands there twice" for key in set(keys) if keys.count(key) > 1
            ]
        if faults:
            raise ValueError("; ".join(faults))
        return self


def read_entries(path: Path) -> EvidenceFile:
    """Return a TOML file of interventions, or refuse it with every fault."""
    return load_model(EvidenceFile, path, PAGE)


def read_studies(path: Path) -> tuple[StudyRow, ...]:
    """Return the published studies of a CSV, one a row, or refuse it with the faults of all rows."""
    table = read_flat(path)
    faults: list[Fault] = []
    found: list[StudyRow] = []
    for line, row in zip(table.lines, table.texts.iter_rows(named=True), strict=True):
        filled = {name: value for name, value in row.items() if value is not None}
        try:
            found.append(StudyRow.model_validate(filled))
        except ValidationError as refused:
            faults += [_fault(error, path.name, line) for error in refused.errors()]
    if faults:
        raise Refused(faults)
    return tuple(found)


def children_faults(
    name: str, age_to: int | None, horizon: int | None, outcomes: Sequence[tuple[str, str]], below: int
) -> list[Fault]:
    """Return what may not be said of an intervention for children below the age at which the law knows offending.

    `outcomes` are pairs of family and label. Such items declare a horizon and carry no outcome of offending.

    >>> [str(fault) for fault in children_faults("nursery", 4, None, [("reoffending", "Reoffending")], 10)]
    ['nursery, horizon_years: is missing for an intervention that ends before age 10; say in how many years its \
outcome can be expected', 'nursery, outcome "Reoffending": cannot be claimed for children below 10; give the outcome \
that children of that age have']
    """
    if age_to is None or age_to >= below:
        return []
    faults = []
    if horizon is None:
        problem = f"is missing for an intervention that ends before age {below}"
        faults.append(Fault(problem, "say in how many years its outcome can be expected", name, field="horizon_years"))
    problem, remedy = f"cannot be claimed for children below {below}", "give the outcome that children of that age have"
    return faults + [
        Fault(problem, remedy, name, field="outcome", value=label)
        for family, label in outcomes
        if family in OFFENDING or _OFFENDING_WORDS.search(label)
    ]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:80]


def _fault(error: ErrorDetails, file: str, line: int) -> Fault:
    unknown = error["type"] == "extra_forbidden"
    problem = "is not a column of this file" if unknown else problem_of(error)
    return Fault(problem, f"correct it; {PAGE} lists the columns", file, line, place_of(error))
