"""The outcomes that a scheme cannot have changed: measures from before the index date, or what its protocol names."""

from collections.abc import Callable
from dataclasses import replace

from whatworks.evaluation.question.outcome_register import flat_specs, outcome_specs, unknown
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.measures.covariates import COVARIATES
from whatworks.records.refusal import Fault, Refused

PROOF_MONTHS = 6
"""An offence counts if it is proven within so many months of its period's end: all of them before the index date."""
_OFFENDING = ("previous_offences_2y", "previous_sanctions", "copas", "ogrs3_1y", "ogrs3_2y")
_SENTENCES = ("custodial_sentences", "previous_sanctions", "copas", "ogrs3_1y", "ogrs3_2y")
COLUMNS = {"proven_reoffending": "offences", "frequency": "offences"}
"""The column of `period_outcomes` that a placebo is read from, where it has another name."""
SAME_PAST: dict[str, tuple[str, ...]] = {
    "offences": _OFFENDING,
    "seriousness": _OFFENDING,
    "short_sentences": _SENTENCES,
    "long_sentences": _SENTENCES,
    "custody_nights": ("nights_in_custody_before_2y", "previous_custody_spells"),
}
"""Covariates that count part of what falls into a placebo period, by the column of `period_outcomes`."""


def _before(suffix: str, months: int) -> list[OutcomeSpec]:
    year = "the year before" if months == 12 else "the two years before"
    specs = [
        OutcomeSpec("proven_reoffending", f"Proven offending in {year}", "yes_no", "share of people"),
        OutcomeSpec(
            "frequency",
            f"Proven offences per person in {year}",
            "frequency",
            "proven offences per person",
            subject=f"the number of proven offences in {year}",
        ),
        OutcomeSpec(
            "seriousness", f"Seriousness of offending in {year}", "score", "severity points per person", digits=1
        ),
        OutcomeSpec(
            "short_sentences",
            f"Sentences under 12 months in {year}",
            "frequency",
            "sentences per person",
            subject=f"the number of sentences under 12 months in {year}",
        ),
        OutcomeSpec(
            "long_sentences",
            f"Sentences of 12 months or more in {year}",
            "frequency",
            "sentences per person",
            subject=f"the number of sentences of 12 months or more in {year}",
        ),
        OutcomeSpec(
            "custody_nights",
            f"Nights in custody in {year}",
            "nights",
            "nights per person",
            digits=1,
            subject=f"the number of nights in custody in {year}",
        ),
    ]
    return [replace(one, name=f"{one.name}_{suffix}_before", months=months) for one in specs]


PLACEBOS: dict[str, OutcomeSpec] = {spec.name: spec for spec in (*_before("1y", 12), *_before("2y", 24))}
"""Every placebo that a protocol on a partnership's records may name."""


def period_column(spec: OutcomeSpec) -> str:
    """Return the column of `period_outcomes` that a placebo of a partnership's records is read from.

    >>> period_column(PLACEBOS["proven_reoffending_1y_before"]), period_column(PLACEBOS["custody_nights_2y_before"])
    ('offences', 'custody_nights')
    """
    measure = spec.name.rsplit("_", 2)[0]
    return COLUMNS.get(measure, measure)


def placebo_specs(protocol: Protocol) -> tuple[OutcomeSpec, ...]:
    """Return the specs of the placebos that a protocol names, in its order; refuse all wrong names at once.

    >>> PLACEBOS["frequency_1y_before"].months
    12
    """
    flat = protocol.data.source == "flat"
    known = flat_specs(protocol) if flat else PLACEBOS
    faults = [_not_there(name, protocol, list(known)) for name in protocol.outcomes.placebo if name not in known]
    faults += _said_twice(protocol)
    found = [known[name] for name in dict.fromkeys(protocol.outcomes.placebo) if name in known]
    if not flat:
        faults += [fault for spec in found for fault in _wrong_time(spec, protocol)]
    if faults:
        raise Refused(faults)
    return tuple(replace(spec, window="" if flat else _window(spec, protocol)) for spec in found)


def all_specs(protocol: Protocol) -> tuple[tuple[OutcomeSpec, ...], tuple[OutcomeSpec, ...]]:
    """Return the specs of a protocol's outcomes and of its placebos; refuse what is wrong with either, all at once."""
    faults: list[Fault] = []
    found: list[tuple[OutcomeSpec, ...]] = []
    readers: tuple[Callable[[Protocol], tuple[OutcomeSpec, ...]], ...] = (outcome_specs, placebo_specs)
    for reader in readers:
        try:
            found.append(reader(protocol))
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return found[0], found[1]


def same_past(spec: OutcomeSpec, protocol: Protocol) -> tuple[str, ...]:
    """Return the covariates and exact factors of a protocol that hold part of the past which a placebo measures.

    Of a flat file's columns nobody can tell.
    """
    if protocol.data.source == "flat":
        return ()
    asked = (*protocol.comparison.covariates, *protocol.comparison.exact)
    return tuple(dict.fromkeys(name for name in asked if name in SAME_PAST[period_column(spec)]))


def _said_twice(protocol: Protocol) -> list[Fault]:
    """Return a fault for every placebo named twice, or that is an outcome of the scheme too, by name or by column."""
    asked, columns = protocol.outcomes, protocol.data.outcomes
    read = {one.column: name for name, one in columns.items() if name in asked.names}
    faults = []
    for name in dict.fromkeys(asked.placebo):
        outcome = name if name in asked.names else read.get(columns[name].column) if name in columns else None
        if outcome is not None:
            problem = f"is outcome {outcome} as well, which the scheme may have changed"
            faults.append(
                Fault(problem, "leave it out of the one or of the other", None, None, "outcomes.placebo", name)
            )
        if asked.placebo.count(name) > 1:
            faults.append(Fault("is named twice", "name it once", field="outcomes.placebo", value=name))
    return faults


def _wrong_time(spec: OutcomeSpec, protocol: Protocol) -> list[Fault]:
    outcomes, faults = protocol.outcomes, []
    if spec.months != outcomes.follow_up_months:
        faults.append(
            Fault(
                f"covers {spec.months} months, and follow_up_months is {outcomes.follow_up_months}",
                "name the placebo of the same length, or change follow_up_months",
                field="outcomes.placebo",
                value=spec.name,
            )
        )
    if _proven(spec) and outcomes.run_in_months < PROOF_MONTHS:
        faults.append(
            Fault(
                f"may be proven up to {PROOF_MONTHS} months after its period, which ends {outcomes.run_in_months} "
                "months before the index date: the scheme could have touched it",
                f"set run_in_months = {PROOF_MONTHS} or more, or name another placebo",
                field="outcomes.placebo",
                value=spec.name,
            )
        )
    return faults


def _window(spec: OutcomeSpec, protocol: Protocol) -> str:
    months = protocol.outcomes.run_in_months
    ended = f"that ended {months} months before the index date" if months else "up to the index date"
    span = f"the {spec.months} months {ended}"
    proof = f", and proven within {PROOF_MONTHS} months of their end" if _proven(spec) else ""
    return f"within {span}{proof}; what led to the index date is left out" if proof else f"within {span}"


def _proven(spec: OutcomeSpec) -> bool:
    return period_column(spec) in ("offences", "seriousness")


def _not_there(name: str, protocol: Protocol, known: list[str]) -> Fault:
    if protocol.data.source == "partnership" and name in COVARIATES:
        return Fault(
            "is a covariate, on which groups are made alike, so it cannot show whether they were",
            f"name one of: {', '.join(one for one in known if '_1y_' in one)}",
            field="outcomes.placebo",
            value=name,
        )
    return unknown(name, known, protocol.folder, field="outcomes.placebo", what="a placebo")
