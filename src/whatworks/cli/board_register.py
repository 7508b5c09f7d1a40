"""`whatworks board actions`, `decisions`, `members` and their like: the register over the years."""

import typer


def register(group: typer.Typer) -> None:
    """Add the commands."""
