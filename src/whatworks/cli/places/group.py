"""`whatworks places`: where to focus, and was a problem solved or only moved?"""

from importlib import import_module

import typer

GROUP_MODULES = (
    "boundaries", "incidents", "select", "displacement", "gangs", "register", "refuges", "cameras", "terms",
)  # fmt: skip
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="Where to focus, and was a problem solved or only moved.", no_args_is_help=True)
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    app.add_typer(group, name="places")
