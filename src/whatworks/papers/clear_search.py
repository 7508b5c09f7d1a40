"""Clear the honest search for leaving: its kind of person and figures go where the people behind them are few."""

from whatworks.evaluation import result as inside
from whatworks.papers import release as outside
from whatworks.papers.nested import Nested
from whatworks.papers.release import Shown
from whatworks.papers.rounding import SCALES, half_away, p_value

FEW = "What the search found is withheld, since too few people are behind it."
FIGURES = ("effect", "effect_low", "effect_high", "difference", "difference_low", "difference_high", "smallest")


def clear_search(result: inside.Result, hidden: frozenset[str]) -> outside.Search | None:
    """Return the search as it may leave.

    Withheld with the primary outcome, and where the people of the kind, the others, or all who were asked or searched
    are fewer than the minimum: the kind's name alone would then say something of a handful.
    """
    found = result.search
    primary = next((outcome for outcome in result.outcomes if outcome.primary), None)
    if found is None or primary is None or not result.protocol.causal:
        return None
    small = Nested(result.minimum_count).sensitive
    counts = [found.people or 0, found.others or 0, result.n.treated - (found.sets or result.n.treated)]
    withheld = found.made and (primary.name in hidden or any(small(count) for count in counts[:2]))
    scale = SCALES[primary.kind]

    def shown(value: float | None) -> Shown:
        if value is None:
            return None
        return "c" if withheld else half_away(value, scale.end_places, scale.factor)

    coarse = withheld or small(counts[2])
    return outside.Search(
        covariates=found.covariates,
        made=found.made,
        withheld=withheld,
        sets="c" if coarse and found.sets is not None else found.sets,
        found=None if withheld else found.found,
        kind="c" if withheld and found.kind else found.kind,
        people="c" if coarse and found.people is not None else found.people,
        others="c" if coarse and found.others is not None else found.others,
        **{name: shown(getattr(found, name)) for name in FIGURES},
        p=None if withheld or found.p is None else p_value(found.p),
        agree=None if withheld or found.agree is None else half_away(found.agree, 0, 100),
        splits=found.splits,
        sentence=FEW if withheld else found.sentence,
    )
