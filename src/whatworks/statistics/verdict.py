"""Say what was found in one of few verdicts, and what it rules out, so that nobody reads a shrug as a failure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isinf
from typing import Literal

from whatworks.statistics.groups.estimate import Estimate

Verdict = Literal[
    "significant reduction",
    "significant increase",
    "likely reduction",
    "likely increase",
    "more people needed",
    "more areas needed",
]
"""*Likely* is a word weaker than *significant*: p is as small, but nobody checked how a model linked the records,
or the groups still differ in something that goes with the outcome."""


def finds_effect(verdict: str | None, direction: Literal["", "reduction", "increase"] = "") -> bool:
    """Tell whether a verdict finds a change, or one in this direction.

    >>> finds_effect("likely reduction"), finds_effect("significant increase", "reduction"), finds_effect(None)
    (True, False, False)
    """
    return (verdict or "").endswith((direction,) if direction else ("reduction", "increase"))


SIGNIFICANT = 0.05
_BY_AREA = (
    "That is not evidence that the scheme made no difference. It was given by area, so more areas, not more people, "
    "would have to be studied to tell."
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its sentence and what the interval rules out. No sentence holds a number of people."""

    verdict: Verdict
    sentence: str
    ruled_out: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How to speak of an outcome: what it is, its unit, what to multiply by first, and how many decimals to show."""

    what: str
    unit: str = "percentage points"
    scale: float = 100.0
    digits: int = 1

    def amount(self, value: float) -> str:
        """Return the size of a difference in the outcome's unit, halves rounded away from zero.

        >>> Wording("reoffending").amount(-0.0065)
        '0.7'
        """
        step = Decimal(1).scaleb(-self.digits)
        return f"{Decimal(repr(abs(value) * self.scale)).quantize(step, ROUND_HALF_UP):,}"


def decide(
    estimate: Estimate, wording: Wording, *, smallest_worthwhile: float | None = None, lower_is_better: bool = True
) -> Decision:
    """Return the verdict on an estimate at p <= 0.05, with what its interval rules out.

    `smallest_worthwhile` is in the outcome's own unit (a proportion for a share). Where the interval lies inside it,
    the sentence says that more people would not change the answer.

    >>> from whatworks.statistics.groups.two_sample import compare_shares
    >>> decide(compare_shares(156, 368, 136, 327), Wording("reoffending")).verdict
    'more people needed'
    """
    verdict = verdict_of(estimate)
    if verdict.startswith("significant"):
        sentence = _told(estimate, wording)
    else:
        sentence = _untold(estimate, wording, smallest_worthwhile)
    return Decision(verdict, sentence, _ruled_out(estimate, wording, smallest_worthwhile, lower_is_better))


def verdict_of(estimate: Estimate) -> Verdict:
    """Return the verdict alone: it depends on the named estimator's p and on the sign.

    Where the scheme was given by area, the interval and the comparison of areas must bear p out as well.
    """
    areas = estimate.areas
    borne_out = areas is None or (areas.agrees and estimate.ci_low * estimate.ci_high > 0)
    if estimate.p > SIGNIFICANT or not borne_out:
        return "more people needed" if areas is None else "more areas needed"
    return "significant reduction" if estimate.difference < 0 else "significant increase"


def _told(estimate: Estimate, wording: Wording) -> str:
    fell = estimate.difference < 0
    near, far = sorted((estimate.ci_low, estimate.ci_high), key=abs)
    span = f"{wording.amount(near)} or more" if isinf(far) else f"{wording.amount(near)} to {wording.amount(far)}"
    return (
        f"{_capital(wording.what)} was {'lower' if fell else 'higher'} than would be expected without the scheme, by "
        f"{wording.amount(estimate.difference)} {wording.unit} (95% interval: {span} {'lower' if fell else 'higher'})."
    )


def _untold(estimate: Estimate, wording: Wording, worthwhile: float | None) -> str:
    low, high, more = estimate.ci_low, estimate.ci_high, "people" if estimate.areas is None else "areas"
    if isinf(low) and isinf(high):
        span = "the areas are too few to put any bounds to the change"
    elif isinf(low) or isinf(high):
        span = f"the change is {f'at most {_end(high, wording)}' if isinf(low) else f'at least {_end(low, wording)}'}"
    else:
        span = f"the change lies somewhere between {_end(low, wording)} and {_end(high, wording)}"
    if worthwhile is not None and -worthwhile < low and high < worthwhile:
        return (
            f"If the scheme changed {wording.what}, then by less than the {wording.amount(worthwhile)} {wording.unit} "
            f"that the protocol calls worth having: {span.replace(' somewhere', '')}. More {more} would not change "
            "this answer."
        )
    if estimate.areas is not None:
        if estimate.areas.smallest_p > SIGNIFICANT:
            span += f", and the smallest p that they allow is {estimate.areas.smallest_p:.2f}"
        return f"This study cannot tell whether the scheme changed {wording.what}: {span}. {_apart(estimate)}{_BY_AREA}"
    return (
        f"This study cannot tell whether the scheme changed {wording.what}: {span}. "
        "That is not evidence that the scheme made no difference; more people would have to be studied to tell."
    )


def _apart(estimate: Estimate) -> str:
    """Say where the exact test of areas and the interval do not agree, so that neither carries a verdict."""
    excluded = estimate.ci_low * estimate.ci_high > 0
    if excluded == (estimate.p <= SIGNIFICANT):
        return "The areas themselves point the other way. " if excluded else ""
    one, other = ("interval", "exact test of areas") if excluded else ("exact test of areas", "interval")
    return f"The {one} alone would call this an effect; the {other} does not bear it out. "


def _ruled_out(estimate: Estimate, wording: Wording, worthwhile: float | None, lower_is_better: bool) -> str:
    low, high = estimate.ci_low, estimate.ci_high
    if low < 0 < high:
        ends = [f"a {word} of more than {wording.amount(end)}" for word, end in (("fall", low), ("rise", high))
                if not isinf(end)]  # fmt: skip
        text = f"Ruled out: {' and '.join(ends)} {wording.unit}." if ends else "Nothing is ruled out."
    else:
        near, far = sorted((low, high), key=abs)
        word, other = ("fall", "rise") if low + high < 0 else ("rise", "fall")
        most = "" if isinf(far) else f" or more than {wording.amount(far)}"
        text = f"Ruled out: any {other}, and a {word} of less than {wording.amount(near)}{most} {wording.unit}."
    if worthwhile is None:
        return text
    missed = low > -worthwhile if lower_is_better else high < worthwhile
    word = "fall" if lower_is_better else "rise"
    said = f"a {word} of {wording.amount(worthwhile)} {wording.unit}, which the protocol calls worth having, is"
    return f"{text} {_capital(said)} {'ruled out.' if missed else 'not ruled out.'}"


def _end(value: float, wording: Wording) -> str:
    return f"a {'fall' if value < 0 else 'rise'} of {wording.amount(value)} {wording.unit}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
