"""`whatworks places cameras`: the estate, its use and what it sees of need; keep, replace or retire under a budget."""

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.places.displacement import TermsArgument


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("cameras")(cameras)


@with_paper()
def cameras(
    terms: TermsArgument,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say how old the cameras are and who uses them, and which to keep, replace or retire for most need seen.

    Coverage is of need: incidents by place and hour, each once however many cameras see it. Homes overlooked count as a
    cost; what is required stays.
    """
    from whatworks.papers.places.cameras import cameras_answer
    from whatworks.places.cameras.plan import camera_plan
    from whatworks.places.cameras.terms import CameraTerms
    from whatworks.places.terms import load_terms

    paper.check()
    asked = load_terms(CameraTerms, terms)
    with opened_store(partnership) as (here, store):
        plan = camera_plan(store, asked, here.config.as_at)
        answer = cameras_answer(plan, here.config.settings.minimum_count)
    show(answer, paper, json)
