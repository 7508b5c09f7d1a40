"""`whatworks contract settle` and `check`: what the terms pay, line by line, and where they break common sense."""

import typer


def register(group: typer.Typer) -> None:
    """Add the commands."""
