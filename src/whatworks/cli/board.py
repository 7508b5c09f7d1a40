"""`whatworks board`: read minutes, keep the register, and say what the record contradicts."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
