"""The specification curve: the primary difference under other admissible choices, the protocol's marked."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.sections.likeness import BANDS, withheld_note
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate
from whatworks.papers.paper import Block, Figure, Table
from whatworks.papers.words import text

NOTES = (
    "The protocol's choice decides the verdict; no other point can. Points are neither tested nor counted.",
    "ATT is the average effect on everybody in the scheme, ATM on those who had a comparison that way, so rows can be "
    "about different people. "
    "Where their number is withheld, figures in percentage points are whole.",
    "Balance: the worst band of any covariate of the protocol, matched that way. Ranges in brackets are 95% intervals.",
)


def specifications(release: Release) -> list[Block]:
    """Return the chart and the table of all points, or nothing where there are none."""
    primary = release.primary()
    if not release.specifications or primary is None:
        return []
    unit = difference_unit(primary)
    rows = [
        Row(one.name[:1].upper() + one.name[1:], unit, one.difference, one.ci_low, one.ci_high, one.chosen)
        for one in release.specifications
        if isinstance(one.difference, Decimal) and isinstance(one.ci_low, Decimal) and isinstance(one.ci_high, Decimal)
    ]
    rows = sorted(rows, key=lambda row: (row.difference, row.label))
    words = "; ".join(f"{row.label}: {row.words()}" for row in rows)
    told = span(rows, unit)
    said = (
        f"{told} Differences in {unit}, with 95% intervals, the lowest first; a square marks the protocol's choice. "
        f"{words}."
    )
    cells = tuple(
        (
            one.name[:1].upper() + one.name[1:],
            one.estimand or "–",
            text(one.treated),
            BANDS.get(one.band or "", "–"),
            estimate(one.difference, one.ci_low, one.ci_high) if not one.note else one.note,
        )
        for one in release.specifications
    )
    table = Table(
        name="specifications",
        title=f"{primary.label} under other choices",
        columns=("Choice", "Estimand", "Scheme: people", "Worst balance", f"Difference ({unit})"),
        rows=cells,
        numeric=(False, False, True, False, True),
        widths=(3.4, 1.1, 1.0, 1.2, 2.3),
        notes=(*NOTES, *withheld_note(cells)),
    )
    figure = Figure(
        "specification-curve", f"{primary.label} under other choices. {told}".rstrip(), said, partial(forest_plot, rows)
    )
    return [figure, table] if rows else [table]


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


def sheet_rows(release: Release) -> list[list[Decimal | int | str | None]]:
    """Return the points as the spreadsheets hold them."""
    return [
        [
            one.name[:1].upper() + one.name[1:],
            "Yes" if one.chosen else "No",
            one.estimand,
            one.treated,
            one.comparison,
            one.band,
            one.difference,
            one.ci_low,
            one.ci_high,
            one.note,
        ]
        for one in release.specifications
    ]
