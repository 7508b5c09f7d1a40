"""`whatworks casework`: the multi-agency team's cases, and what their records answer."""

import typer

from whatworks.cli.answering import answering
from whatworks.cli.casework.answers import compliance, confidence, gate, homes, lost
from whatworks.cli.casework.register import register as register_verbs


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="The team's cases, through the gate and after.", no_args_is_help=True)
    register_verbs(group)
    for command in (gate, lost, compliance, confidence, homes):
        group.command(command.__name__)(answering(command))
    app.add_typer(group, name="casework")
