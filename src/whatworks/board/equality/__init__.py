"""Who is treated differently, and at which step?

`people_of_scheme` finds a scheme's people with their protected characteristics in the records, `people_of_file` in a
flat file, `outcome_of_scheme` what became of them; `assess` counts each level at each stage, and `disparity` sets it
against everyone else, with intervals. Counts are restricted: papers withhold small ones. `log_assessment` keeps when a
scheme was assessed, and whether that was before its launch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.board.equality.impact import Impact, assess, disparity
    from whatworks.board.equality.log import log_assessment, read_assessments
    from whatworks.board.equality.outcome import outcome_of_scheme
    from whatworks.board.equality.people import people_of_file, people_of_scheme

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

_HOMES = {
    "Impact": "impact",
    "assess": "impact",
    "disparity": "impact",
    "log_assessment": "log",
    "outcome_of_scheme": "outcome",
    "people_of_file": "people",
    "people_of_scheme": "people",
    "read_assessments": "log",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: the tables are declared before the ledger that keeps them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
