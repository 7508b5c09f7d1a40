"""Send the public attitudes survey that police commission: its waves, and every answer with the design behind it."""

from whatworks.simulation.agencies.extract import SLASHES, Block, Extract
from whatworks.simulation.society.places import VINTAGE

SURVEY_FILES = (
    Extract(
        "police_survey_waves.csv",
        "police",
        "survey waves",
        (
            Block(
                "survey_wave",
                {
                    "wave_id": "Wave",
                    "survey": "Survey",
                    "from_date": "Fieldwork from",
                    "to_date": "Fieldwork to",
                    "mode": "Mode",
                    "population": "Population",
                },
            ),
        ),
        dates=SLASHES,
    ),
    Extract(
        "police_survey_answers.csv",
        "police",
        "survey answers",
        (
            Block(
                "survey_response",
                {
                    "wave_id": "Wave",
                    "respondent_id": "Serial",
                    "question": "Question",
                    "wording": "Wording",
                    "answer": "Answer",
                    "weight": "Grossing weight",
                    "stratum": "Stratum",
                    "cluster": "PSU",
                    "area_code": "Ward",
                },
                constants={"area_vintage": VINTAGE},
            ),
        ),
    ),
)
"""The files of the survey."""
