"""Pages x states: what every page of the site owes, at which address each state of it stands, and how it is come by.

A page without parameters is taken up by itself, full and empty. Any other page, and every state that a form or a job
brings about, is a line of `STATES`: `test_states.py` says which are missing, down to the branch of a template that no
state draws, and `test_browser.py` walks them all in Chromium.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from lxml import html

KEY, HOST = "a-key-for-tests", "http://127.0.0.1:8765/"
Name = Literal["full", "empty", "error", "refused", "running", "conflict"]
APART = {
    "static": "the styles",
    "fonts": "the font",
    "start": "gives a session and leads to the first page",
    "evaluation_file": "a paper, which carries its own styles, and is held by the tests of papers",
}
"""Endpoints that are not pages of the site, and why."""


@dataclass(frozen=True)
class State:
    """A page in one state: its address on one of the sites (`town`, or `bare` with nothing in it, `broken` whose
    store is none), and its status.

    Where `fills` is given, its form is filled so (a path is a file that is sent) and sent by its last button.
    """

    endpoint: str
    name: Name
    address: str
    status: int = 200
    site: str = "town"
    fills: Mapping[str, str | Path] | None = field(default=None, hash=False)

    def __str__(self) -> str:
        """What a fault of this state is told by."""
        return f"{self.endpoint}, {self.name}: {self.address} on {self.site}{' sent' if self.fills is not None else ''}"


TIME, ADD = "/questions/journeys/time", "/questions/board/action/add"
PROMISE = {"text": "Write to the prison", "owners": "Ms Example\nMr Sample", "by": "B. Officer", "on": "2025-06-30"}
STATES = (
    State("extract", "full", "/extracts/police%20crimes"),
    State("extract", "empty", "/extracts/council%20homes"),
    State("evaluation", "full", "/evaluations/rossi"),
    State("action", "full", "/board/actions/1"),
    State("question", "full", f"{TIME}?kind=magistrates&ask=1"),
    State("question", "full", "/questions/places/concentration?ask=1"),
    State("question", "full", "/questions/board/meeting/list?ask=1"),
    State("question", "full", "/questions/board/decisions?ask=1"),
    State("question", "refused", "/questions/board/person/list?ask=1", 422, site="bare"),
    State("question", "error", f"{TIME}?kind=magistrats&repeat=one&ask=1", 422),
    State("question", "refused", f"{TIME}?kind=magistrates&ask=1", 422, site="bare"),
    State("sent", "full", ADD, fills=PROMISE),
    State("sent", "error", ADD, 422, fills={"text": "Write to the prison"}),
    State("home", "refused", "/nothing", 404),
    State("home", "refused", "/", 422, site="broken"),
)


def pages(site: Any) -> dict[str, Any]:
    """Return the rules of a site's pages by endpoint, those apart left out."""
    return {rule.endpoint: rule for rule in site.url_map.iter_rules() if rule.endpoint not in APART}


def owed(rule: Any) -> set[str]:
    """Return the states that a page owes a line of the table: it is taken up by itself where it needs none."""
    sends = rule.methods is not None and "POST" in rule.methods
    return ({"full"} if rule.arguments else set()) | ({"error", "full"} if sends else set())


def walk(site: Any, asked: Any) -> Iterator[State]:
    """Yield every page of a site in every state: the table, pages without parameters, and one form for each field."""
    for endpoint, rule in pages(site).items():
        if not rule.arguments and "GET" in rule.methods:
            yield State(endpoint, "full", rule.rule)
            yield State(endpoint, "empty", rule.rule, site="bare")
    yield from STATES
    for one in forms(asked):
        yield State("question", "full", f"/questions/{one.path}")


def forms(asked: Any) -> Iterator[Any]:
    """Yield as few questions as show every sort of field that any has: the more new ones it shows, the earlier."""
    left = {one: {(f.kind, f.required, f.several, bool(f.suggested), bool(f.choices)) for f in one.fields}
            for one in asked}  # fmt: skip
    while best := max(left, key=lambda one: len(left[one]), default=None):
        shown = left.pop(best)
        if not shown:
            return
        left = {one: sorts - shown for one, sorts in left.items()}
        yield best


def visit(client: Any, state: State, base_url: str) -> Any:
    """Return the answer of a page in a state to a client that is let in, its form sent where the state says so."""
    answer = client.get(state.address, base_url=base_url)
    if state.fills is None:
        return answer
    form = html.fromstring(answer.get_data(as_text=True)).xpath("//main//form")[-1]
    given: dict[str, Any] = dict(form.form_values())
    for name, value in state.fills.items():
        given[name] = (value.open("rb"), value.name) if isinstance(value, Path) else value
    address = form.get("action") or state.address
    return client.post(address, data=given, base_url=base_url, follow_redirects=True)
