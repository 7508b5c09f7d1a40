"""The court outcome in three tiers, whether the records say it often enough, and what the Data Lab reports.

Source of the list: the Ministry of Justice's program that writes the Data Lab's reports (moj-analytical-services,
JDL_RAP). Its tables are: 1 rate, 2 frequency; and for reoffenders only, 3 time to the first reoffence, 4 and 5 rate and
frequency by court outcome (Indictable, Either way, Summary), 6 and 7 rate and frequency of custodial sentences.
"""

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


FIRST_TIER = tuple(f"first_reoffence_{tier}" for tier in TIERS)
OF_TIER = tuple(f"{tier}_reoffences" for tier in TIERS)
CUSTODY = ("custody_for_reoffending", "custody_frequency")
EVERYBODY = ("proven_reoffending", "frequency", *FIRST_TIER, *OF_TIER, *CUSTODY)
"""Outcomes of all people: the first two are the Data Lab's; of the others it prints reoffenders' figures only."""
REOFFENDERS = ("days_to_first", *FIRST_TIER, *OF_TIER, *CUSTODY)
"""The Data Lab's tables for reoffenders only (time, court outcome and custody, each as rate and frequency)."""
OF_FLAT_FILE = (
    "The Data Lab also reports, for reoffenders only, the time to the first reoffence, its court outcome by tier, and "
    "custody for reoffending. A flat file gives of these what its protocol names, and no more."
)
OTHER_WINDOW = "The Data Lab reports one year; the protocol follows people for {length}, and so do these figures."
WITHOUT_CLASS = (
    "The court outcome of the first reoffence, by tier (indictable only, triable either way, summary), is not given: "
    f"of more than one reoffence in twenty no record says how it may be tried. To have it, {SUPPLY}."
)
SOME_WITHOUT_CLASS = (
    "Of some reoffences no record says how they may be tried: they are in no tier, and no tier is guessed for them."
)
