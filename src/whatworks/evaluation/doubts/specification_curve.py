"""The primary difference under other calipers, methods and covariates, the protocol's own choice among them."""

from collections.abc import Iterator
from dataclasses import replace

from whatworks.evaluation.alike.balance_summary import ruler
from whatworks.evaluation.answer.analysis import Analysis, comparison_fields
from whatworks.evaluation.answer.matched_sample import draw_again
from whatworks.evaluation.question.comparison import FURTHER, Comparison
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result.doubts import SpecificationPoint
from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.balance import Ruler

MOST_POINTS = 30
MOST_PAIRS = 2_000_000
"""Optimal pairs are tried while treated times comparisons stay below this."""
MOST_PEOPLE = 100_000
"""With more people only nearest-neighbour matching is tried anew."""

CHOSEN = "the protocol's choice"


def specification_curve(analysis: Analysis, spec: OutcomeSpec) -> tuple[SpecificationPoint, ...]:
    """Return a point for every admissible way, the protocol's first; nothing for a trial.

    Each says whom it is about and its worst balance over all the protocol's covariates. Nothing here decides: no
    p-value is taken, and no points are counted. Covariates that the protocol calls necessary are never left out.
    """
    if analysis.sample.randomised or spec.design != "matched":
        return ()
    ways = list(_ways(analysis))[:MOST_POINTS]
    measured = ruler(analysis.protocol, analysis.units)
    return tuple(_point(analysis, spec, name, wanted, measured) for name, wanted in ways)


def _ways(analysis: Analysis) -> Iterator[tuple[str, Comparison]]:
    wanted = analysis.protocol.comparison
    yield CHOSEN, wanted
    seen = [wanted]
    for name, changed in _others(analysis, wanted):
        other = wanted.model_copy(update=changed)
        if other not in seen:
            seen.append(other)
            yield name, other


def _others(analysis: Analysis, wanted: Comparison) -> Iterator[tuple[str, dict[str, object]]]:
    treated = int(analysis.units.treated.sum())
    nearest: dict[str, object] = {**FURTHER, "method": "nearest", "replace": False, "ratio": 1}
    caliper = wanted.caliper
    yield "nearest, once each", nearest
    yield "nearest, with replacement", {**nearest, "replace": True}
    yield "nearest, two for each", {**nearest, "ratio": 2}
    yield "nearest, five for each, with replacement", {**nearest, "ratio": 5, "replace": True}
    for words, factor in (("half", 0.5), ("double", 2.0)):
        if caliper is not None:
            yield f"nearest, {words} the caliper", {**nearest, "caliper": caliper * factor}
    if caliper is not None:
        yield "nearest, no caliper", {**nearest, "caliper": None}
    if analysis.units.size <= MOST_PEOPLE:
        if caliper is not None:
            yield "radius", {**FURTHER, "method": "radius"}
            yield "radius, half the caliper", {**FURTHER, "method": "radius", "caliper": caliper / 2}
        if treated * (analysis.units.size - treated) <= MOST_PAIRS:
            yield "optimal pairs", {**FURTHER, "method": "optimal", "ratio": 1}
        yield "entropy balancing, means", {**FURTHER, "method": "entropy", "moments": 1}
    for name in wanted.covariates:
        if name not in (wanted.covariates if wanted.necessary is None else wanted.necessary):
            left = tuple(one for one in wanted.covariates if one != name)
            if left:
                yield f"without {analysis.units.label(name)}", {"covariates": left}


def _point(analysis: Analysis, spec: OutcomeSpec, name: str, wanted: Comparison, measured: Ruler) -> SpecificationPoint:
    chosen = name == CHOSEN
    protocol = analysis.protocol.model_copy(update={"comparison": wanted})
    try:
        first, before = analysis.sample, analysis.protocol.comparison
        sample = first if chosen else draw_again(first, before, protocol, analysis.units)
        other = analysis if chosen else replace(analysis, protocol=protocol, sample=sample)
        found = other.effect(other.values(spec), yes_no=spec.yes_no)
    except Refused as reason:
        return SpecificationPoint(name=name, chosen=chosen, note=f"Not possible: {reason}.")
    judged = analysis.protocol.comparison
    everybody = bool((sample.matched.used | ~analysis.units.treated).all())
    return SpecificationPoint(
        name=name,
        chosen=chosen,
        estimand="ATT" if everybody else "ATM",
        band=measured.worst(sample.matched.weights, green=judged.balance_amber, amber=judged.balance_red),
        **comparison_fields(found),
    )
