"""How far the answer may be trusted, in one line with its reasons, and what would help."""

from dataclasses import dataclass, field
from decimal import Decimal

from whatworks.papers.disclosure.rounding import written
from whatworks.papers.evaluation.members.verdict_words import too_unlike
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.outcomes import Outcome
from whatworks.papers.evaluation.sections.power import needed
from whatworks.papers.evaluation.sections.verdicts import UNTOLD
from whatworks.records.listing import listed
from whatworks.statistics.verdict import finds_effect

WEAK_FACTOR = Decimal("1.25")
"""An E-value of the interval, or a gamma, below this: a factor that few would notice could undo the finding."""
FEW_AREAS = 10
MOST_LOST = Decimal("0.2")
"""Beyond this share of the scheme's people lost on the way, members are told (What Works Clearinghouse: high loss)."""
MOST_NAMED = 3


@dataclass(slots=True)
class Reasons:
    """What speaks for an answer; what asks for care; what speaks against resting anything on it; what would help."""

    good: list[str] = field(default_factory=list)
    care: list[str] = field(default_factory=list)
    grave: list[str] = field(default_factory=list)
    help: list[str] = field(default_factory=list)

    @property
    def grade(self) -> str:
        """How far to trust the answer, in a word or two.

        >>> Reasons(["the groups overlap"], ["some differences remain"]).grade
        'with care'
        """
        return "little" if self.grave else "with care" if self.care else "as far as a study of this kind can be trusted"

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the grade, what is for the answer and what against it, each with its name."""
        return _sentences(
            ("How far", self.grade),
            ("For it", "; ".join(self.good)),
            ("Against it", "; ".join([*self.grave, *self.care])),
            ("What would help", " ".join(self.help)),
        )

    def why_not(self) -> tuple[tuple[str, str], ...]:
        """Return why there is no answer, and what would help to one."""
        return _sentences(("Why", "; ".join([*self.grave, *self.care])), ("What would help", " ".join(self.help)))


def reasons(release: PublishedResult, outcome: Outcome | None) -> Reasons:
    """Return how far to trust a paper's primary answer, and why. No number of people is in it that the annex withholds.

    Looked at are overlap, balance, placebos, hidden bias, areas, people lost, links and the plan.
    """
    found = Reasons()
    if outcome is not None and outcome.design == "randomised":
        found.good.append("people were put into the groups by chance")
    else:
        _on_likeness(release, outcome, found)
    if too_unlike(release) or outcome is None or not release.protocol.causal:
        return found
    _on_placebos(release, found)
    _on_hidden_bias(release, outcome, found)
    _on_areas(outcome, found)
    _on_people(release, found)
    _on_links(release, found)
    _on_plan(release, found)
    if outcome.verdict in UNTOLD:
        more = needed(outcome)
        about = f", about {written(more)} {_who(outcome)}" if isinstance(more, int) else ""
        found.help.append(f"Measure again with more {UNTOLD[outcome.verdict]}{about}.")
    return found


def _sentences(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"{words[:1].upper()}{words[1:].rstrip('.')}.") for name, words in rows if words)


def _who(outcome: Outcome) -> str:
    return "on each side" if outcome.areas else "in the scheme"


def _on_likeness(release: PublishedResult, outcome: Outcome | None, found: Reasons) -> None:
    failed = release.overlap is not None and release.overlap.failed
    if failed:
        found.grave.append("too few people outside the scheme are like those in it")
        found.help.append("Look for people to compare with in more places, or over more years.")
    elif release.overlap is not None:
        found.good.append("people like those in the scheme were found outside it")
    red = list(dict.fromkeys(row.covariate for row in release.balance if row.band == "red"))
    if red or release.withheld_out_of_balance:
        names = f": {listed([*red[:MOST_NAMED], *(['more'] if red[MOST_NAMED:] else [])])}" if red else ""
        goes = ", which goes with this outcome" if outcome is not None and outcome.red_goes_with_it else ""
        words = f"the groups still differ in what was recorded{names}{goes}"
        (found.grave if too_unlike(release) else found.care).append(words)
        found.help.append("Choose a way of comparing that leaves the groups alike, or look among more people.")
    elif release.balance and not too_unlike(release):
        found.good.append("the groups are alike in what was recorded")


def _on_placebos(release: PublishedResult, found: Reasons) -> None:
    differs = [one.differs for one in release.placebos if one.differs is not None]
    if any(differs):
        found.grave.append("the groups also differ in something that the scheme cannot have changed")
        found.help.append("Find out what set the groups apart before the scheme began.")
    elif differs:
        found.good.append("the groups do not differ in things that the scheme cannot have changed")


def _on_hidden_bias(release: PublishedResult, outcome: Outcome, found: Reasons) -> None:
    bias = release.hidden_bias
    if bias is None or not finds_effect(outcome.verdict):
        return
    measures = [value for value in (bias.gamma, bias.e_value_limit) if isinstance(value, Decimal)]
    if measures and min(measures) < WEAK_FACTOR:
        found.care.append("a small hidden difference between the groups could undo it")
    elif measures:
        found.good.append("only a marked hidden difference between the groups could undo it")


def _on_areas(outcome: Outcome, found: Reasons) -> None:
    if outcome.areas is None:
        return
    areas = outcome.areas.treated + outcome.areas.comparison
    (found.care if areas < FEW_AREAS else found.good).append(f"it rests on {areas} areas")


def _on_people(release: PublishedResult, found: Reasons) -> None:
    """Say how many of the scheme's people are in the answer, where both counts are shown, and many are lost."""
    first = release.attrition[0].treated if release.attrition else None
    analysed = release.n.treated
    if isinstance(first, int) and isinstance(analysed, int) and first - analysed > MOST_LOST * first:
        found.care.append(f"it covers {written(analysed)} of the {written(first)} people in the scheme")
    elif release.estimand.treated_dropped not in (0, None):
        found.care.append("some people in the scheme are not in it, since nobody like them was found")


def _on_links(release: PublishedResult, found: Reasons) -> None:
    if release.links is None:
        return
    if release.links.judged:
        found.good.append("the likely range allows for doubt about whose records are whose")
    else:
        found.care.append("nobody has checked whose records are whose")
        found.help.append("Have a sample of the joined records checked.")


def _on_plan(release: PublishedResult, found: Reasons) -> None:
    if release.protocol.status != "locked":
        found.care.append("its plan was not fixed before results were seen")
