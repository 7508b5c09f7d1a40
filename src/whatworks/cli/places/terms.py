"""`whatworks places terms`: which questions take terms, a full example of each, and the schema."""

from typing import Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("terms")(terms)


@saying()
def terms(
    question: Annotated[str | None, typer.Argument(help="Print this question's example, to begin from.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of its terms.")] = False,
) -> View:
    """List the questions whose terms are decided beforehand, print one's example as TOML, or the schema it keeps to."""
    import json

    from whatworks.places.terms import EXAMPLES, QUESTIONS, load_terms, terms_of, terms_schema

    names = (question,) if question else tuple(sorted(QUESTIONS))
    models = {name: terms_of(name) for name in names}
    if schema:
        schemas = {name: terms_schema(name) for name in names}
        return View(schemas, json.dumps(schemas, indent=2, ensure_ascii=False).splitlines())
    found = {name: load_terms(model, EXAMPLES / f"{name}.toml") for name, model in models.items()}
    answer = {name: one.model_dump(mode="json", exclude_none=True) for name, one in found.items()}
    if question:
        return View(answer, (EXAMPLES / f"{question}.toml").read_text("utf-8").splitlines())
    return View(answer, [f"{name:<14}{one.title}" for name, one in found.items()])
