"""The specification curve: the primary difference under other admissible choices, the protocol's marked."""

from decimal import Decimal
from functools import partial

from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.paper import Block, Figure, Table
from whatworks.papers.release import Release
from whatworks.papers.sections.likeness import BANDS
from whatworks.papers.sections.verdicts import difference_unit, estimate

NOTES = (
    "The protocol's choice decides the verdict; no other point can. Points are neither tested nor counted.",
    "ATT: everybody in the scheme; ATM: those who had a comparison that way, so rows can be about different people.",
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
    said = (
        f"Differences in {unit}, with 95% intervals, the smallest first; a square marks the protocol's choice. {words}."
    )
    table = Table(
        name="specifications",
        title=f"{primary.label} under other choices",
        columns=("Choice", "Estimand", "Worst balance", f"Difference ({unit})"),
        rows=tuple(
            (
                one.name[:1].upper() + one.name[1:],
                one.estimand or "–",
                BANDS.get(one.band or "", "–"),
                estimate(one.difference, one.ci_low, one.ci_high) if not one.note else one.note,
            )
            for one in release.specifications
        ),
        numeric=(False, False, False, True),
        widths=(3.4, 1.2, 1.4, 2.4),
        notes=NOTES,
    )
    figure = Figure("specification-curve", f"{primary.label} under other choices", said, partial(forest_plot, rows))
    return [figure, table] if rows else [table]


def sheet_rows(release: Release) -> list[list[Decimal | int | str | None]]:
    """Return the points as the spreadsheets hold them."""
    return [
        [
            one.name,
            "Yes" if one.chosen else "No",
            one.estimand,
            one.band,
            one.difference,
            one.ci_low,
            one.ci_high,
            one.note,
        ]
        for one in release.specifications
    ]
