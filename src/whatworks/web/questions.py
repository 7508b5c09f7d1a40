"""Every question that a command answers, as a form, with the answer below it."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, current_app, render_template, request

from whatworks.papers.writing import pictures
from whatworks.records.refusal import Fault, Refused

if TYPE_CHECKING:
    from whatworks.web.site import Desk

NAME, ADDRESS = "Questions", "/questions"
ASKED = "ask"
"""The form's button: without it the form is shown and nothing is asked."""


def add(site: Flask) -> None:
    """Add the pages."""
    site.add_url_rule(ADDRESS, "questions", questions)
    site.add_url_rule(f"{ADDRESS}/<room>/<name>", "question", question)


def questions() -> Any:
    """Return the list of questions by room."""
    desk: Desk = current_app.config["desk"]
    rooms = [(room, list(own)) for room, own in groupby(desk.questions, key=lambda one: one.room)]
    return render_template("questions.html.j2", rooms=rooms)


def question(room: str, name: str) -> Any:
    """Return a question's form, and where it was sent the answer, or why there is none."""
    desk: Desk = current_app.config["desk"]
    one = next((each for each in desk.questions if each.path == f"{room}/{name}"), None)
    if one is None:
        abort(404)
    paper, drawn, faults, status = None, dict[str, str](), tuple[Fault, ...](), 200
    if ASKED in request.args:
        try:
            with desk.turn:
                answer = one.answer(desk.here, request.args)
            paper = answer.paper(answer.as_at or desk.here.config.as_at)
            drawn = pictures(list(paper.figures()))
        except Refused as refused:
            faults, status = refused.faults, 422
    page = render_template(
        "question.html.j2", question=one, given=request.args, paper=paper, pictures=drawn, faults=faults
    )
    return page, status
