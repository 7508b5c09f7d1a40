"""`whatworks simulate`: make up a partnership whose truth is known."""

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
