"""Clear the specification curve for leaving: withheld with the primary outcome, else rounded as it is."""

from whatworks.evaluation import result as inside
from whatworks.papers import release as outside
from whatworks.papers.release import Shown
from whatworks.papers.rounding import SCALES, half_away


def clear_specifications(
    result: inside.Result, outcomes: tuple[outside.Outcome, ...]
) -> tuple[outside.Specification, ...]:
    """Return the points; none at all where the primary outcome's own figures are withheld, or given coarsely."""
    primary = next((one for one in outcomes if one.primary), None)
    if primary is None or not result.protocol.causal or primary.withheld or primary.ruled_out is None:
        return ()
    if "c" in (primary.treated.n, primary.comparison.n if primary.comparison else None):
        return ()
    scale = SCALES[primary.kind]

    def shown(value: float | None) -> Shown:
        return None if value is None else half_away(value, scale.end_places, scale.factor)

    return tuple(
        outside.Specification(
            name=one.name,
            chosen=one.chosen,
            estimand=one.estimand,
            band=one.band,
            difference=shown(one.difference),
            ci_low=shown(one.ci_low),
            ci_high=shown(one.ci_high),
            note="Not possible with these people." if one.note else "",
        )
        for one in result.specifications
    )
