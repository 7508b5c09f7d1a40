"""Write a paper and its tables, in every form asked for, from a result alone."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from whatworks.evaluation.result import Result
from whatworks.papers.disclosure.audit import publish
from whatworks.papers.evaluation.build import build
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.forms.characters import holdable
from whatworks.papers.paper import Figure, Paper, Table
from whatworks.pictures.drawing import svg
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.whole_folder import StagedFolder, stage

Form = Literal["html", "docx", "pdf", "xlsx", "ods", "json"]
FORMS: tuple[Form, ...] = ("html", "docx", "pdf", "xlsx", "ods", "json")
NAMES: dict[Form, str] = {
    "html": "paper.html",
    "docx": "paper.docx",
    "pdf": "paper.pdf",
    "xlsx": "tables.xlsx",
    "ods": "tables.ods",
    "json": "summary.json",
}


NO_TABLE = Table("None", "This paper has no table", ("Note",), (("Its words stand in the other forms.",),), (False,))
"""The one sheet of a paper without any: a workbook has one at least."""
Style = Literal["board", "justice-data-lab"]
STYLES: tuple[Style, ...] = ("board", "justice-data-lab")


def write_papers(result: Result, out: Path, *, forms: Sequence[Form] = FORMS, style: Style = "board") -> list[Path]:
    """Write the paper into the folder `out`, which is made if need be, and return the files in the order of `forms`.

    The set stands there whole or not at all, in place of an earlier one, with a manifest of hashes. Small counts are
    withheld and figures rounded before any form sees them; the same result gives the same bytes. An unknown form is
    refused. `style` gives the same result as a board's paper or in the Justice Data Lab's form.

    >>> from tempfile import TemporaryDirectory
    >>> from whatworks.papers.evaluation.sample import sample_result
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_papers(sample_result(), Path(folder), forms=["json"])]
    ['summary.json']
    """
    stage_papers(result, out, forms=forms, style=style).swap_in()
    return [out / NAMES[form] for form in forms]


def stage_papers(
    result: Result, out: Path, *, forms: Sequence[Form] = FORMS, style: Style = "board", cost: str = ""
) -> StagedFolder:
    """Render the whole set beside the folder `out`, which is as it was until the set is swapped in.

    `cost` says in a sentence or two what the scheme cost, where a paper of its cost stands.
    """
    check_forms(forms)
    if style == "justice-data-lab":
        from whatworks.papers.data_lab.section import data_lab_paper
        from whatworks.papers.disclosure.audit import publish_data_lab

        lab, release = publish_data_lab(result)
        return stage_paper(data_lab_paper(lab, release), out, lab.model_dump(mode="json"), forms=forms)
    release = publish(result)
    return stage_paper(build(release, cost), out, summary(release), forms=forms)


def summary(release: PublishedResult) -> Any:
    """Return what `summary.json` holds; it keeps to `summary_schema()`."""
    return release.model_dump(mode="json")


def write_paper(paper: Paper, out: Path, figures: Any, *, forms: Sequence[Form] = FORMS) -> list[Path]:
    """Write any room's paper into the folder `out`, which is made if need be; return the files in the order of `forms`.

    `figures` is what `summary.json` holds: what JSON knows, rounded and suppressed like the paper itself. The room that
    builds the paper has withheld small counts already; nothing is withheld here.

    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> from whatworks.papers.paper import Paper, Paragraph, Section, numbered
    >>> sections = numbered([Section("summary", "Summary", (Paragraph("Nothing was found."),))])
    >>> paper = Paper("A paper", "Item 4", "The board (made up)", date(2025, 6, 30), "Draft", sections, ())
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_paper(paper, Path(folder), {"found": 0}, forms=["html", "json"])]
    ['paper.html', 'summary.json']
    """
    stage_paper(paper, out, figures, forms=forms).swap_in()
    return [out / NAMES[form] for form in forms]


def stage_paper(paper: Paper, out: Path, figures: Any, *, forms: Sequence[Form] = FORMS) -> StagedFolder:
    """Render any room's paper beside the folder `out`, which is as it was until the set is swapped in."""
    check_forms(forms)
    paper, figures = holdable(replace(paper, sheets=paper.sheets or (NO_TABLE,))), holdable(figures)
    pictures: dict[str, str] = {}
    if {"html", "docx", "pdf"} & set(forms):
        from whatworks.papers.writing import pictures as drawn

        pictures = drawn(list(paper.figures()))
    files = {NAMES[form]: _rendered(form, figures, paper, pictures) for form in forms}
    return stage(out, files, NAMES.values())


def _rendered(form: Form, figures: Any, paper: Paper, pictures: dict[str, str]) -> bytes:
    """Render one form; where a library will not write a text, refuse it in the library's words, which name it."""
    try:
        return render(form, figures, paper, pictures)
    except Refused:
        raise
    except (ValueError, RuntimeError) as fault:
        problem = f"cannot be written: {' '.join(str(fault).split())[:300]}"
        raise Refused(
            Fault(problem, "correct the text named, or leave this form out of --forms", NAMES[form])
        ) from fault


def check_style(style: str) -> Style:
    """Return a style of paper, or refuse one that does not exist.

    >>> check_style("justice-data-lab")
    'justice-data-lab'
    """
    for known in STYLES:
        if style == known:
            return known
    remedy = f"choose from {', '.join(STYLES)}"
    raise Refused(Fault("is not a style of paper", remedy, field="style", value=style))


def check_forms(forms: Sequence[str]) -> None:
    """Refuse forms of paper that do not exist.

    >>> check_forms(["doc"])
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: forms "doc": is not a form of paper; choose from html, docx, pdf, xlsx, ods, json
    """
    remedy = f"choose from {', '.join(FORMS)}"
    unknown = [
        Fault("is not a form of paper", remedy, field="forms", value=form) for form in forms if form not in NAMES
    ]
    if unknown:
        raise Refused(unknown)


def render(form: Form, figures: Any, paper: Paper, pictures: dict[str, str]) -> bytes:
    """Return one form of the paper as bytes; a form's libraries are imported only when it is asked for."""
    if form == "json":
        return (json.dumps(figures, indent=2, ensure_ascii=False) + "\n").encode()
    if form in ("xlsx", "ods"):
        sheets: Callable[[Paper], bytes] = getattr(import_module(f"whatworks.papers.forms.{form}"), form)
        return sheets(paper)
    if form == "html":
        from whatworks.papers.forms.html import html

        return html(paper, pictures).encode()
    name = {"docx": "word", "pdf": "pdf"}[form]
    pages: Callable[[Paper, dict[str, str]], bytes] = getattr(import_module(f"whatworks.papers.forms.{name}"), name)
    return pages(paper, pictures)


def pictures(figures: list[Figure]) -> dict[str, str]:
    """Return each figure's SVG by its name."""
    drawn = {figure.name: figure.draw() for figure in figures}
    return {name: chart if isinstance(chart, str) else svg(chart) for name, chart in drawn.items()}
