"""The court outcome in three tiers: of which the first reoffence was, and whether the records say so often enough."""

from collections.abc import Sequence

import polars as pl

from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.records.follow_up import windowed
from whatworks.records.refusal import Fault, Refused

TIERS = {"indictable": "indictable only", "either_way": "triable either way", "summary": "summary"}
"""Gravest first, as the Data Lab's reports set them out (Indictable, Either way, Summary)."""
MOST_WITHOUT = 0.05
"""Where more reoffences, or first ones, than this share are of no known class, no tier is given. A choice of ours."""
SUPPLY = (
    "map the column that says how an offence may be tried to offence_class of table offence (docs/records.md), and "
    "import again"
)


def tier_specs(window: str) -> list[OutcomeSpec]:
    """Return the six outcomes: the first reoffence of each tier (share of people), and reoffences of each tier.

    >>> [spec.name for spec in tier_specs("")][::3]
    ['first_reoffence_indictable', 'indictable_reoffences']
    """
    first = [
        OutcomeSpec(
            f"first_reoffence_{name}", f"First reoffence: tier {tier}, {words}", "yes_no", "share of people", measure=2,
            subject=f"the share of people whose first proven reoffence was {words}", window=window,
        )
        for tier, (name, words) in enumerate(TIERS.items(), 1)
    ]  # fmt: skip
    count = [
        OutcomeSpec(
            f"{name}_reoffences", f"Reoffences per person: tier {tier}, {words}", "frequency", "reoffences per person",
            measure=2, subject=f"the number of proven reoffences that were {words}", window=window,
        )
        for tier, (name, words) in enumerate(TIERS.items(), 1)
    ]  # fmt: skip
    return [*first, *count]


def of_tier(name: str) -> bool:
    """Say whether an outcome is one of a tier.

    >>> of_tier("first_reoffence_summary_1y"), of_tier("frequency_1y")
    (True, False)
    """
    return name.rpartition("_")[0] in {spec.name for spec in tier_specs("")}


def share_without(outcomes: pl.DataFrame, months: int) -> float:
    """Return the share of proven reoffences of no known class, or of first ones where that is greater; zero if none.

    >>> people = pl.DataFrame({"proven_reoffending_1y": [1, 1, 0], "first_reoffence_without_class_1y": [1, 0, 0],
    ...                        "frequency_1y": [1, 9, 0], "reoffences_without_class_1y": [1, 0, 0]})
    >>> share_without(people, 12)
    0.5
    """
    shares = [("first_reoffence_without_class", "proven_reoffending"), ("reoffences_without_class", "frequency")]
    return max(
        float(outcomes[windowed(without, months)].sum()) / max(1.0, float(outcomes[windowed(every, months)].sum()))
        for without, every in shares
    )


def check_tiers(specs: Sequence[OutcomeSpec], outcomes: pl.DataFrame) -> None:
    """Refuse outcomes of a tier where the records do not say often enough how a reoffence may be tried."""
    faults = [
        Fault(
            "cannot be measured: of more than one reoffence in twenty no record says how it may be tried",
            f"{SUPPLY}; or leave the outcome out",
            field="outcomes",
            value=spec.name,
        )
        for spec in specs
        if of_tier(spec.name) and share_without(outcomes, spec.months or 0) > MOST_WITHOUT
    ]
    if faults:
        raise Refused(faults)
