"""Who was lost on the way, and could the study have told?"""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from whatworks.papers.charts.flow import flow_diagram, flow_words
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.evaluation.release import OffencePair, Outcome, Release, Step
from whatworks.papers.evaluation.sections.links import wrongly_joined
from whatworks.papers.evaluation.sections.verdicts import difference_unit
from whatworks.papers.paper import Block, Figure, Paragraph, Section, Table
from whatworks.papers.words import text, withheld_note

DIED = "Of those analysed, died during follow-up: they stay in"


def lost(release: Release) -> Section:
    """Return the section on who was lost, from those submitted to those analysed."""
    steps = release.attrition
    if not steps:
        return Section("lost", "Who was lost on the way?", (Paragraph("No trail of losses was recorded."),))
    scheme, comparison = [step.treated for step in steps], [step.comparison for step in steps]
    rows = [
        (
            "; ".join((*step.withheld_steps, step.step)),
            step.reason or "–",
            text(step.treated),
            loss_cell(scheme, at, step.treated_lost),
            text(step.comparison),
            loss_cell(comparison, at, step.comparison_lost),
        )
        for at, step in enumerate(steps)
    ]
    if release.deaths:
        rows.append((DIED, "–", text(release.deaths.treated), "–", text(release.deaths.comparison), "–"))
    blocks: list[Block] = [
        Paragraph(
            "People who were lost to the service but whose convictions are on "
            "record stay in. Those who left the analysis, "
            "and why, are below."
        ),
        Figure("flow", flow_title(steps), flow_words(steps), partial(flow_diagram, steps)),
        Table(
            name="attrition",
            title="People left after each step",
            columns=("Step", "Why people were lost", "Scheme group", "Lost", "Comparison group", "Lost (comparison)"),
            rows=tuple(rows),
            numeric=(False, False, True, True, True, True),
            widths=(3.4, 2.6, 1.0, 1.0, 1.3, 1.4),
            notes=(*together_notes(steps, rows), *withheld_note(rows)),
        ),
    ]
    if release.links and (wrong := wrongly_joined(release.links)):
        blocks.insert(1, Paragraph(wrong.strip()))
    if release.data.offences:
        blocks.append(offences_of_several(release.data.offences))
    return Section("lost", "Who was lost on the way?", tuple(blocks))


def flow_title(steps: tuple[Step, ...]) -> str:
    """Return how many of the scheme group are left at the end, where both counts are shown."""
    first, last = steps[0].treated, steps[-1].treated
    if not isinstance(first, int) or not isinstance(last, int):
        return "From submitted to analysed"
    if first == last:
        return f"All {text(last)} people in the scheme group were analysed"
    return f"{text(last)} of the {text(first)} people in the scheme group were analysed"


def offences_of_several(pairs: tuple[OffencePair, ...]) -> Table:
    """Return the table of what became of the offences that agencies report together."""
    rows = tuple(
        (f"{pair.first} and {pair.second}", *(text(count) for count in counts))
        for pair in pairs
        for counts in [(pair.merged, pair.by_code, pair.doubtful, pair.other_day, pair.other_case)]
    )
    return Table(
        name="offences_merged",
        title="Offences that two agencies both report",
        columns=("Agencies", "Merged", "By day and code", "In doubt", "Same case only", "Same day only"),
        rows=rows,
        numeric=(False, True, True, True, True, True),
        widths=(2.6, 1.0, 1.2, 1.0, 1.2, 1.2),
        notes=(
            "Offences of everybody in the records, in tens. Merged: counted once. By day and code: a record names no "
            "case. In doubt: several records alike, of which only the number is certain. Same case only: one agency "
            "has it, and both have the case. Same day only: one agency has it, and the other has an offence of that "
            "person, day and group under another reference; some may be counted twice.",
            *withheld_note(rows),
        ),
    )


def loss_cell(counts: Sequence[Count | None], at: int, lost: Count | None) -> str:
    """Return how many a step lost, or all the steps since the last count shown.

    >>> loss_cell([120, "c", 90], 2, 30), loss_cell([120, 90], 1, 30), loss_cell([120], 0, None)
    ('30 in all', '30', '–')
    """
    if at == 0:
        return "–"
    return text(lost) + (" in all" if lost not in ("c", None) and counts[at - 1] == "c" else "")


def together_notes(steps: tuple[Step, ...], rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what a row of several steps, and a loss over several, stand for."""
    notes: tuple[str, ...] = ()
    if any("in all" in cell for row in rows for cell in (row[3], row[5])):
        notes += ("In all: lost since the last count shown above; the counts between are withheld.",)
    if any(step.withheld_steps for step in steps):
        notes += ("Steps at which neither group's count may be shown stand on one line with the step after them.",)
    return notes


def could_tell(release: Release) -> Section | None:
    """Return the section on the smallest effect that the study could have found, where it looked for one."""
    tested = [one for one in release.outcomes if one.smallest_detectable is not None] if release.protocol.causal else []
    if not tested:
        return None
    primary = next((one for one in tested if one.primary), None)
    rows = [(one.label, text(one.smallest_detectable), difference_unit(one), text(needed(one))) for one in tested]
    by_area = any(one.areas for one in tested)
    more, where = ("Areas", "on each side") if by_area else ("People", "in the scheme group")
    return Section(
        "could-it-tell",
        "Could the study have told?",
        (
            Paragraph(
                power_words(primary) if primary else "The table shows the smallest effects that it could have found."
            ),
            Table(
                name="power",
                title="The smallest effect that the study could have found",
                columns=("Outcome", "Smallest effect", "Unit", f"{more} needed"),
                rows=tuple(rows),
                numeric=(False, True, False, True),
                widths=(3.0, 1.3, 2.2, 1.3),
                notes=(
                    "Smallest effect: found four times in five where it is there "
                    f"(80% power at the 5% level). {more} needed: {where}, for the smallest effect that the protocol "
                    "calls worthwhile.",
                    *withheld_note(rows),
                ),
            ),
        ),
    )


def power_words(outcome: Outcome) -> str:
    """Return what the study could have found of the primary outcome."""
    if not isinstance(outcome.smallest_detectable, Decimal):
        return f"{outcome.label}: withheld, since too few people are behind the figures."
    who = "areas" if outcome.areas else "people"
    said = (
        f"{outcome.label}: with the {who} analysed, a true difference of {text(outcome.smallest_detectable)} "
        f"{difference_unit(outcome)} or more would have been found four times in five. A smaller one could easily be "
        "missed."
    )
    more = needed(outcome)
    if isinstance(more, int):
        whom = "areas on each side" if outcome.areas else "people in the scheme group"
        said += (
            f" To find the smallest effect that the protocol calls worthwhile, about {text(more)} {whom} would be "
            "needed."
        )
    return said


def needed(outcome: Outcome) -> int | str | None:
    """Return how many people in the scheme group, or areas on each side, the smallest worthwhile effect takes."""
    return outcome.areas.areas_needed if outcome.areas else outcome.n_needed
