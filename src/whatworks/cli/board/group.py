"""`whatworks board`: today's work, the eight commands of a day, then `board THING VERB` for what the register keeps."""

import typer

from whatworks.board.verbs import DAY, VERBS
from whatworks.cli.board.former import FormerNames
from whatworks.cli.board.opening import BOARD
from whatworks.cli.board.read import read
from whatworks.cli.board.today import today
from whatworks.cli.board.views import VIEWS
from whatworks.cli.register import add_verbs
from whatworks.records.register.verb import Verb

DAY_VERBS = ("check", "actions", "decisions", "plan", "contradictions", "bodies", "withdraw")
"""An officer's day, verb first, in its order; `read` stands before them."""


def board_verbs() -> tuple[Verb, ...]:
    """Return all verbs of the board: those that show, then those that change."""
    return (*VIEWS, *VERBS)


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    verbs = board_verbs()
    day = sorted((verb for verb in verbs if verb.entity == DAY), key=lambda verb: DAY_VERBS.index(verb.name))
    group = typer.Typer(cls=FormerNames, invoke_without_command=True)
    group.callback()(today)
    group.command("read")(read)
    add_verbs(group, BOARD, [*day, *(verb for verb in verbs if verb.entity != DAY)])
    app.add_typer(group, name="board")
