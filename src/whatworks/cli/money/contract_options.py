"""Options that the contract commands share: which terms, and the figures that fill their gaps."""

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
