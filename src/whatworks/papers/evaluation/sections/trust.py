"""How far the answer may be trusted, in words and with its reasons: overlap, balance, placebos, hidden bias, areas."""

from dataclasses import dataclass, field
from decimal import Decimal

from whatworks.papers.evaluation.release import Outcome, Release
from whatworks.records.listing import listed
from whatworks.statistics.verdict import finds_effect

WEAK_FACTOR = Decimal("1.25")
"""An E-value of the interval, or a gamma, below this: a factor that few would notice could undo the finding."""
FEW_AREAS = 10


@dataclass(slots=True)
class Reasons:
    """What speaks for an answer; what asks for care; and what speaks against resting anything on it."""

    good: list[str] = field(default_factory=list)
    care: list[str] = field(default_factory=list)
    grave: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """Return how far to trust the answer, and why.

        >>> Reasons(["the groups overlap"], ["some differences remain"]).sentence()
        'How far to trust it: with care. For it: the groups overlap. Against it: some differences remain.'
        """
        grade = "little" if self.grave else "with care" if self.care else "as far as a study of this kind can be"
        parts = [f"How far to trust it: {grade}."]
        parts += [f"For it: {listed(self.good)}."] if self.good else []
        parts += [f"Against it: {listed([*self.grave, *self.care])}."] if self.grave or self.care else []
        return " ".join(parts)


def trust(release: Release, outcome: Outcome) -> str:
    """Return how far to trust a paper's primary answer. It holds no number of people."""
    reasons = Reasons()
    if outcome.design == "randomised":
        reasons.good.append("people were put into the groups by lot")
    else:
        _on_likeness(release, reasons)
    placebos = [one.differs for one in release.placebos if one.differs is not None]
    if any(placebos):
        reasons.grave.append("a placebo, which the scheme cannot have changed, differs too")
    elif placebos:
        reasons.good.append("the placebos show no difference")
    _on_hidden_bias(release, outcome, reasons)
    if outcome.areas is not None:
        areas = outcome.areas.treated + outcome.areas.comparison
        (reasons.care if areas < FEW_AREAS else reasons.good).append(f"it rests on {areas} areas")
    if release.links is not None:
        checked = release.links.judged
        words = (
            "its interval allows for doubtful links between records"
            if checked
            else "nobody has checked how its records were linked"
        )
        (reasons.good if checked else reasons.care).append(words)
    if release.protocol.status != "locked":
        reasons.care.append("its plan was not fixed before outcomes were seen")
    if release.estimand.treated_dropped not in (0, None):
        reasons.care.append("some people of the scheme are not in it")
    return reasons.sentence()


def _on_likeness(release: Release, reasons: Reasons) -> None:
    if release.overlap is not None:
        if release.overlap.failed:
            reasons.grave.append("the groups are too unlike to be compared")
        else:
            reasons.good.append("people like those of the scheme were found outside it")
    if release.withheld_out_of_balance or any(row.band == "red" for row in release.balance):
        reasons.care.append("the groups still differ in something that was recorded")
    elif release.balance:
        reasons.good.append("the groups are alike in what was recorded")


def _on_hidden_bias(release: Release, outcome: Outcome, reasons: Reasons) -> None:
    bias = release.hidden_bias
    if bias is None or not finds_effect(outcome.verdict):
        return
    measures = [value for value in (bias.gamma, bias.e_value_limit) if isinstance(value, Decimal)]
    if measures and min(measures) < WEAK_FACTOR:
        reasons.care.append("a weak factor that nobody recorded could undo it")
    elif measures:
        reasons.good.append("only a marked factor that nobody recorded could undo it")
