"""The paper's figures as plain tables with numbers in their cells, one a sheet of the spreadsheets."""

import re
from collections.abc import Sequence
from decimal import Decimal

from whatworks.papers.paper import Cell, Table
from whatworks.papers.release import Bounds, Group, Release
from whatworks.papers.rounding import SCALES
from whatworks.papers.sections.doubts import planned_cell
from whatworks.papers.sections.happened import changes
from whatworks.papers.sections.hidden_bias import GROUPS, measures
from whatworks.papers.sections.lost import DIED
from whatworks.papers.sections.placebos import sheet_rows as placebo_rows
from whatworks.papers.sections.specifications import sheet_rows
from whatworks.papers.sections.verdicts import difference_unit, verdict_cell
from whatworks.papers.words import NONE, WITHHELD

PER_CENT = "per cent"
BY_THE_END = "had the event by the end of follow-up (%)"


def cell(value: Decimal | int | str | None) -> Cell:
    """Return a sheet's cell: a number as a number, a printed p-value too, else text or its shorthand."""
    if value is None or value == "":
        return NONE
    if isinstance(value, str) and re.fullmatch(r"\d\.\d\d", value):
        return Decimal(value)
    return WITHHELD if value == "c" else value


def sheet(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Decimal | int | str | None]]) -> Table:
    """Return a sheet; a column is numeric where a number stands in it."""
    filled = tuple(tuple(cell(value) for value in row) for row in rows)
    numeric = tuple(any(not isinstance(row[at], str) for row in filled) for at in range(len(columns)))
    return Table(name=name, title=title, columns=tuple(columns), rows=filled, numeric=numeric)


def sheets(release: Release) -> tuple[Table, ...]:
    """Return the sheets that have rows."""
    found = (
        outcomes(release),
        beside(release),
        ratios(release),
        balance(release),
        without_comparison(release),
        overlap(release),
        attrition(release),
        subgroups(release),
        search(release),
        placebos(release),
        sensitivity(release),
        specifications(release),
        hidden_bias(release),
        target_trial(release),
        periods(release),
        sources(release),
    )
    return tuple(table for table in found if table.rows)


def group(found: Group | None) -> list[Decimal | int | str | None]:
    """Return a group's cells."""
    return [found.n, found.value, found.ci_low, found.ci_high] if found else [None] * 4


GROUP_COLUMNS = [
    f"{name}: {what}"
    for name in ("Scheme", "Comparison")
    for what in ("people", "value", "interval from", "interval to")
]
EFFECT_COLUMNS = ["Difference", "Difference from", "Difference to"]


def outcomes(release: Release) -> Table:
    """Return the outcomes; shares are percentages."""
    causal = release.protocol.causal
    columns = [
        "Outcome",
        "Design",
        "Unit",
        "Primary",
        *GROUP_COLUMNS,
        *EFFECT_COLUMNS,
        "p",
        "Adjusted p",
        "Smallest detectable",
        "People needed",
        "Verdict",
        "Why no verdict",
    ]
    rows = []
    for one in release.outcomes:
        compared = causal and one.design not in ("descriptive", "population_rate")
        effect = [
            one.effect.difference,
            one.effect.ci_low,
            one.effect.ci_high,
            one.effect.p,
            one.p_adjusted,
            one.smallest_detectable,
            one.n_needed,
        ]
        rows.append(
            [
                one.label,
                one.design.replace("_", "-"),
                f"{'change in ' if changes(one) else ''}{PER_CENT if SCALES[one.kind].value_unit else one.unit}",
                "Yes" if one.primary else "No",
                *group(one.treated),
                *group(one.comparison),
                *(effect if compared else [None] * 7),
                verdict_cell(one) if compared else "None",
                one.reason_no_verdict,
            ]
        )
    return sheet("Outcomes", "Outcomes of both groups, and their difference", columns, rows)


def beside(release: Release) -> Table:
    """Return the other estimates, the guards and the bounds."""
    rows: list[list[Decimal | int | str | None]] = []
    for one in release.outcomes if release.protocol.causal else ():
        unit = difference_unit(one)
        rows += [
            [one.label, found.name, unit, found.difference, found.ci_low, found.ci_high, found.p, found.note]
            for found in one.beside
        ]
        if one.guard:
            guard = one.guard
            rows.append(
                [one.label, guard.name, guard.unit, guard.difference, guard.ci_low, guard.ci_high, None, guard.note]
            )
        if one.bounds:
            name = "bounds from outcomes that are not known"
            rows.append([one.label, name, unit, None, one.bounds.low, one.bounds.high, None, one.bounds.sentence])
            rows += unknown(one.label, unit, one.bounds)
    columns = ["Outcome", "Estimate", "Unit", *EFFECT_COLUMNS, "p", "Note"]
    return sheet("Beside", "Other estimates, guards and bounds, which decide no verdict", columns, rows)


def unknown(label: str, unit: str, found: Bounds) -> list[list[Decimal | int | str | None]]:
    """Return the tipping point and Lee's bounds, where there are any."""
    rows: list[list[Decimal | int | str | None]] = []
    if found.tipping_share is not None:
        group = GROUPS[found.tipping_group] if found.tipping_group else "withheld"
        name = f"tipping point: share of the unknown in the {group} that would undo the verdict"
        rows.append([label, name, PER_CENT, found.tipping_share, None, None, None, None])
    if found.lee_low is not None:
        rows.append([label, "Lee's bounds", unit, None, found.lee_low, found.lee_high, None, found.lee_sentence])
    return rows


def ratios(release: Release) -> Table:
    """Return the differences said as ratios."""
    rows = [
        [one.label, found.name, found.value, found.ci_low, found.ci_high]
        for one in (release.outcomes if release.protocol.causal else ())
        for found in one.ratios
    ]
    rows += [
        [one.label, f"{BY_THE_END}: {group}", share, None, None]
        for one in (release.outcomes if release.protocol.causal else ())
        if (time := one.time_to_first)
        for group, share in (("scheme", time.happened_treated), ("comparison", time.happened_comparison))
    ]
    columns = ["Outcome", "Figure", "Value", "Interval from", "Interval to"]
    return sheet("Ratios", "The same as ratios, scheme over comparison; they decide no verdict", columns, rows)


def balance(release: Release) -> Table:
    """Return the balance table; shares and standardised differences are percentages."""
    columns = [
        "Covariate",
        "Level",
        "Unit",
        "Scheme group",
        "Comparison before",
        "Comparison after",
        "Difference before (%)",
        "Difference after (%)",
        "Variance ratio",
        "KS",
        "Not known: scheme",
        "Not known: comparison",
        "Band",
    ]
    rows = [
        [
            row.covariate,
            row.level,
            PER_CENT if row.share else "mean",
            row.treated,
            row.comparison_before,
            row.comparison_after,
            row.smd_before,
            row.smd_after,
            row.variance_ratio_after,
            row.ks_after,
            row.missing_treated,
            row.missing_comparison,
            row.band,
        ]
        for row in release.balance
    ]
    return sheet("Balance", "Balance of the groups on the index date", columns, rows)


def without_comparison(release: Release) -> Table:
    """Return how those without a comparison differ from those with one."""
    rows = [[row.covariate, row.kept_mean, row.dropped_mean, row.smd] for row in release.estimand.how_they_differ]
    columns = ["Covariate", "With a comparison", "Without one", "Difference (%)"]
    return sheet("Without comparison", "People in the scheme group for whom nobody like them was found", columns, rows)


def overlap(release: Release) -> Table:
    """Return the overlap of the scores, as percentages of each group."""
    bins = release.overlap.bins if release.overlap else ()
    rows = [[found.low, found.high, found.treated, found.comparison] for found in bins]
    columns = ["Score from", "Score below", "Scheme group (%)", "Comparison group (%)"]
    return sheet("Overlap", "Shares of each group by propensity score", columns, rows)


def attrition(release: Release) -> Table:
    """Return the people left after each step."""
    rows = [
        [
            "; ".join((*step.withheld_steps, step.step)),
            step.reason,
            step.treated,
            step.treated_lost,
            step.comparison,
            step.comparison_lost,
        ]
        for step in release.attrition
    ]
    if release.deaths:
        rows.append([DIED, None, release.deaths.treated, None, release.deaths.comparison, None])
    columns = [
        "Step",
        "Why people were lost",
        "Scheme group",
        "Scheme group: lost since the last count shown",
        "Comparison group",
        "Comparison group: lost since the last count shown",
    ]
    return sheet("Attrition", "People left after each step, from submitted to analysed", columns, rows)


def subgroups(release: Release) -> Table:
    """Return the primary outcome by subgroup."""
    rows = [
        [
            row.name,
            row.level,
            planned_cell(row),
            *group(row.treated),
            *group(row.comparison),
            row.effect.difference,
            row.effect.ci_low,
            row.effect.ci_high,
            row.effect.p,
            row.interaction_p,
            row.interaction_p_adjusted,
            row.interaction_q,
        ]
        for row in (release.subgroups if release.protocol.causal else ())
    ]
    columns = [
        "Subgroup",
        "Level",
        "Planned",
        *GROUP_COLUMNS,
        *EFFECT_COLUMNS,
        "p",
        "p for interaction",
        "Adjusted p for interaction",
        "q (false discovery)",
    ]
    return sheet("Subgroups", "The primary outcome by group", columns, rows)


def search(release: Release) -> Table:
    """Return the honest search, line by line."""
    found, primary = release.search, release.primary()
    rows: list[list[Decimal | int | str | None]] = []
    if found and primary and found.made:
        unit = difference_unit(primary)
        rows = [
            ["Matched sets", None, found.sets, None, None],
            ["Kind of person", None, found.kind, None, None],
            ["People of that kind, half that took no part", None, found.people, None, None],
            ["Others, half that took no part", None, found.others, None, None],
            ["Effect on that kind", unit, found.effect, found.effect_low, found.effect_high],
            ["That less the effect on others", unit, found.difference, found.difference_low, found.difference_high],
            ["One-sided p", None, found.p, None, None],
            ["Smallest difference it could have told", unit, found.smallest, None, None],
            ["Further splits that agree", PER_CENT, found.agree, None, None],
            ["Further splits", None, found.splits, None, None],
            ["In words", None, found.sentence, None, None],
        ]
    columns = ["Figure", "Unit", "Value", "Interval from", "Interval to"]
    return sheet("Search", "For whom it might serve better, asked of people who took no part", columns, rows)


def placebos(release: Release) -> Table:
    """Return what the scheme cannot have changed."""
    columns = ["Placebo", "Unit", *GROUP_COLUMNS, "Unit of difference", *EFFECT_COLUMNS, "p", "Smallest detectable",
               "Differs", "When", "Estimator", "What it means"]  # fmt: skip
    title = "What the scheme cannot have changed: a difference shows that the groups were not alike"
    return sheet("Placebos", title, columns, placebo_rows(release))


def sensitivity(release: Release) -> Table:
    """Return the answer when the analysis is done otherwise."""
    rows = [
        [
            found.name,
            found.outcome,
            SCALES[found.kind].difference_unit,
            found.difference,
            found.ci_low,
            found.ci_high,
            found.note,
        ]
        for found in (release.sensitivity if release.protocol.causal else ())
    ]
    columns = ["Way", "Outcome", "Unit", *EFFECT_COLUMNS, "What it means"]
    return sheet("Sensitivity", "The answer when the analysis is done otherwise", columns, rows)


def hidden_bias(release: Release) -> Table:
    """Return what hidden bias the primary answer could bear."""
    found = release.hidden_bias
    rows = [[found.outcome, *measure] for measure in measures(found)] if found else []
    columns = ["Outcome", "Measure", "Value", "What it means"]
    return sheet("Hidden bias", "What an unmeasured factor would have to do", columns, rows)


def specifications(release: Release) -> Table:
    """Return the primary difference under other admissible choices."""
    columns = [
        "Choice",
        "Protocol's choice",
        "Estimand",
        "Scheme: people",
        "Comparison: people",
        "Worst balance",
        *EFFECT_COLUMNS,
        "Note",
    ]
    return sheet("Specifications", "The answer under other choices, which decide nothing", columns, sheet_rows(release))


def target_trial(release: Release) -> Table:
    """Return the trial that one would have run, and what was done instead."""
    rows = [[row.component, row.ideal, row.done] for row in release.target_trial]
    return sheet("Target trial", "The trial that one would have run", ["Part", "The trial", "What was done"], rows)


def periods(release: Release) -> Table:
    """Return both groups' means by period."""
    rows = [
        [one.label, one.unit, period.label, "After" if period.after else "Before", period.treated, period.comparison]
        for one in release.outcomes
        for period in one.periods
    ]
    columns = ["Outcome", "Unit", "Period", "Before or after", "Scheme group", "Comparison group"]
    return sheet("Periods", "Means by period, before and after the index date", columns, rows)


def sources(release: Release) -> Table:
    """Return the files that the figures come from."""
    rows = [
        [
            source.name,
            source.organisation_id,
            source.table,
            source.as_at.isoformat() if source.as_at else None,
            source.rows_in,
            source.rows_kept,
            source.rows_quarantined,
            source.rows_excluded,
            source.sha256,
        ]
        for source in release.data.sources
    ]
    columns = ["File", "From", "Holds", "As at", "Rows", "Kept", "Quarantined", "Left out", "SHA-256"]
    return sheet("Sources", "Files that the figures come from", columns, rows)
