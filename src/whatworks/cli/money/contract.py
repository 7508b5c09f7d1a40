"""`whatworks contract`: settle, simulate, negotiate and check payment-by-results terms."""

from importlib import import_module

import typer

GROUP_MODULES = ("contract_settle", "contract_simulate")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="What a payment-by-results contract pays, and how likely for luck.", no_args_is_help=True)
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    if group.registered_commands or group.registered_groups:
        app.add_typer(group, name="contract")
