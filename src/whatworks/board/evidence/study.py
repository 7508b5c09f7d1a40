"""What one study found about one outcome, as the register of interventions keeps it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from whatworks.records.register.declared_row import Meaning

Family = Literal[
    "reoffending", "seriousness", "custody", "compliance", "needs_met", "victimisation", "crime_in_area",
    "child_development", "cost", "other",
]  # fmt: skip
OFFENDING = ("reoffending", "seriousness", "custody", "compliance")
"""Families of outcomes that nobody below the age of criminal responsibility can have."""
EffectKind = Literal["difference", "ratio", "standardised_difference"]
"""How an effect is expressed. No effect is zero, but for a ratio, where it is one."""
Finding = Literal["better", "worse", "cannot tell", "no interval"]
NO_EFFECT = {"difference": 0.0, "standardised_difference": 0.0, "ratio": 1.0}
_Count = Meaning("", least=0, unit="people", handling="official-sensitive")


@dataclass(frozen=True, slots=True)
class Study:
    """What one study found about one outcome: an evaluation of our own, or a published one entered by hand."""

    id: int
    intervention_id: Annotated[int, Meaning("The intervention (`board_intervention`).", least=1)]
    key: Annotated[str, Meaning("What tells it from other studies of the intervention.")]
    origin: Annotated[Literal["own", "published"], Meaning("Whose study it is.")]
    title: Annotated[str, Meaning("Its title.")]
    source: Annotated[str, Meaning("Where it can be read.")]
    dated: Annotated[date | None, Meaning("Day of the data or of publication.")]
    design: Annotated[str, Meaning("Its design.")]
    maryland: Annotated[int | None, Meaning("Level on the Maryland scale; null where not rated.", least=1, most=5)]
    outcome: Annotated[str, Meaning("The outcome's short name: values are given by it.")]
    outcome_label: Annotated[str, Meaning("The outcome in words.")]
    family: Annotated[Family, Meaning("Sort of outcome.")]
    primary: Annotated[
        bool, Meaning("Whether it is the outcome that the study set out to change: only these are heard.")
    ]
    effect_kind: Annotated[EffectKind, Meaning("How the effect is expressed.")]
    unit: Annotated[str, Meaning("Unit of the effect.")]
    lower_is_better: Annotated[bool, Meaning("Whether less of the outcome is wanted.")]
    effect: Annotated[
        float | None,
        Meaning("Effect, with the intervention against without; shares as proportions.", handling="official-sensitive"),
    ]
    ci_low: Annotated[float | None, Meaning("Lower end of its 95% interval.", handling="official-sensitive")]
    ci_high: Annotated[float | None, Meaning("Upper end.", handling="official-sensitive")]
    treated: Annotated[int | None, replace(_Count, meaning="People with the intervention.")]
    comparison: Annotated[int | None, replace(_Count, meaning="People without.")]
    events_treated: Annotated[int | None, replace(_Count, meaning="Of them with the outcome, where it is counted.")]
    events_comparison: Annotated[int | None, replace(_Count, meaning="Of those without, with the outcome.")]
    follow_up: Annotated[str | None, Meaning("Over which time.")]
    population: Annotated[str, Meaning("Who was studied.")]
    place: Annotated[str | None, Meaning("Where.")]
    differs: Annotated[str | None, Meaning("What differs between there and here; travels with the effect.")]
    caveats: Annotated[str | None, Meaning("What else has to be said with it.")]
    status: Annotated[
        str | None, Meaning("Whether the protocol was fixed before outcomes were seen; null for a published study.")
    ]
    sentence: Annotated[str | None, Meaning("The study's own sentence.")]
    result_sha256: Annotated[str | None, Meaning("Hash of the result file that it came from.")]
    minimum_count: Annotated[
        int | None, Meaning("Counts below this may not leave, as the result has it.", least=0, unit="people")
    ]

    @property
    def finding(self) -> Finding:
        """Whether the whole interval lies on one side of no effect, and on which."""
        if self.effect is None or self.ci_low is None or self.ci_high is None:
            return "no interval"
        zero = NO_EFFECT[self.effect_kind]
        if self.ci_low <= zero <= self.ci_high:
            return "cannot tell"
        return "better" if (self.ci_high < zero) == self.lower_is_better else "worse"
