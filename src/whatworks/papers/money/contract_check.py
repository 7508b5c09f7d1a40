"""What was found in a contract: where it breaks common sense, and the results that show it."""

from collections.abc import Sequence
from typing import Any

from whatworks.money.contracts.laboratory import Finding
from whatworks.money.contracts.terms import Terms
from whatworks.money.plain import plain
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.paper import Block, Bullets, Paragraph, Section

DECISION = "To settle the points below with the other side before the terms are signed."
HOW = (
    "The contract was settled on made-up results: ten thousand of each metric, and falls and rises of every size. What "
    "they pay was compared. Nothing was looked for by the name of a scheme, and each example can be settled again. A "
    "maximum in pounds was left aside, since the real baseline decides where it binds."
)


def check_answer(terms: Terms, found: Sequence[Finding]) -> Answer:
    """Return where a contract breaks common sense."""
    breaches = [one for one in found if one.rank == "breach"]
    others = [one for one in found if one.rank != "breach"]
    shown = evidence(found).on_page() if found else Paragraph("None.")
    sections = (
        Section("decision", "Decision sought", (Paragraph(DECISION if found else "To note.", "lead"),)),
        Section("summary", "Summary", tuple(summary(breaches, others))),
        Section("evidence", "What was tried, and what it pays", (shown,)),
        Section("method", "How it was found", (Paragraph(HOW), *_assumptions(terms))),
    )
    findings = Rows(
        name="Findings",
        title="What was found",
        rows=found,
        columns=(
            TableColumn("Rank", lambda one: one.rank),
            TableColumn("Kind", lambda one: one.kind),
            TableColumn("Finding", lambda one: one.sentence),
        ),
    )
    many, more = len(breaches), len(others)
    breach = f"{many} breach{'' if many == 1 else 'es'} of common sense, {more} warning{'' if more == 1 else 's'}."
    said = tuple(f"{one.rank}: {one.sentence}" for one in found)
    return Answer(
        title=f"Terms examined: {terms.name}",
        sentences=said,
        tables=(findings,),
        sections=sections,
        screen=(f"{terms.name}: {breach}", *(f"  {one}" for one in said)),
        figures={"contract": terms.id, "name": terms.name, "findings": [_finding(one) for one in found]},
        restricted={"contract": terms.id, "name": terms.name, "findings": plain(tuple(found))},
        item="Item for decision" if found else "Item for information",
        prepared_for=terms.payer,
        as_at=max(period.last for period in terms.period.values()),
    )


def _finding(one: Finding) -> dict[str, Any]:
    found: dict[str, Any] = plain(one)
    return found | {"evidence": [{"result": tried, "pays": paid} for tried, paid in one.evidence]}


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


def evidence(found: Sequence[Finding]) -> Rows[tuple[str, str, str]]:
    """Return every result that was tried for a finding, with what it pays."""
    return Rows(
        name="evidence",
        title="Results and payments",
        rows=[(one.kind, tried, paid) for one in found for tried, paid in one.evidence or (("", ""),)],
        columns=(
            TableColumn("Finding", lambda row: row[0].capitalize(), width=2.0),
            TableColumn("Result", lambda row: row[1], width=3.4),
            TableColumn("Pays", lambda row: row[2], width=2.6),
        ),
    )


def _assumptions(terms: Terms) -> tuple[Block, ...]:
    return (
        (Paragraph("The terms take the following to be so."), Bullets(terms.assumptions)) if terms.assumptions else ()
    )
