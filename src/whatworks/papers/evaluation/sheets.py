"""The paper's figures as plain tables with numbers in their cells, one a sheet of the spreadsheets."""

from decimal import Decimal

from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.evaluation.release import Bounds, Release
from whatworks.papers.evaluation.sections.declared import by_themselves_sheets
from whatworks.papers.evaluation.sections.happened import changes
from whatworks.papers.evaluation.sections.hidden_bias import GROUPS
from whatworks.papers.evaluation.sections.lost import DIED
from whatworks.papers.evaluation.sections.placebos import PLACEBOS
from whatworks.papers.evaluation.sections.sensitivity import SENSITIVITY
from whatworks.papers.evaluation.sections.specifications import SPECIFICATIONS
from whatworks.papers.evaluation.sections.verdicts import difference_unit, verdict_cell
from whatworks.papers.evaluation.sheets_doubts import (
    hidden_bias,
    links,
    search,
    subgroups,
    target_trial,
)
from whatworks.papers.forms.sheet import EFFECT_COLUMNS, GROUP_COLUMNS, PER_CENT, group, sheet
from whatworks.papers.paper import Table

BY_THE_END = "had the event by the end of follow-up (%)"


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
        offences(release),
        subgroups(release),
        search(release),
        PLACEBOS.sheet(release),
        SENSITIVITY.sheet(release),
        SPECIFICATIONS.sheet(release),
        links(release),
        hidden_bias(release),
        target_trial(release),
        *by_themselves_sheets(release),
        periods(release),
        sources(release),
    )
    return tuple(table for table in found if table.rows)


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
        "Areas needed on each side",
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
            one.areas.areas_needed if one.areas else None,
        ]
        rows.append(
            [
                one.label,
                one.design.replace("_", "-"),
                f"{'change in ' if changes(one) else ''}{PER_CENT if SCALES[one.kind].value_unit else one.unit}",
                "Yes" if one.primary else "No",
                *group(one.treated),
                *group(one.comparison),
                *(effect if compared else [None] * 8),
                verdict_cell(one) if compared else "None",
                one.reason_no_verdict,
            ]
        )
    return sheet("Outcomes", "Outcomes of both groups, and their difference", columns, rows)


NEVER = "Nothing that became of them could undo the verdict."


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
        share = found.tipping_share
        beyond = isinstance(share, Decimal) and not 0 <= share <= 100
        rows.append([label, name, PER_CENT, None if beyond else share, None, None, None, NEVER if beyond else None])
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
    if release.prognosis:
        whole = release.prognosis
        empty: list[None] = [None] * 5
        rows.append([f"Prognostic score: {whole.outcome}", *empty, whole.smd_before, whole.smd_after,
                     *empty[:4], whole.band])  # fmt: skip
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


def offences(release: Release) -> Table:
    """Return what became of the offences that two agencies both report, in tens."""
    rows = [list(pair.model_dump().values()) for pair in release.data.offences]
    columns = ["Agency", "Other agency", "Merged", "By day and code", "In doubt", "Same case only", "Same day only"]
    return sheet("Offences", "Offences that two agencies both report, in tens", columns, rows)


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
            source.rows_dropped,
            source.sha256,
        ]
        for source in release.data.sources
    ]
    columns = ["File", "From", "Holds", "As at", "Rows", "Kept", "Quarantined", "Left out", "Dropped", "SHA-256"]
    return sheet("Sources", "Files that the figures come from", columns, rows)
