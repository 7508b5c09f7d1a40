"""The trial that one would have run, beside what was done instead, from the protocol's own settings."""

from whatworks.evaluation.analysis import Analysis
from whatworks.evaluation.outcome_spec import OutcomeSpec
from whatworks.evaluation.result_doubts import TrialRow
from whatworks.records.listing import listed

KINDS = {
    "release": "release from custody",
    "order_start": "the start of a court order",
    "caution": "a caution",
    "participation_start": "the start of the scheme",
}
WHO = {
    "anyone_else": "anyone else in the records",
    "other_areas": "residents of areas without the scheme",
    "same_areas": "residents of its own areas who were not in it",
    "eligible": "people held as eligible but never referred",
}
WAYS = {
    "nearest": "the person with the nearest score",
    "optimal": "pairs whose scores together differ least",
    "radius": "everybody whose score is near enough",
    "cem": "people in the same bins of every covariate",
    "exact": "people with the same covariates",
    "entropy": "comparisons weighted until their averages are the scheme group's",
}


def target_trial(analysis: Analysis, spec: OutcomeSpec) -> tuple[TrialRow, ...]:
    """Return the table of Hernan and Robins (2016): seven components, as a trial would have them and as they were."""
    return (
        _eligibility(analysis),
        _strategies(analysis),
        _assignment(analysis),
        _start(analysis),
        TrialRow(
            component="Outcome",
            ideal=f"{spec.label}, {spec.window or 'over a time fixed beforehand'}, known for everybody.",
            done=f"{spec.label}, {spec.window or 'as the file holds it'}. "
            + (
                "Those not known are bounded."
                if analysis.protocol.attrition.bounds
                else "Those not known are left out."
            ),
        ),
        _contrast(analysis),
        _analysis(analysis),
    )


def _eligibility(analysis: Analysis) -> TrialRow:
    cohort, flat = analysis.protocol.cohort, analysis.protocol.data.source == "flat"
    who = cohort.population or "the people whom the scheme is for"
    said = [f"{who[:1].upper()}{who[1:].rstrip('.')}"]
    if flat:
        said.append("the rows of the file, taken as they are")
    elif cohort.minimum_age is not None:
        said.append(f"aged {cohort.minimum_age} or over at the index event")
    if cohort.exclusions:
        said.append(f"left out: {listed([one.replace('_', ' ') for one in cohort.exclusions])}")
    rule = "the same rule in both groups, by what was known on that day"
    return TrialRow(
        component="Eligibility",
        ideal=f"{said[0]}, judged before anybody is assigned.",
        done=f"{'; '.join(said)}; {rule if not flat else 'the software has not seen how they were chosen'}.",
    )


def _strategies(analysis: Analysis) -> TrialRow:
    scheme, flat = analysis.protocol.scheme, analysis.protocol.data.source == "flat"
    others = "the rows not treated" if flat else WHO[analysis.protocol.comparison.who]
    return TrialRow(
        component="Treatment strategies",
        ideal=f"Being offered {scheme.name}, against whatever people get without it.",
        done=f"Being in {scheme.name} by the records, against {others}, who may have had other help.",
    )


def _assignment(analysis: Analysis) -> TrialRow:
    wanted, ideal = analysis.protocol.comparison, "By lot, among those eligible."
    if analysis.sample.randomised:
        return TrialRow(component="Assignment", ideal=ideal, done="By lot, as the protocol says.")
    names = listed([analysis.units.label(name) for name in wanted.covariates])
    equal = [*analysis.units.strata, *wanted.exact]
    same = f", equal in {listed([analysis.units.label(name) for name in equal])}" if equal else ""
    return TrialRow(
        component="Assignment",
        ideal=ideal,
        done=f"Not by lot. Each was compared with {WAYS[wanted.method]}{same}, as though chance had decided among "
        f"people alike in {names}. Whatever else decided is not seen.",
    )


def _start(analysis: Analysis) -> TrialRow:
    cohort, ideal = analysis.protocol.cohort, "From the day of assignment, the same for both groups."
    if analysis.protocol.data.source == "flat":
        done = "From whatever day the file counts: the software cannot check that it is the same for both groups."
    elif cohort.clock == "scheme_start":
        done = (
            "From the start of the scheme; each comparison equally long past a like event, at liberty and free of it."
        )
    else:
        kinds = " or ".join(KINDS[kind] for kind in cohort.kinds)
        done = f"From {kinds}, for everybody, whether or not they started."
        if cohort.joined_within_days:
            done += f" Joining was decided on within {cohort.joined_within_days} days: until then nobody could fail."
    return TrialRow(component="Start of follow-up", ideal=ideal, done=done)


def _contrast(analysis: Analysis) -> TrialRow:
    done = "The same, among the people whom the lot put into the groups."
    if not analysis.sample.randomised:
        done = (
            "The effect on those in the scheme who had a comparison, kept as they were recorded (intention to treat)."
        )
    return TrialRow(
        component="Causal contrast", ideal="The effect of being assigned, whoever took part afterwards.", done=done
    )


def _analysis(analysis: Analysis) -> TrialRow:
    done = "The same."
    if not analysis.sample.randomised:
        done = "Difference in the matched sample, adjusted for what imbalance is left; the score is treated as fixed."
    return TrialRow(component="Analysis", ideal="Difference between the groups, by intention to treat.", done=done)
