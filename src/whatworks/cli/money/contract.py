"""`whatworks contract`: settle, simulate, negotiate and check payment-by-results terms, and the options they share."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

TermsArgument = Annotated[str, typer.Argument(metavar="TERMS", help="A TOML file, or a ready-made contract's name.")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="State one term, as in payment.share=half.")
]
FiguresOption = Annotated[
    Path | None, typer.Option("--figures", help="A TOML file of terms laid over the contract's own.")
]
GROUP_MODULES = ("contract_settle", "contract_simulate")
"""Modules beside this one; each has `register(group)`, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="What a payment-by-results contract pays, and how likely for luck.", no_args_is_help=True)
    for module in GROUP_MODULES:
        import_module(f"{__package__}.{module}").register(group)
    if group.registered_commands or group.registered_groups:
        app.add_typer(group, name="contract")
