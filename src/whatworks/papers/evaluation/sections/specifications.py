"""The specification curve: the primary difference under other admissible choices, the protocol's marked."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Annotated

from whatworks.evaluation.result import Band, Result, SpecificationPoint
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.other_samples import other_way
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.evaluation.columns import effect, first_upper, yes_no
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.verdicts import BANDS, estimate, primary_label, primary_unit
from whatworks.papers.paper import Block, Figure, Table
from whatworks.papers.words import text

SQUARE = "a square marks the protocol's choice."
NOTES = (
    "The protocol's choice decides the verdict; no other point can. Points are neither tested nor counted.",
    "ATT is the average effect on everybody in the scheme, ATM on those who had a comparison that way, so rows can be "
    "about different people. "
    "Where their number is withheld, figures in percentage points are whole.",
    "Balance: the worst band of any covariate of the protocol, matched that way. Ranges in brackets are 95% intervals.",
)


class Specification(Published, of=SpecificationPoint):
    """The primary difference under one admissible choice, the protocol's `chosen`; it decides nothing."""

    band: Annotated[Band | None, Before("difference")]
    treated: Annotated[Count | None, Before("difference")]
    comparison: Annotated[Count | None, Before("difference")]
    note: str


def points(result: Result) -> Sequence[SpecificationPoint]:
    """Return the points that are published at all: none where the primary outcome has no verdict."""
    primary = next((one for one in result.outcomes if one.primary), None)
    described = result.protocol.causal and primary is not None and primary.verdict is not None
    return result.specifications if described else ()


def guard(_: ResultSection, row: SpecificationPoint, at: int, proposal: Proposal) -> Specification:
    """Publish a point beside the counts of people that stand elsewhere in the paper.

    One whose number of people lies near one of them, or near another point's, shows no number and is rounded to whole
    points; one of few people shows nothing.
    """
    primary = next(one for one in proposal.result.outcomes if one.primary)
    way = other_way((row.treated, row.comparison), primary.kind, proposal.people, keep=True)
    how = Disclosure(proposal.result.minimum_count, way.withheld, scale=way.scale)
    numbers = (None, None) if row.note else (way.treated, way.comparison)
    note = "Not possible with these people." if row.note else ""
    return Specification.of(row, how, treated=numbers[0], comparison=numbers[1], note=note)


def drawn(release: PublishedResult, unit: str) -> list[Row]:
    """Return the points that can be drawn, the lowest first."""
    rows = [
        Row(first_upper(one.name), unit, one.difference, one.ci_low, one.ci_high, one.chosen)
        for one in release.specifications
        if isinstance(one.difference, Decimal) and isinstance(one.ci_low, Decimal) and isinstance(one.ci_high, Decimal)
    ]
    return sorted(rows, key=lambda row: (row.difference, row.label))


def words(release: PublishedResult, table: Table) -> list[Block]:
    """Return the chart and the table of all points."""
    rows = drawn(release, unit := primary_unit(release))
    if not rows:
        return [table]
    described = span(rows, unit)
    points = "; ".join(f"{row.label}: {row.words()}" for row in rows)
    message = f"{described} Differences in {unit}, with 95% intervals, the lowest first; {SQUARE} {points}."
    title = f"{table.title}. {described}".rstrip()
    return [Figure("specification-curve", title, message, partial(forest_plot, rows)), table]


def span(rows: Sequence[Row], unit: str) -> str:
    """Return how far the differences of the rows drawn reach, without counting on which side they lie.

    >>> low, high = (Row("a", "points", Decimal(at), Decimal(-9), Decimal(9)) for at in ("-7.1", "2"))
    >>> span([low, high], "percentage points")
    'The differences found reach from −7.1 to 2 percentage points.'
    """
    if len(rows) < 2:
        return ""
    found = sorted(row.difference for row in rows)
    if found[0] == found[-1]:
        return f"The difference found is {text(found[0])} {unit} each time."
    return f"The differences found reach from {text(found[0])} to {text(found[-1])} {unit}."


def estimated(row: Specification) -> str:
    """Return a point's difference, or why there is none."""
    return row.note or estimate(row.difference, row.ci_low, row.ci_high)


SPECIFICATIONS = ResultSection(
    name="specifications",
    rows=points,
    published=Specification,
    guard=guard,
    audited=True,
    title=lambda release: f"{primary_label(release)} under other choices",
    sheet_title="The answer under other choices, which decide nothing",
    columns=lambda release: (
        Column("Choice", lambda row: first_upper(row.name), 3.4, numeric=False),
        Column("Protocol's choice", lambda row: yes_no(row.chosen), page=False),
        Column("Estimand", "estimand", 1.1, lambda row: row.estimand or "–", numeric=False),
        Column("Scheme: people", "treated"),
        Column("Comparison: people", "comparison", page=False),
        Column("Worst balance", "band", 1.2, lambda row: BANDS.get(row.band or "", "–"), numeric=False),
        *effect(2.3, heading=f"Difference ({primary_unit(release)})", words=estimated),
        Column("Note", "note", page=False),
    ),
    notes=lambda _: NOTES,
    words=words,
)
