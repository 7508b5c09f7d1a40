"""The alignment matrix: projects against objectives, with orphans on both sides, as a paper."""

from dataclasses import replace

from whatworks.board.alignment import Coverage
from whatworks.papers.board.record_words import paper_of, sheet_of, text_table
from whatworks.papers.paper import Block, Bullets, Paper, Paragraph, Section

NOTICE = "Claims are shown as they were made. Whether a project does what it claims is not asked here."
SIGN = {"addresses": "addresses", "contributes": "contributes", None: "–"}


def alignment_paper(found: Coverage, title: str, body: str) -> Paper:
    """Return the paper of who serves what on a day."""
    columns = ("Objective", *(one.name for one in found.projects))
    rows = [
        (
            f"{objective.id}: {objective.text}",
            *(SIGN[found.claims.get((project.id, objective.id))] for project in found.projects),
        )
        for objective in found.objectives
    ]
    blocks: list[Block] = [
        Paragraph(
            f"{len(found.objectives)} objectives and {len(found.projects)} projects hold on this day. Objectives that "
            f"nobody serves: {len(found.objectives_alone)}; projects that serve none: {len(found.projects_alone)}.",
            "lead",
        ),
        text_table(
            "matrix", "Which project claims which objective", columns, rows, (2.5, *(1.0 for _ in found.projects))
        ),
    ]
    questions = asked(found)
    if questions:
        blocks.append(Bullets(tuple(questions)))
    sections = [Section("alignment", "Which objective does this serve?", tuple(blocks))]
    paper = paper_of(title, body, found.on, sections, (sheet_of("Alignment", title, columns, rows),))
    return replace(paper, notice=NOTICE)


def asked(found: Coverage) -> list[str]:
    """Return what the board should ask, a sentence each."""
    names = {project.id: project.name for project in found.projects}
    texts = {objective.id: f"{objective.id} ({objective.text})" for objective in found.objectives}
    lines = [f"Nobody serves {texts[one]}." for one in found.objectives_alone]
    lines += [f"{names[one]} serves no objective." for one in found.projects_alone]
    lines += [f"{texts[one]} is only contributed to: no project addresses it." for one in found.only_contributed]
    lines += [f"{names[one]} claims nearly every objective: which does it really serve?" for one in found.claims_all]
    lines += [f"{names[a]} does not say how it serves {b}." for a, b in found.without_mechanism]
    over = "does not hold on this day: one of them was over, or not begun"
    lines += [f"The link of {a} to {b} {over}." for a, b in found.lapsed]
    return lines
