"""`whatworks board evidence`, `risks` and `equality`: what to commission, test or stop."""

import typer


def register(group: typer.Typer) -> None:
    """Add the commands."""
