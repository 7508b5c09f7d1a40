"""`whatworks combine`: several sites' or waves' evaluations as one answer."""

from pathlib import Path
from typing import Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, name_files, with_paper


@with_paper("out", "forms")
def combine(
    results: Annotated[list[Path], typer.Argument(help="Each site's or wave's result.json.")],
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Combine the primary outcomes of several evaluations: fixed and random effects, and what one more might see.

    Refused where they ask of different outcomes, units or times. What is printed and written may leave.
    """
    from whatworks.evaluation.answer.combining import combine_results
    from whatworks.evaluation.whole import read_result
    from whatworks.papers.evaluation.combination import answer, combination_paper, meaning, publish_combination, sharing

    paper.check()
    release = publish_combination(combine_results([(str(path), read_result(path)) for path in results]))
    _remember(results, release.figures())
    written = paper.write_paper(combination_paper(release), release.figures())
    if json:
        print_json(release.figures())
        return
    for line in (answer(release), *meaning(release)):
        typer.echo(line)
    if release.mixed:
        typer.echo("Note: some of these protocols were locked before outcomes were seen, and some were not.", err=True)
    for line in sharing(release):
        typer.echo(f"Note: {line}", err=True)
    name_files(written)


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
