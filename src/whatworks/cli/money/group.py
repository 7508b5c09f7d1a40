"""`whatworks money`: tables that check themselves, what each outcome cost, streams, cuts."""

from importlib import import_module

import typer

GROUP_MODULES = ("tables", "outcome", "streams")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        help="Do tables add up, what did it cost, who pays, and who carries a cut.", no_args_is_help=True
    )
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    app.add_typer(group, name="money")
