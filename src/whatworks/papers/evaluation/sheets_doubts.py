"""The sheets of for whom, and of how sure: groups, the search, placebos, other ways, hidden bias, the trial."""

from decimal import Decimal

from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.sections.doubts import planned_cell
from whatworks.papers.evaluation.sections.hidden_bias import measures
from whatworks.papers.evaluation.sections.links import sheet_rows as link_rows
from whatworks.papers.evaluation.sections.verdicts import difference_unit
from whatworks.papers.forms.sheet import EFFECT_COLUMNS, GROUP_COLUMNS, PER_CENT, group, sheet
from whatworks.papers.paper import Table


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


def hidden_bias(release: Release) -> Table:
    """Return what hidden bias the primary answer could bear."""
    found = release.hidden_bias
    rows = [[found.outcome, *measure] for measure in measures(found)] if found else []
    columns = ["Outcome", "Measure", "Value", "What it means"]
    return sheet("Hidden bias", "What an unmeasured factor would have to do", columns, rows)


def links(release: Release) -> Table:
    """Return the primary difference under other ways of joining the records."""
    columns = ["Way of joining records", "In force", *EFFECT_COLUMNS]
    return sheet("Links", "The answer under other ways of joining the records", columns, link_rows(release))


def target_trial(release: Release) -> Table:
    """Return the trial that one would have run, and what was done instead."""
    rows = [[row.component, row.ideal, row.done] for row in release.target_trial]
    return sheet("Target trial", "The trial that one would have run", ["Part", "The trial", "What was done"], rows)
