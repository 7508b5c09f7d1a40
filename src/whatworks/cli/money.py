"""`whatworks money`: tables that check themselves, streams, cuts."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
