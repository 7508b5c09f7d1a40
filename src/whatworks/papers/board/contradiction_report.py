"""The contradiction report: what the record says in two ways, each with both sources by file and line."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from whatworks.board.contradictions.record import CLAIM, Contradiction, differing
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Paper, Paragraph, Section, Table, numbered
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
    sections = [summary(found, files)]
    sections += [one for kind in kinds(found) if (one := of_kind(kind, found))]
    sections.append(Section("method", "What this report can and cannot say", (Bullets(LIMITS), papers_read(files))))
    paper = Paper(
        title="What the record says in two ways",
        item=item,
        prepared_for=prepared_for,
        as_at=as_at,
        notice="",
        sections=numbered(sections),
        sheets=sheets(found),
    )
    return paper, figures(found, files)


def kinds(found: Sequence[Contradiction]) -> list[str]:
    """Return the kinds found, in the report's order."""
    there = {one.kind for one in found}
    return [kind for kind in HEADINGS if kind in there] + sorted(there - set(HEADINGS))


def heading(kind: str) -> str:
    """Return a kind's heading.

    >>> heading("sums"), heading("something else")
    ('Sums that do not foot', 'Something else')
    """
    return HEADINGS.get(kind, kind.capitalize())


def summary(found: Sequence[Contradiction], files: Sequence[str]) -> Section:
    """Return how many there are, and of what kinds."""
    papers = f"{len(files)} paper{'' if len(files) == 1 else 's'}"
    if not found:
        return Section("summary", "Summary", (Paragraph(f"No contradiction was found in {papers}.", "verdict"),))
    counts = Counter(one.kind for one in found)
    rows = tuple((heading(kind), str(counts[kind])) for kind in kinds(found))
    differ = len(differing(found))
    claims = len(found) - differ
    lead = f"{differ} place{' does' if differ == 1 else 's do'} not agree with another, in {papers}."
    lead += (
        f" {counted(claims, 'claim')} to test: nothing contradicts it, and a figure would settle it." if claims else ""
    )
    blocks: tuple[Block, ...] = (
        Paragraph(lead, "verdict"),
        Paragraph("Each is quoted below from both sources, with a question for whoever can settle it."),
        Table("kinds", "Contradictions by kind", ("Kind", "Found"), rows, (False, True), (5.0, 1.0)),
    )
    return Section("summary", "Summary", blocks)


def of_kind(kind: str, found: Sequence[Contradiction]) -> Section:
    """Return the section of one kind: each finding with its sources and its question."""
    blocks: list[Block] = []
    mine = [one for one in found if one.kind == kind]
    for at, one in enumerate(mine, 1):
        rows = [(quote.place, quote.text) for quote in one.quotes]
        rows += [("Against it", one.against)] if one.against else []
        blocks += [
            Paragraph(f"{one.sentence} Question: {one.question}"),
            Table(
                f"{kind.replace(' ', '-')}-{at}",
                one.title,
                ("Source", "Words"),
                tuple(rows),
                (False, False),
                (1.5, 4.5),
            ),
        ]
    return Section(kind.replace(" ", "-"), heading(kind), tuple(blocks))


def papers_read(files: Sequence[str]) -> Table:
    """Return the table of the papers read."""
    rows = tuple((name, str(at)) for at, name in enumerate(files, 1)) or (("none", "0"),)
    return Table("papers", "Papers read, oldest first", ("Paper", "Number"), rows, (False, True), (5.0, 1.0))


def sheets(found: Sequence[Contradiction]) -> tuple[Table, ...]:
    """Return the findings and their quotes as plain tables."""
    findings: list[list[Decimal | int | str | None]] = [
        [at, heading(one.kind), one.title, one.sentence, one.against, one.question] for at, one in enumerate(found, 1)
    ]
    quotes: list[list[Decimal | int | str | None]] = [
        [at, quote.file, quote.lines[0], quote.lines[1], quote.text]
        for at, one in enumerate(found, 1)
        for quote in one.quotes
    ]
    made = (
        sheet(
            "Findings", "Contradictions", ["Finding", "Kind", "Title", "What differs", "Against", "Question"], findings
        ),
        sheet("Quotes", "Sources", ["Finding", "File", "First line", "Last line", "Words"], quotes),
    )
    return tuple(table for table in made if table.rows)


def figures(found: Sequence[Contradiction], files: Sequence[str]) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "contradiction report",
        "papers": list(files),
        "found": len(found),
        "contradictions": [
            {
                "kind": one.kind,
                "title": one.title,
                "sentence": one.sentence,
                "question": one.question,
                "against": one.against,
                "quotes": [{"file": q.file, "lines": list(q.lines), "text": q.text} for q in one.quotes],
            }
            for one in found
        ],
    }
