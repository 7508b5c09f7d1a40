"""`whatworks combine`: several sites' or waves' evaluations as one answer."""

from pathlib import Path
from typing import Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("combine")(combine)


def combine(
    results: Annotated[list[Path], typer.Argument(help="Each site's or wave's result.json.")],
    out: Annotated[Path | None, typer.Option(help="Where a paper goes; none by default.")] = None,
    forms: Annotated[str, typer.Option(help="Which forms of the paper, separated by commas.")] = "",
    json: JsonOption = False,
) -> None:
    """Combine the primary outcomes of several evaluations: fixed and random effects, and what one more might see.

    Refused where they ask of different outcomes, units or times. What is printed and written may leave.
    """
    from whatworks.evaluation.answer.combining import combine_results
    from whatworks.evaluation.whole import read_result
    from whatworks.papers import FORMS, check_forms, write_paper
    from whatworks.papers.evaluation.combination import answer, combination_paper, meaning, publish_combination, sharing

    wanted = tuple(form.strip() for form in forms.split(",") if form.strip()) or FORMS
    check_forms(wanted)
    release = publish_combination(combine_results([(str(path), read_result(path)) for path in results]))
    _remember(results, release.figures())
    written = []
    if out is not None:
        written = write_paper(combination_paper(release), out, release.figures(), forms=wanted)  # type: ignore[arg-type]
    if json:
        print_json(release.figures())
        return
    for line in (answer(release), *meaning(release)):
        typer.echo(line)
    if release.mixed:
        typer.echo("Note: some of these protocols were locked before outcomes were seen, and some were not.", err=True)
    for line in sharing(release):
        typer.echo(f"Note: {line}", err=True)
    for path in written:
        typer.echo(f"Paper: {path}")


def _remember(results: list[Path], figures: dict[str, Any]) -> None:
    """Keep in the user's book what leaves of which results, once, before it stands anywhere."""
    from datetime import date
    from hashlib import sha256

    from whatworks.evaluation.whom.people_told import COMBINED
    from whatworks.records.audit.file_book import FileBook

    book = FileBook.of_user()
    payload = {"results": [sha256(path.read_bytes()).hexdigest() for path in results], "figures": figures}
    if all(entry.payload != payload for entry in book.entries(COMBINED)):
        book.append(COMBINED, date.today().isoformat(), payload)
