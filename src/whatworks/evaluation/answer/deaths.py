"""Count who died during follow-up. They stay in the analysis: a line of the attrition trail, never a loss unsaid."""

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.result import Deaths
from whatworks.records.follow_up import windowed


def deaths(analysis: Analysis) -> Deaths | None:
    """Return how many of the people analysed died during follow-up; None where the data hold no death at all."""
    names = [spec.died for spec in analysis.units.specs if spec.died]
    if analysis.protocol.data.source == "partnership":
        names = [windowed("died", analysis.protocol.outcomes.follow_up_months)]
    columns = [analysis.column(name) > 0 for name in names if name in analysis.units.outcomes.columns]
    died = np.logical_or.reduce(columns) if columns else np.zeros(analysis.units.size, dtype=np.bool_)
    if not died.any():
        return None
    used, treated = analysis.sample.matched.used & died, analysis.units.treated
    return Deaths(treated=int((used & treated).sum()), comparison=int((used & ~treated).sum()))
