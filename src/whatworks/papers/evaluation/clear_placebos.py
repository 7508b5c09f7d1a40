"""Clear placebos for leaving: withheld and rounded by the rules of the outcomes that they stand beside."""

from dataclasses import replace

from whatworks.evaluation import result as inside
from whatworks.evaluation.result import doubts
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.disclosure.suppression import thin
from whatworks.papers.evaluation.clear_outcomes import both_people, effect, group, shown
from whatworks.papers.evaluation.release_doubts import Placebo


def clear_placebos(
    result: inside.Result, shown_people: tuple[Nested, Nested], more: Secondary = NOTHING_MORE
) -> tuple[Placebo, ...]:
    """Return the placebos as they may leave; `shown_people` hold the counts of people already shown.

    Of a number per person the people who have any are counted too: where they are few, their mean would tell of them.
    Where a number of people is withheld, intervals of shares are coarser, as those of outcomes are.
    """
    if not result.protocol.causal:
        return ()
    return tuple(_clear(one, result, shown_people, more) for one in result.placebos)


def _clear(
    found: doubts.Placebo, result: inside.Result, shown_people: tuple[Nested, Nested], more: Secondary
) -> Placebo:
    withheld = more.has("placebo", found.name) or any(
        thin(one, found.kind, result.minimum_count) for one in (found.treated, found.comparison)
    )
    n_treated, n_comparison = both_people(found, result.n, shown_people, True, withheld)
    scale = SCALES[found.kind]
    coarse = "c" in (n_treated, n_comparison) and found.kind in ("yes_no", "share")
    if coarse:
        scale = replace(scale, end_places=0)
    told = effect(found.name, found, scale, withheld, found.p, "" if withheld else found.sentence)
    return Placebo(
        **told.model_dump(),
        label=found.label,
        kind=found.kind,
        unit=found.unit,
        window=found.window,
        withheld=withheld,
        treated=group(found.treated, n_treated, scale, withheld),
        comparison=group(found.comparison, n_comparison or "c", scale, withheld),
        smallest_detectable=shown(found.smallest_detectable, scale, withheld or coarse),
        differs=None if withheld else found.differs,
        matched_on=found.matched_on,
        weakness=found.weakness,
        estimator=found.estimator,
        se_kind=found.se_kind,
    )
