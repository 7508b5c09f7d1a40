"""Every question that a command answers and every change that one makes, as a form with what came of it."""

from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request
from werkzeug.utils import secure_filename

from whatworks.papers.writing import pictures
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import write_private
from whatworks.web.question import Question, Said

if TYPE_CHECKING:
    from whatworks.web.site import Desk

NAME, ADDRESS = "Questions", "/questions"
ASKED, DONE, TOKEN = "ask", "done", "form_token"
"""The form's button, without which nothing is asked; what an address has after a change; what proves a form ours."""


def add(site: Flask) -> None:
    """Add the pages."""
    site.add_url_rule(ADDRESS, "questions", questions)
    site.add_url_rule(f"{ADDRESS}/<path:path>", "question", question)
    site.add_url_rule(f"{ADDRESS}/<path:path>", "sent", sent, methods=("POST",))


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
    return _asked(desk, one, request.args) if ASKED in request.args and not one.sends else _page(one)


def sent(path: str) -> Any:
    """Return the answer to a form that sent files; or make a change, shown at an address that makes none again."""
    desk: Desk = current_app.config["desk"]
    one = _at(desk, path)
    if not (one.sends or one.takes_files):
        abort(405)
    with TemporaryDirectory(prefix="whatworks-web-") as folder:
        files = _kept(one, Path(folder))
        if not files and not one.sends:  # an address that can be kept, and asked again
            named = {name: value for name, value in request.form.items() if value and name != TOKEN}
            return redirect(f"{ADDRESS}/{path}?{urlencode(named)}", 303)
        if not one.changes:
            return _asked(desk, one, request.form, files)
        try:
            with desk.turn:
                said = one.answer(desk.here, request.form, files)
        except Refused as refused:
            return _page(one, request.form, faults=refused.faults)
    if isinstance(said, Said) and said.files:
        return _download(said.files)
    if isinstance(said, Said):
        desk.said[g.session, path] = said
    return redirect(f"{ADDRESS}/{path}?{DONE}=1", 303)


def _kept(one: Question, folder: Path) -> dict[str, list[Path]]:
    """Keep the files that were sent in a folder of this process alone, under names that are names of files."""
    kept: dict[str, list[Path]] = {}
    for field in one.fields:
        sent = request.files.getlist(field.name) if field.kind == "file" or field.or_file else ()
        for at, file in enumerate(sent):
            if name := secure_filename(file.filename or ""):
                path = folder / field.name / str(at) / name
                path.parent.mkdir(parents=True)
                write_private(path, file.read())
                file.close()
                kept.setdefault(field.name, []).append(path)
    return kept


def _download(files: tuple[tuple[str, bytes], ...]) -> Any:
    """Return the file that a command wrote; several as one archive."""
    (name, content), *more = files
    if more:
        archive = BytesIO()
        with ZipFile(archive, "w", ZIP_DEFLATED) as whole:
            for each, part in files:
                whole.writestr(each, part)
        name, content = "files.zip", archive.getvalue()
    headers = {"Content-Disposition": f'attachment; filename="{secure_filename(name)}"'}
    return Response(content, mimetype="application/octet-stream", headers=headers)


def _at(desk: "Desk", path: str) -> Question:
    return next((one for one in desk.questions if one.path == path), None) or abort(404)


def _asked(desk: "Desk", one: Question, given: Any, files: dict[str, list[Path]] | None = None) -> Any:
    try:
        with desk.turn:
            answer = one.answer(desk.here, given, files)
    except Refused as refused:
        return _page(one, given, faults=refused.faults)
    if isinstance(answer, Said):
        return _download(answer.files) if answer.files else _page(one, given, said=answer)
    return _page(one, given, said=Said((), paper=answer.paper(answer.as_at or desk.here.config.as_at)))


def _page(one: Question, given: Any = None, said: Said | None = None, faults: tuple[Fault, ...] = ()) -> Any:
    faults = faults or (said.faults if said else ())
    drawn = pictures(list(said.paper.figures())) if said and said.paper else {}
    page = render_template(
        "question.html.j2", question=one, given=given or {}, said=said, pictures=drawn, faults=faults
    )
    return page, 422 if faults else 200
