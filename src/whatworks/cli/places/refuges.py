"""`whatworks places refuges`: need, waiting, flows, supply, where to add places, and the bills."""

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.places.displacement import TermsArgument


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("refuges")(refuges)


@with_paper()
def refuges(
    terms: TermsArgument,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say whether places of safety meet need: once a person, not a call; who waits, who goes where, and who pays.

    Where more places would help keeps to a minimum distance: the nearest is unsafe. Bills come by the rules of
    `whatworks recharge`. Where a refuge is, is never taken in nor shown.
    """
    from whatworks.papers.places.refuges import refuges_answer
    from whatworks.places.refuges.report import read_recharge, refuge_report
    from whatworks.places.refuges.terms import RefugeTerms
    from whatworks.places.terms import load_terms

    paper.check()
    asked = load_terms(RefugeTerms, terms)
    shared = read_recharge(asked, terms.parent)
    with opened_store(partnership) as (here, store):
        report = refuge_report(store, asked, here.config.as_at, shared)
        answer = refuges_answer(report, here.config.settings.minimum_count)
    show(answer, paper, json)
