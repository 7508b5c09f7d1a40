"""What the scheme cannot have changed: where the groups differ in that, they were not alike."""

from typing import Annotated

from pydantic import Field

from whatworks.evaluation.result import doubts
from whatworks.papers.disclosure.published import Before, Effect
from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.evaluation.columns import effect, groups, yes_no
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, ResultSection
from whatworks.papers.evaluation.sections.verdicts import difference_unit, lower
from whatworks.papers.paper import Bullets, Paragraph
from whatworks.papers.words import text
from whatworks.records.listing import listed

INTRODUCTION = (
    "A placebo is an outcome that the scheme cannot have changed, because it lies before the index date or because the "
    "scheme has no way to touch it. Groups that are alike do not differ in it beyond chance."
)
NOTES = (
    "The same people and the same rules of method as for the outcomes. No placebo alters a verdict, an interval or a "
    "p-value.",
    "Each is tested by itself: of twenty placebos in groups that are alike, one differs by chance. Smallest effect: "
    "found four times in five. Ranges in brackets are 95% intervals.",
)
IN_FULL = "Time in custody before the index date is not taken out: everybody's time counts in full."
MATCHED_ON = "Where a covariate already tells the same past, the groups were made alike in it, and the check is weaker."
WITHHELD = "Withheld, since too few people are behind the figures."


class Placebo(Effect, of=doubts.Placebo):
    """An outcome that the scheme cannot have changed; `note` says what a difference means. It decides nothing."""

    withheld: Annotated[bool, Before("treated")]
    differs: bool | None = Field(description="Whether p is 0.05 or less, before rounding.")
    matched_on: tuple[str, ...] = Field(description="Covariates that hold part of the same past, which weakens it.")
    weakness: Annotated[str, Before("estimator")]


def windows(release: PublishedResult) -> tuple[str, ...]:
    """Return over which time placebos were counted, and what was known of it when people were matched."""
    described = {
        one.window: [two.label for two in release.placebos if two.window == one.window] for one in release.placebos
    }
    message = [f"{sentence(labels)}: {window}." for window, labels in described.items() if window]
    if message:
        message.append(IN_FULL)
    elif release.matching.method != "none":
        message.append(MATCHED_ON)
    return tuple(message)


def meanings(found: tuple[Placebo, ...]) -> tuple[str, ...]:
    """Return what each placebo says, then what weakens it; those of which the same is said stand together."""
    described = [(one.label, one.note or WITHHELD) for one in found]
    described += [(one.label, one.weakness) for one in found if one.weakness and not one.withheld]
    message = dict.fromkeys(note for _, note in described)
    return tuple(f"{sentence([label for label, note in described if note == one])}: {one}" for one in message)


def sentence(labels: list[str]) -> str:
    """Return labels as a sentence begins with them.

    >>> sentence(["Nights in custody", "Proven offending"])
    'Nights in custody and proven offending'
    """
    return listed([labels[0], *(lower(label) for label in labels[1:])])


def differing(release: PublishedResult) -> list[str]:
    """Return the warning that the groups were not alike, where a placebo that is shown says so."""
    labels = [lower(one.label) for one in release.placebos if one.differs]
    if not labels or not release.protocol.causal:
        return []
    return [
        f"The groups differ in what the scheme cannot have changed ({listed(labels)}): they were not alike in "
        "something that the comparison does not allow for."
    ]


PLACEBOS = ResultSection(
    name="placebos",
    rows=lambda result: result.placebos if result.protocol.causal else (),
    published=Placebo,
    title="What the scheme cannot have changed",
    sheet_title="What the scheme cannot have changed: a difference shows that the groups were not alike",
    columns=lambda _: (
        Column("Placebo", "label", 2.4, numeric=False),
        Column("Unit", lambda row: "per cent" if SCALES[row.kind].value_unit else row.unit, page=False),
        *groups((1.0, 1.6, 1.5, 1.6)),
        Column("Unit of difference", difference_unit, page=False),
        *effect(1.8),
        Column("p", "p", 0.7, lambda row: text("c" if row.withheld else row.p)),
        Column("Smallest detectable", "smallest_detectable", 1.1, page="Smallest effect"),
        Column("Differs", lambda row: yes_no(row.differs), page=False),
        Column("When", "window", page=False),
        Column("Estimator", "estimator", page=False),
        Column("What it means", lambda row: " ".join(filter(None, (row.note or WITHHELD, row.weakness))), page=False),
    ),
    notes=lambda release: (*NOTES, *windows(release)),
    words=lambda release, table: [Paragraph(INTRODUCTION), table, Bullets(meanings(release.placebos))],
)
