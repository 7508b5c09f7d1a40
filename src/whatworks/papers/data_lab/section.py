"""The Justice Data Lab's report: its findings for 100 typical people, its table, who was lost, and its conventions."""

from collections.abc import Sequence
from dataclasses import replace

from whatworks.papers.data_lab.clearance import LabGroup, LabRow, PublishedLab
from whatworks.papers.data_lab.words import finding, reoffenders
from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.likeness import likeness
from whatworks.papers.evaluation.sections.lost import lost
from whatworks.papers.evaluation.sections.method import setting, words_of
from whatworks.papers.evaluation.sections.provenance import provenance
from whatworks.papers.evaluation.sections.verdicts import STATUS, UNTOLD, estimate
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Facts, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.words import text, withheld_note

NOT_ALIKE = (
    "Reoffenders of the two groups are not alike, even where the groups are: the scheme may have decided who is among "
    "them. These figures describe, and no verdict is drawn from them."
)
NOT_NAMED = "* The protocol does not name this outcome: it is exploratory, and carries no verdict."
TIERS_DESCRIBED = (
    "The court outcome of a reoffence is how it may be tried: tier 1 on indictment only, tier 2 either way, tier 3 "
    "summarily. Of several committed on the first day, the gravest counts as the first."
)
COMPARED = (
    "Groups are compared by Welch's t test on the matched sample, without further adjustment; the differences are "
    "tested one by one, and no p-value is adjusted for the number of outcomes looked at."
)
COMPARED_BY_AREA = (
    "The scheme was given by area, so groups are compared area by area: p is exact, over the ways in which the areas "
    "could have been chosen, and intervals let people of one area be alike. No p-value is adjusted for the number of "
    "outcomes looked at."
)
ADJUSTED = (
    "Differences are adjusted for what people were matched on, as in the board's paper: a comparison mean is what "
    "would be expected of the scheme group without the scheme."
)
UNADJUSTED = (
    "Means and differences are those of the matched groups, without adjustment. The board's paper adjusts for what "
    "imbalance is left, so its figures can differ from these."
)
ROUNDED = (
    "p-values are given to two decimal places, ends of intervals to one, headline rates in whole numbers with halves "
    "away from zero. Differences are taken on unrounded values and then rounded, so they can differ from those of "
    "the printed rates."
)
WITHHELD = (
    "A rate is withheld where fewer than ten people, or events, stand behind it, and so is a tier that would give "
    "another back; all that is about reoffenders only is withheld where a group has fewer than thirty of them."
)
NEEDED = (
    "People needed: people in the scheme group (in figures about reoffenders, reoffenders) with whom a difference as "
    "large as the one seen would be found four times in five."
)
NEEDED_AREAS = (
    "Areas needed: areas on each side with which a difference as large as the one seen would be found four times in "
    "five."
)
CUSTODY_DESCRIBED = (
    "Custodial sentences given on one day count once. The Data Lab's own table of custody is about the first reoffence "
    "only; here it is about any proven reoffence."
)
COLUMNS: tuple[tuple[str, bool, float], ...] = (
    ("Outcome", False, 2.8),
    ("Scheme: people", True, 1.2),
    ("Scheme: mean", True, 1.7),
    ("Comparison: people", True, 1.7),
    ("Comparison: mean", True, 1.7),
    ("Difference", True, 1.9),
    ("p", True, 0.7),
    ("Significant", False, 1.3),
    ("People needed", True, 1.0),
)
"""Headings, whether numbers stand below, and widths."""
AREAS_COLUMN = ("Areas needed", True, 1.0)
SHEETS = ("Outcomes", "Reoffenders only")
NONE_OF_THEM = "None of the protocol's outcomes is one that the Data Lab reports."


def data_lab_paper(lab: PublishedLab, release: PublishedResult) -> Paper:
    """Return the report of a result in the Justice Data Lab's form."""
    sections = (
        headline(lab),
        outcomes(lab),
        renamed(likeness(release), "The two groups"),
        renamed(lost(release), "From submitted to analysed"),
        conventions(lab),
        provenance(release),
    )
    return Paper(
        title=lab.paper.title,
        item=lab.paper.item,
        prepared_for=lab.paper.prepared_for,
        as_at=lab.data.as_at,
        notice=STATUS[lab.protocol.status],
        sections=numbered(sections),
        sheets=sheets(lab),
        reading=(
            "Rates are percentages; differences of rates are percentage points.",
            *tiers_described(lab),
            *lab.notes,
            *agreed(lab),
        ),
        foot="In the form of the Justice Data Lab's reports; not one of them. Small counts are withheld.",
    )


def sheets(lab: PublishedLab) -> tuple[Table, ...]:
    """Return the tables as sheets; one that says that there are none, where there are none."""
    none = sheet("Outcomes", "Outcomes in the Justice Data Lab's form", ("Outcome",), ((NONE_OF_THEM,),))
    return tuple(replace(one, name=name) for one, name in zip(tables(lab), SHEETS, strict=False)) or (none,)


def renamed(section: Section, heading: str) -> Section:
    """Return a section under another heading."""
    return replace(section, heading=heading)


def headline(lab: PublishedLab) -> Section:
    """Return the findings in words, each outcome for 100 typical people."""
    blocks: list[Block] = [
        Paragraph("In the form of the Justice Data Lab's reports. It was not made or checked by the Data Lab.", "lead")
    ]
    if not lab.protocol.causal:
        blocks.append(Paragraph("The protocol asks for a description: no difference is tested, and no verdict given."))
    described = [row for row in everybody(lab) if not _of_tier(row)]
    blocks += [Paragraph(" ".join(finding(row))) for row in described]
    if among := [row for row in lab.rows if row.among_reoffenders]:
        blocks.append(Paragraph(reoffenders(among)))
    blocks.append(Paragraph(lab.who))
    return Section("findings", "What was found", tuple(blocks))


def everybody(lab: PublishedLab) -> list[LabRow]:
    """Return the rows that are about all people."""
    return [row for row in lab.rows if not row.among_reoffenders]


def _of_tier(row: LabRow) -> bool:
    return "tier" in row.label and not row.among_reoffenders


def outcomes(lab: PublishedLab) -> Section:
    """Return the tables of outcomes, of everybody and of reoffenders, and what is not given."""
    blocks: list[Block] = [Paragraph(note) for note in lab.notes]
    if not lab.rows:
        blocks.insert(0, Paragraph(NONE_OF_THEM))
    blocks += [Paragraph(message) for message in tiers_described(lab)]
    first, *rest = tables(lab) or (None,)
    if first:
        blocks.append(first)
    if rest:
        blocks += [Paragraph(f"The Data Lab prints the rest for reoffenders only. {NOT_ALIKE}"), *rest]
    return Section("outcomes", "Outcomes", tuple(blocks))


def tiers_described(lab: PublishedLab) -> tuple[str, ...]:
    """Return what the tiers are, where there are any."""
    return (TIERS_DESCRIBED,) if any("tier" in row.label for row in lab.rows) else ()


def tables(lab: PublishedLab) -> tuple[Table, ...]:
    """Return the table of everybody, and that of reoffenders only where there is one."""
    among = [row for row in lab.rows if row.among_reoffenders]
    found = (
        [table(everybody(lab), "data-lab", "Outcomes in the Justice Data Lab's form", lab)] if everybody(lab) else []
    )
    if among:
        found.append(table(among, "data-lab-reoffenders", "Reoffenders only, in the Justice Data Lab's form", lab))
    return tuple(found)


def row_label(row: LabRow) -> str:
    """Return an outcome's name with its unit, where the name does not say it already, and whether it was named."""
    unit = SCALES[row.kind].value_unit or row.unit
    described = "per person" in row.label or "per reoffender" in row.label
    days = row.kind == "days" and row.label.startswith("Days")
    mark = "" if row.named or row.among_reoffenders else "\u00a0*"
    return f"{row.label}{'' if described or days else f' ({unit})'}{mark}"


def table(rows: Sequence[LabRow], name: str, title: str, lab: PublishedLab) -> Table:
    """Return each outcome's row: both groups with n, mean and interval, the difference, p, and people needed.

    A table of reoffenders has no column for verdicts, since none is drawn.
    """
    judged = not any(row.among_reoffenders for row in rows)
    cells = [
        (
            row_label(row),
            text(row.treated.n),
            mean(row.treated),
            text(row.comparison.n),
            mean(row.comparison),
            estimate(row.difference, row.ci_low, row.ci_high),
            text(row.p),
            *((significant(row),) if judged else ()),
            text(row.areas_needed if lab.by_area else row.n_needed),
        )
        for row in rows
    ]
    columns = [column for column in COLUMNS if judged or column[0] != "Significant"]
    if lab.by_area:
        columns[-1] = AREAS_COLUMN
    return Table(
        name=name,
        title=title,
        columns=tuple(heading for heading, _, _ in columns),
        rows=tuple(cells),
        numeric=tuple(numeric for _, numeric, _ in columns),
        widths=tuple(width for _, _, width in columns),
        notes=(
            "Ranges in brackets are 95% intervals; differences of rates are in percentage points.",
            *((ADJUSTED if lab.by_area else UNADJUSTED,) if lab.protocol.causal and lab.matching != "none" else ()),
            *((NOT_NAMED,) if any(cell[0].endswith("*") for cell in cells) else ()),
            *withheld_note(cells),
        ),
    )


def significant(row: LabRow) -> str:
    """Return whether the difference is significant; a dash where no verdict is given."""
    return "–" if row.verdict is None else "No" if row.verdict in UNTOLD else "Yes"


def mean(group: LabGroup) -> str:
    """Return a mean with its interval."""
    return estimate(group.value, group.ci_low, group.ci_high)


def conventions(lab: PublishedLab) -> Section:
    """Return how the figures were made, which the Data Lab itself does not publish in full: matching and settings."""
    settings = "; ".join(f"{name} = {setting(found)}" for name, found in sorted(lab.settings.items()))
    facts = [("Matching", words_of(lab.matching))] + ([("Settings", settings)] if settings else [])
    return Section(
        "conventions",
        "How the figures were made",
        (Facts(tuple(facts)), Bullets((*agreed(lab), *lab.warnings))),
    )


def agreed(lab: PublishedLab) -> tuple[str, ...]:
    """Return the conventions that bear on these figures: a description compares nothing."""
    custody = any(row.name.startswith("custody") for row in lab.rows)
    compared = lab.protocol.causal
    return (
        *((COMPARED_BY_AREA if lab.by_area else COMPARED,) if compared else ()),
        ROUNDED,
        WITHHELD,
        *((NEEDED_AREAS if lab.by_area else NEEDED,) if compared else ()),
        *((CUSTODY_DESCRIBED,) if custody else ()),
    )
