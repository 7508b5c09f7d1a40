"""`whatworks places group` and `member`: each group's own register, where alone its members are named."""

import typer

from whatworks.cli.register import RegisterHome, add_verbs
from whatworks.places.gangs_verbs import VERBS

HOME = RegisterHome(
    "whatworks.places.gangs_register:GANGS",
    "no group's register is open",
    "open one: whatworks places group open CODE --owner ... (docs/places.md)",
)


def register(group: typer.Typer) -> None:
    """Add the commands."""
    add_verbs(group, HOME, VERBS)
