"""Could the study have told? The smallest effect that it could have found, outcome by outcome."""

from decimal import Decimal

from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Listing
from whatworks.papers.evaluation.sections.outcomes import Outcome
from whatworks.papers.evaluation.sections.verdicts import difference_unit
from whatworks.papers.paper import Paragraph, Section
from whatworks.papers.words import text


def tested(release: PublishedResult) -> list[Outcome]:
    """Return the outcomes of which the study looked for an effect."""
    compared = release.outcomes if release.protocol.causal else ()
    return [one for one in compared if one.smallest_detectable is not None]


def by_area(release: PublishedResult) -> bool:
    """Return whether areas, not people, would have to be more."""
    return any(one.areas for one in tested(release))


def notes(release: PublishedResult) -> tuple[str, ...]:
    """Return what the columns mean."""
    more, where = ("Areas", "on each side") if by_area(release) else ("People", "in the scheme group")
    return (
        "Smallest effect: found four times in five where it is there (80% power at the 5% level). "
        f"{more} needed: {where}, for the smallest effect that the protocol calls worthwhile.",
    )


POWER = Listing(
    name="power",
    lines=tested,
    title="The smallest effect that the study could have found",
    columns=lambda release: (
        Column("Outcome", "label", 3.0, numeric=False),
        Column("Smallest effect", "smallest_detectable", 1.3),
        Column("Unit", difference_unit, 2.2, numeric=False),
        Column(f"{'Areas' if by_area(release) else 'People'} needed", lambda row: needed(row), 1.3),
    ),
    notes=notes,
)


def could_tell(release: PublishedResult) -> Section | None:
    """Return the section on the smallest effect that the study could have found, where it looked for one."""
    found = tested(release)
    if not found:
        return None
    primary = next((one for one in found if one.primary), None)
    message = power_words(primary) if primary else "The table shows the smallest effects that it could have found."
    return Section("could-it-tell", "Could the study have told?", (Paragraph(message), POWER.table(release)))


def power_words(outcome: Outcome) -> str:
    """Return what the study could have found of the primary outcome."""
    if not isinstance(outcome.smallest_detectable, Decimal):
        return f"{outcome.label}: withheld, since too few people are behind the figures."
    who = "areas" if outcome.areas else "people"
    message = (
        f"{outcome.label}: with the {who} analysed, a true difference of {text(outcome.smallest_detectable)} "
        f"{difference_unit(outcome)} or more would have been found four times in five. A smaller one could easily be "
        "missed."
    )
    more = needed(outcome)
    if isinstance(more, int):
        whom = "areas on each side" if outcome.areas else "people in the scheme group"
        message += (
            f" To find the smallest effect that the protocol calls worthwhile, about {text(more)} {whom} would be "
            "needed."
        )
    return message


def needed(outcome: Outcome) -> int | str | None:
    """Return how many people in the scheme group, or areas on each side, the smallest worthwhile effect takes."""
    found: int | str | None = outcome.areas.areas_needed if outcome.areas else outcome.n_needed
    return found
