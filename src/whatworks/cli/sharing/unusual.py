"""`whatworks audit unusual`, `question` and `summary`: whose reading is to be asked about, and what came of it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.register import RegisterHome, add_verbs
from whatworks.records.register.verb import NUMBER, Entity, Verb, VerbOption

HOME = RegisterHome(
    "whatworks.sharing.access:ACCESS", "no look was made yet", "make one: `whatworks audit unusual --by NAME`"
)
LOOK = Entity("", "Looks at reading.", "look", is_listed=False)
QUESTION = Entity("question", "Questions about reading: list, answer, name.")
_OUTCOMES = ("explained", "not_explained", "referred")
VERBS = (
    Verb(
        LOOK, "unusual", "Ask about reading of a week that chance does not give; references only, nobody's name.",
        "whatworks.casework.explanations:look",
        (
            VerbOption("week_to", "The last day of the week; the last Sunday if not given.", date),
            VerbOption("explanations", "Reasons no case tells: sign_in, organisation_id, person_id, from, to, why.",
                       Path),
        ),
        act="consulted",
    ),
    Verb(QUESTION, "answer", "Record what a reviewer found.", "whatworks.sharing.access:answer_question",
         (NUMBER, VerbOption("outcome", "What was found.", required=True, codes=_OUTCOMES)), why="What shows it."),
    Verb(QUESTION, "name", "Name its readers and people: a consultation, with its reason.",
         "whatworks.sharing.access:name_question", (NUMBER,), why="Why they must be named.", act="consulted",
         dated=False),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the group `audit`, which is made where there is none yet."""
    group = next((one.typer_instance for one in app.registered_groups if one.name == "audit"), None)
    if group is None:
        group = typer.Typer(help="Who did what with whose records.", no_args_is_help=True)
        app.add_typer(group, name="audit")
    add_verbs(group, HOME, VERBS)
    group.command("summary")(answering(summary))


def summary(
    asked: Asked,
    groups: Annotated[Path | None, typer.Option(help="Readers' groups: sign_in, and a column each, as sex.")] = None,
) -> Maker:
    """Sum up the looks at reading: questions by kind and outcome, what chance gives, and rates by readers' groups."""
    from whatworks.papers.sharing.access import access_answer
    from whatworks.sharing.access import looks_and_questions, readers_asked

    looks, questions = looks_and_questions(asked.store)
    readers = readers_asked(asked.store, questions, groups)
    return lambda told: access_answer(looks, questions, readers, asked.minimum, told)
