"""Clear the specification curve for leaving: each point is of other people, so each is looked at by itself."""

from whatworks.evaluation import result as inside
from whatworks.evaluation.result import doubts
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.other_samples import other_way
from whatworks.papers.disclosure.rounding import rounded
from whatworks.papers.evaluation import release as outside
from whatworks.papers.evaluation.release_doubts import Specification


def clear_specifications(
    result: inside.Result, outcomes: tuple[outside.Outcome, ...], shown: tuple[Nested, Nested]
) -> tuple[Specification, ...]:
    """Return the points; none at all where the primary outcome's own figures are withheld, or have no verdict.

    `shown` holds the counts of people that stand elsewhere in the paper. A point whose number of people lies near one
    of them, or near another point's, shows no number and is rounded to whole points; one of few people shows nothing.
    """
    primary = next((one for one in outcomes if one.primary), None)
    if primary is None or not result.protocol.causal or primary.withheld or primary.verdict is None:
        return ()
    return tuple(_point(one, primary.kind, shown) for one in result.specifications)


def _point(one: doubts.SpecificationPoint, kind: inside.Kind, shown: tuple[Nested, Nested]) -> Specification:
    way = other_way((one.treated, one.comparison), kind, shown, keep=True)
    places, factor = way.scale.end_places, way.scale.factor
    return Specification(
        name=one.name,
        chosen=one.chosen,
        estimand=one.estimand,
        band=one.band,
        treated=None if one.note else way.treated,
        comparison=None if one.note else way.comparison,
        difference=rounded(one.difference, way.withheld, places, factor),
        ci_low=rounded(one.ci_low, way.withheld, places, factor),
        ci_high=rounded(one.ci_high, way.withheld, places, factor),
        note="Not possible with these people." if one.note else "",
    )
