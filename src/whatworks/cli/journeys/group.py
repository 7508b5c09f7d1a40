"""`whatworks journeys`: where cases wait, where they are dropped, what becomes of trials."""

from importlib import import_module

import typer

GROUP_MODULES = ("kinds", "time", "lost", "compare", "victims", "trials", "published")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        help="Where cases and people wait, where they are dropped, and what becomes of trials.", no_args_is_help=True
    )
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    app.add_typer(group, name="journeys")
