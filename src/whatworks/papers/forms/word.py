"""Write the paper as a Word document that boards can edit: headings, repeating header rows, words for pictures."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

from whatworks.papers.forms.html import width
from whatworks.papers.forms.word_style import (
    PAGE_WIDTH,
    blank,
    coloured,
    describe,
    edge,
    link,
    mark,
    narrow,
    pad,
    repeat,
    shade,
)
from whatworks.papers.forms.zip_container import settled
from whatworks.papers.paper import Bullets, Facts, Figure, Paper, Paragraph, Section, Table
from whatworks.pictures.drawing import WIDTH, png
from whatworks.pictures.palette import BANDS, DARK_BLUE, GREY, PALE, PALE_BLUE, PALE_PINK, RULE
from whatworks.records.calendar_names import long_date

LONGEST_WHOLE = 9
"""Tables of up to so many rows are kept on one page."""


def word(paper: Paper, pictures: dict[str, str]) -> bytes:
    """Return the document; `pictures` are the figures as SVG by their names."""
    document = blank()
    stamp(document, paper)
    document.add_paragraph(f"{paper.item}\t{paper.prepared_for}", style="Paper item")
    document.add_heading(paper.title, level=1)
    document.add_paragraph(f"Data as at {long_date(paper.as_at)}", style="Paper item")
    if paper.notice:
        boxed(document, paper.notice, PALE_PINK, bold=False)
    contents = paper.contents()
    for section in paper.sections:
        if contents and section is contents[0][0]:
            add_contents(document, contents)
        mark(document.add_heading(section.heading, level=2), section.name)
        for block in section.blocks:
            add(document, block, pictures)
    box = BytesIO()
    document.save(box)
    return settled(box.getvalue())


def stamp(document: Any, paper: Paper) -> None:
    """Set the document's properties; its times are the data's as-at date, never the clock."""
    at = datetime.combine(paper.as_at, time())
    properties = document.core_properties
    properties.title, properties.subject, properties.author = paper.title, paper.item, paper.prepared_for
    properties.created = properties.modified = at
    properties.last_modified_by, properties.revision, properties.language = "whatworks", 1, "en-GB"
    properties.comments = properties.keywords = properties.category = ""


def add(document: Any, block: object, pictures: dict[str, str]) -> None:
    """Add one block."""
    if isinstance(block, Paragraph):
        add_paragraph(document, block)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Facts):
        for name, said in block.pairs:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(said)
    elif isinstance(block, Table):
        add_table(document, block)
    elif isinstance(block, Figure):
        add_figure(document, block, pictures[block.name])


def add_contents(document: Any, contents: tuple[tuple[Section, tuple[Table | Figure, ...]], ...]) -> None:
    """Add the annex's contents on a page of their own, each section a link to its heading."""
    document.add_heading("Annex: contents", level=2).paragraph_format.page_break_before = True
    for section, blocks in contents:
        paragraph = document.add_paragraph(style="Paper contents")
        link(paragraph, section.name, section.heading)
        if blocks:
            named = ", ".join(f"{type(block).__name__} {block.number}" for block in blocks)
            coloured(paragraph.add_run(f"   {named}"), GREY)


def add_paragraph(document: Any, block: Paragraph) -> None:
    """Add a paragraph; the numbered ones hang from their numbers."""
    if block.number is not None:
        document.add_paragraph(f"{block.number}.\t{block.text}", style="Paper numbered")
    elif block.tone == "lead":
        document.add_paragraph(block.text, style="Paper lead")
    else:
        verdict = block.tone == "verdict"
        boxed(document, block.text, PALE_BLUE if verdict else PALE_PINK, bold=verdict)


def boxed(document: Any, words: str, ground: str, *, bold: bool) -> None:
    """Add a paragraph on a coloured ground."""
    paragraph = document.add_paragraph(style="Paper lead")
    paragraph.add_run(words).bold = bold
    shade(paragraph.paragraph_format.element.get_or_add_pPr(), ground)
    pad(paragraph, ground)


def caption(document: Any, what: str, number: int | None, title: str) -> None:
    """Add a caption that stays with what follows."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{what} {number}. ").bold = True
    paragraph.add_run(title)
    paragraph.paragraph_format.keep_with_next = True


def add_figure(document: Any, figure: Figure, picture: str) -> None:
    """Add a picture with the words that stand for it."""
    caption(document, "Figure", figure.number, figure.title)
    share = min(1.0, width(picture) / WIDTH)
    shape = document.add_picture(BytesIO(png(picture)), width=round(PAGE_WIDTH * share))
    describe(shape, figure.title, figure.alternative)


def add_table(document: Any, block: Table) -> None:
    """Add a table whose header row repeats on every page and whose rows do not break across pages."""
    from docx.shared import Pt

    caption(document, "Table", block.number, block.title)
    table = document.add_table(rows=0, cols=len(block.columns))
    describe(table, block.title, "")
    narrow(table)
    relative = block.widths or (1.0,) * len(block.columns)
    widths = [PAGE_WIDTH * width / sum(relative) for width in relative]
    style = document.styles["Paper cell"].style_id
    size = Pt(7.5) if len(block.columns) > 7 else Pt(9)
    for at, cells in enumerate((block.columns, *block.rows)):
        row = table.add_row()
        repeat(row, header=at == 0)
        for column, (cell, value) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = round(widths[column])
            paragraph = cell.paragraphs[0]
            paragraph._p.style = style
            if at == 0 or at < len(block.rows) <= LONGEST_WHOLE:
                paragraph.paragraph_format.keep_with_next = True
            paragraph.alignment = 2 if block.numeric[column] else 0
            run = paragraph.add_run(str(value))
            run.font.size, run.bold = size, at == 0
            if at == 0:
                coloured(run, DARK_BLUE)
                shade(cell._tc.get_or_add_tcPr(), PALE)
            elif column and (band := BANDS.get(str(value))):
                ground, ink = band
                coloured(run, ink)
                shade(cell._tc.get_or_add_tcPr(), ground)
            edge(cell, DARK_BLUE if at == 0 else RULE)
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = round(wide)
    for note in block.notes:
        coloured(document.add_paragraph(style="Paper note").add_run(note), GREY)
    document.add_paragraph(style="Paper note")
