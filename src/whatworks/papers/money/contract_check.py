"""Build the paper on what was found in a contract: where it breaks common sense, and the results that show it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from whatworks.money.contracts.finding import Finding
from whatworks.money.contracts.terms import Terms
from whatworks.papers.paper import Block, Bullets, Cell, Paper, Paragraph, Section, Table, numbered

DECISION = "To settle the points below with the other side before the terms are signed."
HOW = (
    "The contract was settled on made-up results: ten thousand of each metric, and falls and rises of every size. What "
    "they pay was compared. Nothing was looked for by the name of a scheme, and each example can be settled again. A "
    "maximum in pounds was left aside, since the real baseline decides where it binds."
)


def check_paper(terms: Terms, found: Sequence[Finding], as_at: date) -> Paper:
    """Return the paper of a check."""
    breaches = [one for one in found if one.rank == "breach"]
    others = [one for one in found if one.rank != "breach"]
    sections = [
        Section("decision", "Decision sought", (Paragraph(DECISION if found else "To note.", "lead"),)),
        Section("summary", "Summary", tuple(summary(breaches, others))),
        Section("evidence", "What was tried, and what it pays", (evidence(found),) if found else (Paragraph("None."),)),
        Section("method", "How it was found", (Paragraph(HOW), *_assumptions(terms))),
    ]
    return Paper(
        title=f"Terms examined: {terms.name}",
        item="Item for decision" if found else "Item for information",
        prepared_for=terms.payer,
        as_at=as_at,
        notice="",
        sections=numbered(sections),
        sheets=(_sheet(found),),
    )


def check_figures(terms: Terms, found: Sequence[Finding]) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    findings = [
        {
            "kind": one.kind,
            "rank": one.rank,
            "sentence": one.sentence,
            "evidence": [{"result": tried, "pays": paid} for tried, paid in one.evidence],
        }
        for one in found
    ]
    return {"contract": terms.id, "name": terms.name, "findings": findings}


def summary(breaches: Sequence[Finding], others: Sequence[Finding]) -> list[Block]:
    """Return what was found, the breaches first."""
    many = "one place" if len(breaches) == 1 else f"{len(breaches)} places"
    verdict = f"These terms break common sense in {many}." if breaches else "No breach of common sense was found."
    blocks: list[Block] = [Paragraph(verdict, "verdict")]
    if breaches:
        blocks.append(Bullets(tuple(one.sentence for one in breaches)))
    if others:
        blocks += [Paragraph("Besides, there is reason for care."), Bullets(tuple(one.sentence for one in others))]
    return blocks


def evidence(found: Sequence[Finding]) -> Table:
    """Return every result that was tried for a finding, with what it pays."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.kind.capitalize(), tried, paid) for one in found for tried, paid in one.evidence or (("", ""),)
    )
    return Table(
        name="evidence",
        title="Results and payments",
        columns=("Finding", "Result", "Pays"),
        rows=rows,
        numeric=(False, False, False),
        widths=(2, 3.4, 2.6),
    )


def _assumptions(terms: Terms) -> tuple[Block, ...]:
    return (
        (Paragraph("The terms take the following to be so."), Bullets(terms.assumptions)) if terms.assumptions else ()
    )


def _sheet(found: Sequence[Finding]) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.rank, one.kind, one.sentence) for one in found)
    return Table("Findings", "What was found", ("Rank", "Kind", "Finding"), rows, (False, False, False))
