"""The first page: what is due, what is overdue, and what was answered."""

from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, render_template

from whatworks.board.register.ledger import LEDGER
from whatworks.board.today import tasks
from whatworks.web.evaluations import published
from whatworks.web.extracts import sources

if TYPE_CHECKING:
    from whatworks.web.site import Desk

NAME, ADDRESS = "Home", "/"
SHOWN = 5
"""Entries of a task that stand on the page."""


def add(site: Flask) -> None:
    """Add the page."""
    site.add_url_rule(ADDRESS, "home", home)


def home() -> Any:
    """Return the page."""
    desk: Desk = current_app.config["desk"]
    with desk.turn:
        held = sources(desk.here)
        due = _due(desk)
    return render_template(
        "home.html.j2", tasks=due, shown=SHOWN, papers=published(desk.here), sources=held,
        quarantined=sum(one.rows_quarantined for one in held),
    )  # fmt: skip


def _due(desk: "Desk") -> tuple[Any, ...]:
    if not desk.here.has_store:
        return ()
    with desk.here.open_store(read_only=True) as store:
        return tasks(store, desk.today) if LEDGER.is_ready(store) else ()
