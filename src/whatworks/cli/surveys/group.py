"""`whatworks surveys`: what the public says, whether it moved, and what was said to the public meanwhile."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.board.verbs import MESSAGE, VERBS
from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.board.opening import BOARD
from whatworks.cli.register import add_verbs
from whatworks.records.register.verb import Verb

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.surveys.answers import Answers
    from whatworks.surveys.trend import Mark

MESSAGE_VERBS = {"add": "plan", "approve": "approve", "publish": "send"}
"""The board's verbs of messages, by what who plans communications calls them: one register behind both."""
QuestionArgument = Annotated[str, typer.Argument(help="Short name of the question, as the records hold it.")]
AnswersOption = Annotated[
    str, typer.Option("--answers", help="Answers whose share is asked for, separated by commas; none: the mean.")
]
PeriodOption = Annotated[str | None, typer.Option(help="One wave, or FIRST..LAST; the last wave if not given.")]
SurveyOption = Annotated[str | None, typer.Option(help="Which survey, where several asked the question.")]
EffectOption = Annotated[
    float | None, typer.Option(help="Design effect to widen intervals by, where the file has no design.")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="What the public says, and whether it moved by more than noise.", no_args_is_help=True)
    for command in (estimate, change, trend, unreported, published):
        group.command(command.__name__)(answering(command))
    add_verbs(group, BOARD, message_verbs())
    app.add_typer(group, name="surveys")


def message_verbs() -> list[Verb]:
    """Return what can be done with a message: it is planned, approved, and only then sent."""
    return [replace(verb, name=MESSAGE_VERBS[verb.name]) for verb in VERBS if verb.entity == MESSAGE]


def estimate(
    asked: Asked,
    question: QuestionArgument,
    answers: AnswersOption = "",
    period: PeriodOption = None,
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
) -> Maker:
    """Say what the public answered, with an interval that respects how people were drawn, and by borough.

    Boroughs in which few were asked stand pooled over comparable waves, and drawn towards all boroughs.
    """
    from whatworks.papers.surveys.estimate import estimate_answer
    from whatworks.surveys.estimate import estimate as estimated

    given = given_answers(asked, question, answers, survey, design_effect)
    return lambda told: estimate_answer(estimated(replace(given, told=told), period))


def change(
    asked: Asked,
    question: QuestionArgument,
    before: Annotated[str, typer.Option(help="The earlier period: one wave, or FIRST..LAST.")],
    after: Annotated[str, typer.Option(help="The later period; it may overlap the earlier one.")],
    answers: AnswersOption = "",
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
) -> Maker:
    """Say whether the answer moved between two periods, or that the survey could not tell.

    People who stand in both periods are held against themselves. Periods with a change of question, mode or population
    between them are refused. Whether a scheme moved it is asked with `whatworks evaluate`.
    """
    from whatworks.papers.surveys.change import change_answer
    from whatworks.surveys.change import change as changed

    given = given_answers(asked, question, answers, survey, design_effect)
    return lambda told: change_answer(changed(replace(given, told=told), before, after))


def trend(
    asked: Asked,
    question: QuestionArgument,
    answers: AnswersOption = "",
    window: Annotated[int, typer.Option(help="Waves that each point takes together.")] = 1,
    borough: Annotated[str | None, typer.Option(help="Code of one borough; all if not given.")] = None,
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
) -> Maker:
    """Draw the series with its intervals, its breaks, and what was said to the public (`surveys message`).

    Nothing is compared across a break. A mark on the trend is not a cause of it: `whatworks evaluate` asks for causes.
    """
    from whatworks.papers.surveys.trend import trend_answer
    from whatworks.surveys.trend import trend as series

    given = given_answers(asked, question, answers, survey, design_effect)
    marks = _marks(asked)
    return lambda told: trend_answer(series(replace(given, told=told), window, borough, marks))


def unreported(
    asked: Asked,
    incidents: Annotated[str, typer.Option(help="Question: how many crimes happened to the respondent.")],
    known: Annotated[str, typer.Option(help="Question: of how many of them police came to know.")],
    period: PeriodOption = None,
    survey: SurveyOption = None,
    design_effect: EffectOption = None,
) -> Maker:
    """Estimate the crimes that police never came to know, from the survey alone.

    Incidents times the share that respondents say was not known to police, with an interval of the product. Recorded
    crime is never subtracted.
    """
    from whatworks.papers.surveys.unreported import unreported_answer
    from whatworks.surveys.unreported import unreported as not_known

    happened, came = (
        given_answers(asked, question, "", survey, effect)
        for question, effect in ((incidents, design_effect), (known, None))
    )
    return lambda told: unreported_answer(not_known(replace(happened, told=told), came, period))


def published(
    file: Annotated[Path, typer.Argument(help="CSV, Excel or PDF with from, to, percent and n (docs/surveys.md).")],
    design_effect: EffectOption = None,
) -> "Answer":
    """Give published percentages the intervals that they lack, and say whether they moved.

    A percentage without its number of people is refused. Rolling periods are told apart by the people not shared.
    """
    from whatworks.papers.surveys.published import published_answer
    from whatworks.surveys.published import read_published

    return published_answer(read_published(file, design_effect), file.name)


def given_answers(asked: Asked, question: str, answers: str, survey: str | None, effect: float | None) -> "Answers":
    """Return the answers to a question, of those whose share is asked for."""
    from whatworks.surveys.reading import read_answers

    chosen = [answer.strip() for answer in answers.split(",") if answer.strip()]
    return read_answers(asked.store, question, chosen, survey, effect, asked.minimum)


def _marks(asked: Asked) -> "tuple[Mark, ...]":
    """Return what went out to the public, from the board's register of messages."""
    from whatworks.surveys.trend import Mark

    if "board_message" not in asked.store.tables():
        return ()
    rows = asked.store.rows(
        "SELECT m.published_on, m.text FROM board_message AS m WHERE m.published_on IS NOT NULL "
        "ORDER BY m.published_on, m.id"
    )
    return tuple(Mark(on, text) for on, text in rows)
