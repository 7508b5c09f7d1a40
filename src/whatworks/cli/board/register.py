"""`whatworks board actions`, `decisions`, `members` and their like: the register over the years."""

from importlib import import_module

import typer

PARTS = (
    "promises",
    "decisions",
    "members",
    "people",
    "plan",
    "priorities",
    "stuck",
    "sheet",
)
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for part in PARTS:
        import_module(f"{__package__}.{part}").register(group)
