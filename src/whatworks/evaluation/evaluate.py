"""Answer the protocol's question from the people to be analysed: the whole result, unrounded."""

import polars as pl

from whatworks.evaluation.alike.balance_summary import balance_rows, counts, estimand, scores
from whatworks.evaluation.alike.comparable import not_comparable, weakened
from whatworks.evaluation.alike.prognosis import prognosis
from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.data_lab import data_lab, data_lab_notes
from whatworks.evaluation.answer.descriptive_outcomes import descriptive_outcome
from whatworks.evaluation.answer.did_outcomes import did_outcome
from whatworks.evaluation.answer.matched_outcomes import NOT_CAUSAL, matched_outcome
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.answer.redrawn import Redrawn
from whatworks.evaluation.answer.time_to_first import deaths
from whatworks.evaluation.doubts.caveats import warnings
from whatworks.evaluation.doubts.hidden_bias import hidden_bias
from whatworks.evaluation.doubts.link_doubt import link_doubt
from whatworks.evaluation.doubts.placebo import placebos
from whatworks.evaluation.doubts.sensitivity import sensitivity, ties
from whatworks.evaluation.doubts.specification_curve import specification_curve
from whatworks.evaluation.doubts.target_trial import target_trial
from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.question.area_wording import as_by_area
from whatworks.evaluation.question.comparison import FURTHER, Comparison
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import AttritionStep, EarlierPapers, Matching, Outcome, Result
from whatworks.evaluation.studied.attrition import Trail
from whatworks.evaluation.studied.provenance import Stamp, data_stamp, paper, protocol_stamp
from whatworks.evaluation.studied.rare_levels import pool_rare_levels
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.whom.people_told import BESIDE_EARLIER, PeopleTold
from whatworks.evaluation.whom.subgroup_atoms import subgroup_atoms
from whatworks.evaluation.whom.subgroup_search import drill
from whatworks.evaluation.whom.subgroups import split_units, subgroups
from whatworks.evaluation.whom.told_sets import told_sets
from whatworks.statistics.areas.design import AreaDesign, area_design
from whatworks.statistics.areas.given import given_by_area
from whatworks.statistics.multiplicity import holm
from whatworks.statistics.verdict import SIGNIFICANT

_NOT_AFTER_HOLM = (
    " That is by itself: allowing for the number of outcomes looked at (Holm), chance could have produced one finding "
    "like this, so it does not settle anything."
)
SCORE_SETTINGS = ("distance", "link", "missing")


def settings_of(wanted: Comparison) -> tuple[str, ...]:
    """Return the settings that a way of matching goes by, the score's among them: overlap is shown for every way.

    Settings that few protocols have are named where they are used.

    >>> settings_of(Comparison(method="cem", covariates=("age",)))
    ('distance', 'link', 'missing', 'cutpoints')
    """
    own = [name for name in METHODS[wanted.method].settings if name in Comparison.model_fields and name != "exact"]
    asked = [name for name in FURTHER if name != "distance" and getattr(wanted, name) != FURTHER[name]]
    return (*SCORE_SETTINGS, *(name for name in own if name not in FURTHER), *asked)


def evaluate_units(
    protocol: Protocol,
    units: AnalysisSample,
    stamp: Stamp | None = None,
    *,
    extras: bool = True,
    told: PeopleTold | None = None,
    redrawn: Redrawn | None = None,
) -> Result:
    """Return the result of a protocol on these people. The same people, protocol and stamp give the same result.

    `redrawn` holds the answers where records are joined in other believable ways, which the intervals then allow for.
    `told` takes the people behind each count, and knows what earlier papers told of them. Without `extras` subgroups,
    placebos, sensitivity and what stands beside the named estimates are left out: for calibration.

    Raises `Refused` where the question cannot be answered: too few people, nobody to compare with, covariates that
    decide who is treated, a primary outcome that is the same for everybody.
    """
    stamp = stamp or Stamp()
    units = pool_rare_levels(units, stamp.minimum_count)
    sample = match_sample(protocol, units, stamp.minimum_count)
    overlap = scores(units, sample)
    areas = areas_of(protocol, units)
    balance = balance_rows(protocol, units, sample)
    unlike = not_comparable(balance, overlap, counts(units, sample), randomised=sample.randomised)
    analysis = Analysis(protocol, units, sample, extras, unlike, areas, redrawn)
    causal = protocol.scheme.causal
    answered = extras and causal and not unlike
    primary = units.specs[0]
    splits = split_units(analysis) if answered else []
    rows = subgroups(analysis, primary, splits)
    outcomes = _adjusted(tuple(_outcome(analysis, spec) for spec in units.specs))
    if redrawn is not None:
        outcomes = tuple(redrawn.weakened(outcome) for outcome in outcomes)
    both = zip(units.specs, outcomes, strict=True)
    outcomes = tuple(weakened(analysis, spec, outcome, balance) for spec, outcome in both)
    matters = outcomes[0].areas is None or outcomes[0].areas.interval == "CR2"  # else no matching lies in the estimate
    earlier = EarlierPapers()
    if told:
        earlier = told.take(told_sets(analysis, splits, told.book.key), protocol.sha256(), stamp.minimum_count)
    beside = (BESIDE_EARLIER,) if earlier.families else ()
    links = link_doubt(analysis, primary, outcomes[0])
    unequal = links.unequal if links else ()
    return Result(
        minimum_count=stamp.minimum_count,
        paper=paper(protocol, stamp),
        protocol=protocol_stamp(protocol, stamp),
        data=data_stamp(protocol, units),
        attrition=attrition_of(analysis),
        deaths=deaths(analysis),
        areas=None if areas is None else as_by_area(areas),
        n=counts(units, sample),
        estimand=estimand(protocol, units, sample),
        matching=_matching(analysis, primary, answered, matters),
        balance=balance,
        not_comparable=unlike,
        scores=overlap,
        prognosis=prognosis(analysis, primary) if extras and causal else None,
        outcomes=outcomes,
        subgroups=rows,
        earlier=earlier,
        subgroup_atoms=subgroup_atoms(analysis, primary, splits, rows) if splits else (),
        search=drill(analysis, primary) if extras and causal else None,
        placebos=placebos(analysis) if answered else (),
        sensitivity=sensitivity(analysis, primary) if answered and matters and primary.design == "matched" else (),
        hidden_bias=hidden_bias(analysis, primary, outcomes[0]) if answered else None,
        specifications=specification_curve(analysis, primary) if answered and matters else (),
        links=links,
        target_trial=target_trial(analysis, primary, outcomes[0].estimator) if extras and causal else (),
        data_lab=data_lab(analysis) if extras and not unlike else (),
        data_lab_notes=data_lab_notes(analysis) if extras else (),
        warnings=(*warnings(analysis, stamp, balance, overlap), *unequal, *beside),
    )


def areas_of(protocol: Protocol, units: AnalysisSample) -> AreaDesign | None:
    """Return the areas of a scheme that was given by area, or None; a protocol cannot choose which it was."""
    return areas_among(protocol, units.people)


def areas_among(protocol: Protocol, people: pl.DataFrame) -> AreaDesign | None:
    """Return the same of people known by `area` and `treated` only, before anyone looks at what happened."""
    by_area = given_by_area(people)
    if not protocol.scheme.causal or not by_area.holds:
        return None
    return area_design(people, by_area, protocol.comparison.area_strata, protocol.seed)


def _outcome(analysis: Analysis, spec: OutcomeSpec) -> Outcome:
    if not analysis.protocol.scheme.causal:
        return descriptive_outcome(analysis, spec, NOT_CAUSAL)
    if spec.design == "descriptive":
        return descriptive_outcome(analysis, spec)
    if analysis.unlike:
        return descriptive_outcome(analysis, spec, analysis.unlike)
    if spec.design == "difference_in_differences":
        return did_outcome(analysis, spec)
    return matched_outcome(analysis, spec)


def _adjusted(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Put Holm's p beside the raw one, over all outcomes that carry a verdict; a finding it undoes says so."""
    judged = [one for one in outcomes if one.verdict is not None and one.p is not None]
    p_values = dict(zip((one.name for one in judged), holm([one.p or 0.0 for one in judged]), strict=True))
    changed = []
    for one in outcomes:
        p = p_values.get(one.name)
        undone = p is not None and one.p is not None and one.p <= SIGNIFICANT < p and not one.primary
        update: dict[str, object] = {"p_adjusted": p}
        if undone:
            more = "areas" if one.areas is not None else "people"
            update |= {"verdict": f"more {more} needed", "ruled_out": None, "sentence": one.sentence + _NOT_AFTER_HOLM}
        changed.append(one.model_copy(update=update))
    return tuple(changed)


def _matching(analysis: Analysis, primary: OutcomeSpec, answered: bool, matters: bool) -> Matching:
    wanted = analysis.protocol.comparison
    settings: dict[str, object] = {}
    if not analysis.sample.randomised:
        settings = {name: getattr(wanted, name) for name in settings_of(wanted)}
        settings |= {"covariates": list(wanted.covariates), "exact": [*analysis.units.strata, *wanted.exact]}
        if analysis.protocol.data.source == "partnership":
            settings["who"] = wanted.who
    wants_ties = answered and matters and primary.design == "matched"
    return Matching(
        method=wanted.method,
        settings=settings,
        tie_sensitivity=ties(analysis, primary) if wants_ties else None,
    )


def attrition_of(analysis: Analysis) -> tuple[AttritionStep, ...]:
    """Return the steps from everybody submitted to those who are analysed."""
    found = counts(analysis.units, analysis.sample)
    trail = Trail(list(analysis.units.attrition))
    if analysis.sample.randomised:
        trail.step("Analysed", None, found.treated, found.comparison)
    else:
        trail.step(
            "Analysed: matched with a comparison",
            "no comparison near enough, or not needed as a comparison",
            found.treated,
            found.comparison,
        )
    return tuple(trail.steps)
