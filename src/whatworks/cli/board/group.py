"""`whatworks board`: read minutes, keep the register, and say what the record contradicts."""

from importlib import import_module

import typer

GROUP_MODULES = ("reading", "register", "contradictions", "evidence", "alignment")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="The board's record: minutes, promises, bodies, evidence.", no_args_is_help=True)
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    if group.registered_commands or group.registered_groups:
        app.add_typer(group, name="board")
