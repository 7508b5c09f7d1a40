"""`whatworks board read` and `board check`: minutes and reports into the record, drafts before they go out."""

import typer


def register(group: typer.Typer) -> None:
    """Add the commands."""
