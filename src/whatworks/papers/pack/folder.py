"""Write the pack: an index page of the ten questions, and beside it each paper that an answer leads to."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from whatworks.papers.forms.html import FONT_HERE, TEMPLATES, environment, with_font
from whatworks.papers.pack import answers as _declared  # noqa: F401  its answerers stand in ANSWERERS
from whatworks.papers.pack.question import PackAnswer, PackSource, Published, answered
from whatworks.papers.words import without_small_counts
from whatworks.records.calendar_names import long_date
from whatworks.records.writing.whole_folder import MANIFEST, stage

INDEX = "index.html"
FORMS = {"paper.html": "html", "paper.pdf": "pdf", "paper.docx": "docx", "tables.xlsx": "xlsx"}
"""The forms of a paper that the pack holds, each with the ending that it has there."""


def published(papers: Path) -> tuple[Published, ...]:
    """Return the papers of a folder by the figures that they were published with, in the order of their names.

    A `summary.json` that cannot be read says nothing, and answers nothing.
    """
    found = []
    for path in sorted(papers.glob("**/summary.json")):
        try:
            figures = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(figures, dict):
            found.append(Published(path.parent.relative_to(papers).as_posix(), figures))
    return tuple(found)


def write_pack(source: PackSource, papers: Path, out: Path, *, name: str, as_at: date) -> tuple[Path, int]:
    """Write the pack into the folder `out`, whole or not at all; return its index and how many questions it answers.

    `name` is whose record it is. Nothing is read but what `source` holds and the papers' own files, so that the pack
    shows nothing that no paper shows.
    """
    found = [(question, tuple(_safe(one, source) for one in given)) for question, given in answered(source)]
    files: dict[str, bytes] = {}
    links: dict[str, dict[str, str]] = {}
    for folder in dict.fromkeys(one.paper for _, given in found for one in given if one.paper is not None):
        links[folder] = dict(_copies(papers / folder, folder, files))
    count = sum(bool(given) for _, given in found)
    page = (
        environment()
        .get_template("pack.html.j2")
        .render(
            name=name,
            as_at=long_date(as_at),
            found=found,
            links=links,
            answered=count,
            font=FONT_HERE,
            style=(TEMPLATES / "pack.css").read_text(encoding="utf-8"),
        )
    )
    files[INDEX] = with_font(page).encode()
    stage(out, files, {*files, *_before(out)}).swap_in()
    return out / INDEX, count


def _copies(folder: Path, name: str, files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Take in a paper's forms under one name; yield each form with its file in the pack."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", name)
    for form, ending in FORMS.items():
        path = folder / form
        if path.is_file():
            files[f"{plain}.{ending}"] = path.read_bytes()
            yield ending, f"{plain}.{ending}"


def _safe(answer: PackAnswer, source: PackSource) -> PackAnswer:
    """Return an answer with any small count of people put as fewer than the least that may be told."""
    told = {name: without_small_counts(getattr(answer, name), source.minimum_count) for name in ("sentence", "trust")}
    return replace(answer, **told)


def _before(out: Path) -> list[str]:
    """Return the files that an earlier pack wrote, as its manifest names them."""
    try:
        kept = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [str(name) for name in (kept.get("files", kept) if isinstance(kept, dict) else [])]
