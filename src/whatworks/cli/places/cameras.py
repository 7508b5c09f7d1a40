"""`whatworks places cameras`: the estate, its use and what it sees of need; keep, replace or retire under a budget."""

import typer

from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.places.displacement import TermsArgument


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("cameras")(answering(cameras))


def cameras(asked: Asked, terms: TermsArgument) -> Maker:
    """Say how old the cameras are and who uses them, and which to keep, replace or retire for most need seen.

    Coverage is of need: incidents by place and hour, each once however many cameras see it. Homes overlooked count as a
    cost; what is required stays.
    """
    from whatworks.papers.places.cameras import cameras_answer
    from whatworks.places.cameras.plan import camera_plan
    from whatworks.places.cameras.terms import CameraTerms
    from whatworks.places.terms import load_terms

    decided = load_terms(CameraTerms, terms)
    plan = camera_plan(asked.store, decided, asked.here.config.as_at)
    return lambda told: cameras_answer(plan, asked.minimum, told)
