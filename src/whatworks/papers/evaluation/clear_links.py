"""Clear for leaving what the links may have done: each way of joining the records is of slightly other people."""

from math import ceil, floor

from whatworks.evaluation import result as inside
from whatworks.evaluation.result.links import JoinedOtherwise, LinkDoubt, ThresholdPoint
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.other_samples import other_way, rounding
from whatworks.papers.disclosure.rounding import Safe, Scale, rounded
from whatworks.papers.evaluation import release as outside
from whatworks.papers.evaluation.release_links import Links, LinkWay

FORMULA = "wrong links taken out by formula"
LOCKED = "as joined when the protocol was locked"


def clear_links(
    result: inside.Result, outcomes: tuple[outside.Outcome, ...], shown: tuple[Nested, Nested]
) -> Links | None:
    """Return what may leave; nothing where the primary outcome is withheld or no model joined the records.

    The draws and the joining in force are rounded like the answer. Figures at other thresholds are of other people:
    one that leaves few, or few with the outcome, shows nothing, and one whose number lies near another is in whole
    points. Shares of people joined wrongly are never finer than the minimum count allows.
    """
    found, told = result.links, next((one for one in outcomes if one.primary), None)
    primary = next((one for one in result.outcomes if one.primary), None)
    if found is None or told is None or primary is None or told.withheld or not result.protocol.causal:
        return None
    near = "c" in (told.treated.n, told.comparison.n if told.comparison else None)
    scale, draws = rounding(primary.kind, coarse=near), primary.links
    ours = _one_in(found.false_treated, result.n.treated, result.minimum_count)
    theirs = _one_in(found.false_comparison, result.n.comparison_pool, result.minimum_count)
    return Links(
        draws=found.draws,
        seed=found.seed,
        threshold=found.threshold,
        model_sha256=found.model_sha256,
        decisions_sha256=found.decisions_sha256,
        judgements_sha256=found.judgements_sha256,
        judged=found.judged > 0,
        lowest=_figure(draws.lowest if draws else None, scale),
        highest=_figure(draws.highest if draws else None, scale),
        joined=_figure(draws.difference if draws else None, scale),
        joined_low=_figure(draws.ci_low if draws else None, scale),
        joined_high=_figure(draws.ci_high if draws else None, scale),
        variance_share=rounded(draws.share if draws else None, False, 0, 100),
        false_treated=ours[0],
        false_treated_under=ours[1],
        false_comparison=theirs[0],
        false_comparison_under=theirs[1],
        tipping_false=rounded(found.corrected.tipping_false if found.corrected else None, False, 0, 100),
        changed_after_lock=found.changed_after_lock,
        ways=_ways(found, primary.kind, shown, scale),
    )


def _figure(value: float | None, scale: Scale) -> Safe:
    return rounded(value, False, scale.end_places, scale.factor)


def _ways(found: LinkDoubt, kind: inside.Kind, shown: tuple[Nested, Nested], scale: Scale) -> tuple[LinkWay, ...]:
    ways = [_way(point, kind, shown) for point in found.thresholds]
    if found.locked is not None:
        ways.append(_way(found.locked, kind, shown))
    if found.corrected is not None:
        ends = (found.corrected.difference, found.corrected.ci_low, found.corrected.ci_high)
        difference, low, high = (_figure(end, scale) for end in ends)
        ways.append(LinkWay(name=FORMULA, difference=difference, ci_low=low, ci_high=high))
    return tuple(ways)


def _way(point: JoinedOtherwise, kind: inside.Kind, shown: tuple[Nested, Nested]) -> LinkWay:
    way = other_way((point.treated, point.comparison), kind, shown, keep=False)
    figures = (point.difference, point.ci_low, point.ci_high)
    difference, low, high = (rounded(each, way.withheld, way.scale.end_places, way.scale.factor) for each in figures)
    return LinkWay(
        name=f"pairs of at least {point.threshold:g} joined" if isinstance(point, ThresholdPoint) else LOCKED,
        in_force=isinstance(point, ThresholdPoint) and point.in_force,
        difference=difference,
        ci_low=low,
        ci_high=high,
    )


def _one_in(share: float, people: int, minimum: int) -> tuple[int | None, bool]:
    """Return "one in so many" to two digits, and whether the share is smaller; None where there is no telling.

    >>> _one_in(0.0345, 600, 10), _one_in(0.001, 600, 10), _one_in(0.0, 5, 10)
    ((29, False), (60, True), (None, False))
    """
    if people <= minimum:
        return None, False
    under = share * people < minimum
    number = people / minimum if under else 1 / share
    step = 10 ** max(0, len(str(int(number))) - 2)
    return int((floor(number / step) if under else ceil(number / step - 0.5)) * step), under
