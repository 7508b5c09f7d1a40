"""`whatworks board alignment show`: which objective does each project serve, and which are served by nobody?"""

from datetime import date
from pathlib import Path

from whatworks.board.alignment import coverage, load_alignment
from whatworks.cli.answer import View
from whatworks.papers.board.alignment_matrix import alignment_paper, asked
from whatworks.records.register.ledger import picked


def alignment(file: Path, on: date, prepared_for: str = "The board") -> View:
    """Return projects set against the objectives that they claim, with orphans on both sides."""
    read = load_alignment(file)
    covered = coverage(read, on)
    links = [{"project": a, "objective": b, "claim": claim} for (a, b), claim in covered.claims.items()]
    alone = "objectives_alone projects_alone only_contributed claims_all without_mechanism lapsed"
    figures = {"title": read.title, "on": covered.on.isoformat(), "claims": links, **picked(covered, alone)}
    names = {each.id: each.name for each in covered.projects}
    lines = []
    for each in covered.objectives:
        lines.append(f"{each.id}: {each.text}")
        lines += [f"    {link['claim']}: {names[link['project']]}" for link in links if link["objective"] == each.id]
    return View(
        figures, [*lines, *asked(covered)], lambda: (alignment_paper(covered, read.title, prepared_for), figures)
    )
