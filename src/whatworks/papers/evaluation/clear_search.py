"""Clear the honest search for leaving: its kind of person and figures go where the people behind them are few."""

from collections.abc import Callable

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.rounding import half_away, p_value, rounded
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.evaluation.release_doubts import Search

FEW = "What the search found is withheld, since too few people are behind it."
FIGURES = ("effect", "effect_low", "effect_high", "difference", "difference_low", "difference_high", "smallest")


def clear_search(result: inside.Result, hidden: frozenset[str], more: Secondary = NOTHING_MORE) -> Search | None:
    """Return the search as it may leave.

    Withheld with the primary outcome, and where the people of the kind or the others are fewer than the minimum, or the
    effect on either is so large that fewer fared otherwise: the kind's name alone would then tell of a handful. Where
    few sets took no part, or few of the kind were in the half searched, no numbers of people are shown and shares are
    rounded to whole points, which hides them.
    """
    found = result.search
    primary = next((outcome for outcome in result.outcomes if outcome.primary), None)
    if found is None or primary is None or not result.protocol.causal:
        return None
    small = Nested(result.minimum_count).sensitive
    counts = [found.people or 0, found.others or 0, result.n.treated - (found.sets or result.n.treated)]
    few = any(small(count) for count in counts[:2]) or (primary.kind == "yes_no" and nearly_all(found, small))
    withheld = found.made and (primary.name in hidden or few)
    coarse = (
        withheld
        or more.has("search", "people")
        or small(counts[2])
        or any(small(count) for count in searched(found, result.subgroups))
    )
    scale = rounding(primary.kind, coarse=coarse)
    return Search(
        covariates=found.covariates,
        made=found.made,
        withheld=withheld,
        sets="c" if coarse and found.sets is not None else found.sets,
        found=None if withheld else found.found,
        kind="c" if withheld and found.kind else found.kind,
        people="c" if coarse and found.people is not None else found.people,
        others="c" if coarse and found.others is not None else found.others,
        **{name: rounded(getattr(found, name), withheld, scale.end_places, scale.factor) for name in FIGURES},
        p=None if withheld or found.p is None else p_value(found.p),
        agree=None if withheld or found.agree is None else half_away(found.agree, 0, 100),
        splits=found.splits,
        sentence=FEW if withheld else found.sentence,
    )


def searched(found: inside.Search, subgroups: tuple[inside.Subgroup, ...]) -> list[int]:
    """Return how many of the kind took part in the search, where the kind is a subgroup whose people stand elsewhere.

    Of 31 women 24 in the half that was asked leave 7 in the half that was searched.
    """
    return [row.treated.n - (found.people or 0) for row in subgroups if f"{row.name}: {row.level}" == found.kind]


def nearly_all(found: inside.Search, small: Callable[[float], bool]) -> bool:
    """Say whether an effect is so near 100% that fewer than the minimum of the kind, or of the others, fared otherwise.

    Of 40 people an effect of -95% says that at most two had the outcome: 40 x (1 - 0.95).
    """
    if found.effect is None or found.difference is None:
        return False
    others = found.effect - found.difference
    return any(
        small(people * (1 - abs(effect))) or (people > 0 and abs(effect) > 1 - 1e-9)
        for people, effect in ((found.people or 0, found.effect), (found.others or 0, others))
    )
