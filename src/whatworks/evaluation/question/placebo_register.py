"""The outcomes that a scheme cannot have changed: measures from before the index date, or what its protocol names."""

from collections.abc import Callable
from dataclasses import replace

from whatworks.evaluation.question.outcome_register import flat_specs, outcome_specs, unknown
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.measures.covariates import COVARIATES
from whatworks.records.follow_up import PROOF_MONTHS, months_in_words, window_of, windowed
from whatworks.records.refusal import Fault, Refused

_OFFENDING = ("previous_offences_2y", "previous_sanctions", "copas", "ogrs3_1y", "ogrs3_2y")
_SENTENCES = ("custodial_sentences", "previous_sanctions", "copas", "ogrs3_1y", "ogrs3_2y")
_PROVEN = ("proven_reoffending", "frequency", "seriousness")
SAME_PAST: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_PROVEN, _OFFENDING),
    "short_sentences": _SENTENCES,
    "long_sentences": _SENTENCES,
    "custody_nights": ("nights_in_custody_before_2y", "previous_custody_spells"),
}
"""Covariates that count part of what falls into a placebo period, by what it measures."""


BEFORE: dict[str, OutcomeSpec] = {
    spec.name: spec
    for spec in (
        OutcomeSpec("proven_reoffending", "Proven offending in {before}", "yes_no", "share of people"),
        OutcomeSpec("frequency", "Proven offences per person in {before}", "frequency", "proven offences per person",
                    subject="the number of proven offences in {before}"),
        OutcomeSpec("seriousness", "Seriousness of offending in {before}", "score", "severity points per person",
                    digits=1),
        OutcomeSpec("short_sentences", "Sentences under 12 months in {before}", "frequency", "sentences per person",
                    subject="the number of sentences under 12 months in {before}"),
        OutcomeSpec("long_sentences", "Sentences of 12 months or more in {before}", "frequency", "sentences per person",
                    subject="the number of sentences of 12 months or more in {before}"),
        OutcomeSpec("custody_nights", "Nights in custody in {before}", "nights", "nights per person", digits=1,
                    subject="the number of nights in custody in {before}"),
    )
}  # fmt: skip
"""What a placebo on a partnership's records may measure, over any number of months: columns of `period_outcomes`."""


def placebo_named(name: str) -> OutcomeSpec | None:
    """Return the placebo of a partnership's records that a protocol names; None where there is none.

    >>> [placebo_named(f"frequency_{length}_before").label for length in ("1y", "18m")]
    ['Proven offences per person in the year before', 'Proven offences per person in the 18 months before']
    """
    read = window_of(name.removesuffix("_before")) if name.endswith("_before") else None
    if read is None or read[0] not in BEFORE:
        return None
    spec, months = BEFORE[read[0]], read[1]
    before = f"the {'year' if months == 12 else months_in_words(months)} before"
    label, subject = spec.label.format(before=before), spec.subject.format(before=before)
    return replace(spec, name=name, column=name, label=label, subject=subject, months=months)


def placebo_names(months: int) -> list[str]:
    """Return the names of all placebos over so many months.

    >>> placebo_names(6)[-1]
    'custody_nights_6m_before'
    """
    return [f"{windowed(stem, months)}_before" for stem in BEFORE]


def placebo_measure(spec: OutcomeSpec) -> str:
    """Return the column of `period_outcomes` that a placebo of a partnership's records is read from.

    >>> placebo_measure(placebo_named("custody_nights_2y_before"))
    'custody_nights'
    """
    read = window_of(spec.name.removesuffix("_before"))
    return read[0] if read else spec.name


def placebo_specs(protocol: Protocol) -> tuple[OutcomeSpec, ...]:
    """Return the specs of the placebos that a protocol names, in its order; refuse all wrong names at once."""
    flat = protocol.data.source == "flat"
    if flat:
        known, names = flat_specs(protocol), list(flat_specs(protocol))
    else:
        named = {name: placebo_named(name) for name in protocol.outcomes.placebo}
        known, names = (
            {name: spec for name, spec in named.items() if spec},
            placebo_names(protocol.outcomes.follow_up_months),
        )
    faults = [_not_there(name, protocol, names) for name in protocol.outcomes.placebo if name not in known]
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
    return tuple(dict.fromkeys(name for name in asked if name in SAME_PAST[placebo_measure(spec)]))


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
    return placebo_measure(spec) in _PROVEN


def _not_there(name: str, protocol: Protocol, known: list[str]) -> Fault:
    if protocol.data.source == "partnership" and name in COVARIATES:
        return Fault(
            "is a covariate, on which groups are made alike, so it cannot show whether they were",
            f"name one of: {', '.join(known)}",
            field="outcomes.placebo",
            value=name,
        )
    return unknown(name, known, protocol.folder, field="outcomes.placebo", what="a placebo")
