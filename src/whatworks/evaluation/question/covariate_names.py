"""Hold the covariates of a protocol to the register of what can be known on the index date."""

from difflib import get_close_matches

from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.question.subgroup_cut import CUT, covariate_of
from whatworks.measures.covariates import COVARIATES
from whatworks.records.refusal import Fault

ONLY_FROM_START = "days_waited"
"""A covariate under the clock `scheme_start` only: days from the index event to the start."""


def check_covariates(protocol: Protocol) -> list[Fault]:
    """Return a fault for every covariate, exact factor or subgroup that is not registered, or of the wrong kind."""
    known = [*COVARIATES]
    if protocol.cohort.clock == "scheme_start":
        known.append(ONLY_FROM_START)
    faults = []
    for field, names in (
        ("comparison.covariates", protocol.comparison.covariates),
        ("comparison.exact", protocol.comparison.exact),
        ("subgroups", protocol.subgroups.names),
        ("subgroups.search", protocol.subgroups.search),
    ):
        for name in names:
            covariate = covariate_of(name) if field == "subgroups" else name
            if covariate not in known:
                faults.append(_unknown(field, covariate, known))
            elif field == "subgroups" and CUT.match(name) and COVARIATES[covariate].kind != "numeric":
                faults.append(Fault("is not a number, so it cannot be cut", "name it alone", field=field, value=name))
    return faults


def _unknown(field: str, name: str, known: list[str]) -> Fault:
    near = get_close_matches(name, known, 1)
    remedy = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known)}"
    return Fault("is not a registered covariate", remedy, field=field, value=name)
