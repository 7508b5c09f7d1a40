"""Every page stands in the table of states, every state has its status, and every branch of a template is drawn."""

import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from states import HOST, KEY, STATES, State, owed, pages, visit, walk

from whatworks.cli.web import questions
from whatworks.web.site import FOLDER

TEMPLATES = FOLDER / "templates"
OF_OUR_FAULT = ("fault.html.j2",)
"""Drawn where the software fails, which no state should bring about; `test_site.py` breaks it to see it."""


@pytest.fixture(scope="module")
def drawn(sites: dict[str, Any]) -> tuple[list[tuple[State, Any]], set[tuple[str, int]]]:
    """Return the answer of each state, and the lines of compiled templates that ran for them all."""
    ran: set[tuple[str, int]] = set()

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(".j2"):
            return None
        if event == "line":
            ran.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        return traced

    clients = {name: site.test_client() for name, site in sites.items()}
    answers, before = [], sys.gettrace()
    sys.settrace(traced)
    try:
        for client in clients.values():
            client.get("/", base_url=HOST)
            client.get(f"/start/{KEY}", base_url=HOST)
        for state in walk(sites["town"], questions()):
            answers.append((state, visit(clients[state.site], state, HOST)))
    finally:
        sys.settrace(before)
    return answers, ran


def test_every_page_stands_in_the_table(sites: dict[str, Any]) -> None:
    there = {(state.endpoint, state.name) for state in STATES}
    missing = [
        f"{endpoint} ({rule.rule}) owes its state {name!r}: add a line to STATES in tests/web/states.py"
        for endpoint, rule in pages(sites["town"]).items()
        for name in sorted(owed(rule))
        if (endpoint, name) not in there
    ]
    assert not missing, "\n".join(missing)


def test_every_state_has_its_status_its_title_and_one_heading(drawn: Any) -> None:
    wrong = []
    for state, answer in drawn[0]:
        page = answer.get_data(as_text=True)
        title, headings = re.findall(r"<title>(.*?)</title>", page), re.findall(r"<h1", page)
        marked = len(title) == 1 and title[0].startswith("Error: ") == ("govuk-error-summary" in page)
        if answer.status_code != state.status or not marked or len(headings) != 1:
            wrong.append(f"{state}: {answer.status_code}, {title}, {len(headings)} headings")
    assert not wrong, "\n".join(wrong)


def test_every_branch_of_every_template_is_drawn_by_a_state(sites: dict[str, Any], drawn: Any) -> None:
    """A state that a template can show (empty, running, conflict) and that no line of the table brings about fails."""
    unseen = []
    for path in sorted(TEMPLATES.glob("*.j2")):
        if path.name in OF_OUR_FAULT:
            continue
        parts = sites["town"].jinja_env.get_template(path.name).debug_info
        ends = [code for _, code in parts[1:]] + [sys.maxsize]
        ran = {line for name, line in drawn[1] if name == path.name}
        seen = {line for (line, code), end in zip(parts, ends, strict=True) if any(code <= one < end for one in ran)}
        unseen += [f"{path.name}:{line}" for line in sorted({line for line, _ in parts} - seen)]
    assert not unseen, f"drawn by no state of tests/web/states.py: {unseen}"
