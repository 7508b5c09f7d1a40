"""Who is treated differently, and at which step?

`people_of_scheme` finds a scheme's people with their protected characteristics in the records, `people_of_file` in a
flat file, `outcome_of_scheme` what became of them; `assess` counts each level at each stage, and `disparity` sets it
against everyone else, with intervals. Counts are restricted: papers withhold small ones. `log_assessment` keeps when a
scheme was assessed, and whether that was before its launch.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
