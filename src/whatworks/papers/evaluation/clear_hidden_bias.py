"""Clear hidden bias for leaving: withheld with the outcome, and where gamma would tell of few pairs."""

from whatworks.evaluation.result import doubts
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import rounded
from whatworks.papers.evaluation import release as outside
from whatworks.papers.evaluation.release_doubts import HiddenBias


def clear_hidden_bias(
    found: doubts.HiddenBias | None, outcomes: tuple[outside.Outcome, ...], minimum: int
) -> HiddenBias | None:
    """Return what hidden bias the answer could bear. Both figures follow from the outcome's, so they go where it goes.

    Gamma follows from the number of pairs that fared alike: where any of the four kinds of pair is few, it is withheld.
    """
    outcome = next((one for one in outcomes if found and one.name == found.outcome), None)
    if found is None or outcome is None:
        return None
    people = (outcome.treated.n, outcome.comparison.n if outcome.comparison else None)
    withheld = outcome.withheld or "c" in people
    few = withheld or any(Nested(minimum).sensitive(cell) for cell in found.pairs or ())
    return HiddenBias(
        outcome=outcome.label,
        gamma=rounded(found.gamma, few, 2),
        gamma_sentence="" if few else found.gamma_sentence,
        e_value=rounded(found.e_value, withheld, 1),
        e_value_limit=rounded(found.e_value_limit, withheld, 1),
        e_value_sentence="" if withheld else found.e_value_sentence,
    )
