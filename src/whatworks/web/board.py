"""What the board promised: each action with who owes it, how it stands, and the lines of the paper that it is from."""

from typing import TYPE_CHECKING, Any

from flask import Flask, abort, current_app, render_template

from whatworks.board.register.document import stored_documents
from whatworks.board.register.ledger import LEDGER
from whatworks.board.register.standing import promises

if TYPE_CHECKING:
    from whatworks.web.site import Desk

NAME, ADDRESS = "Board", "/board/actions"


def add(site: Flask) -> None:
    """Add the pages."""
    site.add_url_rule(ADDRESS, "actions", actions)
    site.add_url_rule(f"{ADDRESS}/<int:number>", "action", action)


def actions() -> Any:
    """Return the list of actions, those that need the board first."""
    return render_template("actions.html.j2", actions=_standing(None)[0])


def action(number: int) -> Any:
    """Return an action's page, with the lines of the paper that it was read from and every change since."""
    found, lines, paper = _standing(number)
    if not found:
        abort(404)
    return render_template("action.html.j2", action=found[0], lines=lines, paper=paper)


def _standing(number: int | None) -> tuple[list[Any], str, str]:
    desk: Desk = current_app.config["desk"]
    with desk.turn:
        if not desk.here.has_store:
            return [], "", ""
        with desk.here.open_store(read_only=True) as store:
            if not LEDGER.is_ready(store):
                return [], "", ""
            found = promises(store, desk.today, number=number)
            if number is None or not found or found[0].document is None or found[0].lines[0] is None:
                return found, "", ""
            first, last = found[0].lines
            for each in stored_documents(store, replaced=True):
                if each.name == found[0].document and first is not None:
                    return found, each.quote((first, last or first)), each.name
    return found, "", ""
