"""`whatworks board contradictions` and `bodies`: what the record says twice in two ways; who does what."""

import typer


def register(group: typer.Typer) -> None:
    """Add the commands."""
