"""`whatworks board read`: papers into the register."""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.register import ALL

FilesArgument = Annotated[
    list[Path],
    typer.Argument(help="Minutes or reports: text, HTML, Word, PDF; or folders of them.", show_default=False),
]


def read(
    files: FilesArgument,
    by: Annotated[str, typer.Option("--by", help="Who puts the papers into the register.")] = "board read",
    corrected: Annotated[
        bool, typer.Option("--replace", help="They stand from now on, even if replaced or withdrawn before.")
    ] = False,
    on: Annotated[str, typer.Option("--on", help="The day of reading, as 2025-06-30; today if not given.")] = "",
    everything: Annotated[bool, typer.Option("--all", help=ALL.help)] = False,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Papers into the register; a corrected one replaces what came before.

    With --json: print what was read and leave the register alone.
    """
    from whatworks.cli.board import reading

    reading.read(files, by, corrected, on, everything, partnership, json)
