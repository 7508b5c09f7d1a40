"""What may be asked of a match, and which settings belong to which method."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy.typing as npt

from whatworks.evaluation.matching.methods.declared import METHODS, About
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.pairs.nearest import Order
from whatworks.statistics.regression.score import Link

Cut = str | int | Sequence[float]
"""`"sturges"`, `"scott"`, `"fd"` (rules for the number of bins), `"q5"` (five quantiles), a number, or cutpoints.

0 leaves a column as it is: people have to be equal in it.
"""
Discard = Literal["none", "treated", "comparison", "both"]
OF_SOME = (
    "caliper", "ratio", "replace", "reuse_max", "m_order", "mahalanobis", "seed", "cutpoints", "moments", "discard",
    "exact", "subclass",
)  # fmt: skip
"""Settings that only some methods have."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything asked of a match, in MatchIt's words."""

    treated: str
    covariates: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    method: str = "nearest"
    distance: str | npt.ArrayLike = "glm"
    link: Link = "logit"
    caliper: float | Mapping[str, float] | None = None
    std_caliper: bool | Mapping[str, bool] = True
    ratio: int = 1
    replace: bool = False
    reuse_max: int | None = None
    m_order: Order | None = None
    discard: Discard = "none"
    estimand: About = "ATT"
    mahalanobis: tuple[str, ...] = ()
    cutpoints: Mapping[str, Cut] | Cut = "sturges"
    moments: int = 1
    missing: Literal["refuse", "indicator"] = "refuse"
    seed: int | None = None
    s_weights: str | None = None
    subclass: int = 6

    @property
    def scored(self) -> bool:
        """Whether people are told apart by one number."""
        return METHODS[self.method].scored and not self.on_covariates

    @property
    def on_covariates(self) -> bool:
        """Whether the distance is Mahalanobis' over the covariates, without a score."""
        return isinstance(self.distance, str) and self.distance == "mahalanobis"

    @property
    def needs_design(self) -> bool:
        """Whether the covariates' numbers are needed to match: a score brought by the caller does without."""
        fitted = isinstance(self.distance, str) and self.distance in ("glm", "mahalanobis")
        return self.method == "entropy" or (METHODS[self.method].scored and fitted)

    @property
    def calipers(self) -> dict[str, float]:
        """The calipers by what they are on, `distance` or a column."""
        if self.caliper is None:
            return {}
        return dict(self.caliper) if isinstance(self.caliper, Mapping) else {"distance": self.caliper}

    def standardised(self, name: str) -> bool:
        """Tell whether a caliper is in standard deviations."""
        return self.std_caliper.get(name, True) if isinstance(self.std_caliper, Mapping) else self.std_caliper


def check_settings(asked: Settings) -> None:
    """Refuse settings that have no meaning, or none for the method, all at once.

    >>> check_settings(Settings("scheme", ("age",), method="cem", ratio=2, estimand="ATE"))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: ratio "2": belongs to method nearest or optimal, not to cem; leave it out
    """
    if asked.method not in METHODS:
        remedy = f"choose one of {', '.join(METHODS)}"
        raise Refused(Fault("is not a method", remedy, field="method", value=str(asked.method)))
    faults = [*_of_other_methods(asked), *_without_meaning(asked), *_lacking(asked)]
    if faults:
        raise Refused(faults)


def _of_other_methods(asked: Settings) -> list[Fault]:
    usual = Settings(asked.treated)
    faults = []
    for name in OF_SOME:
        methods = [method.name for method in METHODS.values() if name in method.settings]
        given = getattr(asked, name)
        if given != getattr(usual, name) and asked.method not in methods:
            listed = f"{', '.join(methods[:-1])} or {methods[-1]}" if len(methods) > 1 else methods[0]
            problem = f"belongs to method {listed}, not to {asked.method}"
            shown = ", ".join(given) if name in ("exact", "mahalanobis") else str(given)
            remedy = "make it one of the covariates" if name == "exact" else "leave it out"
            faults.append(Fault(problem, remedy, field=name, value=shown))
    return faults


def _without_meaning(asked: Settings) -> list[Fault]:
    faults = []
    for name, choices in (
        ("link", get_args(Link)),
        ("discard", get_args(Discard)),
        ("estimand", METHODS[asked.method].estimands),
        ("missing", ("refuse", "indicator")),
        ("m_order", (None, *get_args(Order))),
    ):
        given = getattr(asked, name)
        if given not in choices:
            remedy = f"choose one of {', '.join(str(one) for one in choices if one)}"
            if name == "estimand" and given == "ATE":
                remedy += "; for everybody use method exact, cem or inverse_probability"
            faults.append(Fault(f"is not possible with method {asked.method}", remedy, field=name, value=str(given)))
    if asked.method != "nearest" and set(asked.calipers) - {"distance"}:
        faults.append(Fault("has calipers on columns", 'use method "nearest" for these', field="caliper"))
    return faults


def _lacking(asked: Settings) -> list[Fault]:
    if isinstance(asked.distance, str) and asked.distance == asked.treated:
        remedy = "match on what was known before: use a score, or another column"
        return [Fault("is who was treated", remedy, field="distance", value=asked.distance)]
    own_score = not (isinstance(asked.distance, str) and asked.distance in ("glm", "mahalanobis"))
    method = METHODS[asked.method]
    needed = not any(getattr(asked, name) for name in method.enough) and not (method.scored and own_score)
    faults = []
    if needed:
        faults.append(Fault("names nothing", "say what the groups are to be alike on", field="covariates"))
    if "caliper" in method.required and "distance" not in asked.calipers:
        faults.append(Fault("is needed", "say how near a comparison has to be, 0.2 say", field="caliper"))
    if asked.on_covariates and asked.method != "nearest":
        faults.append(Fault("belongs to method nearest", 'use "glm"', field="distance", value="mahalanobis"))
    if asked.on_covariates and asked.mahalanobis:
        faults.append(Fault("is for matching within a score's caliper", 'use distance="glm"', field="mahalanobis"))
    return faults
