"""The equality impact assessment: who is treated differently, and at which step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.board.equality.impact import Breakdown, GroupDisparity, Impact, Stage, disparity
from whatworks.papers.board.stage_counts import ClearedStages, clear_counts
from whatworks.papers.charts.share_dots import Dot, dot_words, share_dots
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.words import interval, text, without_small_counts
from whatworks.records.calendar_names import long_date

NOTICE = (
    "Disparity is not discrimination. A difference between groups says where to look, not why it arose: groups may "
    "differ in what makes people eligible, and chance plays its part."
)
WITHHELD_NOTE = "[c]: withheld, since it would show how few people are behind it, or would give such a number back."


@dataclass(frozen=True, slots=True)
class Share:
    """One level's share at one stage, rounded; None where withheld."""

    level: str
    stage: str
    of: str
    share: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    rest: Decimal | None = None
    difference: Decimal | None = None
    difference_low: Decimal | None = None
    difference_high: Decimal | None = None
    detectable: Decimal | None = None
    beyond_chance: bool = False
    mirror: bool = False
    """Whether it says what the other of two levels has said already."""

    @property
    def reading(self) -> str:
        """What the difference says."""
        if self.share is None:
            return "withheld"
        if not self.beyond_chance:
            return "cannot tell"
        return "higher" if self.difference is not None and self.difference > 0 else "lower"


@dataclass(frozen=True, slots=True)
class ClearedCharacteristic:
    """One characteristic, cleared."""

    name: str
    label: str
    counts: ClearedStages
    shares: tuple[Share, ...]


def equality_paper(impact: Impact, *, minimum: int, prepared_for: str, item: str) -> tuple[Paper, dict[str, Any]]:
    """Return the paper and its figures as `summary.json` holds them: small counts withheld, the rest rounded.

    All breakdowns of one paper share their totals, and each is cleared so that none gives another's small counts back.
    """
    parts = [clear_part(breakdown, impact.stages, minimum) for breakdown in impact.breakdowns]
    sections = [summary(impact, parts, minimum), *(part_section(impact, part) for part in parts), watch(parts)]
    paper = Paper(
        title=f"Equality impact assessment: {impact.called}{f', {impact.place}' if impact.place else ''}",
        item=item,
        prepared_for=prepared_for,
        as_at=impact.as_at,
        notice=NOTICE,
        sections=numbered(sections),
        sheets=sheets(impact, parts),
    )
    return paper, figures(impact, parts, minimum)


def clear_part(breakdown: Breakdown, stages: Sequence[Stage], minimum: int) -> ClearedCharacteristic:
    """Return one characteristic with what may leave of it."""
    counts = clear_counts(breakdown, stages, minimum)
    shares = []
    second = breakdown.levels[1].name if len(breakdown.levels) == 2 else None
    for at, stage in enumerate(stages):
        if stage.before is None:
            continue
        for level in breakdown.levels:
            shown = counts.shown(level.name, at, stage.before)
            found = disparity(breakdown, level, stages, at) if shown else None
            share = _share(level.name, stage, stages[stage.before], found)
            shares.append(replace(share, mirror=level.name == second))
    return ClearedCharacteristic(breakdown.name, breakdown.label, counts, tuple(shares))


def _share(level: str, stage: Stage, before: Stage, found: GroupDisparity | None) -> Share:
    if found is None:
        return Share(level, stage.label, before.label, None)
    return Share(
        level,
        stage.label,
        before.label,
        half_away(found.share, 0, 100),
        half_away(found.low, 1, 100),
        half_away(found.high, 1, 100),
        half_away(found.rest, 0, 100),
        half_away(found.difference, 0, 100),
        half_away(found.difference_low, 1, 100),
        half_away(found.difference_high, 1, 100),
        half_away(found.detectable, 1, 100),
        found.beyond_chance,
    )


def summary(impact: Impact, parts: Sequence[ClearedCharacteristic], minimum: int) -> Section:
    """Return what the board has to know first: when it was done, and what differs."""
    beyond_chance = [
        (part, share) for part in parts for share in part.shares if share.beyond_chance and not share.mirror
    ]
    tried = sum(share.share is not None and not share.mirror for part in parts for share in part.shares)
    blocks: list[Block] = [
        Paragraph(launch_words(impact), "verdict"),
        Paragraph(beyond_chance_words(len(beyond_chance), tried), "lead"),
    ]
    if beyond_chance:
        blocks.append(Bullets(tuple(_difference_words(part, share) for part, share in beyond_chance)))
    facts = [
        ("Scheme", impact.called),
        ("Area", impact.place or "all"),
        ("Assessed on", long_date(impact.done_on)),
        ("Launch", long_date(impact.launch_on) if impact.launch_on else "not known"),
        ("Data as at", long_date(impact.as_at)),
        ("Counts withheld", f"under {minimum}, and whatever would give them back"),
    ]
    blocks.append(Facts(tuple(facts)))
    blocks += [Paragraph(without_small_counts(note, minimum)) for note in impact.notes]
    return Section("summary", "Summary", tuple(blocks))


def launch_words(impact: Impact) -> str:
    """Return whether the assessment was done before the launch."""
    if impact.before_launch is None:
        return "Done before launch: not known, since no day of launch is recorded."
    done, launch = long_date(impact.done_on), long_date(impact.launch_on) if impact.launch_on else ""
    if impact.before_launch:
        return f"Done before launch: yes, on {done}, for a launch on {launch}."
    return (
        f"Done before launch: no. It is of {done}, and the launch was on {launch}: whoever was treated differently in "
        "between was treated so unassessed."
    )


def beyond_chance_words(beyond_chance: int, tried: int) -> str:
    """Return how many differences were told from chance, beside how many chance alone would bring.

    >>> beyond_chance_words(0, 20)
    'None of 20 comparisons shows a difference from everyone else that chance could not bring. That is not evidence \
that there is none: the last section says which differences could have been found.'
    """
    if tried == 0:
        return "Every comparison is withheld: too few people are behind it."
    if not beyond_chance:
        return (
            f"None of {tried} comparisons shows a difference from everyone else that chance could not bring. That is "
            "not evidence that there is none: the last section says which differences could have been found."
        )
    shows = "comparison shows" if beyond_chance == 1 else "comparisons show"
    return (
        f"{beyond_chance} of {tried} {shows} a difference from everyone else. Chance alone would show about "
        f"{half_away(0.05 * tried, 0)} of {tried} if there were none."
    )


def _difference_words(part: ClearedCharacteristic, share: Share) -> str:
    return (
        f"{part.label}, {share.level}: {text(share.share)}% of those at \u201c{share.of}\u201d reached "
        f"\u201c{share.stage}\u201d, against {text(share.rest)}% of everyone else "
        f"({interval(share.difference_low, share.difference_high)} percentage points)."
    )


def part_section(impact: Impact, part: ClearedCharacteristic) -> Section:
    """Return one characteristic: its counts, its shares, its picture."""
    stages = impact.stages
    rows: list[tuple[str, ...]] = [
        (name, *(text(count) for count in counts)) for name, counts in part.counts.levels.items()
    ]
    rows.append(("Everybody", *(text(count) for count in part.counts.totals)))
    blocks: list[Block] = [
        Table(
            name=f"{part.name}-counts",
            title=f"{part.label}: people at each stage",
            columns=(part.label, *(stage.label for stage in stages)),
            rows=tuple(rows),
            numeric=(False, *(True for _ in stages)),
            widths=(2.0, *(1.0 for _ in stages)),
            notes=(WITHHELD_NOTE,) if any("[c]" in row for row in rows) else (),
        )
    ]
    dots = [
        Dot(
            share.level,
            f"{share.stage}, of those at \u201c{share.of}\u201d",
            share.share,
            share.low,
            share.high,
            share.beyond_chance,
        )
        for share in part.shares
        if share.share is not None and share.low is not None and share.high is not None
    ]
    if dots:
        title = f"{part.label}: who goes on from each stage to the next"
        blocks.append(Figure(f"{part.name}-shares", title, dot_words(dots), partial(share_dots, dots)))
        blocks.append(_shares_table(part))
    else:
        blocks.append(Paragraph(f"{part.label}: every share is withheld, since too few people are behind it."))
    return Section(part.name.replace("_", "-"), part.label, tuple(blocks))


def _shares_table(part: ClearedCharacteristic) -> Table:
    rows = tuple(
        (
            f"{share.level}: {share.stage}",
            f"{text(share.share)}%",
            interval(share.low, share.high, "%"),
            f"{text(share.rest)}%",
            text(share.difference),
            interval(share.difference_low, share.difference_high),
            share.reading,
        )
        for share in part.shares
        if share.share is not None
    )
    return Table(
        name=f"{part.name}-differences",
        title=f"{part.label}: shares against everyone else",
        columns=("Group and stage", "Share", "95% interval", "Everyone else", "Difference", "Its interval", "Reading"),
        rows=rows,
        numeric=(False, True, True, True, True, True, False),
        widths=(2.6, 0.8, 1.5, 1.0, 1.0, 1.5, 1.1),
        notes=(
            "Shares are of those at the stage before. Differences are in percentage points, taken before rounding. "
            "Intervals: Wilson for shares, Newcombe for differences.",
        ),
    )  # fmt: skip


def watch(parts: Sequence[ClearedCharacteristic]) -> Section:
    """Return the plan for watching: which comparisons could not tell, and what they could have found."""
    rows = tuple(
        (f"{part.label}, {share.level}: {share.stage}", share.reading, text(share.detectable))
        for part in parts
        for share in part.shares
        if share.share is not None and not share.beyond_chance and not share.mirror
    )
    withheld = sum(share.share is None and not share.mirror for part in parts for share in part.shares)
    blocks: list[Block] = [
        Paragraph(
            "Repeat this assessment with each extract. Where a difference was found, ask the agencies that decide at "
            "that stage for its reason before the next meeting. Where none was found, the table says how large a "
            "difference these numbers would have shown four times in five."
        )
    ]
    if withheld:
        comparisons = "comparison is" if withheld == 1 else "comparisons are"
        blocks.append(Paragraph(f"{withheld} {comparisons} withheld for small numbers: look at them inside."))
    if rows:
        blocks.append(
            Table(
                name="watch",
                title="Comparisons that could not tell",
                columns=("Group and stage", "Reading", "Smallest difference found"),
                rows=rows,
                numeric=(False, False, True),
                widths=(3.4, 1.4, 1.4),
                notes=("In percentage points, at 80% power and the 5% level.",),
            )
        )
    return Section("watching", "What to watch", tuple(blocks))


def sheets(impact: Impact, parts: Sequence[ClearedCharacteristic]) -> tuple[Table, ...]:
    """Return the figures as plain tables: counts, then shares."""
    counts = [
        [part.label, name, *row]
        for part in parts
        for name, row in (*part.counts.levels.items(), ("Everybody", part.counts.totals))
    ]
    shares = [
        [part.label, share.level, share.of, share.stage, share.share if share.share is not None else "c", share.low,
         share.high, share.rest, share.difference, share.difference_low, share.difference_high,
         share.detectable, share.reading]
        for part in parts
        for share in part.shares
    ]  # fmt: skip
    columns = [
        "Characteristic", "Group", "Of those at", "Reached", "Share (%)", "Share from", "Share to", "Everyone else (%)",
        "Difference", "Difference from", "Difference to", "Smallest difference found", "Reading",
    ]  # fmt: skip
    return (
        sheet(
            "Counts",
            "People at each stage",
            ["Characteristic", "Group", *(stage.label for stage in impact.stages)],
            counts,
        ),
        sheet("Shares", "Shares at each stage, against everyone else", columns, shares),
    )


def figures(impact: Impact, parts: Sequence[ClearedCharacteristic], minimum: int) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "equality impact",
        "scheme": impact.name,
        "called": impact.called,
        "place": impact.place,
        "as_at": impact.as_at.isoformat(),
        "done_on": impact.done_on.isoformat(),
        "launch_on": impact.launch_on.isoformat() if impact.launch_on else None,
        "before_launch": impact.before_launch,
        "minimum_count": minimum,
        "stages": [stage.label for stage in impact.stages],
        "characteristics": [
            {
                "name": part.name,
                "label": part.label,
                "everybody": list(part.counts.totals),
                "counts": {name: list(row) for name, row in part.counts.levels.items()},
                "shares": [_plain(share) for share in part.shares],
            }
            for part in parts
        ],
    }


def _plain(one: Share) -> dict[str, str | float | Count | None]:
    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return {
        "group": one.level,
        "stage": one.stage,
        "of": one.of,
        "share": number(one.share),
        "low": number(one.low),
        "high": number(one.high),
        "everyone_else": number(one.rest),
        "difference": number(one.difference),
        "difference_low": number(one.difference_low),
        "difference_high": number(one.difference_high),
        "smallest_found": number(one.detectable),
        "reading": one.reading,
    }
