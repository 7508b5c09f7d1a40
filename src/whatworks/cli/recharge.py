"""`whatworks recharge`: bill boroughs for a shared service, by every model side by side."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
