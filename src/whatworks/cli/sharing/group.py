"""`whatworks sharing`: who may see what of whom, under which clause, and what was released."""

from importlib import import_module

import typer

from whatworks.cli.app import add_commands

MODULES = ("asking", "register")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        help="Who may see what of whom, for what, under which clause, and what was released.", no_args_is_help=True
    )
    for module in MODULES:
        import_module(f"{__package__}.{module}").register(group)
    add_commands(group, "sharing.subject subject erase")
    app.add_typer(group, name="sharing")
