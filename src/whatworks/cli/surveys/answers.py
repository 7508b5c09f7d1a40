"""`whatworks surveys estimate`, `change`, `trend` and `unreported`: questions to the survey's answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper
from whatworks.cli.place import opened_store

if TYPE_CHECKING:
    from whatworks.records.engine import Engine
    from whatworks.records.partnership import Partnership
    from whatworks.surveys.answers import Answers
    from whatworks.surveys.trend import Mark

QuestionArgument = Annotated[str, typer.Argument(help="Short name of the question, as the records hold it.")]
AnswersOption = Annotated[
    str, typer.Option("--answers", help="Answers whose share is asked for, separated by commas; none: the mean.")
]
SurveyOption = Annotated[str | None, typer.Option("--survey", help="Which survey, where several asked the question.")]
EffectOption = Annotated[
    float | None,
    typer.Option("--design-effect", help="Design effect to widen intervals by, where the file has no design."),
]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for command in (estimate, change, trend, unreported, published):
        group.command(command.__name__)(command)


@with_paper()
def estimate(
    question: QuestionArgument,
    answers: AnswersOption = "",
    period: Annotated[
        str | None, typer.Option("--period", help="One wave, or FIRST..LAST; the last wave if not given.")
    ] = None,
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say what the public answered, with an interval that respects how people were drawn, and by borough.

    Boroughs in which few were asked stand pooled over comparable waves, and drawn towards all boroughs.
    """
    from whatworks.papers.surveys.estimate import estimate_answer
    from whatworks.surveys.estimate import estimate as estimated

    paper.check()
    with _asked(partnership, question, answers, survey, design_effect) as (here, _, given):
        found = estimated(given, period)
    show(estimate_answer(found), paper, json, here.config.as_at)


@with_paper()
def change(
    question: QuestionArgument,
    before: Annotated[str, typer.Option("--before", help="The earlier period: one wave, or FIRST..LAST.")],
    after: Annotated[str, typer.Option("--after", help="The later period; it may overlap the earlier one.")],
    answers: AnswersOption = "",
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say whether the answer moved between two periods, or that the survey could not tell.

    People who stand in both periods are held against themselves. Periods with a change of question, mode or population
    between them are refused. Whether a scheme moved it is asked with `whatworks evaluate`.
    """
    from whatworks.papers.surveys.change import change_answer
    from whatworks.surveys.change import change as changed

    paper.check()
    with _asked(partnership, question, answers, survey, design_effect) as (here, _, given):
        found = changed(given, before, after)
    show(change_answer(found), paper, json, here.config.as_at)


@with_paper()
def trend(
    question: QuestionArgument,
    answers: AnswersOption = "",
    window: Annotated[int, typer.Option("--window", help="Waves that each point takes together.")] = 1,
    borough: Annotated[str | None, typer.Option("--borough", help="Code of one borough; all if not given.")] = None,
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Draw the series with its intervals, its breaks, and what was said to the public (`surveys message`).

    Nothing is compared across a break. A mark on the trend is not a cause of it: `whatworks evaluate` asks for causes.
    """
    from whatworks.papers.surveys.trend import trend_answer
    from whatworks.surveys.trend import trend as series

    paper.check()
    with _asked(partnership, question, answers, survey, design_effect) as (here, store, given):
        found = series(given, window, borough, _marks(store))
    show(trend_answer(found), paper, json, here.config.as_at)


@with_paper()
def unreported(
    incidents: Annotated[
        str, typer.Option("--incidents", help="Question: how many crimes happened to the respondent.")
    ],
    known: Annotated[str, typer.Option("--known", help="Question: of how many of them police came to know.")],
    period: Annotated[
        str | None, typer.Option("--period", help="One wave, or FIRST..LAST; the last wave if not given.")
    ] = None,
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Estimate the crimes that police never came to know, from the survey alone.

    Incidents times the share that respondents say was not known to police, with an interval of the product. Recorded
    crime is never subtracted.
    """
    from whatworks.papers.surveys.unreported import unreported_answer
    from whatworks.surveys.reading import read_answers
    from whatworks.surveys.unreported import unreported as not_known

    paper.check()
    with _asked(partnership, incidents, "", survey, design_effect) as (here, store, given):
        found = not_known(given, read_answers(store, known, survey=survey), period)
    show(unreported_answer(found), paper, json, here.config.as_at)


@with_paper()
def published(
    file: Annotated[Path, typer.Argument(help="CSV, Excel or PDF with from, to, percent and n (docs/surveys.md).")],
    design_effect: EffectOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Give published percentages the intervals that they lack, and say whether they moved.

    A percentage without its number of people is refused. Rolling periods are told apart by the people not shared.
    """
    from whatworks.papers.surveys.published import published_answer
    from whatworks.surveys.published import read_published

    paper.check()
    show(published_answer(read_published(file, design_effect), file.name), paper, json)


@contextmanager
def _asked(
    folder: Path | None, question: str, answers: str, survey: str | None, design_effect: float | None
) -> "Iterator[tuple[Partnership, Engine, Answers]]":
    """Open the records and read the answers to a question; refused where nothing was imported yet."""
    from whatworks.surveys.reading import read_answers

    chosen = [answer.strip() for answer in answers.split(",") if answer.strip()]
    with opened_store(folder) as (here, store):
        yield (
            here,
            store,
            read_answers(store, question, chosen, survey, design_effect, here.config.settings.minimum_count),
        )


def _marks(store: "Engine") -> "tuple[Mark, ...]":
    """Return what went out to the public, from the board's register of messages."""
    from whatworks.surveys.trend import Mark

    if "board_message" not in store.tables():
        return ()
    rows = store.rows(
        "SELECT m.published_on, m.text FROM board_message AS m WHERE m.published_on IS NOT NULL "
        "ORDER BY m.published_on, m.id"
    )
    return tuple(Mark(on, text) for on, text in rows)
