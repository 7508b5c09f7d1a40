"""What commands on money share about people: the partnership's minimum count, and the restricted working."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from whatworks.cli.options import Written

WorkingOption = Annotated[
    Path | None,
    typer.Option("--working", help="Write the exact figures into this restricted file; it stays inside."),
    Written(".json"),
]
RESTRICTED = {"disclosure": "restricted"}


def minimum_count() -> int:
    """Return the smallest count of people that may be shown: this folder's partnership's, else 10."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    try:
        return Partnership.open(None).config.settings.minimum_count
    except Refused:
        return 10


def check_working(path: Path | None, out: Path | None) -> None:
    """Refuse a working that would lie among papers that may leave.

    >>> check_working(Path("results/bill.json"), Path("papers/bill"))
    >>> check_working(Path("papers/bill/bill.json"), Path("papers/bill"))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: working "bill.json": would lie among the papers that may leave; name a file \
outside that folder
    """
    from whatworks.records.refusal import Fault, Refused

    if path is not None and out is not None and path.resolve().is_relative_to(out.resolve()):
        problem, remedy = "would lie among the papers that may leave", "name a file outside that folder"
        raise Refused(Fault(problem, remedy, field="working", value=path.name))


def write_working(path: Path | None, figures: dict[str, Any], *, err: bool = False) -> None:
    """Write the exact figures for their owner only, marked as restricted, and say where they are."""
    from whatworks.records.writing.private_file import private_folder, write_private

    if path is None:
        return
    private_folder(path.parent, close=False)
    write_private(path, json.dumps(RESTRICTED | figures, indent=2, ensure_ascii=False) + "\n")
    typer.echo(f"Working (restricted): {path}", err=err)
