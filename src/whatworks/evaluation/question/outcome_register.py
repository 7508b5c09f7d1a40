"""The outcomes that a partnership's records can give, each with the design that suits it (five Diamond measures)."""

from collections.abc import Sequence
from difflib import get_close_matches

from whatworks.evaluation.question.data_lab_list import tier_specs
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.values.settings import FlatOutcome
from whatworks.measures.covariates import PATHWAY_LABELS
from whatworks.records.follow_up import window_of, windowed
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import PATHWAYS

REOFFENDERS_DIFFER = "reoffenders of the two groups are not alike, even where the groups are"
NOT_ASSESSED = "agencies assess needs of people on the scheme only, so there is nothing to compare them with"
FEWER_BREACHES = (
    "fewer breaches with unchanged compliance is not success, and few people leave under a requirement: read it beside "
    "the share of appointments kept"
)


PROVEN = "committed within {length} of the index date and proven within {proof} months of it"
WITHIN = "within {length} of the index date"

MEASURES: dict[str, OutcomeSpec] = {
    spec.name: spec
    for spec in (
        OutcomeSpec("proven_reoffending", "Proven reoffending", "yes_no", "share of people", measure=1, window=PROVEN),
        OutcomeSpec("frequency", "Proven reoffences per person", "frequency", "proven reoffences per person",
                    measure=1, subject="the number of proven reoffences", window=PROVEN),
        OutcomeSpec("reconvicted", "Reconviction", "yes_no", "share of people", measure=1, window=PROVEN),
        OutcomeSpec("charged", "Charged with a new offence", "yes_no", "share of people", measure=1,
                    subject="the share of people charged with a new offence", window=PROVEN),
        OutcomeSpec("charges", "Charges per person", "frequency", "charges per person", measure=1,
                    subject="the number of charges", window=PROVEN),
        OutcomeSpec("days_to_first", "Days to the first proven reoffence, among reoffenders", "days", "days",
                    design="descriptive", measure=1, among="proven_reoffending", digits=0,
                    why_descriptive=REOFFENDERS_DIFFER, window=PROVEN),
        OutcomeSpec("days_free", "Days free of proven reoffending", "days", "days per person", measure=1, digits=1,
                    subject="the time free of proven reoffending", ended_by="free_ended_by", died="died",
                    window=f"{{length}} from the index date, up to a first reoffence or a death; {PROVEN}"),
        OutcomeSpec("seriousness", "Seriousness of reoffending", "score", "severity points per person",
                    design="difference_in_differences", measure=2, digits=1, window=PROVEN),
        OutcomeSpec("seriousness_among_reoffenders", "Seriousness among reoffenders", "score",
                    "severity points per reoffender", design="descriptive", measure=2, column="seriousness",
                    among="proven_reoffending", why_descriptive=REOFFENDERS_DIFFER, window=PROVEN),
        OutcomeSpec("breaches_per_month", "Breaches per month under a requirement", "rate",
                    "breaches per person-month under a requirement", design="descriptive", measure=3,
                    numerator="breaches", denominator="months_under_requirement", digits=3,
                    why_descriptive=FEWER_BREACHES, window=WITHIN),
        OutcomeSpec("appointments_kept_share", "Share of appointments kept", "share", "share of appointments due",
                    design="descriptive", measure=3, numerator="appointments_kept",
                    denominator="appointments_due", why_descriptive=FEWER_BREACHES,
                    window=WITHIN),
        OutcomeSpec("short_sentences", "Sentences under 12 months", "frequency", "sentences per person",
                    design="difference_in_differences", measure=4, subject="the number of sentences under 12 months",
                    window=WITHIN),
        OutcomeSpec("long_sentences", "Sentences of 12 months or more", "frequency", "sentences per person",
                    measure=4, subject="the number of sentences of 12 months or more",
                    window=WITHIN),
        OutcomeSpec("custody_nights", "Nights in custody", "nights", "nights per person", measure=4, digits=1,
                    subject="the number of nights in custody", window=WITHIN),
        OutcomeSpec("custody_for_reoffending", "Custody for reoffending", "yes_no", "share of people", measure=4,
                    window=PROVEN),
        OutcomeSpec("custody_frequency", "Custodial sentences for reoffending per person", "frequency",
                    "custodial sentences per person", measure=4,
                    subject="the number of custodial sentences for reoffending", window=PROVEN),
        *tier_specs(PROVEN),
    )
}  # fmt: skip
"""Every outcome that is measured over months, any number of them: `over` gives the name, as `frequency_18m`."""


NEEDS: dict[str, OutcomeSpec] = {
    f"needs_met_{pathway}": OutcomeSpec(
        f"needs_met_{pathway}",
        f"Need met: {PATHWAY_LABELS[pathway]}",
        "share",
        "share of needs at the outset",
        design="descriptive",
        measure=5,
        numerator=f"needs_met_{pathway}",
        denominator=f"needs_at_outset_{pathway}",
        why_descriptive=NOT_ASSESSED,
        window="from the outset to the end of the scheme",
    )
    for pathway in PATHWAYS
}
"""Outcomes of the whole follow-up, which have no other window."""


def outcome_named(name: str) -> OutcomeSpec | None:
    """Return the outcome of a partnership's records that a protocol names; None where there is none.

    >>> [outcome_named(name).label for name in ("frequency_18m", "needs_met_health")]
    ['Proven reoffences per person', 'Need met: health']
    >>> outcome_named("frequency_24m")
    """
    read = window_of(name)
    if read is None:
        return NEEDS.get(name)
    return MEASURES[read[0]].over(read[1]) if read[0] in MEASURES else None


def outcome_names(months: int) -> list[str]:
    """Return the names of all outcomes of one window.

    >>> outcome_names(6)[0]
    'proven_reoffending_6m'
    """
    return [*(windowed(stem, months) for stem in MEASURES), *NEEDS]


def outcome_specs(protocol: Protocol) -> tuple[OutcomeSpec, ...]:
    """Return the specs of the outcomes a protocol names, the primary first; refuse all unknown names at once."""
    months = protocol.outcomes.follow_up_months
    if protocol.data.source == "flat":
        known, names = flat_specs(protocol), list(flat_specs(protocol))
    else:
        named = {name: outcome_named(name) for name in protocol.outcomes.names}
        known, names = {name: spec for name, spec in named.items() if spec is not None}, outcome_names(months)
    faults = [unknown(name, names, protocol.folder) for name in protocol.outcomes.names if name not in known]
    faults += [
        Fault(
            f"needs follow_up_months = {spec.months}, not {months}",
            "name an outcome of the same follow-up, or change follow_up_months",
            field="outcomes",
            value=spec.name,
        )
        for spec in (known[name] for name in protocol.outcomes.names if name in known)
        if spec.months is not None and spec.months != months
    ]
    primary = known.get(protocol.outcomes.primary)
    if primary is not None and primary.design == "descriptive":
        faults.append(
            Fault(
                f"is descriptive ({primary.why_descriptive})",
                "choose a primary outcome that may carry a verdict",
                field="outcomes.primary",
                value=primary.name,
            )
        )
    if faults:
        raise Refused(faults)
    return tuple(known[name] for name in protocol.outcomes.names)


def flat_specs(protocol: Protocol) -> dict[str, OutcomeSpec]:
    """Return the specs of the outcomes that a flat file holds, by name."""
    return {name: _flat_spec(name, one, protocol.data.window) for name, one in protocol.data.outcomes.items()}


def _flat_spec(name: str, outcome: FlatOutcome, window: str) -> OutcomeSpec:
    units = {"yes_no": "share of people", "frequency": "per person", "score": "points per person", "days": "days"}
    digits = 1 if outcome.kind in ("days", "score") else 2
    unit = outcome.unit or units[outcome.kind]
    if outcome.event is None:
        return OutcomeSpec(name, outcome.label, outcome.kind, unit, window=window, digits=digits)
    subject = outcome.label[:1].lower() + outcome.label[1:]
    return OutcomeSpec(
        name, outcome.label, outcome.kind, unit, window=window, digits=digits, subject=subject,
        ended_by=f"{name}_ended_by", died=f"{name}_died",
    )  # fmt: skip


def unknown(
    name: str, known: Sequence[str], protocol: str, *, field: str = "outcomes", what: str = "an outcome"
) -> Fault:
    """Return the fault of an outcome's name that is not known, with the nearest that is.

    >>> str(unknown("rearest", ["rearrest"], "aid"))
    'outcomes "rearest": is not an outcome that protocol aid can have; did you mean rearrest?'
    """
    near = get_close_matches(name, known, 1)
    meant = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known) or 'none'}"
    return Fault(f"is not {what} that protocol {protocol} can have", meant, field=field, value=name)
