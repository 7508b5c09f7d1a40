"""Did it differ between groups? The primary outcome in each level of a subgroup, and the tests of interaction."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Annotated

from pydantic import Field

from whatworks.evaluation import result as inside
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.disclosure.groups import group
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Before, Disclosure, Effect, Published
from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.evaluation.columns import RANGES, effect, groups
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.verdicts import lower, primary_label, primary_unit
from whatworks.papers.paper import Block, Figure, Paragraph, Section, Table

COUNTS_ONLY_WHERE = (
    "A difference between groups counts only where its p for interaction, adjusted for the number of subgroups, is "
    "0.05 or less; a difference in one group and none in another is no such thing. Groups that the protocol did not "
    "plan are exploratory: leads to follow up, not findings."
)
TESTS = (
    "p for interaction is Holm's, over all these subgroups. Of those with a q of 0.05 or less, at most one in twenty "
    "is on average a false alarm (Benjamini and Hochberg)."
)


class Subgroup(Published, of=inside.Subgroup):
    """The primary outcome in one level of a subgroup."""

    withheld: Annotated[bool, Before("treated")]
    effect: Annotated[Effect, Before("interaction_p")]
    interaction_q: str | None = Field(description="Benjamini and Hochberg, over all tests of interaction.")


def guard(_: ResultSection, row: inside.Subgroup, at: int, proposal: Proposal) -> Subgroup:
    """Publish a level, unless it, or the primary outcome, is withheld.

    Where any level of its subgroup is, so are the tests of interaction, which all levels enter.
    """
    primary = proposal.primary()
    hidden = proposal.levels[row.name]
    withheld = row.level in hidden or (primary is not None and primary.withheld)
    how = Disclosure(proposal.minimum, withheld, scale=SCALES[primary.kind if primary else "yes_no"])
    numbers: tuple[Count, Count] = ("c", "c") if withheld else (row.treated.n, row.comparison.n)
    tests = dict.fromkeys(("interaction_p", "interaction_p_adjusted", "interaction_q")) if withheld or hidden else {}
    return Subgroup.of(
        row,
        how,
        withheld=withheld,
        treated=group(row.treated, numbers[0], how),
        comparison=group(row.comparison, numbers[1], how),
        effect=Effect.of(row, how, name=row.level),
        **tests,
    )


def level_label(row: Subgroup) -> str:
    """Return what a level is called; one that the protocol did not plan is called exploratory wherever it is named."""
    return f"{row.name}: {row.level}{'' if row.planned else ' (exploratory)'}"


def planned_cell(row: Subgroup) -> str:
    """Return whether a subgroup was planned, as tables show it."""
    return "Yes" if row.planned else "Exploratory"


def interaction_tests(release: PublishedResult) -> str:
    """Return the tests of interaction that are shown, as the end of a picture's title."""
    found = {
        f"{lower(row.name)}{'' if row.planned else ', exploratory'}": row.interaction_p_adjusted
        for row in release.subgroups
        if row.interaction_p_adjusted is not None
    }
    described = "; ".join(f"{p} ({name})" for name, p in found.items())
    return f": p for interaction {described}" if described else ""


def words(release: PublishedResult, table: Table) -> list[Block]:
    """Return what counts as a difference between groups, the picture and the table."""
    unit, blocks = primary_unit(release), [Paragraph(COUNTS_ONLY_WHERE)]
    drawn = [
        Row(level_label(row), unit, found.difference, found.ci_low, found.ci_high)
        for row in release.subgroups
        for found in [row.effect]
        if all(isinstance(end, Decimal) for end in (found.difference, found.ci_low, found.ci_high))
    ]
    if not drawn:
        return [*blocks, table]
    tests = interaction_tests(release)
    points = "; ".join(f"{row.label}: {row.words()} {row.panel}" for row in drawn)
    message = f"Differences with 95% intervals{tests}. {points}."
    return [*blocks, Figure("subgroup-plot", f"{table.title}{tests}", message, partial(forest_plot, drawn)), table]


def columns(release: PublishedResult) -> Sequence[Column]:
    """Return the columns of the levels, in the primary outcome's unit."""
    primary = release.primary()
    return (
        Column("Group", "", 2.1, level_label, sheet=False, numeric=False),
        Column("Subgroup", "name", page=False),
        Column("Level", "level", page=False),
        Column("Planned", planned_cell, 1.25, numeric=False),
        *groups((0.95, 1.7, 1.35, 1.7), lambda _: primary),
        *effect(1.8, "effect"),
        Column("p", "effect.p", page=False),
        Column("p for interaction", "interaction_p", page=False),
        Column("Adjusted p for interaction", "interaction_p_adjusted", 1.2, page="p for interaction"),
        Column("q (false discovery)", "interaction_q", 0.65, page="q"),
    )


SUBGROUPS = ResultSection(
    name="subgroups",
    rows=lambda result: result.subgroups if result.protocol.causal else (),
    published=Subgroup,
    guard=guard,
    audited=True,
    title=lambda release: f"{primary_label(release)} by group",
    sheet_title="The primary outcome by group",
    columns=columns,
    notes=lambda _: (RANGES, TESTS),
    words=words,
)


def subgroups(release: PublishedResult) -> Section | None:
    """Return the section on subgroups, where there are any and a primary outcome to look at."""
    blocks = SUBGROUPS.blocks(release) if release.primary() else []
    return Section("subgroups", "Did it differ between groups?", tuple(blocks)) if blocks else None
