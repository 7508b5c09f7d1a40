"""Say what was found in one of three verdicts, and what it rules out, so that nobody reads a shrug as a failure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from whatworks.evaluation.estimate import Estimate

Verdict = Literal["significant reduction", "significant increase", "more people needed"]
SIGNIFICANT = 0.05


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

    >>> from whatworks.evaluation.two_sample import compare_shares
    >>> decide(compare_shares(156, 368, 136, 327), Wording("reoffending")).verdict
    'more people needed'
    """
    verdict = verdict_of(estimate)
    if verdict == "more people needed":
        sentence = _untold(estimate, wording, smallest_worthwhile)
    else:
        sentence = _told(estimate, wording)
    return Decision(verdict, sentence, _ruled_out(estimate, wording, smallest_worthwhile, lower_is_better))


def verdict_of(estimate: Estimate) -> Verdict:
    """Return the verdict alone: it depends on the named estimator's p and on the sign."""
    if estimate.p > SIGNIFICANT:
        return "more people needed"
    return "significant reduction" if estimate.difference < 0 else "significant increase"


def _told(estimate: Estimate, wording: Wording) -> str:
    fell = estimate.difference < 0
    near, far = sorted((estimate.ci_low, estimate.ci_high), key=abs)
    return (
        f"{_capital(wording.what)} was {'lower' if fell else 'higher'} than would be expected without the scheme, by "
        f"{wording.amount(estimate.difference)} {wording.unit} (95% interval: {wording.amount(near)} to "
        f"{wording.amount(far)} {'lower' if fell else 'higher'})."
    )


def _untold(estimate: Estimate, wording: Wording, worthwhile: float | None) -> str:
    span = f"{_end(estimate.ci_low, wording)} and {_end(estimate.ci_high, wording)}"
    if worthwhile is not None and -worthwhile < estimate.ci_low and estimate.ci_high < worthwhile:
        return (
            f"If the scheme changed {wording.what}, then by less than the {wording.amount(worthwhile)} {wording.unit} "
            f"that the protocol calls worth having: the change lies between {span}. More people would not change this "
            "answer."
        )
    return (
        f"This study cannot tell whether the scheme changed {wording.what}: the change lies somewhere between {span}. "
        "That is not evidence that the scheme made no difference; more people would have to be studied to tell."
    )


def _ruled_out(estimate: Estimate, wording: Wording, worthwhile: float | None, lower_is_better: bool) -> str:
    low, high = estimate.ci_low, estimate.ci_high
    if low < 0 < high:
        text = (
            f"Ruled out: a fall of more than {wording.amount(low)} and a rise of more than {wording.amount(high)} "
            f"{wording.unit}."
        )
    else:
        near, far = sorted((low, high), key=abs)
        word, other = ("fall", "rise") if low + high < 0 else ("rise", "fall")
        text = (
            f"Ruled out: any {other}, and a {word} of less than {wording.amount(near)} or more than "
            f"{wording.amount(far)} {wording.unit}."
        )
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
