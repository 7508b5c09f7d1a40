"""`whatworks board alignment`: which objective does each project serve, and which are served by nobody?"""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import OnOption, OutOption, day, say, write_out
from whatworks.cli.options import JsonOption


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("alignment")(alignment)


def alignment(
    file: Annotated[Path, typer.Argument(help="Objectives, projects and links (TOML; docs/board.md shows the keys).")],
    out: OutOption = None,
    prepared_for: Annotated[str, typer.Option("--for", help="The body that the paper is prepared for.")] = "",
    on: OnOption = "",
    json: JsonOption = False,
) -> None:
    """Set projects against the objectives that they claim, with orphans on both sides."""
    from whatworks.board.alignment import coverage, load_alignment
    from whatworks.papers.board.alignment_matrix import alignment_paper, asked

    read = load_alignment(file)
    found = coverage(read, day(on))
    links = [{"project": a, "objective": b, "claim": claim} for (a, b), claim in found.claims.items()]
    figures = {
        "title": read.title,
        "on": found.on.isoformat(),
        "claims": links,
        "objectives_alone": found.objectives_alone,
        "projects_alone": found.projects_alone,
        "only_contributed": found.only_contributed,
        "claims_all": found.claims_all,
        "without_mechanism": found.without_mechanism,
        "lapsed": found.lapsed,
    }
    if out is not None:
        write_out(alignment_paper(found, read.title, prepared_for or "The board"), out, figures, quiet=json)
    if json:
        print_json(figures)
        return
    names = {one.id: one.name for one in found.projects}
    for one in found.objectives:
        say(f"{one.id}: {one.text}")
        for (project, objective), claim in found.claims.items():
            if objective == one.id:
                say(f"    {claim}: {names[project]}")
    for line in asked(found):
        say(line)
