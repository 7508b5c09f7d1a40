"""The ways of finding comparisons, each declared once: what it needs, which settings it has, and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from whatworks.evaluation.matching.methods.found import Found, Job

About = Literal["ATT", "ATC", "ATE"]
HERE = "whatworks.evaluation.matching.methods"


@dataclass(frozen=True, slots=True)
class Method:
    """A way of finding comparisons. `match()`, the protocol, its page, and the papers take all they know of it here.

    `run` carries it out: a function from `Job` to `Found`, or the module of this folder whose `run` does, imported when
    it is first asked for. `needs` says what people are told apart by: a `score`, a `probability` of being in the scheme
    (a score between 0 and 1), or the `covariates` themselves. `settings` are those of `Settings` that it goes by;
    `required` must be given; of `enough` one must name something. `estimands` are those possible, `target` the one that
    it has whatever was asked. `pairs` says whether each treated person has comparisons of their own, one by one.

    Words: `describes` for the protocol's page, `done` for the trial that one would have run ("each ..."), `board` for
    the paper's method, `wider` the way out where nobody has a comparison.
    """

    name: str
    run: "Callable[[Job], Found] | str"
    needs: Literal["score", "probability", "covariates"]
    estimands: tuple[About, ...]
    settings: tuple[str, ...]
    describes: str
    done: str
    board: str
    required: tuple[str, ...] = ()
    enough: tuple[str, ...] = ("covariates",)
    target: Literal["ATO"] | None = None
    pairs: bool = False
    wider: str | None = None

    @property
    def scored(self) -> bool:
        """Whether people are told apart by one number."""
        return self.needs != "covariates"

    @property
    def turns(self) -> bool:
        """Whether the groups change places for the effect on the comparisons."""
        return "ATE" not in self.estimands

    def carry_out(self, job: "Job") -> "Found":
        """Carry the method out."""
        if isinstance(self.run, str):
            found: Found = import_module(f"{HERE}.{self.run}").run(job)
            return found
        return self.run(job)


ON_NEAREST = (
    "caliper",
    "std_caliper",
    "ratio",
    "replace",
    "m_order",
    "reuse_max",
    "mahalanobis",
    "seed",
    "discard",
    "exact",
)
EITHER_GROUP: tuple[About, ...] = ("ATT", "ATC")
ANY: tuple[About, ...] = ("ATT", "ATC", "ATE")
METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method(
            "nearest",
            "nearest",
            "score",
            EITHER_GROUP,
            ON_NEAREST,
            describes="nearest-neighbour matching",
            done="compared with those whose scores were nearest",
            board="Each person in the scheme group was matched to the person outside it with the nearest score.",
            pairs=True,
        ),
        Method(
            "radius",
            "radius",
            "score",
            EITHER_GROUP,
            ("caliper", "std_caliper", "discard", "exact"),
            describes="all within the caliper",
            done="compared with everybody whose score is near enough",
            board="Each person in the scheme group was compared with all people outside it whose score is near enough.",
            required=("caliper",),
        ),
        Method(
            "cem",
            "coarsened_exact",
            "covariates",
            ANY,
            ("cutpoints", "exact"),
            describes="coarsened exact matching",
            done="compared with people in the same bins of every covariate",
            board="People count where both groups stand in the same bins of every covariate, comparisons weighted "
            "to match.",
            wider="ask for fewer covariates or cut into wider bins",
        ),
        Method(
            "exact",
            "exact",
            "covariates",
            ANY,
            ("exact",),
            describes="equal in every covariate",
            done="compared with people who have the same covariates",
            board="People count where both groups have the same covariates; comparisons are weighted to match.",
            enough=("covariates", "exact"),
            wider='ask for fewer covariates or use method "cem"',
        ),
        Method(
            "optimal",
            "optimal",
            "score",
            EITHER_GROUP,
            ("caliper", "std_caliper", "ratio", "discard", "exact"),
            describes="pairs with the least sum of distances",
            done="compared by pairs whose scores together differ least",
            board="Each person in the scheme group was paired with one outside it, so that the scores of all pairs "
            "together differ least.",
            pairs=True,
        ),
        Method(
            "full",
            "full",
            "score",
            ANY,
            ("caliper", "std_caliper", "discard", "exact"),
            describes="everybody in a matched set, with the least sum of distances",
            done="compared in sets of people with near scores, in which everybody stands",
            board="Everybody stands in a set of people with near scores, one of them in the scheme group or one "
            "outside it; comparisons are weighted to match.",
        ),
        Method(
            "subclass",
            "subclass",
            "score",
            ANY,
            ("subclass", "discard"),
            describes="parts of the score's range that hold equally many of the scheme group",
            done="compared with the people in the same part of the range of scores",
            board="The range of scores is cut into parts that hold equally many of the scheme group; in each, the "
            "comparisons are weighted to match.",
        ),
        Method(
            "entropy",
            "entropy_balancing",
            "covariates",
            EITHER_GROUP,
            ("moments", "exact"),
            describes="entropy balancing",
            done="compared with people weighted until their averages are the scheme group's",
            board="The comparisons are weighted, as evenly as can be, so that their averages equal the scheme group's.",
        ),
        Method(
            "inverse_probability",
            "inverse_probability",
            "probability",
            ANY,
            ("discard",),
            describes="weights from the probability of being in the scheme",
            done="compared with people weighted by how likely they were to be in it",
            board="The comparisons are weighted by how likely each was to be in the scheme: the likelier, the more "
            "they count.",
        ),
        Method(
            "overlap",
            "overlap_weights",
            "probability",
            ANY,
            ("discard",),
            describes="weights that are largest for those who might as well have been in either group",
            done="compared, both groups weighted towards those who might as well have been in the other",
            board="Both groups are weighted: people count the more, the more they might as well have been in the "
            "other.",
            target="ATO",
        ),
    )
}
"""All ways, in the order in which they are offered. One more is one more entry, here or from outside."""
