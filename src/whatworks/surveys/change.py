"""Did the answer move by more than the survey's own noise, of all and by borough?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import ClassVar

from whatworks.records.refusal import Refused
from whatworks.statistics.multiplicity import false_discovery
from whatworks.statistics.power import smallest_detectable
from whatworks.statistics.survey_design import SurveyEstimate
from whatworks.surveys.answers import Answers, Sample
from whatworks.surveys.estimate import comparable, too_few, warnings
from whatworks.surveys.wave import period

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one period to another, of all or of a borough; None stands where too few were asked.

    `smallest` is the true change that the survey would have shown four times in five; `q` the false-discovery rate
    among the tests it was made with, None where it was made alone.
    """

    code: str
    name: str
    before: SurveyEstimate | None = None
    after: SurveyEstimate | None = None
    difference: SurveyEstimate | None = None
    smallest: float | None = None
    q: float | None = None
    in_json: ClassVar = ("seen",)

    @property
    def seen(self) -> bool:
        """Whether the survey could tell a change: the interval leaves zero out, and false discoveries stay few."""
        return self.difference is not None and (self.difference.p if self.q is None else self.q) <= LEVEL


@dataclass(frozen=True, slots=True)
class Changes:
    """The change of all, those of boroughs, and how many would be false.

    `shared` is the share of the later period's respondents who stand in the earlier one too. `by_chance` boroughs would
    show a change at 95% if nothing moved; of those `seen` after false-discovery control, at most `expected_false` are.
    """

    question: str
    yes: tuple[str, ...]
    wording: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    shared: float
    overall: Change
    boroughs: tuple[Change, ...]
    warnings: tuple[str, ...]
    in_json: ClassVar = ("tested", "seen", "by_chance", "expected_false")

    @property
    def tested(self) -> int:
        """How many boroughs could be tested."""
        return sum(one.difference is not None for one in self.boroughs)

    @property
    def seen(self) -> int:
        """How many boroughs show a change after false-discovery control."""
        return sum(one.seen for one in self.boroughs)

    @property
    def by_chance(self) -> float:
        """How many boroughs would show a change at 95% by chance alone."""
        return LEVEL * self.tested

    @property
    def expected_false(self) -> float:
        """How many of the changes seen are false on average, at most."""
        return LEVEL * self.seen


def change(answers: Answers, before: str, after: str) -> Changes:
    """Return the change from one period to another; each is `FIRST..LAST` or one wave, and they may overlap.

    Whoever stands in both cancels out, and members of a panel are held against themselves: one linearisation of the
    difference does both. Periods with a break between them are refused.
    """
    early, late = period(answers.waves, before), period(answers.waves, after)
    if early == late:
        raise Refused("both periods are the same", "name two periods, as --before 2023-Q1 --after 2024-Q1")
    comparable(answers, [*early, *late])
    sample = answers.sample(sorted({*early, *late}))
    overall = difference(sample, early, late)
    if overall.difference is None:
        for waves in (early, late):
            if sample.shown(waves) is None:
                raise too_few(sample, waves)
        raise Refused("everybody answered alike in both periods", "there is no change, and no spread to tell one by")
    names = [wave.name for wave in answers.waves]
    then, now = (set(sample.people(waves)) for waves in (early, late))
    return Changes(
        answers.question,
        answers.yes,
        answers.waves[late[-1]].wording,
        tuple(names[place] for place in early),
        tuple(names[place] for place in late),
        len(then & now) / len(now),
        overall,
        controlled([difference(sample, early, late, code) for code in answers.boroughs]),
        warnings(answers, sample, [*early, *late]),
    )


def difference(sample: Sample, before: Sequence[int], after: Sequence[int], code: str | None = None) -> Change:
    """Return the change of all, or of a borough; withheld where too few were asked, or all answered alike."""
    name = "All" if code is None else sample.answers.names.get(code, code)
    early, late = sample.shown(before, code), sample.shown(after, code)
    withheld = Change(code or "", name, early, late)
    if early is None or late is None:
        return withheld
    (old, old_scores), (new, new_scores) = (
        sample.design.scores(sample.value, sample.within(waves, code)) for waves in (before, after)
    )
    either = sample.within(before, code) | sample.within(after, code)
    found = sample.honest(sample.design.from_scores(new - old, new_scores - old_scores, either))
    if found.se == 0:
        return withheld
    return replace(withheld, difference=found, smallest=smallest_detectable(found.se))


def controlled(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes with the false-discovery rate among those that could be tested."""
    rates = iter(false_discovery([one.difference.p for one in changes if one.difference is not None]))
    return tuple(one if one.difference is None else replace(one, q=next(rates)) for one in changes)


def overlapping_se(before: float, after: float, overlap: float) -> float:
    """Return the standard error of a change between two periods of which only the figures are known.

    `overlap` is the share of respondents that both hold, who cancel out: of two like windows SE x sqrt(2(1 - overlap)).

    >>> round(overlapping_se(1.0, 1.0, 0.75), 4), round(overlapping_se(1.0, 1.0, 0.0), 4)
    (0.7071, 1.4142)
    """
    if not 0 <= overlap < 1:
        raise Refused(f"{overlap:g} is not the overlap of two periods", "give a share from 0 to below 1")
    return sqrt(before**2 + after**2 - 2 * overlap * before * after)
