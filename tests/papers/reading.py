"""Read what the papers say, by libraries that had no part in writing them."""

import json
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from lxml import html as pages

from whatworks.evaluation.result import Result
from whatworks.papers import build, publish
from whatworks.papers.forms.pdf import content
from whatworks.papers.writing import pictures, render, summary


@cache
def made(case: str) -> dict[str, bytes]:
    """Return every form of one of the hand-made results."""
    from papers.results import ALL

    return forms(ALL[case]())


def forms(result: Result) -> dict[str, bytes]:
    release = publish(result)
    paper = build(release)
    drawn = pictures(list(paper.figures()))
    return {
        form: render(form, summary(release), paper, drawn) for form in ("html", "docx", "pdf", "xlsx", "ods", "json")
    }


def texts(result: Result) -> dict[str, str]:
    """Return the words of each form, the pictures' own axes left out and their alternative texts kept."""
    release = publish(result)
    paper = build(release)
    none = {figure.name: "<svg/>" for figure in paper.figures()}
    blank = dict.fromkeys(none, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    return {
        "html": html_text(render("html", None, paper, none)),
        "docx": docx_text(render("docx", None, paper, blank)),
        "pdf": pdf_words(content(paper, blank)),
        "xlsx": xlsx_text(render("xlsx", None, paper, {})),
        "ods": ods_text(render("ods", None, paper, {})),
    }


def html_text(page: bytes) -> str:
    document = pages.fromstring(page.decode())
    for away in document.xpath(
        "//style | //svg | //nav | //span[@class='number'] | //caption/strong | //figcaption/strong"
    ):
        away.drop_tree()
    labels = document.xpath("//@aria-label")
    return " \n".join([*document.itertext(), *labels])


def docx_text(document: bytes) -> str:
    """Return the paragraphs, the tables and the alternative texts; the numbers that count paragraphs left out."""
    from docx import Document
    from docx.oxml.ns import qn

    opened = Document(BytesIO(document))
    words = []
    for paragraph in opened.paragraphs:
        text = "" if paragraph.style.name == "Paper contents" else paragraph.text
        if paragraph.style.name == "Paper numbered":
            text = text.partition("\t")[2]
        if paragraph.style.name == "Caption":
            text = text.partition(". ")[2]
        words.append(text)
    words += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    words += [shape.get("descr", "") for shape in opened.element.iter(qn("wp:docPr"))]
    return " \n".join(words)


def pdf_words(told: dict[str, Any]) -> str:
    """Return what the PDF's template was given, counters and widths left out."""
    for section in told["sections"]:
        for block in section["blocks"]:
            for counter in ("number", "share", "widths"):
                block.pop(counter, None)
    del told["contents"], told["year"], told["month"], told["day"]
    return json.dumps(told, ensure_ascii=False)


def xlsx_text(book: bytes) -> str:
    import openpyxl

    opened = openpyxl.load_workbook(BytesIO(book))
    return " \n".join(
        str(cell) for sheet in opened for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )


def ods_text(sheet: bytes) -> str:
    with ZipFile(BytesIO(sheet)) as box:
        return " \n".join(etree.fromstring(box.read("content.xml")).itertext())
