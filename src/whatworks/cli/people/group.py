"""`whatworks people`: on whom do the agencies focus together, and are they still on the list?"""

from importlib import import_module

import typer

from whatworks.cli.register import RegisterHome, add_verbs
from whatworks.people.verbs import VERBS

HOME = RegisterHome(
    "whatworks.people.tables:PEOPLE",
    "no list of people is open",
    "docs/people.md shows a rule; open one: whatworks people propose lists/NAME.toml --by NAME",
)
MODULES: tuple[str, ...] = ("churn", "focus")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        help="On whom the agencies focus together, by which rule, and whether they are still on the list.",
        no_args_is_help=True,
    )
    add_verbs(group, HOME, VERBS)
    for module in MODULES:
        import_module(f"{__package__}.{module}").register(group)
    app.add_typer(group, name="people")
