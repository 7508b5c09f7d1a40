"""Write a paper and its tables, in every form asked for, from a result alone."""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal

from whatworks.evaluation.result import Result
from whatworks.papers.build import build
from whatworks.papers.clearance import clear
from whatworks.papers.paper import Paper
from whatworks.papers.release import Release
from whatworks.records.refusal import Fault, Refused

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


def write_papers(result: Result, out: Path, *, forms: Sequence[Form] = FORMS) -> list[Path]:
    """Write the paper into the folder `out`, which is made if need be, and return the files in the order of `forms`.

    Small counts are withheld and figures rounded before any form sees them; the same result gives the same bytes. An
    unknown form is refused.

    >>> from tempfile import TemporaryDirectory
    >>> from whatworks.papers.sample import sample_result
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_papers(sample_result(), Path(folder), forms=["json"])]
    ['summary.json']
    """
    check_forms(forms)
    release = clear(result)
    paper = build(release)
    pictures: dict[str, str] = {}
    if {"html", "docx", "pdf"} & set(forms):
        from whatworks.papers.charts.drawing import pictures as drawn

        pictures = drawn(list(paper.figures()))
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for form in forms:
        path = out / NAMES[form]
        path.write_bytes(render(form, release, paper, pictures))
        written.append(path)
    return written


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


def render(form: Form, release: Release, paper: Paper, pictures: dict[str, str]) -> bytes:
    """Return one form of the paper as bytes; a form's libraries are imported only when it is asked for."""
    if form == "json":
        return summary(release)
    if form in ("xlsx", "ods"):
        sheets: Callable[[Paper], bytes] = getattr(import_module(f"whatworks.papers.{form}"), form)
        return sheets(paper)
    if form == "html":
        from whatworks.papers.html import html

        return html(paper, pictures).encode()
    name = {"docx": "word", "pdf": "pdf"}[form]
    pages: Callable[[Paper, dict[str, str]], bytes] = getattr(import_module(f"whatworks.papers.{name}"), name)
    return pages(paper, pictures)


def summary(release: Release) -> bytes:
    """Return `summary.json`, which keeps to `summary_schema()`."""
    return (json.dumps(release.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()
