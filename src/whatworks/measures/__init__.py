"""Say what happened: reoffending, seriousness, custody, compliance, needs met, and who people were before.

Each measure is a query over the records in a file of its own (`sql/`), joined on `identity.linked_id` only. `prepare`
derives what all of them stand on; `measure_outcomes`, `period_outcomes` and `profile` answer for a cohort.
"""

from whatworks.measures.covariates import COVARIATES, Covariate
from whatworks.measures.ogrs3 import Ogrs3Choices, copas, ogrs3
from whatworks.measures.outcomes import measure_outcomes
from whatworks.measures.periods import period_outcomes
from whatworks.measures.prepare import PreparedReport, prepare
from whatworks.measures.profile import profile
from whatworks.measures.settings import MeasureSettings
from whatworks.measures.severity import SeverityTable, read_severity, severity_table

__all__ = [
    "COVARIATES",
    "Covariate",
    "MeasureSettings",
    "Ogrs3Choices",
    "PreparedReport",
    "SeverityTable",
    "copas",
    "measure_outcomes",
    "ogrs3",
    "period_outcomes",
    "prepare",
    "profile",
    "read_severity",
    "severity_table",
]
