"""Evaluations that were done: the verdict, the paper, and where every number comes from."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, current_app, render_template

from whatworks.papers.writing import NAMES

if TYPE_CHECKING:
    from whatworks.records.partnership import Partnership
    from whatworks.web.site import Desk

NAME, ADDRESS = "Evaluations", "/evaluations"
SUMMARY = NAMES["json"]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'"
"""A paper is one file that carries its own styles, font and pictures."""


@dataclass(frozen=True, slots=True)
class PublishedPaper:
    """An evaluation's paper as it was published: rounded, cleared, remembered. `figures` is its summary.json."""

    id: str
    folder: Path
    figures: dict[str, Any]

    @property
    def title(self) -> str:
        """The paper's title."""
        return str(self.figures["paper"]["title"])

    @property
    def forms(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(name for name in NAMES.values() if (self.folder / name).is_file())


def published(here: "Partnership") -> list[PublishedPaper]:
    """Return the evaluations of which a paper was published, by their ids; files that cannot be read are left out."""
    found = []
    for path in sorted(here.papers.glob(f"*/{SUMMARY}")):
        if not (here.results / path.parent.name / "result.json").is_file():
            continue
        try:
            figures = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(figures, dict) and "outcomes" in figures and "paper" in figures:
            found.append(PublishedPaper(path.parent.name, path.parent, figures))
    return found


def add(site: Flask) -> None:
    """Add the pages."""
    site.add_url_rule(ADDRESS, "evaluations", evaluations)
    site.add_url_rule(f"{ADDRESS}/<name>", "evaluation", evaluation)
    site.add_url_rule(f"{ADDRESS}/<name>/<file>", "evaluation_file", evaluation_file)


def evaluations() -> Any:
    """Return the list of evaluations."""
    desk: Desk = current_app.config["desk"]
    return render_template("evaluations.html.j2", papers=published(desk.here))


def evaluation(name: str) -> Any:
    """Return an evaluation's page."""
    return render_template("evaluation.html.j2", paper=_paper(name))


def evaluation_file(name: str, file: str) -> Any:
    """Return a form of the paper; the page is shown, the others are downloaded."""
    paper = _paper(name)
    if file not in paper.forms:
        abort(404)
    content = (paper.folder / file).read_bytes()
    answer = Response(content, mimetype="text/html" if file == NAMES["html"] else "application/octet-stream")
    answer.headers["Content-Security-Policy"] = POLICY
    if file != NAMES["html"]:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{file}"'
    return answer


def _paper(name: str) -> PublishedPaper:
    desk: Desk = current_app.config["desk"]
    found = next((paper for paper in published(desk.here) if paper.id == name), None)
    return found or abort(404)
