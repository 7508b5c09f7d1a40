"""The answers to one question, and any waves of them as one sample with the design that drew it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.audit.telling import Telling, part
from whatworks.statistics.survey_design import SurveyDesign, SurveyEstimate, widened
from whatworks.surveys.wave import Wave, samples

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LEAST_EFFECTIVE = 50
"""A figure that rests on fewer people (Kish's effective number) is not shown."""
OFTEN = 10
"""An answer that at least so many gave may be shown in a message."""


@dataclass(frozen=True)
class Answers:
    """What was answered to one question: a value a row (NaN where nothing was answered), and where the row belongs.

    `yes` are the answers whose share is asked for; without any, the answers are numbers and their mean is. `frame` has
    the design, `names` the boroughs' names, `stated` the design effect to use where the file has no design. `aside`
    rows of answers, to any question, were set aside at import. `not_asked` are the places of waves, across a break,
    whose scale has none of the answers: nothing of them is counted; `partly` says what differs where it has some.
    whose scale has none of the answers: nothing of them is counted. `told` is asked before a figure is shown.
    """

    question: str
    yes: tuple[str, ...]
    waves: tuple[Wave, ...]
    value: Floats
    wave: npt.NDArray[np.int64]
    frame: pl.DataFrame
    names: dict[str, str]
    stated: float | None = None
    minimum: int = OFTEN
    aside: int = 0
    not_asked: frozenset[int] = frozenset()
    partly: Mapping[int, str] = field(default_factory=dict)
    told: Telling = field(default_factory=Telling)

    @property
    def designed(self) -> bool:
        """Whether the file says in which strata or clusters people were drawn."""
        return any(self.frame[name].null_count() < self.frame.height for name in ("stratum", "cluster"))

    @property
    def boroughs(self) -> tuple[str, ...]:
        """The codes of the boroughs that people live in."""
        return tuple(self.frame["borough"].drop_nulls().unique().sort())

    def within(self, waves: Sequence[int], borough: str | None = None) -> Flags:
        """Return which rows are answers of these waves, and of a borough if one is named."""
        inside: Flags = np.isin(self.wave, waves) & ~np.isnan(self.value)
        if borough is not None:
            inside &= (self.frame["borough"] == borough).fill_null(False).to_numpy()
        return inside

    def sample(self, waves: Sequence[int]) -> "Sample":
        """Return the answers of some waves with their design; each wave weighs as much as any other."""
        kept = np.flatnonzero(np.isin(self.wave, waves))
        rows, wave = self.frame[kept], self.wave[kept]
        weight = rows["weight"].fill_null(1.0).to_numpy().astype(np.float64)
        sums = np.bincount(wave, weight, minlength=len(self.waves))
        whole = sums[list(waves)].mean()
        drawn = np.array(samples(self.waves))[wave]
        stratum = _joined(drawn, rows["stratum"].fill_null(""))
        unit = rows["cluster"].fill_null("") if rows["cluster"].null_count() < rows.height else rows["respondent_id"]
        design = SurveyDesign.of(weight / sums[wave] * whole, stratum, _joined(drawn, unit), rows["fpc"].to_numpy())
        return Sample(self, design, kept, len(waves))


@dataclass(frozen=True)
class Sample:
    """Some waves of the answers as one sample; its weights gross up to the waves' mean population, times the waves."""

    answers: Answers
    design: SurveyDesign
    kept: npt.NDArray[np.int64]
    waves: int

    @property
    def value(self) -> Floats:
        """The answers, zero where nothing was answered: such people are outside of every domain."""
        return np.nan_to_num(self.answers.value[self.kept])

    def within(self, waves: Sequence[int], borough: str | None = None) -> Flags:
        """Return which rows of the sample are answers of these waves, and of a borough if one is named."""
        return self.answers.within(waves, borough)[self.kept]

    def people(self, waves: Sequence[int]) -> list[str]:
        """Return who answered in these waves, by sample: one person in several waves of a panel stands there as one."""
        rows = np.flatnonzero(self.within(waves))
        drawn = np.array(samples(self.answers.waves))[self.answers.wave[self.kept[rows]]]
        return _joined(drawn, self.answers.frame["respondent_id"].gather(self.kept[rows]))

    def estimate(self, waves: Sequence[int], borough: str | None = None) -> SurveyEstimate | None:
        """Return the share or mean; None where nobody answered."""
        inside = self.within(waves, borough)
        if not inside.any():
            return None
        ask = self.design.share if self.answers.yes else self.design.mean
        return self.honest(ask(self.value, inside))

    def shown(self, waves: Sequence[int], borough: str | None = None) -> SurveyEstimate | None:
        """Return the share or mean, or None where it rests on too few people, few gave one answer, or few would be
        worked out from it: a borough of few is not withheld alone, since the whole less the others would give it."""
        found = self._sound(waves, borough)
        if found is None or (borough is not None and borough in self._withheld(waves)):
            return None
        return found if self._tells(waves, borough) else None

    def _tells(self, waves: Sequence[int], borough: str | None) -> bool:
        """Name who answered in these waves, by borough and answer, and return whether a figure of them may be shown."""
        told, question = self.answers.told, self.answers.question
        whole = f"answered {question}, {', '.join(self.answers.waves[at].name for at in waves)}"
        if whole not in told.sets:
            rows = self.answers.frame.select(
                pl.concat_str("wave_id", "respondent_id", separator="/").alias("unit"),
                pl.col("borough").fill_null("none"),
                gave=pl.Series(np.where(np.nan_to_num(self.answers.value) != 0, "yes", "no")),
            ).filter(pl.Series(self.answers.within(waves)))
            told.whole(whole, rows["unit"])
            told.parts(whole, rows, "gave", among=True, divides=f"answered {question}, by gave")
            told.parts(whole, rows, "borough", "gave", divides=f"answered {question}, by borough and gave")
        of = () if borough is None else (("borough", borough),)
        return told.tells(part(whole, *of), *(part(whole, *of, ("gave", gave)) for gave in ("yes", "no")))

    def _sound(self, waves: Sequence[int], borough: str | None = None) -> SurveyEstimate | None:
        found, inside = self.estimate(waves, borough), self.within(waves, borough)
        if found is None or found.kish < LEAST_EFFECTIVE or self.design.units_within(inside) < 2:
            return None
        return None if self._few(self._gave(waves, borough)) else found

    def _gave(self, waves: Sequence[int], borough: str | None = None) -> tuple[int, int]:
        """Return how many gave the answer (or a number above zero), and how many did not."""
        inside = self.within(waves, borough)
        gave = int(np.count_nonzero(self.value[inside]))
        return gave, int(inside.sum()) - gave

    def _few(self, counts: tuple[int, int]) -> bool:
        return any(0 < count < self.answers.minimum for count in counts)

    def _withheld(self, waves: Sequence[int]) -> set[str]:
        """Return the boroughs that are withheld because few are behind them, or to cover those."""
        counts = {code: self._gave(waves, code) for code in self.answers.boroughs}
        if not any(self._few(pair) for pair in counts.values()):
            return set()
        hidden = {code for code, pair in counts.items() if sum(pair) and self._sound(waves, code) is None}
        rest = sorted((code for code in counts if code not in hidden), key=lambda code: (sum(counts[code]), code))
        while rest and (len(hidden) < 2 or self._few(_added(counts[code] for code in hidden))):
            hidden.add(rest.pop(0))
        return hidden

    def honest(self, found: SurveyEstimate) -> SurveyEstimate:
        """Return an estimate, widened by the stated design effect where the file has no design."""
        stated = self.answers.stated
        return found if self.answers.designed or stated is None else widened(found, stated)


def _added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    first, second = zip(*pairs, strict=True)
    return sum(first), sum(second)


def _joined(drawn: npt.NDArray[np.int64], codes: pl.Series) -> list[str]:
    return [f"{number}/{code}" for number, code in zip(drawn, codes, strict=True)]
