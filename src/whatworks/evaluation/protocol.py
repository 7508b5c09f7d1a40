"""The protocol: what will be asked, of whom and how, written down before anyone looks at the outcomes."""

import hashlib
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whatworks.records.refusal import Fault, Refused

IndexKind = Literal["release", "order_start", "caution", "participation_start"]


class Section(BaseModel):
    """A section of the protocol; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Scheme(Section):
    """The scheme, and the paper that the board will read about it."""

    id: str
    name: str
    organisation: str | None = Field(None, description="Who runs it: organisation_id of the scheme's row.")
    title: str
    item: str = "Item for decision"
    decision_sought: str = "To note the findings."
    prepared_for: str = "The partnership board"
    causal: bool = Field(True, description="False gives a descriptive paper without verdicts.")


class Cohort(Section):
    """Who is studied, and from when."""

    population: str = Field("", description="In words, for the paper.")
    index: tuple[IndexKind, ...] | IndexKind = "release"
    clock: Literal["index_event", "scheme_start"] = "index_event"
    first_index: date | None = None
    last_index: date | None = None
    minimum_age: int | None = 18
    exclusions: tuple[str, ...] = ()
    minimum: int = Field(60, description="Fewest treated people worth analysing.")


class Comparison(Section):
    """Who may be a comparison, and how one is found. The words are MatchIt's."""

    who: Literal["anyone_else", "other_areas", "same_areas"] = "other_areas"
    method: Literal["nearest", "none"] = "nearest"
    exact: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()
    distance: Literal["glm"] = "glm"
    link: Literal["logit", "linear.logit"] = "linear.logit"
    caliper: float | None = 0.2
    std_caliper: bool = True
    ratio: int = Field(1, ge=1)
    replace: bool = False
    m_order: Literal["largest", "smallest", "closest", "data", "random"] = "largest"
    missing: Literal["refuse", "indicator"] = "refuse"
    loss_worth_reporting: float = Field(0.05, ge=0, le=1)


class Outcomes(Section):
    """What is compared."""

    primary: str = "proven_reoffending_1y"
    others: tuple[str, ...] = ()
    follow_up_months: Literal[12, 24] = 12
    not_counted: tuple[str, ...] = Field(("breach",), description="Offence groups that are not proven reoffences.")
    severity_edition: str = "example"
    smallest_worthwhile: float | None = Field(None, gt=0, description="In the primary outcome's own unit.")
    run_in_months: int = Field(6, ge=0)
    custody_margin_nights: float | None = None
    long_sentence_margin: float | None = None
    lower_is_better: bool = True


class Subgroups(Section):
    """Which groups were named beforehand; others are exploratory."""

    planned: tuple[str, ...] = ()
    exploratory: tuple[str, ...] = ()


class Attrition(Section):
    """How people who are lost are treated."""

    lost_to_service: Literal["stay_in"] = "stay_in"
    bounds: bool = True


class FlatOutcome(Section):
    """An outcome that a flat file holds as a column."""

    column: str
    label: str
    kind: Literal["yes_no", "frequency", "score", "days"] = "yes_no"
    positive: str | None = Field(None, description="The value that means yes, where the column is not 0/1.")


class Data(Section):
    """Where the rows come from: the partnership, or a flat file with one row a person."""

    source: Literal["partnership", "flat"] = "partnership"
    file: str | None = None
    treatment: str | None = None
    treated_value: str | None = Field(None, description="The value that means treated, where the column is not 0/1.")
    id_column: str | None = None
    as_at: date | None = None
    outcomes: dict[str, FlatOutcome] = Field(default_factory=dict)
    window: str = ""


class Protocol(Section):
    """An evaluation, as it was decided. `seed` drives whatever is drawn."""

    scheme: Scheme
    cohort: Cohort = Cohort()
    comparison: Comparison = Comparison()
    outcomes: Outcomes = Outcomes()
    subgroups: Subgroups = Subgroups()
    attrition: Attrition = Attrition()
    data: Data = Data()
    seed: int = 1

    def sha256(self) -> str:
        """Return the hash of the parsed content, which comments and line endings do not change."""
        content = json.dumps(self.model_dump(mode="json", exclude_unset=True), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


def load_protocol(path: Path) -> Protocol:
    """Read a protocol, or refuse it with every fault at once."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Refused(Fault(f"cannot be read as a protocol ({fault})", "correct the file", path.name)) from fault
    try:
        return Protocol.model_validate(content)
    except ValidationError as faults:
        raise Refused(
            [
                Fault(
                    fault["msg"],
                    "see docs/protocol.md for the keys and their values",
                    path.name,
                    field=".".join(str(part) for part in fault["loc"]),
                )
                for fault in faults.errors()
            ]
        ) from faults
