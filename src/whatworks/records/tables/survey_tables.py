"""The tables of surveys: who was asked, in which wave, and what each answered, with the design that drew them."""

import dataframely as dy

from whatworks.records.tables import columns
from whatworks.records.tables.declaration import Table, about


class SurveyWave(Table):
    """One wave of a survey: when, how and among whom its questions were asked."""

    organisation_id = columns.organisation()
    wave_id = dy.String(primary_key=True, description="Short name of the wave.")
    survey = dy.String(description="The survey that it is a wave of.", metadata=about(handling="official"))
    from_date = dy.Date(description="First day of interviews.", metadata=about(event=True, handling="official"))
    to_date = dy.Date(description="Last day of interviews.", metadata=about(event=True, handling="official"))
    mode = dy.String(
        nullable=True, description="How people were asked (face to face, ...).", metadata=about(handling="official")
    )
    population = dy.String(
        nullable=True,
        description="Who could be drawn (adults of 16 and over, ...).",
        metadata=about(handling="official"),
    )
    panel = dy.String(
        nullable=True,
        description="Name of the panel whose members or areas several waves share; null where each is drawn afresh.",
        metadata=about(handling="official"),
    )


class SurveyResponse(Table):
    """What one respondent answered to one question of a wave, and how the respondent was drawn."""

    organisation_id = columns.organisation()
    wave_id = dy.String(primary_key=True, description="The wave.", metadata=about(references="survey_wave"))
    respondent_id = dy.String(
        primary_key=True,
        description="The survey's own number for the respondent; the same in every wave of one panel.",
        metadata=about(identifying=True),
    )
    question = dy.String(primary_key=True, description="Short name of the question, the same in every wave.")
    wording = dy.String(nullable=True, description="The question as it was put.", metadata=about(handling="official"))
    answer = dy.String(nullable=True, description="The answer, or a number; null where none was given.")
    weight = dy.Float64(nullable=True, min_exclusive=0.0, description="How many people the respondent stands for.")
    stratum = dy.String(nullable=True, description="The stratum that the respondent was drawn in.")
    cluster = dy.String(nullable=True, description="The cluster (primary sampling unit) within the stratum.")
    fpc = dy.Float64(nullable=True, min=1.0, description="Primary sampling units that the stratum has, drawn or not.")
    area_code = columns.area_code()
    area_vintage = columns.area_vintage()


SURVEY_TABLES: dict[str, type[Table]] = {"survey_wave": SurveyWave, "survey_response": SurveyResponse}
"""Parents before children."""
