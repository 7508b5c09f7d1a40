"""The same answers as ratios: how many times as many people, odds, offences; how many times as fast."""

from whatworks.papers.evaluation.release import Outcome
from whatworks.papers.evaluation.sections.verdicts import estimate
from whatworks.papers.paper import Table
from whatworks.papers.words import withheld_note

MEANING = {
    "risk ratio": "How many times as many people",
    "odds ratio": "How many times the odds",
    "rate ratio": "How many times as many a person",
    "hazard ratio": "How many times as fast, of those still free",
}


def ratio_table(outcomes: list[Outcome]) -> Table | None:
    """Return the ratios of the outcomes that have any."""
    rows = [
        (
            outcome.label,
            found.name[:1].upper() + found.name[1:],
            estimate(found.value, found.ci_low, found.ci_high),
            MEANING.get(found.name, "–"),
        )
        for outcome in outcomes
        for found in outcome.ratios
    ]
    if not rows:
        return None
    return Table(
        name="ratios",
        title="The same as ratios",
        columns=("Outcome", "Ratio", "Scheme over comparison", "What it says"),
        rows=tuple(rows),
        numeric=(False, False, True, False),
        widths=(2.8, 1.4, 2.2, 3.0),
        notes=(
            "Ranges in brackets are 95% intervals. A ratio of 1 is no difference, and one below 1 means less in the "
            "scheme group. Verdicts rest on the differences; ratios decide none.",
            *withheld_note(rows),
        ),
    )
