"""Clear the evidence for leaving: findings behind which too few people stand are withheld, the rest is rounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from whatworks.board.evidence.advice import Advice
from whatworks.board.evidence.intervention import POSITIONS
from whatworks.board.evidence.study import Study
from whatworks.evaluation.result import GroupResult, Kind
from whatworks.papers.disclosure.nested import Count, Nested, below_threshold
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.words import interval, text, without_small_counts

NAMES = dict(
    zip(POSITIONS, ("Enforcement", "Offender management", "Diversion", "Early intervention", "Prevention"), strict=True)
)
"""What the paper calls the positions."""
FEW = "Too few people are behind a study for what it found to be shown."


@dataclass(frozen=True, slots=True)
class ClearedStudy:
    """A study as it may leave: rounded, or withheld; shares are percentage points."""

    study: Study
    withheld: bool
    effect: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    treated: Count | None
    comparison: Count | None

    @property
    def effect_words(self) -> str:
        """The effect with its interval."""
        if self.withheld:
            return "[c]"
        if self.effect is None:
            return "not given"
        ends = f" ({interval(self.low, self.high)})" if self.low is not None else " (no interval)"
        return f"{text(self.effect)}{ends} {self.unit}"


@dataclass(frozen=True, slots=True)
class Loss:
    """Who would lose a service in one place, small counts withheld."""

    place: str
    provider: str
    serves: str
    people: Count | None


@dataclass(frozen=True, slots=True)
class ClearedProposal:
    """What is proposed for one intervention, as it may leave. Money is in whole pounds."""

    advice: Advice
    known: str
    reason: str
    findings: tuple[ClearedStudy, ...]
    losses: tuple[Loss, ...]
    people_now: Count | None
    net_a_year: Decimal | None
    worth: Decimal | None
    gain: Decimal | None
    at_most: Decimal | None
    test_cost: Decimal | None


def clear_advice(advice: Advice, minimum: int) -> ClearedProposal:
    """Return an advice as it may leave."""
    findings = tuple(clear_study(study, minimum) for study in advice.intervention.studies)
    hidden = {finding.study.id for finding in findings if finding.withheld}
    few = any(one.id in hidden for one in advice.judgement.heard)
    valued = advice.economy.benefit.studies if advice.economy else ()
    unpriced = few or any(one.id in hidden for one in valued)
    served = advice.economy.people if advice.economy else None
    economy, worth = (None, None) if unpriced or _count(served, minimum) == "c" else (advice.economy, advice.worth)
    return ClearedProposal(
        advice=advice,
        known="withheld" if few else advice.judgement.known,
        reason=FEW if few else advice.reason,
        findings=findings,
        losses=tuple(
            Loss(
                lose.place, lose.provider or "not said", lose.serves or "not said", _count(lose.people_a_year, minimum)
            )
            for lose in advice.loses
        ),
        people_now=_count(advice.intervention.people_now, minimum),
        net_a_year=half_away(economy.net, 0) if economy else None,
        worth=half_away(worth.net, 0) if worth else None,
        gain=half_away(worth.gain, 0) if worth else None,
        at_most=half_away(worth.at_most, 0) if worth else None,
        test_cost=half_away(worth.cost, 0) if worth else None,
    )


def clear_study(study: Study, minimum: int) -> ClearedStudy:
    """Return a study as it may leave; one of our own is held to its own minimum, if that is larger."""
    least = max(minimum, study.minimum_count or 0)
    shares = study.effect_kind == "difference" and study.unit.startswith("share")
    hidden = study.origin == "own" and (
        _below_threshold(study.treated, study.events_treated, shares, least)
        or _below_threshold(study.comparison, study.events_comparison, shares, least)
    )
    factor, places = (100, 1) if shares else (1, 2)
    unit = "percentage points" if shares else study.unit if study.effect_kind == "difference" else _kind(study)

    def rounded(value: float | None) -> Decimal | None:
        return None if hidden or value is None else half_away(value, places, factor)

    return ClearedStudy(
        study=study,
        withheld=hidden,
        effect=rounded(study.effect),
        low=rounded(study.ci_low),
        high=rounded(study.ci_high),
        unit=unit,
        treated=_count(study.treated, least),
        comparison=_count(study.comparison, least),
    )


def caveat_words(study: Study, minimum: int) -> str:
    """Return what has to be said with a study, wherever it is quoted."""
    said = [] if study.origin == "own" else [f"What differs here: {study.differs or 'not said'}."]
    if study.origin == "own" and study.differs:
        said.append(f"What differs here: {study.differs}.")
    if study.status and study.status != "locked":
        said.append(f"{study.status.capitalize()}.")
    if study.caveats:
        said.append(study.caveats)
    return without_small_counts(" ".join(said).replace("..", "."), minimum) or "none recorded"


def proposals(advice: Sequence[Advice], minimum: int) -> tuple[ClearedProposal, ...]:
    """Return all advice as it may leave."""
    return tuple(clear_advice(one, minimum) for one in advice)


def _kind(study: Study) -> str:
    return "(ratio; 1 is no effect)" if study.effect_kind == "ratio" else "standard deviations"


def _below_threshold(n: int | None, events: int | None, shares: bool, minimum: int) -> bool:
    if n is None:
        return False
    kind: Kind = "yes_no" if shares else "score"
    value = events / n if events is not None and n else 0.5
    return below_threshold(GroupResult(n=n, events=events, value=value, ci_low=None, ci_high=None), kind, minimum)


def _count(number: int | None, minimum: int) -> Count | None:
    if number is None:
        return None
    return "c" if Nested(minimum).sensitive(number) else number
