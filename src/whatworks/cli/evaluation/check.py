"""`whatworks check`: what an evaluation would lack, in one screen, before outcomes are opened."""

from functools import partial
from typing import TYPE_CHECKING

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption, printable

if TYPE_CHECKING:
    from whatworks.evaluation.drafting.readiness import Finding


def check(partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Say what an evaluation would lack: tables, links, follow-up, people, areas, dates, protocols; not outcomes."""
    from whatworks.cli.place import prepared
    from whatworks.cli.progress import bars
    from whatworks.evaluation.drafting.readiness import readiness
    from whatworks.evaluation.question.protocol import load_protocol
    from whatworks.records.partnership import Partnership

    here = Partnership.open(partnership)
    paths = sorted(here.protocols.glob("*.toml"))
    protocols = [(path.name, partial(load_protocol, path)) for path in paths]
    with prepared(here) as connection, bars() as progress:
        findings = readiness(connection, here.config, protocols, progress)
    lacking = [one for one in findings if one.lacking]
    if json:
        print_json({"lacking": len(lacking), "findings": findings})
        return
    _tell(findings)
    typer.echo(_next(lacking, [path.name for path in paths]))


def _tell(findings: "tuple[Finding, ...]") -> None:
    for one in findings:
        typer.echo(f"{'LACKS' if one.lacking else 'ok   '} {printable(one.about)}: {printable(one.says)}")
        if one.remedy:
            typer.echo(f"        {printable(one.remedy)}")


def _next(lacking: "list[Finding]", protocols: list[str]) -> str:
    if not protocols:
        return "\nNo outcome was opened. Next: `whatworks protocol new`, once the tables above are there."
    if lacking:
        return f"\nNo outcome was opened. {len(lacking)} to look at before a protocol is locked."
    return f"\nNo outcome was opened, and nothing is lacking. Next: `whatworks protocol lock protocols/{protocols[0]}`."
