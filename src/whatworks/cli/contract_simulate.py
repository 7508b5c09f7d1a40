"""`whatworks contract simulate` and `negotiate`: who is paid for luck, and which terms both sides would sign."""

import typer


def register(group: typer.Typer) -> None:
    """Add the commands."""
