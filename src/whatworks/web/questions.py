"""Every question that a command answers and every change that one makes, as a form with what came of it."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, current_app, g, redirect, render_template, request

from whatworks.papers.writing import pictures
from whatworks.records.refusal import Fault, Refused
from whatworks.web.question import Question, Said

if TYPE_CHECKING:
    from whatworks.web.site import Desk

NAME, ADDRESS = "Questions", "/questions"
ASKED, DONE = "ask", "done"
"""The form's button, without which nothing is asked; and what stands in the address after a change was made."""


def add(site: Flask) -> None:
    """Add the pages."""
    site.add_url_rule(ADDRESS, "questions", questions)
    site.add_url_rule(f"{ADDRESS}/<path:path>", "question", question)
    site.add_url_rule(f"{ADDRESS}/<path:path>", "change", change, methods=("POST",))


def questions() -> Any:
    """Return the list of questions by room, and of what is kept there by thing."""
    desk: Desk = current_app.config["desk"]
    rooms = []
    for room, own in groupby(desk.questions, key=lambda one: one.room):
        listed = list(own)
        things = dict.fromkeys(one.thing for one in listed if one.thing)
        kept = [(thing, [one for one in listed if one.thing == thing]) for thing in things]
        rooms.append((room, [one for one in listed if not one.thing], kept))
    return render_template("questions.html.j2", rooms=rooms)


def question(path: str) -> Any:
    """Return a question's form, and where it was sent the answer, or why there is none."""
    desk: Desk = current_app.config["desk"]
    one = _at(desk, path)
    if one.changes:
        return _page(one, said=desk.said.pop((g.session, path), Said(())) if DONE in request.args else None)
    return _asked(desk, one) if ASKED in request.args else _page(one)


def change(path: str) -> Any:
    """Make a change, and show what came of it at an address that makes none when it is read again."""
    desk: Desk = current_app.config["desk"]
    one = _at(desk, path)
    if not one.changes:
        abort(405)
    try:
        with desk.turn:
            said = one.answer(desk.here, request.form)
    except Refused as refused:
        return _page(one, request.form, faults=refused.faults)
    if isinstance(said, Said):
        desk.said[g.session, path] = said
    return redirect(f"{ADDRESS}/{path}?{DONE}=1", 303)


def _at(desk: "Desk", path: str) -> Question:
    return next((one for one in desk.questions if one.path == path), None) or abort(404)


def _asked(desk: "Desk", one: Question) -> Any:
    try:
        with desk.turn:
            answer = one.answer(desk.here, request.args)
    except Refused as refused:
        return _page(one, request.args, faults=refused.faults)
    if isinstance(answer, Said):
        return _page(one, request.args, said=answer)
    return _page(one, request.args, said=Said((), paper=answer.paper(answer.as_at or desk.here.config.as_at)))


def _page(one: Question, given: Any = None, said: Said | None = None, faults: tuple[Fault, ...] = ()) -> Any:
    faults = faults or (said.faults if said else ())
    drawn = pictures(list(said.paper.figures())) if said and said.paper else {}
    page = render_template(
        "question.html.j2", question=one, given=given or {}, said=said, pictures=drawn, faults=faults
    )
    return page, 422 if faults else 200
