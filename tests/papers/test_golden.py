"""The words of each paper, line by line, as a person read and approved them.

After an intended change, write them again with `python tests/papers/test_golden.py` and read the difference before
committing it.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from papers.results import ALL
from papers.test_combination import combined_by_hand
from whatworks.papers import build, publish
from whatworks.papers.evaluation.combination import combination_paper, publish_combination
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Table

GOLDEN = Path(__file__).parent / "golden"


def markdown(paper: Paper) -> str:
    """Return the paper as Markdown, pictures as the words that stand for them."""
    lines = [f"# {paper.title}", f"{paper.item} | {paper.prepared_for} | {paper.as_at.isoformat()}", paper.notice]
    for section in paper.sections:
        lines.append(f"## {section.heading}")
        for block in section.blocks:
            lines += block_lines(block)
    return "\n\n".join(line for line in lines if line) + "\n"


def block_lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [f"{block.number}. {block.text}" if block.number else f"[{block.tone}] {block.text}"]
    if isinstance(block, Bullets):
        return ["\n".join(f"- {item}" for item in block.items)]
    if isinstance(block, Facts):
        return ["\n".join(f"{name}: {said}" for name, said in block.pairs)]
    if isinstance(block, Figure):
        return [f"Figure {block.number}. {block.title}", f"[picture] {block.alternative}"]
    assert isinstance(block, Table)
    rows = [block.columns, *block.rows]
    table = "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
    return [f"Table {block.number}. {block.title}", table.replace("\u00a0", " "), *block.notes]


PAPERS: dict[str, Callable[[], Paper]] = {
    **{name: (lambda made=made: build(publish(made()))) for name, made in ALL.items()},
    "combined": lambda: combination_paper(publish_combination(combined_by_hand())),
}


@pytest.mark.parametrize("case", PAPERS)
def test_the_paper_says_what_was_approved(case: str) -> None:
    assert markdown(PAPERS[case]()) == (GOLDEN / f"{case}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, paper in PAPERS.items():
        (GOLDEN / f"{name}.md").write_text(markdown(paper()), encoding="utf-8")
