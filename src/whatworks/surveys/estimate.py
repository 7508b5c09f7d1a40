"""What the public says in one period: of all, and borough by borough, pooled and shrunk where few were asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import polars as pl

from whatworks.records.audit.telling import part
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.meta_analysis import Combined, combine
from whatworks.statistics.survey_design import SurveyEstimate
from whatworks.surveys.answers import LEAST_EFFECTIVE, Answers, Sample
from whatworks.surveys.wave import breaks, period, runs

POOLED = 8
"""At most so many comparable waves are pooled."""


@dataclass(frozen=True, slots=True)
class AreaEstimate:
    """A borough's figure of the period, pooled over earlier waves, and the pooled one shrunk towards all boroughs.

    None stands where too few were asked.
    """

    code: str
    name: str
    n: int | None
    estimate: SurveyEstimate | None
    pooled: SurveyEstimate | None
    shrunk: SurveyEstimate | None


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """An estimate with its base: the question, the answers whose share it is (none: a mean), waves, and warnings."""

    question: str
    yes: tuple[str, ...]
    wording: str | None
    waves: tuple[str, ...]
    pooled_waves: tuple[str, ...]
    overall: SurveyEstimate
    boroughs: tuple[AreaEstimate, ...]
    warnings: tuple[str, ...]


def estimate(answers: Answers, when: str | None = None) -> SurveyAnswer:
    """Return the share or mean of a period (`FIRST..LAST`, or one wave; the last wave if not given), and by borough.

    A period that the series breaks within is refused.
    """
    waves = answers.waves
    chosen = period(waves, when) if when else [len(waves) - 1]
    run = comparable(answers, chosen)
    before = [place for place in run if place <= chosen[-1]]
    pooled = before[-max(POOLED, len(chosen)) :]
    sample = answers.sample(chosen)
    overall = sample.shown(chosen)
    if overall is None:
        raise too_few(sample, chosen)
    return SurveyAnswer(
        answers.question,
        answers.yes,
        waves[chosen[-1]].wording,
        tuple(waves[place].name for place in chosen),
        tuple(waves[place].name for place in pooled),
        overall,
        _areas(answers, sample, chosen, answers.sample(pooled), pooled),
        warnings(answers, sample, chosen),
    )


def comparable(answers: Answers, chosen: Sequence[int]) -> list[int]:
    """Return the run of waves that the chosen ones belong to, or refuse ones that the series breaks within."""
    for run in runs(answers.waves):
        if set(chosen) <= set(run):
            return run
    names = [wave.name for wave in answers.waves]
    low, high = min(chosen), max(chosen)
    between = [one for one in breaks(answers.waves) if low < names.index(one.after) <= high]
    partly = dict.fromkeys(answers.partly[at] for at in chosen if at in answers.partly)
    said = " ".join([*(one.sentence for one in between), *partly]).rstrip(".")
    raise Refused(said, f"choose waves on one side of it, as up to {between[0].before} or from {between[-1].after} on")


def too_few(sample: Sample, waves: Sequence[int]) -> Refused:
    """Return the refusal of a period in which too few people answered."""
    found = sample.estimate(waves)
    if sample.answers.not_asked.issuperset(waves):
        return Refused("the scale of the period has none of these answers", "name answers of that scale with --answers")
    if found is None:
        problem = "nobody answered in the period"
    elif found.kish < LEAST_EFFECTIVE:
        problem = f"the period rests on {found.kish:.0f} people of equal weight, fewer than {LEAST_EFFECTIVE}"
    elif sample.answers.told.beside:
        problem = "the figure of all would tell of few people beside an earlier paper"
        return Refused(problem, "take the same waves and answers as that paper, or other waves altogether")
    elif sample.design.units_within(sample.within(waves)) < 2:
        problem = "all who answered are of one sampling unit, so that nothing says how sure the figure is"
    else:
        problem = f"fewer than {sample.answers.minimum} people gave these answers, or any other"
    return Refused(problem, "take more waves together, as 2023-Q1..2023-Q4")


def warnings(answers: Answers, sample: Sample, waves: Sequence[int]) -> tuple[str, ...]:
    """Return what a reader has to know before trusting the intervals."""
    rows, said = answers.frame[sample.kept], []
    if rows["weight"].null_count():
        said.append("The file has no weights: everybody who answered counts alike.")
    if not answers.designed:
        stated = answers.stated is not None
        said.append(
            "The file names neither strata nor clusters: intervals are those of a simple random sample, widened by the "
            f"root of a design effect of {answers.stated if stated else 1:g}, "
            f"{'as stated' if stated else 'since none was stated (--design-effect)'}."
        )
    if sample.design.lonely:
        said.append(
            f"{sample.design.lonely} of {sample.design.strata} strata have one sampling unit: they are centred on the "
            "mean of all, which makes intervals wider rather than too narrow."
        )
    if answers.aside:
        said.append(
            f"{answers.aside:,} rows of answers were set aside at import and are in no figure: "
            "`whatworks quarantine list` says why."
        )
    said += dict.fromkeys(answers.partly[at] for at in waves if at in answers.partly)
    asked = [at for at in waves if at not in answers.not_asked]
    people = int(answers.frame["wave_id"].is_in([answers.waves[at].name for at in asked]).sum())
    missing = people - int(answers.within(asked).sum())
    if missing and _tells_missing(answers, asked):
        few = missing < answers.minimum
        count = f"Fewer than {answers.minimum}" if few else f"{missing:,} of {people:,}"
        said.append(f"{count} people gave no answer and are outside the base.")
    return (*said, *filter(None, (answers.told.beside,)))


def _tells_missing(answers: Answers, waves: Sequence[int]) -> bool:
    """Name who gave no answer in these waves, and return whether their number may be shown."""
    names = [answers.waves[at].name for at in waves]
    asked = f"asked {answers.question}, {', '.join(names)}"
    rows = answers.frame.select("wave_id", pl.concat_str("wave_id", "respondent_id", separator="/").alias("unit"))
    rows = rows.with_columns(
        answered=pl.when(~pl.Series(np.isnan(answers.value))).then(pl.lit("yes")).otherwise(pl.lit("no"))
    )
    rows = rows.filter(pl.col("wave_id").is_in(names))
    answers.told.whole(asked, rows["unit"])
    answers.told.parts(asked, rows, "answered", divides=f"asked {answers.question}, by answered")
    return answers.told.tells(asked, part(asked, ("answered", "no")))


def _areas(
    answers: Answers, sample: Sample, chosen: Sequence[int], wide: Sample, pooled: Sequence[int]
) -> tuple[AreaEstimate, ...]:
    found = []
    for code in answers.boroughs:
        own, name = sample.shown(chosen, code), answers.names.get(code, code)
        found.append(AreaEstimate(code, name, own.n if own else None, own, wide.shown(pooled, code), None))
    sound = [one.pooled for one in found if one.pooled is not None and one.pooled.se > 0]
    if len(sound) < 2:
        return tuple(found)
    whole = combine([one.value for one in sound], [one.se for one in sound])
    return tuple(replace(one, shrunk=_shrunk(one.pooled, whole)) for one in found)


def _shrunk(found: SurveyEstimate | None, whole: Combined) -> SurveyEstimate | None:
    """Return the estimate drawn towards the average of all, the more the less it rests on (an empirical Bayes mean).

    Its variance is Fay and Herriot's with the average known as well as it is: what is kept of the estimate's own, and
    the average's times the square of the rest, so that boroughs alike are no surer than all of them together.
    """
    if found is None or found.se == 0:
        return found
    kept = whole.between**2 / (whole.between**2 + found.se**2)
    value = whole.difference + kept * (found.value - whole.difference)
    se = sqrt(kept * found.se**2 + (1 - kept) ** 2 * whole.se**2)
    half = quantile(0.975) * se
    return replace(found, value=value, se=se, ci_low=value - half, ci_high=value + half)
