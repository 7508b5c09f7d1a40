"""Say what a scheme given by area can tell, before anyone looks at what happened."""

from whatworks.evaluation.result.people import ByArea
from whatworks.statistics.areas.design import AreaDesign
from whatworks.statistics.verdict import SIGNIFICANT

SWAPPED = (
    "The p-value takes it that the areas with the scheme could as well have been those without. Areas that were chosen "
    "rather than drawn by lot may differ for other reasons, and nothing here can show it."
)


def as_by_area(design: AreaDesign) -> ByArea:
    """Return a design as the result holds it, with the sentence that says what can come of it."""
    ways = design.ways
    ours, theirs = design.counts
    return ByArea(
        treated=ours,
        comparison=theirs,
        strata=None if design.strata is None else int(design.strata.max()) + 1,
        ways=0 if ways is None else ways.ways,
        smallest_p=1.0 if ways is None else ways.smallest_p,
        r_squared=design.by_area.r_squared,
        own=design.by_area.own,
        sentence=_sentence(ours, theirs, design),
    )


def areas_in_words(count: int) -> str:
    """Return a number of areas in words.

    >>> areas_in_words(1), areas_in_words(4)
    ('1 area', '4 areas')
    """
    return f"{count:,} area" if count == 1 else f"{count:,} areas"


def _sentence(ours: int, theirs: int, design: AreaDesign) -> str:
    said = f"The scheme was given by area: {areas_in_words(ours)} with it and {areas_in_words(theirs)} without."
    if design.ways is None:
        return f"{said} No verdict is possible without areas on both sides; more areas are needed."
    within = "" if design.strata is None else ", pair by pair or stratum by stratum,"
    smallest = design.ways.smallest_p
    said += f" These areas could have been chosen{within} in {design.ways.ways:,} ways, so the smallest p possible is "
    if smallest > SIGNIFICANT:
        return f"{said}{smallest:.2f}: above 0.05, so no verdict is possible whatever happened; more areas are needed."
    return f"{said}{smallest:.2g}." if smallest >= 0.001 else f"{said}below 0.001."
