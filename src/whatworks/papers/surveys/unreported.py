"""Crimes that police never came to know, as a paper."""

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.surveys.figures import figure, survey_answer, waves_in_words
from whatworks.statistics.survey_design import SurveyEstimate
from whatworks.surveys.unreported import SENTENCE, Unreported


def unreported_answer(found: Unreported) -> Answer:
    """Return incidents, the share that police came to know, and the product with its interval."""
    period = waves_in_words(found.waves)
    rows = (("Crimes that happened", found.incidents), ("Of these not known to police", found.not_known))
    table: Rows[tuple[str, SurveyEstimate]] = Rows(
        name="Crimes",
        title=f"Crimes by the survey's own respondents, {period}",
        rows=rows,
        columns=(
            TableColumn("What", lambda row: row[0], width=1.6),
            TableColumn("Number", lambda row: _hundreds(row[1].value), numeric=True),
            TableColumn("From", lambda row: _hundreds(row[1].ci_low), numeric=True),
            TableColumn("To", lambda row: _hundreds(row[1].ci_high), numeric=True),
        ),
        notes=("To the nearest hundred; intervals are 95% ones that respect how people were drawn.",),
    )
    sentences = (
        f"Police came to know {figure(found.known, True)} of the crimes that respondents suffered.",
        f"Some {_hundreds(found.not_known.value):,} crimes ({_hundreds(found.not_known.ci_low):,} to "
        f"{_hundreds(found.not_known.ci_high):,}) were therefore not known to police, in the time that the question "
        "asks about.",
        SENTENCE,
        *found.warnings,
    )
    title = f"Crimes that police do not know, {period}"
    return survey_answer(title, sentences, table, found, item="Victims who do not report")


def _hundreds(value: float) -> int:
    return round(value / 100) * 100
