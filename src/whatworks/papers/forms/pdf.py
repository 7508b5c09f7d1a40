"""Write the paper as PDF/UA-1: tagged, with words for every picture, and the same bytes each time."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from whatworks.papers.forms.characters import drawable
from whatworks.papers.forms.html import TEMPLATES, width
from whatworks.papers.paper import Block, Figure, Paper, Table
from whatworks.pictures.drawing import FONTS, WIDTH
from whatworks.records.calendar_names import long_date


def pdf(paper: Paper, pictures: dict[str, str]) -> bytes:
    """Return the PDF; `pictures` are the figures as SVG by their names."""
    import typst

    with TemporaryDirectory() as folder:
        place = Path(folder)
        copyfile(TEMPLATES / "paper.typ", place / "paper.typ")
        (place / "paper.json").write_text(json.dumps(drawable(content(paper, pictures))), encoding="utf-8")
        for name, picture in pictures.items():
            (place / f"{name}.svg").write_text(drawable(picture), encoding="utf-8")
        made: bytes = typst.compile(
            place / "paper.typ",
            root=place,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(paper.as_at, time(), UTC),
        )
    return made


def content(paper: Paper, pictures: dict[str, str]) -> dict[str, Any]:
    """Return the paper as the template reads it."""
    return {
        "title": paper.title,
        "item": paper.item,
        "prepared_for": paper.prepared_for,
        "as_at": long_date(paper.as_at),
        "year": paper.as_at.year,
        "month": paper.as_at.month,
        "day": paper.as_at.day,
        "notice": paper.notice,
        "contents": [
            {
                "name": section.name,
                "heading": section.heading,
                "blocks": [f"{type(b).__name__} {b.number}" for b in blocks],
            }
            for section, blocks in paper.contents()
        ],
        "sections": [
            {
                "heading": section.heading,
                "name": section.name,
                "annex": section.annex,
                "blocks": [block_content(block, pictures) for block in section.blocks],
            }
            for section in paper.sections
        ],
    }


def block_content(block: Block, pictures: dict[str, str]) -> dict[str, Any]:
    """Return one block; a figure's width is its share of the page's."""
    if isinstance(block, Figure):
        return {
            "kind": "Figure",
            "name": block.name,
            "title": block.title,
            "alternative": block.alternative,
            "number": block.number,
            "share": min(1.0, width(pictures[block.name]) / WIDTH),
        }
    if isinstance(block, Table) and not block.widths:
        block = replace(block, widths=(1.0,) * len(block.columns))
    return {"kind": type(block).__name__, **asdict(block)}
