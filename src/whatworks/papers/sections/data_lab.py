"""The Justice Data Lab's report: its findings for 100 typical people, its table, who was lost, and its conventions."""

from dataclasses import replace
from decimal import Decimal

from whatworks.papers.clear_data_lab import LabGroup, LabRelease, LabRow
from whatworks.papers.paper import Block, Bullets, Facts, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.release import Release
from whatworks.papers.rounding import SCALES, written
from whatworks.papers.sections.likeness import likeness, withheld_note
from whatworks.papers.sections.lost import lost
from whatworks.papers.sections.method import METHODS, provenance, setting
from whatworks.papers.sections.verdicts import STATUS, estimate, lower
from whatworks.papers.words import listed, text

MORE_PEOPLE = (
    "More people would have to be analysed to tell. This is not evidence that the programme has no effect, and must "
    "not be read so."
)
NOT_HELD = "the court outcome of the first reoffence by tier, and how often people went to custody for reoffending"
CONVENTIONS = (
    "Groups are compared by Welch's t test on the matched sample, without further adjustment; the differences are "
    "tested one by one, and no p-value is adjusted for the number of outcomes looked at.",
    "p-values are given to two decimal places, ends of intervals to one, headline rates in whole numbers with halves "
    "away from nought. Differences are taken on unrounded values and then rounded, so they can differ from those of "
    "the printed rates.",
    "A rate is withheld where fewer than ten people, or events, stand behind it; the time to the first reoffence, "
    "which is about reoffenders only, where a group has fewer than thirty.",
    "People needed: people in the scheme group with whom a difference as large as the one seen would be found four "
    "times in five.",
)


def data_lab_paper(lab: LabRelease, release: Release) -> Paper:
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
        sheets=(replace(table(lab), name="Outcomes"),) if lab.rows else (),
        reading=("Rates are percentages; differences of rates are percentage points.", *CONVENTIONS),
        foot="In the form of the Justice Data Lab's reports; not one of them. Small counts are withheld.",
    )


def renamed(section: Section, heading: str) -> Section:
    """Return a section under another heading."""
    return replace(section, heading=heading)


def headline(lab: LabRelease) -> Section:
    """Return the findings in words, each outcome for 100 typical people."""
    blocks: list[Block] = [
        Paragraph("In the form of the Justice Data Lab's reports. It was not made or checked by the Data Lab.", "lead")
    ]
    if not lab.protocol.causal:
        blocks.append(Paragraph("The protocol asks for a description: no difference is tested, and no verdict given."))
    blocks += [Paragraph(" ".join(finding(row))) for row in lab.rows]
    blocks.append(Paragraph(lab.who))
    return Section("findings", "What was found", tuple(blocks))


def finding(row: LabRow) -> tuple[str, ...]:
    """Return one outcome's sentences: both groups, the difference as an interval, and the verdict's meaning."""
    if row.withheld:
        return (f"{row.label}: withheld ({row.why_withheld}).",)
    first = f"{row.label}."
    if row.headline is not None:
        ours, theirs, difference, *_ = row.headline
        return (
            first,
            f"For 100 typical people in the scheme, {written(ours)} had this outcome; for 100 similar people without "
            f"it, {written(theirs)} would be expected to: {apart(int(difference))}.",
            *meaning(row),
        )
    ours_mean, theirs_mean = row.treated.value, row.comparison.value
    if row.kind == "frequency" and isinstance(ours_mean, Decimal) and isinstance(theirs_mean, Decimal):
        return (
            first,
            f"For 100 typical people in the scheme there were {written(int(100 * ours_mean))} in all; for 100 similar "
            f"people without it, {written(int(100 * theirs_mean))} would be expected.",
            *meaning(row),
        )
    return (
        first,
        f"On average {text(row.treated.value)} {row.unit} in the scheme group and {text(row.comparison.value)} in the "
        "comparison group.",
        *meaning(row),
    )


def meaning(row: LabRow) -> tuple[str, ...]:
    """Return what may be said of the difference."""
    if row.verdict is None:
        return ()
    if row.verdict == "more people needed":
        return (f"The difference could lie {span(row)}. {MORE_PEOPLE}",)
    return (f"The difference is {span(row)}: a {row.verdict}.",)


def apart(difference: int) -> str:
    """Return a whole difference in words.

    >>> apart(-4), apart(2), apart(0)
    ('4 fewer', '2 more', 'less than 1 apart')
    """
    return "less than 1 apart" if difference == 0 else f"{abs(difference)} {'fewer' if difference < 0 else 'more'}"


def span(row: LabRow) -> str:
    """Return the interval of the difference: whole people of 100 for rates, else in the outcome's unit."""
    if row.headline is None:
        return f"between {text(row.ci_low)} and {text(row.ci_high)} {row.unit}"
    low, high = int(row.headline[3]), int(row.headline[4])
    if row.verdict == "more people needed":
        return f"anywhere between {side(low, -1)} and {side(high, 1)}"
    near, far = sorted((abs(low), abs(high)))
    return f"between {near or 'less than 1'} and {far} {'fewer' if row.verdict == 'significant reduction' else 'more'}"


def side(end: int, sign: int) -> str:
    """Return one end of an interval that holds nought.

    >>> side(-7, -1), side(8, 1), side(0, 1)
    ('7 fewer', '8 more', 'less than 1 more')
    """
    return f"{abs(end) or 'less than 1'} {'fewer' if (end or sign) < 0 else 'more'}"


def outcomes(lab: LabRelease) -> Section:
    """Return the table of outcomes."""
    words = listed([lower(row.label) for row in lab.rows])
    blocks: list[Block] = [
        Paragraph(
            f"The protocol's outcomes of the kind that the Data Lab reports: {words}. The Data Lab also reports "
            f"what is not computed here: {NOT_HELD}."
            if lab.rows
            else "None of the protocol's outcomes is one that the Data Lab reports."
        )
    ]
    if lab.rows:
        blocks.append(table(lab))
    return Section("outcomes", "Outcomes", tuple(blocks))


def table(lab: LabRelease) -> Table:
    """Return each outcome's row: both groups with n, mean and interval, the difference, p, and people needed."""
    rows = [
        (
            f"{row.label} ({SCALES[row.kind].value_unit or row.unit})",
            text(row.treated.n),
            mean(row.treated),
            text(row.comparison.n),
            mean(row.comparison),
            estimate(row.difference, row.ci_low, row.ci_high),
            text(row.p),
            "Yes" if row.verdict and row.verdict != "more people needed" else "No" if row.verdict else "–",
            text(row.n_needed),
        )
        for row in lab.rows
    ]
    return Table(
        name="data-lab",
        title="Outcomes in the Justice Data Lab's form",
        columns=(
            "Outcome",
            "Scheme: people",
            "Scheme: mean",
            "Comparison: people",
            "Comparison: mean",
            "Difference",
            "p",
            "Significant",
            "People needed",
        ),
        rows=tuple(rows),
        numeric=(False, True, True, True, True, True, True, False, True),
        widths=(2.4, 1.0, 1.7, 1.4, 1.7, 1.9, 0.7, 1.3, 1.0),
        notes=(
            "Ranges in brackets are 95% intervals; differences of rates are in percentage points.",
            *withheld_note(rows),
        ),
    )


def mean(group: LabGroup) -> str:
    """Return a mean with its interval."""
    return estimate(group.value, group.ci_low, group.ci_high)


def conventions(lab: LabRelease) -> Section:
    """Return how the figures were made, which the Data Lab itself does not publish in full: matching and settings."""
    settings = "; ".join(f"{name} = {setting(found)}" for name, found in sorted(lab.settings.items()))
    facts = [("Matching", METHODS.get(lab.matching, lab.matching))] + ([("Settings", settings)] if settings else [])
    return Section(
        "conventions",
        "How the figures were made",
        (Facts(tuple(facts)), Bullets((*CONVENTIONS, *lab.warnings))),
    )
