"""How many crimes never came to police: the survey's incidents times the share that its own respondents kept."""

from dataclasses import dataclass, replace
from math import exp

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import interval
from whatworks.statistics.survey_design import SurveyEstimate, kish
from whatworks.surveys.answers import LEAST_EFFECTIVE, Answers, Flags, Floats
from whatworks.surveys.estimate import comparable, too_few, warnings
from whatworks.surveys.wave import period

LEAST_WEIGHT = 1.5
"""Weights that are smaller on average do not gross up: they only balance the sample."""
SENTENCE = (
    "Recorded crime is never subtracted from this: it counts other people, and businesses and visitors too, and a "
    "survey caps its series."
)


@dataclass(frozen=True, slots=True)
class Unreported:
    """Crimes a year (or whatever time the question asks about), the share that police came to know, and the rest."""

    waves: tuple[str, ...]
    incidents: SurveyEstimate
    known: SurveyEstimate
    not_known: SurveyEstimate
    warnings: tuple[str, ...]


def unreported(incidents: Answers, known: Answers, when: str | None = None) -> Unreported:
    """Return incidents times (1 - the share known to police), with a design-based interval of the product.

    `incidents` are how many crimes happened to each respondent, `known` of how many of them police came to know.
    Weights have to gross up to the population. Where the second question was not asked, the answer is not known.
    """
    chosen = period(incidents.waves, when) if when else [len(incidents.waves) - 1]
    comparable(incidents, chosen)
    if (incidents.frame["weight"].null_count() or 0) > 0:
        raise Refused("the file has no weights, so nothing grosses up to a population", "import the grossing weights")
    sample = incidents.sample(chosen)
    if sample.shown(chosen) is None:
        raise too_few(sample, chosen)
    if sample.design.weights.mean() < LEAST_WEIGHT:
        remedy = "import the grossing weights, which add up to the population"
        raise Refused("weights add up to no more than the people asked, and gross up to no population", remedy)
    suffered = sample.value / sample.waves
    inside = sample.within(chosen)
    came, asked = _matched(incidents, known, sample.kept, suffered * sample.waves)
    came, asked = came / sample.waves, asked & inside
    weight, design = sample.design.weights, sample.design
    total, answered = float((weight * suffered * inside).sum()), float((weight * suffered * asked).sum())
    if answered == 0:
        raise Refused(
            "nobody said whether police came to know: how many did not report is not known",
            "ask the question in the next wave, or choose waves in which it was asked",
        )
    share = float((weight * came * asked).sum()) / answered
    total_scores = weight * suffered * inside
    share_scores = weight * (came - share * suffered) * asked / answered
    victims = asked & (suffered > 0)
    if (found := kish(weight[victims])) < LEAST_EFFECTIVE:
        problem = (
            f"the share known to police rests on {found:.0f} victims of equal weight, fewer than {LEAST_EFFECTIVE}"
        )
        raise Refused(problem, "take more waves together, as 2023-Q1..2023-Q4")
    names = incidents.frame[sample.kept].select(pl.concat_str("wave_id", "respondent_id", separator="/")).to_series()
    base = f"victims asked {known.question}, {', '.join(incidents.waves[at].name for at in chosen)}"
    incidents.told.whole(base, names.filter(pl.Series(victims)))
    if not incidents.told.tells(base):
        raise too_few(sample, chosen)
    rest = design.from_scores(total * (1 - share), (1 - share) * total_scores - total * share_scores, inside)
    return Unreported(
        tuple(incidents.waves[place].name for place in chosen),
        _positive(sample.honest(design.from_scores(total, total_scores, inside))),
        sample.honest(design.from_scores(share, share_scores, victims)),
        _positive(sample.honest(rest)),
        warnings(incidents, sample, chosen),
    )


def _matched(incidents: Answers, known: Answers, kept: npt.NDArray[np.int64], suffered: Floats) -> tuple[Floats, Flags]:
    """Return how many incidents of each respondent police came to know of, and who was asked that."""
    keys = ["wave_id", "respondent_id"]
    answer = known.frame.select(*keys).with_columns(came=known.value)
    joined = incidents.frame[kept].select(*keys).join(answer, on=keys, how="left", maintain_order="left")["came"]
    came = joined.fill_nan(None)
    asked = came.is_not_null().to_numpy() | (suffered == 0)
    counts = came.fill_null(0.0).to_numpy()
    beyond = int((counts > suffered).sum())
    if beyond or (suffered < 0).any() or (counts < 0).any():
        problem = f"{beyond} respondents say that police came to know of more crimes than happened to them"
        raise Refused(
            Fault(problem if beyond else "a number of crimes is negative", "correct the answers", field="answer")
        )
    return counts, asked


def _positive(found: SurveyEstimate) -> SurveyEstimate:
    """Return the estimate with its interval on the log scale, so that a number of crimes stays above zero."""
    if found.value <= 0:
        return found
    low, high = interval(float(np.log(found.value)), found.se / found.value, found.df)
    return replace(found, ci_low=exp(low), ci_high=exp(high))
