"""Who may be a comparison, and how one is found: a protocol's section `[comparison]`."""

from math import inf
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

from pydantic import Field, field_validator, model_validator

from whatworks.evaluation.matching.methods.declared import METHODS, Method
from whatworks.evaluation.question.compare_rates import NATIONAL
from whatworks.evaluation.values.settings import Section

_NATIONAL_KEYS = ("national_rate", "national", "benchmark", "benchmark_rate", "rate")
WAYS = {name: way for name, way in METHODS.items() if not way.target}
"""A protocol asks about the people in the scheme; a way that answers for others is for `match` alone."""
if TYPE_CHECKING:
    MethodName: TypeAlias = str
else:
    MethodName = Literal[(*WAYS, "none")]
FURTHER: dict[str, object] = {
    "distance": "glm", "calipers": {}, "mahalanobis": (), "discard": "none", "reuse_max": None,
    "subclass": 6,
}  # fmt: skip
"""Settings beyond nearest matching on an estimated score, and what each is where nothing is asked for."""


class Comparison(Section):
    """Who may be a comparison, and how one is found. The words are MatchIt's."""

    who: Literal["anyone_else", "other_areas", "same_areas", "eligible"] = Field(
        "other_areas",
        description="Residents of areas without the scheme (`other_areas`), of its own areas (`same_areas`), "
        "`anyone_else`, or people whom the scheme's records hold as eligible but never referred (`eligible`).",
    )
    method: MethodName = Field(
        "nearest",
        description="; ".join(f"`{name}`: {way.describes}" for name, way in WAYS.items())
        + ". `none`: the groups were drawn by lot.",
    )
    cutpoints: dict[str, str | int | tuple[float, ...]] = Field(
        default_factory=dict,
        description="Of `cem`: how a covariate is cut (`sturges`, `scott`, `fd`, `q5`, a number of bins, cutpoints).",
    )
    moments: Literal[1, 2, 3] = Field(1, description="Of `entropy`: means (1), squares too (2), cubes too (3).")
    exact: tuple[str, ...] = Field((), description="Factors on which a comparison must be equal.")
    loosen: dict[Literal["kind", "quarter"], str] = Field(
        default_factory=dict,
        description="Which of the two factors that are always exact (`kind` of event, calendar `quarter`) a match need "
        'not be equal in, each with the reason, which the paper prints: `{ quarter = "too few releases" }`.',
    )
    covariates: tuple[str, ...] = Field((), description="What the propensity score is estimated from.")
    distance: str = Field(
        "glm",
        description="What people are matched on: a logistic regression's score (`glm`), `mahalanobis` over all "
        "covariates (of `nearest`), or a covariate that is a score already.",
    )
    link: Literal["logit", "linear.logit"] = Field(
        "linear.logit", description="Match on the probability (`logit`) or on its log odds (`linear.logit`)."
    )
    caliper: float | None = Field(
        0.2, gt=0, description="The largest difference of score allowed in a match; `inf` sets none."
    )
    std_caliper: bool = Field(True, description="Whether the caliper is in standard deviations of the score.")
    calipers: dict[str, float] = Field(
        default_factory=dict,
        description="Of `nearest`: the largest differences allowed in covariates, in their own units: `{ age = 5 }`.",
    )
    mahalanobis: tuple[str, ...] = Field(
        (), description="Of `nearest`: covariates to be nearest in, among those within the score's caliper."
    )
    discard: Literal["none", "treated", "comparison", "both"] = Field(
        "none", description="Whose score lies outside the other group's range and takes no part."
    )
    reuse_max: int | None = Field(
        None, ge=1, description="Of `nearest` with replacement: how often a comparison may serve at most."
    )
    subclass: int = Field(6, ge=1, description="Of `subclass`: into how many parts the range of scores is cut.")
    ratio: int = Field(1, ge=1, description="Comparisons for each treated person.")
    replace: bool = Field(False, description="Whether a comparison may serve more than once.")
    m_order: Literal["largest", "smallest", "closest", "data", "random"] = Field(
        "largest", description="Who chooses first."
    )
    missing: Literal["refuse", "indicator"] = Field(
        "refuse", description="Covariates not known: refuse, or a category of their own."
    )
    loss_worth_reporting: float = Field(
        0.05, ge=0, le=1, description="Share of treated people without a comparison above which an estimate for all of "
        "them stands beside.",
    )  # fmt: skip
    necessary: tuple[str, ...] | None = Field(
        None,
        description="Covariates that no point of the specification curve may leave out; by default all of them.",
    )
    area_strata: dict[str, str] = Field(
        default_factory=dict,
        description='Where areas were chosen in pairs or strata: of every area, which (`Barnet = "1"`). Areas are '
        "then swapped within these only.",
    )
    balance_amber: float = Field(0.05, gt=0, description="Standardised mean difference from which the band is amber.")
    balance_red: float = Field(0.10, gt=0, description="The same for red.")

    @model_validator(mode="before")
    @classmethod
    def _never_a_national_rate(cls, content: Any) -> Any:
        if isinstance(content, dict):
            asked = [key for key in _NATIONAL_KEYS if key in content]
            if asked or str(content.get("who", "")).startswith("national"):
                raise ValueError(
                    f"{NATIONAL}. Name people as the comparison: who = other_areas, same_areas, eligible or anyone_else"
                )
        return content

    @field_validator("caliper", mode="before")
    @classmethod
    def _without_end_is_none(cls, value: Any) -> Any:
        return None if value == inf else value

    @property
    def plain(self) -> bool:
        """Whether people are matched to the nearest on one estimated score, and by nothing else."""
        return self.method == "nearest" and not any(getattr(self, name) != usual for name, usual in FURTHER.items())

    def settings_of_match(self) -> dict[str, Any]:
        """Return the settings that the method goes by, in the words of `match`, with their values."""
        own = WAYS[self.method].settings
        kept = {name: getattr(self, name) for name in own if name in type(self).model_fields and name != "exact"}
        if "caliper" in kept and self.calipers:
            on_score = {} if self.caliper is None else {"distance": self.caliper}
            kept["caliper"] = on_score | self.calipers
            kept["std_caliper"] = {"distance": self.std_caliper} | dict.fromkeys(self.calipers, False)
        return kept

    def _suits_its_method(self, way: Method) -> None:
        """Refuse settings of other methods, beyond those that every protocol has always had, and what it lacks."""
        for name in way.required:
            if getattr(self, name) is None:
                raise ValueError(f"method {way.name} needs a {name}")
        for name, usual in FURTHER.items():
            setting = "mahalanobis" if name in ("calipers", "distance") else name
            brought = name == "distance" and self.distance in self.covariates and way.scored
            if getattr(self, name) != usual and setting not in way.settings and not brought:
                raise ValueError(f"{name} does not belong to method {way.name}; leave it out")
        if self.exact and "exact" not in way.settings:
            raise ValueError(f"method {way.name} has no exact factors; make them covariates")
        if self.distance not in ("glm", "mahalanobis", *self.covariates):
            raise ValueError('distance is neither "glm", "mahalanobis" nor one of the covariates')
        if self.distance == "mahalanobis" and self.mahalanobis:
            raise ValueError("mahalanobis names columns within a score's caliper; leave it out, or the distance")
        if self.reuse_max is not None and not self.replace:
            raise ValueError("reuse_max needs replace = true")
        stray = sorted({*self.mahalanobis, *self.calipers} - set(self.covariates))
        if stray:
            raise ValueError(f"mahalanobis or calipers name {', '.join(stray)}, which covariates does not")
        if any(not width > 0 for width in self.calipers.values()):
            raise ValueError("calipers have to be greater than zero")

    @model_validator(mode="after")
    def _settings_agree(self) -> Self:
        twice = sorted({name for name in self.covariates if self.covariates.count(name) > 1})
        if twice:
            raise ValueError(f"covariates name {', '.join(twice)} more than once")
        stray = sorted(set(self.necessary or ()) - set(self.covariates))
        if stray:
            raise ValueError(f"necessary names {', '.join(stray)}, which covariates does not")
        if self.method != "none" and not self.covariates:
            raise ValueError(f"method {self.method} needs covariates")
        if self.method != "none":
            self._suits_its_method(WAYS[self.method])
        if self.balance_red < self.balance_amber:
            raise ValueError("balance_red lies below balance_amber")
        return self
