"""The protocol: what will be asked, of whom and how, written down before anyone looks at the outcomes."""

import hashlib
import json
import re
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from whatworks.evaluation.question.comparison import WAYS, Comparison
from whatworks.evaluation.values.settings import Data, FlatOutcome, Section
from whatworks.records.declaring.scheme_block import SCHEME_ID
from whatworks.records.follow_up import LONGEST_MONTHS
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import read_toml

IndexKind = Literal["release", "order_start", "caution", "participation_start"]
INDEX_EVENTS: dict[str, str] = {
    "release": "release from custody",
    "order_start": "the start of a court order",
    "caution": "a caution",
    "participation_start": "the start of the scheme",
}
"""What each kind of index event is called in a sentence."""


class Scheme(Section):
    """The scheme, and the paper that the board will read about it."""

    id: str = Field(
        pattern=SCHEME_ID,
        max_length=80,
        description="The scheme: scheme_id in the partnership's records.",
    )
    name: str = Field(min_length=1, description="What people call it.")
    organisation: str | None = Field(None, description="Who runs it: organisation_id of the scheme's row.")
    title: str = Field(min_length=1, description="Title of the paper.")
    item: str = Field("Item for decision", description="How the agenda calls the paper.")
    decision_sought: str = Field("To note the findings.", description="What the board is asked to do.")
    prepared_for: str = Field("The partnership board", description="Which board.")
    what: str = Field("", description="What the scheme does, in a sentence that members read first.")
    where: str = Field("", description="Where it works, in words.")
    causal: bool = Field(True, description="False gives a descriptive paper without verdicts.")


class Cohort(Section):
    """Who is studied, and from when."""

    population: str = Field("", description="Who is studied, in words, for the paper.")
    index: tuple[IndexKind, ...] | IndexKind = Field(
        "release", description="Kinds of event from which time is counted."
    )
    clock: Literal["index_event", "scheme_start"] = Field(
        "index_event",
        description="`index_event`: from release, order or caution for everyone, whether or not they started. "
        "`scheme_start`: from the start, each comparison being equally long past a like event.",
    )
    joined_within_days: int = Field(
        0,
        ge=0,
        le=365,
        description="Clock `index_event`: how many days after the event a participation may be decided on. Above 0, "
        "people who reoffend in those days cannot join, which flatters the scheme; the paper then says so.",
    )
    first_index: date | None = Field(None, description="First day of the window for index events.")
    last_index: date | None = Field(None, description="Last day of the window.")
    minimum_age: int | None = Field(18, ge=10, description="Youngest age at the index event, in completed years.")
    exclusions: tuple[str, ...] = Field((), description="Names of registered exclusions, the same in both groups.")
    minimum: int = Field(60, ge=2, description="Fewest treated people worth analysing.")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of index event, as a tuple."""
        return (self.index,) if isinstance(self.index, str) else tuple(self.index)

    @model_validator(mode="after")
    def _window_runs_forward(self) -> Self:
        if self.first_index and self.last_index and self.last_index < self.first_index:
            raise ValueError("last_index lies before first_index")
        if not self.kinds:
            raise ValueError("index names no kind of event")
        return self


class Outcomes(Section):
    """What is compared."""

    primary: str = Field("proven_reoffending_1y", description="The one outcome with a headline verdict.")
    others: tuple[str, ...] = Field((), description="The other outcomes.")
    follow_up_months: int = Field(
        12,
        ge=1,
        le=LONGEST_MONTHS,
        description="Months in which a reoffence counts; outcomes are named for them (`_1y`, `_2y`; `_6m`, `_18m`).",
    )
    not_counted: tuple[str, ...] = Field(("breach",), description="Offence groups that are not proven reoffences.")
    severity_edition: str = Field("example", description="Edition of the seriousness weights.")
    smallest_worthwhile: float | None = Field(None, gt=0, description="Smallest effect worth having, in the primary "
                                              "outcome's own unit (0.05 is five percentage points).")  # fmt: skip
    placebo: tuple[str, ...] = Field(
        (),
        description="Outcomes that the scheme cannot have changed: measures from before the index date, or a flat "
        "file's outcomes of that kind. A difference in one shows that the groups were not alike; it decides nothing.",
    )
    run_in_months: int = Field(6, ge=0, le=24, description="Months before the index event left out of `before`.")
    custody_margin_nights: float | None = Field(
        None, ge=0, description="Guard of measure 4: extra nights in custody per person that would still be accepted."
    )
    long_sentence_margin: float | None = Field(
        None, ge=0, description="Guard of measure 4: extra sentences of 12 months or more per person still accepted."
    )
    lower_is_better: bool = Field(True, description="Whether a fall of the primary outcome is the success.")

    @property
    def names(self) -> tuple[str, ...]:
        """The primary outcome, then the others, each once."""
        return tuple(dict.fromkeys((self.primary, *self.others)))


class Subgroups(Section):
    """Which groups were named beforehand; others are exploratory."""

    planned: tuple[str, ...] = Field((), description="Factors by which the primary effect was meant to be split.")
    exploratory: tuple[str, ...] = Field((), description="Factors looked at without having been planned.")
    search: tuple[str, ...] = Field(
        (),
        description="Covariates among which an honest search looks for whom the scheme serves better: in one half of "
        "the matched sets, asked of the other.",
    )

    @property
    def names(self) -> tuple[str, ...]:
        """All factors, the planned first, each once."""
        return tuple(dict.fromkeys((*self.planned, *self.exploratory)))


class Attrition(Section):
    """How people who are lost are treated."""

    lost_to_service: Literal["stay_in"] = Field(
        "stay_in", description="People lost to the service stay in: their convictions are still in the records."
    )
    bounds: bool = Field(True, description="Whether bounds are given for outcomes that are not known.")


class Linkage(Section):
    """How the doubt of which records are one person's enters the answer."""

    draws: Literal[0, 20] = Field(
        20,
        description="In how many other believable ways the records are joined, measured and matched, where a linkage "
        "model joined them: the interval then allows for the links. 0 takes the links as if they were sure.",
    )


_OF_RECORDS = ("index", "clock", "joined_within_days", "first_index", "last_index", "minimum_age", "exclusions")
"""Keys of [cohort] by which nothing of a flat file is chosen."""


class Protocol(Section):
    """An evaluation, as it was decided. `seed` drives whatever is drawn."""

    id: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$",
        max_length=80,
        description="Names the folders of result and paper; by default the scheme's id.",
    )
    scheme: Scheme
    cohort: Cohort = Cohort()
    comparison: Comparison
    outcomes: Outcomes = Outcomes()
    subgroups: Subgroups = Subgroups()
    attrition: Attrition = Attrition()
    linkage: Linkage = Linkage()
    data: Data = Data()
    seed: int = Field(1, ge=0, description="Drives whatever is drawn by lot.")

    @model_validator(mode="after")
    def _loosens_what_it_has(self) -> Self:
        if self.comparison.loosen and self.data.source == "flat":
            raise ValueError(
                "comparison.loosen is about a partnership's records; in a flat file only comparison.exact is exact"
            )
        if self.linkage.model_fields_set and self.data.source == "flat":
            raise ValueError("linkage.draws is about a partnership's records; a flat file's rows are people already")
        ignored = [f"cohort.{key}" for key in _OF_RECORDS if key in self.cohort.model_fields_set]
        ignored += ["comparison.who"] if "who" in self.comparison.model_fields_set else []
        if ignored and self.data.source == "flat":
            raise ValueError(
                f"{', '.join(ignored)} would choose among a partnership's records; the rows of a flat "
                "file are taken as they are: take such keys out, and send only the rows that count"
            )
        return self

    @model_validator(mode="after")
    def _a_trial_has_its_own_comparisons(self) -> Self:
        if self.data.source == "partnership" and self.comparison.method == "none" and self.comparison.who != "eligible":
            raise ValueError(
                'comparison.method "none" means that the groups were drawn by lot; in a partnership\'s records these '
                'are the people eligible, referred or not: use comparison.who = "eligible"'
            )
        return self

    @model_validator(mode="after")
    def _equal_where_equality_can_be_had(self) -> Self:
        way = WAYS.get(self.comparison.method)
        always = {"kind", "quarter"} - set(self.comparison.loosen)
        if self.data.source == "partnership" and way and "exact" not in way.settings and always:
            raise ValueError(
                f"comparison.method {way.name} cannot hold people to be equal in {' and '.join(sorted(always))}: take "
                "another method, or give comparison.loosen a reason for each"
            )
        return self

    @model_validator(mode="after")
    def _nothing_is_adjusted_for_what_it_explains(self) -> Self:
        known = {*self.comparison.covariates, *self.comparison.exact, *self.subgroups.names, *self.subgroups.search}
        wrong = {column: f"outcome {name}" for name, one in self.data.outcomes.items() for column in one.columns}
        wrong |= {self.data.treatment: "the treatment"} if self.data.treatment else {}
        placebos = {one.column: name for name, one in self.data.outcomes.items() if name in self.outcomes.placebo}
        for column in sorted(known & set(wrong) if self.data.source == "flat" else set()):
            if column in placebos:
                raise ValueError(
                    f"{column} is placebo {placebos[column]}: groups are made alike in a covariate, an exact factor or "
                    "a subgroup, so it cannot show whether they were; leave it out of the one or of the other"
                )
            raise ValueError(
                f"{column} is {wrong[column]}: it cannot be a covariate, an exact factor or a subgroup too"
            )
        return self

    @property
    def folder(self) -> str:
        """What names the folders of result and paper."""
        return self.id or re.sub(r"[^A-Za-z0-9_.-]+", "-", self.scheme.id)

    def sha256(self) -> str:
        """Return the hash of the parsed content, which comments and line endings do not change."""
        content = json.dumps(self.model_dump(mode="json", exclude_unset=True), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


def protocol_schema() -> dict[str, Any]:
    """Return the JSON schema of a protocol.

    >>> sorted(protocol_schema()["required"])
    ['comparison', 'scheme']
    """
    return Protocol.model_json_schema()


def load_protocol(path: Path) -> Protocol:
    """Read a protocol, or refuse it with every fault at once: unknown keys with the nearest known one."""
    return check_protocol(read_toml(path), path.name)


def check_protocol(content: dict[str, Any], file: str) -> Protocol:
    """Return the parsed content of a protocol as a `Protocol`, or refuse it; `file` is named in the faults.

    >>> check_protocol({"scheme": {"id": "a", "name": "A", "titel": "T"}, "comparison": {"method": "none"}}, "p.toml")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: p.toml, scheme.title: is missing; add it (docs/protocol.md)
    p.toml, scheme.titel: is not a key of a protocol; did you mean "title"? docs/protocol.md lists the keys
    """
    try:
        return Protocol.model_validate(content)
    except ValidationError as faults:
        raise Refused([_fault(fault, file) for fault in faults.errors()]) from faults


def _fault(error: ErrorDetails, file: str) -> Fault:
    field = place_of(error)
    if error["type"] == "extra_forbidden":
        where = [str(part) for part in error["loc"]]
        near = get_close_matches(where[-1], _keys(where[:-1]), 1)
        meant = f'did you mean "{near[0]}"? ' if near else "correct or delete it; "
        return Fault("is not a key of a protocol", f"{meant}docs/protocol.md lists the keys", file, field=field)
    if error["type"] == "missing":
        return Fault("is missing", "add it (docs/protocol.md)", file, field=field)
    value = error.get("input")
    shown = str(value) if isinstance(value, str | int | float | bool) else None
    return Fault(problem_of(error), "see docs/protocol.md", file, field=field, value=shown)


def _keys(section: list[str]) -> list[str]:
    model: Any = Protocol
    for name in section:
        model = model.model_fields[name].annotation if name in model.model_fields else FlatOutcome
        if not isinstance(model, type):
            model = FlatOutcome
    return list(model.model_fields)
