"""The trial that one would have run, beside what was done instead, from the protocol's own settings."""

from collections.abc import Callable

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.question.comparison import Comparison
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import INDEX_EVENTS
from whatworks.evaluation.result.doubts import TrialRow
from whatworks.records.listing import listed

WHO = {
    "anyone_else": "anyone else in the records",
    "other_areas": "residents of areas without the scheme",
    "same_areas": "residents of its own areas who were not in it",
    "eligible": "people held as eligible but never referred",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def target_trial(analysis: Analysis, spec: OutcomeSpec, estimator: str) -> tuple[TrialRow, ...]:
    """Return the table of Hernan and Robins (2016): seven components, as a trial would have them and as they were.

    `estimator` is the name of what the primary outcome was estimated by.
    """
    return (
        _eligibility(analysis),
        _strategies(analysis),
        _assignment(analysis),
        _start(analysis),
        TrialRow(
            component="Outcome",
            ideal=f"{spec.label}, {spec.window or 'over a time fixed beforehand'}, known for everybody.",
            done=f"{spec.label}, {spec.window or 'as the file holds it'}. {_not_known(analysis, spec)}",
        ),
        _contrast(analysis),
        _analysis(analysis, estimator),
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
        done=f"Not by lot. Those in the scheme were {_way(wanted, analysis.units.label)}{same}, as though chance had "
        f"decided among people alike in {names}. Whatever else decided is not seen.",
    )


def _way(wanted: Comparison, label: Callable[[str], str] = str) -> str:
    """Return how comparisons were found.

    >>> _way(Comparison(covariates=("age",), ratio=2, replace=True))
    'each compared with the two people whose scores were nearest within the caliper, who could serve more than once'
    """
    if wanted.method != "nearest":
        return METHODS[wanted.method].done
    single, on = wanted.ratio == 1, wanted.mahalanobis
    if wanted.distance == "mahalanobis":
        on = wanted.covariates
    if on:
        near = f"nearest in {listed([label(name) for name in on])}"
        whom = f"{'person' if single else f'{_words(wanted.ratio)} people'} {near}"
    else:
        whom = f"{'person whose score was' if single else f'{_words(wanted.ratio)} people whose scores were'} nearest"
    within = "" if wanted.caliper is None or wanted.distance == "mahalanobis" else " within the caliper"
    if wanted.calipers:
        within += f" and not far apart in {listed([label(name) for name in wanted.calipers])}"
    often = "more than once" if wanted.replace else "only once"
    return f"each compared with the {whom}{within}, who could serve {often}"


def _words(number: int) -> str:
    """Write a number of comparisons in letters, so that nobody, and no rule, takes it for a count of people."""
    return NUMBERS[number] if number < len(NUMBERS) else "many"


def _not_known(analysis: Analysis, spec: OutcomeSpec) -> str:
    if not (analysis.units.not_known != (0, 0) or np.isnan(analysis.values(spec)).any()):
        return "It is known for everybody."
    bounded = spec.yes_no and spec.design == "matched" and analysis.protocol.attrition.bounds
    return "Those not known are left out" + (", and bounds say what they could change." if bounded else ".")


def _start(analysis: Analysis) -> TrialRow:
    cohort, ideal = analysis.protocol.cohort, "From the day of assignment, the same for both groups."
    if analysis.protocol.data.source == "flat":
        done = "From whatever day the file counts: the software cannot check that it is the same for both groups."
    elif cohort.clock == "scheme_start":
        done = (
            "From the start of the scheme; each comparison equally long past a like event, at liberty and free of it."
        )
    else:
        kinds = " or ".join(INDEX_EVENTS[kind] for kind in cohort.kinds)
        done = f"From {kinds}, for everybody, whether or not they started."
        if cohort.joined_within_days:
            done += f" Joining was decided on within {cohort.joined_within_days} days: until then nobody could fail."
    return TrialRow(component="Start of follow-up", ideal=ideal, done=done)


def _contrast(analysis: Analysis) -> TrialRow:
    ideal = "The effect of being assigned, whoever took part afterwards."
    if analysis.sample.randomised:
        return TrialRow(
            component="Causal contrast",
            ideal=ideal,
            done="The same, among the people whom the lot put into the groups.",
        )
    everybody = bool((analysis.sample.matched.used | ~analysis.units.treated).all())
    whom = (
        "everybody in the scheme whom the attrition table leaves"
        if everybody
        else "those in the scheme who had a comparison"
    )
    as_were = "kept as they were recorded, whoever took part afterwards (intention to treat)"
    if analysis.protocol.data.source == "flat":
        as_were = "as the file has them"
    return TrialRow(component="Causal contrast", ideal=ideal, done=f"The effect on {whom}, {as_were}.")


def _analysis(analysis: Analysis, estimator: str) -> TrialRow:
    done = "The same."
    if not analysis.sample.randomised:
        found = f"{estimator[:1].upper()}{estimator[1:]}"
        scored = METHODS[analysis.protocol.comparison.method].scored
        done = f"{found}. {'The score is' if scored else 'The weights are'} treated as fixed."
    return TrialRow(component="Analysis", ideal="Difference between the groups, by intention to treat.", done=done)
