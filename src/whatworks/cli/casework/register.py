"""`whatworks casework open`, `need`, `meet`, ...: what the team records of its cases."""

import typer

from whatworks.casework.verbs import VERBS
from whatworks.cli.register import RegisterHome, add_verbs

HOME = RegisterHome(
    "whatworks.casework.register:CASEWORK",
    "no case was opened yet",
    "open one: whatworks casework open AGENCY:NUMBER --lead AGENCY ... (docs/casework.md)",
)


def register(group: typer.Typer) -> None:
    """Add the commands."""
    add_verbs(group, HOME, VERBS)
