"""`whatworks surveys`: what the public says, whether it moved, and what was said to the public meanwhile."""

from dataclasses import replace
from importlib import import_module

import typer

from whatworks.board.verbs import MESSAGE, VERBS
from whatworks.cli.board.opening import BOARD
from whatworks.cli.register import add_verbs
from whatworks.records.register.verb import Verb

GROUP_MODULES = ("answers",)
"""Modules beside this one; each has `register(group)`, which adds its commands."""
MESSAGE_VERBS = {"add": "plan", "approve": "approve", "publish": "send"}
"""The board's verbs of messages, by what who plans communications calls them: one register behind both."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="What the public says, and whether it moved by more than noise.", no_args_is_help=True)
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    add_verbs(group, BOARD, message_verbs())
    app.add_typer(group, name="surveys")


def message_verbs() -> list[Verb]:
    """Return what can be done with a message: it is planned, approved, and only then sent."""
    return [replace(verb, name=MESSAGE_VERBS[verb.name]) for verb in VERBS if verb.entity == MESSAGE]
