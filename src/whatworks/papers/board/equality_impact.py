"""The equality impact assessment: who is treated differently, and at which step."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.board.equality.impact import Breakdown, GroupDisparity, Impact, Stage, disparity
from whatworks.money.plain import plain
from whatworks.papers.board.record_words import page_table, paper_of, section
from whatworks.papers.board.stage_counts import ClearedStages, clear_counts
from whatworks.papers.charts.share_dots import Dot, dot_words, share_dots
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Bullets, Facts, Figure, Paper, Paragraph, Section, Table
from whatworks.papers.words import interval, text, without_small_counts
from whatworks.records.calendar_names import long_date
from whatworks.records.register.ledger import picked

NOTICE = (
    "Disparity is not discrimination. A difference between groups says where to look, not why it arose: groups may "
    "differ in what makes people eligible, and chance plays its part."
)
WITHHELD_NOTE = "[c]: withheld, since it would show how few people are behind it, or would give such a number back."


@dataclass(frozen=True, slots=True)
class Share:
    """One level's share at one stage, rounded; None where withheld."""

    group: str
    stage: str
    of: str
    share: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    everyone_else: Decimal | None = None
    difference: Decimal | None = None
    difference_low: Decimal | None = None
    difference_high: Decimal | None = None
    smallest_found: Decimal | None = None
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
    sections = [_summary(impact, parts, minimum), *(part_section(impact.stages, part) for part in parts), _watch(parts)]
    title = f"Equality impact assessment: {impact.called}{f', {impact.place}' if impact.place else ''}"
    paper = paper_of(title, prepared_for, impact.as_at, sections, _sheets(impact, parts), item, NOTICE)
    return paper, _figures(impact, parts, minimum)


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
            bare = Share(level.name, stage.label, stages[stage.before].label, mirror=level.name == second)
            shares.append(_rounded(bare, found) if found else bare)
    return ClearedCharacteristic(breakdown.name, breakdown.label, counts, tuple(shares))


def _rounded(share: Share, found: GroupDisparity) -> Share:
    return replace(
        share,
        share=half_away(found.share, 0, 100),
        low=half_away(found.low, 1, 100),
        high=half_away(found.high, 1, 100),
        everyone_else=half_away(found.rest, 0, 100),
        difference=half_away(found.difference, 0, 100),
        difference_low=half_away(found.difference_low, 1, 100),
        difference_high=half_away(found.difference_high, 1, 100),
        smallest_found=half_away(found.detectable, 1, 100),
        beyond_chance=found.beyond_chance,
    )


def _summary(impact: Impact, parts: Sequence[ClearedCharacteristic], minimum: int) -> Section | None:
    """Return what the board has to know first: when it was done, and what differs."""
    beyond_chance = [
        (part, share) for part in parts for share in part.shares if share.beyond_chance and not share.mirror
    ]
    tried = sum(share.share is not None and not share.mirror for part in parts for share in part.shares)
    facts = (
        ("Scheme", impact.called),
        ("Area", impact.place or "all"),
        ("Assessed on", long_date(impact.done_on)),
        ("Launch", long_date(impact.launch_on) if impact.launch_on else "not known"),
        ("Data as at", long_date(impact.as_at)),
        ("Counts withheld", f"under {minimum}, and whatever would give them back"),
    )
    return section(
        "summary",
        "Summary",
        Paragraph(launch_words(impact), "verdict"),
        Paragraph(beyond_chance_words(len(beyond_chance), tried), "lead"),
        Bullets(tuple(_difference_words(part, share) for part, share in beyond_chance)) if beyond_chance else None,
        Facts(facts),
        *(Paragraph(without_small_counts(note, minimum)) for note in impact.notes),
    )


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
        f"{part.label}, {share.group}: {text(share.share)}% of those at \u201c{share.of}\u201d reached "
        f"\u201c{share.stage}\u201d, against {text(share.everyone_else)}% of everyone else "
        f"({interval(share.difference_low, share.difference_high)} percentage points)."
    )


def part_section(stages: Sequence[Stage], part: ClearedCharacteristic) -> Section | None:
    """Return one characteristic: its counts, its shares, its picture."""
    levels = (*part.counts.levels.items(), ("Everybody", part.counts.totals))
    rows = [(name, *map(text, counts)) for name, counts in levels]
    note = (WITHHELD_NOTE,) if any("[c]" in row for row in rows) else ()
    title, columns = f"{part.label}: people at each stage", (part.label, *(stage.label for stage in stages))
    right = range(1, len(columns))
    counted = page_table(f"{part.name}-counts", title, columns, rows, (2.0, *(1.0 for _ in stages)), *note, right=right)
    dots = [
        Dot(each.group, f"{each.stage}, of those at \u201c{each.of}\u201d", each.share, each.low, each.high,
            each.beyond_chance)
        for each in part.shares
        if each.share is not None and each.low is not None and each.high is not None
    ]  # fmt: skip
    name, heading = part.name.replace("_", "-"), f"{part.label}: who goes on from each stage to the next"
    if not dots:
        bare = f"{part.label}: every share is withheld, since too few people are behind it."
        return section(name, part.label, counted, Paragraph(bare))
    picture = Figure(f"{part.name}-shares", heading, dot_words(dots), partial(share_dots, dots))
    return section(name, part.label, counted, picture, _shares_table(part))


def _shares_table(part: ClearedCharacteristic) -> Table | None:
    rows = [
        (
            f"{share.group}: {share.stage}",
            f"{text(share.share)}%",
            interval(share.low, share.high, "%"),
            f"{text(share.everyone_else)}%",
            text(share.difference),
            interval(share.difference_low, share.difference_high),
            share.reading,
        )
        for share in part.shares
        if share.share is not None
    ]
    columns = ("Group and stage", "Share", "95% interval", "Everyone else", "Difference", "Its interval", "Reading")
    title, widths = f"{part.label}: shares against everyone else", (2.6, 0.8, 1.5, 1.0, 1.0, 1.5, 1.1)
    note = (
        "Shares are of those at the stage before. Differences are in percentage points, taken before rounding. "
        "Intervals: Wilson for shares, Newcombe for differences."
    )
    return page_table(f"{part.name}-differences", title, columns, rows, widths, note, right=range(1, 6))


def _watch(parts: Sequence[ClearedCharacteristic]) -> Section | None:
    """Return the plan for watching: which comparisons could not tell, and what they could have found."""
    rows = [
        (f"{part.label}, {share.group}: {share.stage}", share.reading, text(share.smallest_found))
        for part in parts
        for share in part.shares
        if share.share is not None and not share.beyond_chance and not share.mirror
    ]
    withheld = sum(share.share is None and not share.mirror for part in parts for share in part.shares)
    said = (
        "Repeat this assessment with each extract. Where a difference was found, ask the agencies that decide at "
        "that stage for its reason before the next meeting. Where none was found, the table says how large a "
        "difference these numbers would have shown four times in five."
    )
    comparisons = "comparison is" if withheld == 1 else "comparisons are"
    inside = Paragraph(f"{withheld} {comparisons} withheld for small numbers: look at them inside.")
    columns, widths = ("Group and stage", "Reading", "Smallest difference found"), (3.4, 1.4, 1.4)
    note = "In percentage points, at 80% power and the 5% level."
    table = page_table("watch", "Comparisons that could not tell", columns, rows, widths, note, right=(2,))
    return section("watching", "What to watch", Paragraph(said), inside if withheld else None, table)


def _sheets(impact: Impact, parts: Sequence[ClearedCharacteristic]) -> tuple[Table, ...]:
    """Return the figures as plain tables: counts, then shares."""
    counts = [
        [part.label, name, *row]
        for part in parts
        for name, row in (*part.counts.levels.items(), ("Everybody", part.counts.totals))
    ]
    shares = [
        [part.label, share.group, share.of, share.stage, share.share if share.share is not None else "c", share.low,
         share.high, share.everyone_else, share.difference, share.difference_low, share.difference_high,
         share.smallest_found, share.reading]
        for part in parts
        for share in part.shares
    ]  # fmt: skip
    columns = [
        "Characteristic", "Group", "Of those at", "Reached", "Share (%)", "Share from", "Share to", "Everyone else (%)",
        "Difference", "Difference from", "Difference to", "Smallest difference found", "Reading",
    ]  # fmt: skip
    stages = [stage.label for stage in impact.stages]
    return (
        sheet("Counts", "People at each stage", ["Characteristic", "Group", *stages], counts),
        sheet("Shares", "Shares at each stage, against everyone else", columns, shares),
    )


def _figures(impact: Impact, parts: Sequence[ClearedCharacteristic], minimum: int) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "equality impact",
        "scheme": impact.name,
        **plain(picked(impact, "called place as_at done_on launch_on before_launch")),
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


def _plain(one: Share) -> dict[str, str | float | None]:
    said = {each.name: getattr(one, each.name) for each in fields(one) if each.name not in ("beyond_chance", "mirror")}
    numbers = {name: float(value) if isinstance(value, Decimal) else value for name, value in said.items()}
    return {**numbers, "reading": one.reading}
