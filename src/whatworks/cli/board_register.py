"""`whatworks board actions`, `decisions`, `members` and their like: the register over the years."""

from importlib import import_module

import typer

PARTS = (
    "board_promises",
    "board_decisions",
    "board_members",
    "board_people",
    "board_plan",
    "board_priorities",
    "board_stuck",
    "board_sheet",
)
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for part in PARTS:
        import_module(f"whatworks.cli.{part}").register(group)
