"""Who may be left out of both groups alike: a register of reasons, each a rule on what was known on the index date."""

from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.question.protocol import Cohort
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason for leaving people out. `rule` is true of those who go; not known means that they stay."""

    name: str
    reason: str
    rule: pl.Expr


EXCLUSIONS: dict[str, Exclusion] = {
    one.name: one
    for one in (
        Exclusion(
            "sexual_index_offence",
            "the index offence was sexual",
            pl.col("index_offence_group").is_in(["sexual_child", "sexual_not_child"]),
        ),
        Exclusion("breach_index_offence", "the index offence was a breach", pl.col("index_offence_group") == "breach"),
        Exclusion(
            "sentence_12_months_or_more",
            "the index sentence was 12 months or longer",
            pl.col("sentence_length_days") >= 365,
        ),
        Exclusion("unknown_sex", "sex is not known", pl.col("sex").is_null() | (pl.col("sex") == "unknown")),
        Exclusion("unknown_borough", "the borough of residence is not known", pl.col("borough").is_null()),
        Exclusion("unknown_index_offence", "the index offence is not known", pl.col("index_offence_group").is_null()),
        Exclusion("women", "women are not part of the question", pl.col("sex") == "female"),
        Exclusion("men", "men are not part of the question", pl.col("sex") == "male"),
    )
}
"""By name. A rule may use the registered covariates of room measures only: the past, never the future."""


def check_exclusions(cohort: Cohort) -> list[Fault]:
    """Return a fault for every exclusion that the register does not hold.

    >>> [str(fault) for fault in check_exclusions(Cohort(exclusions=("unknown_sexx",)))]
    ['cohort.exclusions "unknown_sexx": is not a registered exclusion; did you mean unknown_sex?']
    """
    return [_unknown(name) for name in cohort.exclusions if name not in EXCLUSIONS]


def eligible(profile: pl.DataFrame, cohort: Cohort) -> pl.Series:
    """Return who is old enough and not excluded, one flag a row of `profile`. Someone of unknown age is not eligible.

    >>> people = pl.DataFrame({"age": [17, 18, None], "sex": ["male", "male", "male"]})
    >>> eligible(people, Cohort(minimum_age=18)).to_list()
    [False, True, False]
    """
    faults = check_exclusions(cohort)
    if faults:
        raise Refused(faults)
    keep = pl.lit(True) if cohort.minimum_age is None else (pl.col("age") >= cohort.minimum_age).fill_null(False)
    for name in cohort.exclusions:
        keep = keep & ~EXCLUSIONS[name].rule.fill_null(False)
    return profile.select(pl.repeat(True, pl.len()) & keep).to_series()


def _unknown(name: str) -> Fault:
    near = get_close_matches(name, EXCLUSIONS, 1)
    remedy = f"did you mean {near[0]}?" if near else f"known are: {', '.join(EXCLUSIONS)}"
    return Fault("is not a registered exclusion", remedy, field="cohort.exclusions", value=name)
