"""The contradiction report: what the record says in two ways, each with both sources by file and line."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from whatworks.board.contradictions.record import CLAIM, Contradiction, differing
from whatworks.money.plain import plain
from whatworks.papers.board.record_words import page_table, paper_of, section
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Paper, Paragraph, Section, Table
from whatworks.records.showing.counted import counted

HEADINGS = {
    "lost promise": "Promises to meetings without a record",
    "weekday": "Weekdays that are not their dates'",
    "growth": "The size of the board",
    "priorities": "Priorities",
    "absent lead": "Leads who do not attend",
    "bare figures": "Figures that cannot be used as they stand",
    "sums": "Sums that do not foot",
    "extension": "Schemes in more places than agreed",
    "evaluator": "Who evaluated",
    "more bodies": "Fewer boards, or more",
    "last meeting": "Which meeting was the last",
    "make-up": "Who belongs to a body",
    "order of times": "Times and dates in the wrong order",
    "attendance": "Who was there",
    "count": "Lists longer or shorter than announced",
    "numbering": "Numbering",
    "spelling": "Names of people",
    "body name": "Names of bodies",
    CLAIM: "Claims that a figure would settle",
}
"""What the reader sees for each kind, in the report's order."""
LIMITS = (
    "The report comes from rules on words, dates and numbers. It says that two places differ; which of them is right, "
    "or whether something happened that was not minuted, only people can say.",
    "Words that the rules do not know go unseen: where nothing is found, the record may still contradict itself.",
    "Only the papers named below were read. A meeting without a paper here may have one elsewhere.",
)


def contradiction_paper(
    found: Sequence[Contradiction], files: Sequence[str], *, as_at: date, prepared_for: str, item: str = "Board record"
) -> tuple[Paper, dict[str, Any]]:
    """Return the paper of the findings in `files`, and its figures as `summary.json` holds them."""
    read = [(name, str(at)) for at, name in enumerate(files, 1)] or [("none", "0")]
    named = page_table("papers", "Papers read, oldest first", ("Paper", "Number"), read, (5.0, 1.0), right=(1,))
    sections = [
        _summary(found, files),
        *(_of_kind(kind, found) for kind in _kinds(found)),
        section("method", "What this report can and cannot say", Bullets(LIMITS), named),
    ]
    title = "What the record says in two ways"
    figures = {"paper": "contradiction report", "papers": list(files), "found": len(found)}
    paper = paper_of(title, prepared_for, as_at, sections, _sheets(found), item, "")
    return paper, figures | {"contradictions": plain(list(map(_figures, found)))}


def _figures(one: Contradiction) -> dict[str, Any]:
    said = ("kind", "title", "sentence", "question", "against", "quotes")
    return {name: getattr(one, name) for name in said}


def _kinds(found: Sequence[Contradiction]) -> list[str]:
    """Return the kinds found, in the report's order."""
    there = {one.kind for one in found}
    return [kind for kind in HEADINGS if kind in there] + sorted(there - set(HEADINGS))


def heading(kind: str) -> str:
    """Return a kind's heading.

    >>> heading("sums"), heading("something else")
    ('Sums that do not foot', 'Something else')
    """
    return HEADINGS.get(kind, kind.capitalize())


def _summary(found: Sequence[Contradiction], files: Sequence[str]) -> Section | None:
    """Return how many there are, and of what kinds."""
    papers = counted(len(files), "paper")
    if not found:
        return section("summary", "Summary", Paragraph(f"No contradiction was found in {papers}.", "verdict"))
    counts = Counter(one.kind for one in found)
    rows = [(heading(kind), str(counts[kind])) for kind in _kinds(found)]
    differ = len(differing(found))
    claims = len(found) - differ
    lead = f"{differ} place{' does' if differ == 1 else 's do'} not agree with another, in {papers}."
    lead += (
        f" {counted(claims, 'claim')} to test: nothing contradicts it, and a figure would settle it." if claims else ""
    )
    return section(
        "summary",
        "Summary",
        Paragraph(lead, "verdict"),
        Paragraph("Each is quoted below from both sources, with a question for whoever can settle it."),
        page_table("kinds", "Contradictions by kind", ("Kind", "Found"), rows, (5.0, 1.0), right=(1,)),
    )


def _of_kind(kind: str, found: Sequence[Contradiction]) -> Section | None:
    """Return the section of one kind: each finding with its sources and its question."""
    blocks: list[Block | None] = []
    for at, one in enumerate((one for one in found if one.kind == kind), 1):
        said = Paragraph(f"{one.sentence} Question: {one.question}")
        blocks += [said, sources(f"{kind.replace(' ', '-')}-{at}", one)]
    return section(kind.replace(" ", "-"), heading(kind), *blocks)


def sources(name: str, one: Contradiction) -> Table | None:
    """Return the table of a finding's sources, and of what stands against them."""
    rows = [(quote.place, quote.text) for quote in one.quotes]
    rows += [("Against it", one.against)] if one.against else []
    return page_table(name, one.title, ("Source", "Words"), rows, (1.5, 4.5))


def _sheets(found: Sequence[Contradiction]) -> tuple[Table, ...]:
    """Return the findings and their quotes as plain tables."""
    findings: list[list[int | str | None]] = [
        [at, heading(one.kind), one.title, one.sentence, one.against, one.question] for at, one in enumerate(found, 1)
    ]
    quotes: list[list[int | str | None]] = [
        [at, each.file, each.lines[0], each.lines[1], each.text]
        for at, one in enumerate(found, 1)
        for each in one.quotes
    ]
    columns = ["Finding", "Kind", "Title", "What differs", "Against", "Question"]
    return (
        sheet("Findings", "Contradictions", columns, findings),
        sheet("Quotes", "Sources", ["Finding", "File", "First line", "Last line", "Words"], quotes),
    )
