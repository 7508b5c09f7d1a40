"""`whatworks power`: how many people would be needed, before there is any data."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
