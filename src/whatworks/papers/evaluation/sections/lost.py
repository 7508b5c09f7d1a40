"""Who was lost on the way? Small losses are withheld, and steps that could show nothing are put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from pydantic import Field

from whatworks.evaluation import result as inside
from whatworks.papers.charts.flow import flow_diagram, flow_words
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.links import wrongly_joined
from whatworks.papers.evaluation.sections.provenance import OFFENCES
from whatworks.papers.paper import Block, Figure, Paragraph, Section
from whatworks.papers.words import text

DIED = "Of those analysed, died during follow-up: they stay in"
LEFT = (
    "People who were lost to the service but whose convictions are on record stay in. Those who left the analysis, and "
    "why, are below."
)
IN_ALL = "In all: lost since the last count shown above; the counts between are withheld."
TOGETHER = "Steps at which neither group's count may be shown stand on one line with the step after them."
Columns = tuple[list[Count], list[Count | None]]
"""The counts to be shown of the scheme group and of the comparison group, a count a step."""


class Step(Published, of=inside.AttritionStep):
    """How many people are left after a step, and how many were lost since the last step that shows their number."""

    withheld_steps: Annotated[tuple[str, ...], Before("treated")] = Field(
        description="Steps before this one that could show no count; their reasons stand with this one's."
    )
    treated_lost: Count | None
    comparison_lost: Count | None


class Deaths(Published, of=inside.Deaths):
    """People analysed who died during follow-up, and stay in the analysis."""


def published_steps(proposal: Proposal) -> tuple[Step, ...]:
    """Return the steps; the first and then the later ones have the better claim to be shown.

    A step of which neither group's count may be shown is put together with the next: its name goes to
    `withheld_steps`, its reason to the reason of the step that it is put together with.
    """
    trail, (treated, comparison) = proposal.result.attrition, proposal.people
    order = [0, *range(len(trail) - 1, 0, -1)] if trail else []
    left = {at: treated.publish(trail[at].treated) for at in order}
    right = {at: None if (count := trail[at].comparison) is None else comparison.publish(count) for at in order}
    columns = ([left[at] for at in range(len(trail))], [right[at] for at in range(len(trail))])
    return tuple(step(trail, columns, run) for run in runs(columns))


def runs(columns: Columns) -> list[range]:
    """Return the steps that stand together, each run ending with the step after which it is named.

    >>> runs(([100, "c", "c", 60], [None, None, "c", 60]))
    [range(0, 1), range(1, 4)]
    >>> runs((["c", "c", "c"], [None, None, 50]))
    [range(0, 1), range(1, 3)]
    """
    found, start = [], 0
    for at, (left, right) in enumerate(zip(*columns, strict=True)):
        shown = left != "c" or right not in ("c", None)
        if shown or at in (0, len(columns[0]) - 1):
            found.append(range(start, at + 1))
            start = at + 1
    return found


def step(trail: Sequence[inside.AttritionStep], columns: Columns, run: range) -> Step:
    """Return the steps of a run as one."""
    at, left, right = run[-1], *columns
    return Step.of(
        trail[at],
        Disclosure(0),
        reason="; ".join(dict.fromkeys(message for one in run if (message := trail[one].reason))) or None,
        withheld_steps=tuple(trail[one].step for one in run[:-1]),
        treated=left[at],
        comparison=right[at],
        treated_lost=lost_since(left[:at], left[at]),
        comparison_lost=lost_since(right[:at], right[at]),
    )


def lost_since(before: Iterable[Count | None], after: Count | None) -> Count | None:
    """Return how many were lost since the last count shown: both are printed, so it gives nothing away.

    >>> lost_since([130, 120], 100), lost_since([120, "c", "c"], 100), lost_since([120], "c")
    (20, 20, 'c')
    >>> lost_since([None, "c"], 100), lost_since([None], 100)
    ('c', None)
    """
    counts = [count for count in before if count is not None]
    if after is None or not counts:
        return None
    known = [count for count in counts if count != "c"]
    return "c" if after == "c" or not known else known[-1] - after


def published_deaths(proposal: Proposal) -> Deaths | None:
    """Return how many of the people analysed died, withheld where they, or those who did not, are few."""
    found, n = proposal.result.deaths, proposal.result.n
    if found is None:
        return None
    counts = {"treated": (found.treated, n.treated), "comparison": (found.comparison, n.comparison)}
    few = {
        group: "c"
        for group, (died, people) in counts.items()
        if proposal.more.has("deaths", group) or proposal.small(people - died)
    }
    return Deaths.of(found, Disclosure(proposal.minimum), **few)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step on the page: its name, both groups, and what to print of its losses."""

    step: str
    reason: str | None
    treated: Count
    comparison: Count | None
    treated_lost: Count | None = None
    comparison_lost: Count | None = None
    treated_words: str = "–"
    comparison_words: str = "–"


def lines(release: PublishedResult) -> list[StepRow]:
    """Return the steps, and those who died."""
    steps, rows = release.attrition, []
    scheme, comparison = [step.treated for step in steps], [step.comparison for step in steps]
    for at, step in enumerate(steps):
        lost, other = step.treated_lost, step.comparison_lost
        words = loss_cell(scheme, at, lost), loss_cell(comparison, at, other)
        name = "; ".join((*step.withheld_steps, step.step))
        rows.append(StepRow(name, step.reason, step.treated, step.comparison, lost, other, *words))
    if release.deaths:
        rows.append(StepRow(DIED, None, release.deaths.treated, release.deaths.comparison))
    return rows


def flow_title(steps: Sequence[Step]) -> str:
    """Return how many of the scheme group are left at the end, where both counts are shown."""
    first, last = steps[0].treated, steps[-1].treated
    if not isinstance(first, int) or not isinstance(last, int):
        return "From submitted to analysed"
    if first == last:
        return f"All {text(last)} people in the scheme group were analysed"
    return f"{text(last)} of the {text(first)} people in the scheme group were analysed"


def loss_cell(counts: Sequence[Count | None], at: int, lost: Count | None) -> str:
    """Return how many a step lost, or all the steps since the last count shown.

    >>> loss_cell([120, "c", 90], 2, 30), loss_cell([120, 90], 1, 30), loss_cell([120], 0, None)
    ('30 in all', '30', '–')
    """
    if at == 0:
        return "–"
    return text(lost) + (" in all" if lost not in ("c", None) and counts[at - 1] == "c" else "")


def notes(release: PublishedResult) -> list[str]:
    """Return what a row of several steps, and a loss over several, stand for."""
    in_all = any("in all" in words for row in lines(release) for words in (row.treated_words, row.comparison_words))
    together = any(step.withheld_steps for step in release.attrition)
    return [note for note, stands in ((IN_ALL, in_all), (TOGETHER, together)) if stands]


ATTRITION = ResultSection(
    name="attrition",
    published=Step,
    whole=published_steps,
    audited=True,
    lines=lines,
    title="People left after each step",
    sheet_title="People left after each step, from submitted to analysed",
    columns=lambda _: (
        Column("Step", "step", 3.4, numeric=False),
        Column("Why people were lost", "reason", 2.6, lambda row: row.reason or "–", numeric=False),
        Column("Scheme group", "treated"),
        Column("Scheme group: lost since the last count shown", "treated_lost", 1.0, lambda row: row.treated_words,
               page="Lost"),
        Column("Comparison group", "comparison", 1.3),
        Column("Comparison group: lost since the last count shown", "comparison_lost", 1.4,
               lambda row: row.comparison_words, page="Lost (comparison)"),
    ),
    notes=notes,
)  # fmt: skip
DEATHS = ResultSection(name="deaths", published=Deaths, whole=published_deaths, single=True, audited=True)


def lost(release: PublishedResult) -> Section:
    """Return the section on who was lost, from those submitted to those analysed."""
    steps = release.attrition
    if not steps:
        return Section("lost", "Who was lost on the way?", (Paragraph("No trail of losses was recorded."),))
    blocks: list[Block] = [
        Paragraph(LEFT),
        Figure("flow", flow_title(steps), flow_words(steps), partial(flow_diagram, steps)),
        ATTRITION.table(release),
    ]
    if release.links and (wrong := wrongly_joined(release.links)):
        blocks.insert(1, Paragraph(wrong.strip()))
    if release.data.offences:
        blocks.append(replace(OFFENCES.table(release), name="offences_merged"))
    return Section("lost", "Who was lost on the way?", tuple(blocks))
