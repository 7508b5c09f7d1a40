"""`whatworks places terms`: which questions take terms, a full example of each, and the schema."""

from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("terms")(terms)


def terms(
    question: Annotated[str | None, typer.Argument(help="Print this question's example, to begin from.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of its terms.")] = False,
    json: JsonOption = False,
) -> None:
    """List the questions whose terms are decided beforehand, print one's example as TOML, or the schema it keeps to."""
    from whatworks.places.terms import EXAMPLES, QUESTIONS, load_terms, terms_of, terms_schema

    names = (question,) if question else tuple(sorted(QUESTIONS))
    models = {name: terms_of(name) for name in names}
    if schema:
        print_json({name: terms_schema(name) for name in names})
        return
    found = {name: load_terms(model, EXAMPLES / f"{name}.toml") for name, model in models.items()}
    if json:
        print_json({name: one.model_dump(mode="json", exclude_none=True) for name, one in found.items()})
    elif question:
        typer.echo((EXAMPLES / f"{question}.toml").read_text("utf-8"), nl=False)
    else:
        for name, one in found.items():
            typer.echo(f"{name:<14}{one.title}")
