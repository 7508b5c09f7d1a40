"""`whatworks places gangs`: borders crossed, removals, territory, call-ins, and the plan of a pilot."""

from datetime import date

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.places.displacement import MinimumOption, TermsArgument, counted
from whatworks.cli.told import show_told


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("gangs")(gangs)


@with_paper()
def gangs(
    terms: TermsArgument,
    partnership: FolderOption = None,
    minimum: MinimumOption = 10,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say whether rivals move in where a group is removed, what crosses borough lines, and how a pilot would be run.

    Groups in the aggregate; nobody is named. Groups whose review is overdue are counted and not acted on.
    """
    from whatworks.papers.places.gangs import gangs_answer
    from whatworks.places import load_terms, plan_pilot, read_gangs, study_gangs
    from whatworks.places.gangs_terms import GangsTerms
    from whatworks.records.refusal import Refused, faults_of

    paper.check()
    asked = load_terms(GangsTerms, terms)
    if asked.groups is None and asked.pilot is None:
        raise Refused("the terms ask nothing", "give them a section [groups], a section [pilot], or both")
    study = plan = here = None
    least = minimum
    if asked.groups is not None:
        with opened_store(partnership) as (here, store):
            least = here.config.settings.minimum_count
            with faults_of(terms.name):
                study = study_gangs(read_gangs(store, asked.groups), asked.groups, here.config.as_at or date.today())
    if asked.pilot is not None:
        counts, own, counts_from = counted(asked.pilot, terms, partnership, minimum)
        here = here or counts_from
        with faults_of(terms.name):
            plan = plan_pilot(asked.pilot, counts)
        least = max(least, own)
    show_told(lambda told: gangs_answer(asked, study, plan, least, told), here, paper, json)
