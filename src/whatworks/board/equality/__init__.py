"""Who is treated differently, and at which step?

`people_of_scheme` finds a scheme's people with their protected characteristics in the records, `people_of_file` in a
flat file, `outcome_of_scheme` what became of them; `assess` counts each level at each stage, and `disparity` sets it
against everyone else, with intervals. Counts are restricted: papers withhold small ones. `log_assessment` keeps when a
scheme was assessed, and whether that was before its launch.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.board.equality.impact import Impact, assess, disparity, log_assessment, read_assessments
    from whatworks.board.equality.outcome import outcome_of_scheme
    from whatworks.board.equality.people import people_of_file, people_of_scheme
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "impact": ["Impact", "assess", "disparity", "log_assessment", "read_assessments"],
            "outcome": ["outcome_of_scheme"],
            "people": ["people_of_file", "people_of_scheme"],
        },
    )

__all__ = [
    "Impact",
    "assess",
    "disparity",
    "log_assessment",
    "outcome_of_scheme",
    "people_of_file",
    "people_of_scheme",
    "read_assessments",
]
