"""`whatworks places refuges`: need, waiting, flows, supply, where to add places, and the bills."""

import typer

from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.places.displacement import TermsArgument


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("refuges")(answering(refuges))


def refuges(asked: Asked, terms: TermsArgument) -> Maker:
    """Say whether places of safety meet need: once a person, not a call; who waits, who goes where, and who pays.

    Where more places would help keeps to a minimum distance: the nearest is unsafe. Bills come by the rules of
    `whatworks recharge`. Where a refuge is, is never taken in nor shown.
    """
    from whatworks.papers.places.refuges import refuges_answer
    from whatworks.places.refuges.report import read_recharge, refuge_report
    from whatworks.places.refuges.terms import RefugeTerms
    from whatworks.places.terms import load_terms

    decided = load_terms(RefugeTerms, terms)
    shared = read_recharge(decided, terms.parent)
    found = refuge_report(asked.store, decided, asked.here.config.as_at, shared)
    return lambda told: refuges_answer(found, asked.minimum, told)
