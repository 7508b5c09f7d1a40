"""How strong would something unmeasured have to be to explain the primary answer away? Gamma and the E-value."""

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Outcome
from whatworks.evaluation.result.doubts import HiddenBias
from whatworks.records.refusal import Refused
from whatworks.statistics.bias.e_value import e_value
from whatworks.statistics.bias.rosenbaum import rosenbaum_gamma
from whatworks.statistics.groups.ratio import Ratio

FROM_RATIO = "risk ratio"


def hidden_bias(analysis: Analysis, spec: OutcomeSpec, outcome: Outcome) -> HiddenBias | None:
    """Return what hidden bias the primary outcome of a matched evaluation could bear; None where neither can be said.

    Rosenbaum's gamma needs pairs, one to one without replacement, of people who are independent (no scheme given by
    area); the E-value a risk ratio with an interval.
    """
    if analysis.sample.randomised or spec.design != "matched":
        return None
    gamma = {} if analysis.areas is not None else _gamma(analysis, spec)
    evidence = _e_value(outcome)
    if not gamma and not evidence:
        return None
    return HiddenBias(outcome=spec.name, **gamma, **evidence)


def _gamma(analysis: Analysis, spec: OutcomeSpec) -> dict[str, object]:
    pairs, wanted = analysis.sample.pairs, analysis.protocol.comparison
    if pairs is None or wanted.replace or len(np.unique(pairs.treated)) < len(pairs.treated):
        return {}
    values = analysis.values(spec)
    ours, theirs = values[pairs.treated], values[pairs.comparison]
    known = ~np.isnan(ours - theirs)
    ours, theirs = ours[known], theirs[known]
    try:
        found = rosenbaum_gamma(ours, theirs)
    except Refused:
        return {}
    cells = None
    if spec.yes_no:
        yes, also = ours > 0, theirs > 0
        cells = tuple(int(cell.sum()) for cell in (yes & also, yes & ~also, ~yes & also, ~yes & ~also))
    return {"gamma": found.gamma, "gamma_sentence": found.sentence, "pairs": cells}


def _e_value(outcome: Outcome) -> dict[str, object]:
    ratio = next((one for one in outcome.ratios if one.name == FROM_RATIO), None)
    if ratio is None:
        return {}
    try:
        found = e_value(Ratio(ratio.name, ratio.value, ratio.ci_low, ratio.ci_high))
    except Refused:
        return {}
    return {"e_value": found.estimate, "e_value_limit": found.limit, "e_value_sentence": found.sentence}
