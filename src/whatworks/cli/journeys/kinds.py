"""`whatworks journeys kinds`: which kinds of journey there are, one of them as a file to begin from, and the schema."""

from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("kinds")(kinds)


def kinds(
    kind: Annotated[str | None, typer.Argument(help="Print this ready-made kind as a file to begin from.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of a kind's file.")] = False,
    json: JsonOption = False,
) -> None:
    """List the ready-made kinds of journey, print one as TOML, or print the schema that all keep to."""
    from whatworks.journeys import kind_schema, load_kind
    from whatworks.journeys.kind import READY_MADE, ready_made

    if schema:
        print_json(kind_schema())
        return
    names = (load_kind(kind).kind,) if kind else ready_made()
    found = [load_kind(name) for name in names]
    if json:
        print_json([one.model_dump(exclude_none=True) for one in found])
    elif kind:
        typer.echo((READY_MADE / f"{names[0]}.toml").read_text("utf-8"), nl=False)
    else:
        width = max(map(len, names))
        for one in found:
            typer.echo(f"{one.kind:<{width}}  {one.title}: {len(one.stage)} stages, {one.clock} days")
