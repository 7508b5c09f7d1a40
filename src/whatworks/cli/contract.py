"""`whatworks contract`: settle, simulate, negotiate and check payment-by-results terms."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
