"""The site: its pages, who may open them, and what every answer carries so that a browser keeps to the rules."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, render_template, request, send_from_directory
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from whatworks.papers.forms.html import LATIN, WEIGHTS
from whatworks.records.calendar_names import long_date
from whatworks.records.refusal import Refused
from whatworks.web import board, evaluations, extracts, home, questions
from whatworks.web.question import Question, Said

if TYPE_CHECKING:
    from whatworks.records.partnership import Partnership

FOLDER = Path(__file__).parent
COOKIE, TOKEN = "whatworks_session", "form_token"
HOSTS = ("127.0.0.1", "localhost")
KEPT = ("static", "fonts")
"""What a browser may keep, and needs no session: it tells nothing of the partnership."""
LARGEST = 50 * 2**20
"""Bytes of a form with its files."""
PAGES = (home, extracts, evaluations, board, questions)
"""Modules of pages, in the order of the navigation; each has `NAME`, `ADDRESS` and `add(site)`."""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What pages work on: the partnership, the questions that may be asked, and whose turn at the store it is."""

    here: "Partnership"
    questions: tuple[Question, ...]
    turn: Lock
    said: dict[tuple[str, str], Said] = field(default_factory=dict)
    """What came of a change, by session and address, until its page was read."""

    @property
    def today(self) -> date:
        """The day on which a page is read."""
        return date.today()


def make_site(here: "Partnership", asked: Sequence[Question], key: str) -> Flask:
    """Return the site of a partnership for one person on this machine, who opens it by a `key`.

    Whoever comes without the session that the key gave, by another name of this machine or from another site is turned
    away: any page of the web may try to make a browser speak to it.
    """
    site = Flask("whatworks.web", root_path=str(FOLDER), static_folder="static", template_folder="templates")
    site.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja", "templates")})
    site.jinja_loader = ChoiceLoader([FileSystemLoader(FOLDER / "templates"), macros])
    site.config["MAX_CONTENT_LENGTH"] = LARGEST
    site.config["desk"] = Desk(here, tuple(asked), Lock())
    sessions, secret = set[str](), secrets.token_bytes(32)

    @site.get("/start/<given>")
    def start(given: str) -> Any:
        if not secrets.compare_digest(given.encode(), key.encode()):
            abort(404)
        session = secrets.token_urlsafe(32)
        sessions.add(session)
        answer = redirect("/", 303)
        answer.set_cookie(COOKIE, session, httponly=True, samesite="Strict")
        return answer

    @site.before_request
    def admit() -> None:
        if urlsplit(f"//{request.host}").hostname not in HOSTS:
            abort(404)
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and request.endpoint != "start":
            abort(404)
        g.session = request.cookies.get(COOKIE, "")
        if request.endpoint not in ("start", *KEPT) and g.session not in sessions:
            abort(403 if request.path == "/" else 404)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            if request.headers.get("Origin", request.host_url.rstrip("/")) != request.host_url.rstrip("/"):
                abort(404)
            if not secrets.compare_digest(request.form.get(TOKEN, "").encode(), token(g.session).encode()):
                abort(404)

    def token(session: str) -> str:
        return hmac.digest(secret, session.encode(), "sha256").hex()

    @site.after_request
    def guard(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        answer.headers["Cache-Control"] = "private, max-age=3600" if request.endpoint in KEPT else "no-store"
        return answer

    @site.get("/fonts/<name>.woff")
    def fonts(name: str) -> Response:
        if name not in WEIGHTS.values():
            abort(404)
        return send_from_directory(LATIN, f"{name}.woff", mimetype="font/woff")

    site.register_error_handler(HTTPException, _absent)
    site.register_error_handler(Refused, _refused)
    site.register_error_handler(Exception, _own_fault)
    for page in PAGES:
        page.add(site)
    site.context_processor(
        lambda: {
            "partnership": here.config,
            "navigation": _navigation(),
            "day": long_date,
            "token": lambda: token(g.session),
        }
    )
    return site


def _navigation() -> list[dict[str, Any]]:
    at = request.path
    return [
        {"text": page.NAME, "href": page.ADDRESS,
         "active": at == page.ADDRESS or (page.ADDRESS != "/" and at.startswith(page.ADDRESS))}
        for page in PAGES
    ]  # fmt: skip


def _absent(fault: HTTPException) -> Any:
    """Say the same of what is not there and of what is not this reader's."""
    return render_template("absent.html.j2", code=fault.code, largest=LARGEST // 2**20), fault.code or 404


def _refused(fault: Refused) -> Any:
    return render_template("refused.html.j2", faults=fault.faults), 422


def _own_fault(fault: Exception) -> Any:
    return render_template("fault.html.j2", kind=type(fault).__name__), 500
