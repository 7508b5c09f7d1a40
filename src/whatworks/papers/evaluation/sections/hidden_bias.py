"""What something unmeasured, or outcomes that nobody knows, would have had to do to undo the answer."""

from decimal import Decimal

from whatworks.papers.evaluation.release import Bounds, Outcome, Release
from whatworks.papers.evaluation.release_doubts import HiddenBias
from whatworks.papers.evaluation.sections.verdicts import difference_unit
from whatworks.papers.paper import Block, Table
from whatworks.papers.words import text

GROUPS = {"treated": "scheme group", "comparison": "comparison group"}


def hidden_bias(release: Release) -> list[Block]:
    """Return the table of what hidden bias the primary answer could bear."""
    found = release.hidden_bias
    if found is None:
        return []
    rows = tuple(
        (name, text(value), said or "Withheld with the figures that it follows from.")
        for name, value, said in measures(found)
    )
    return [
        Table(
            name="hidden-bias",
            title=f"What an unmeasured factor would have to do: {found.outcome}",
            columns=("Measure", "Value", "What it means"),
            rows=rows,
            numeric=(False, True, False),
            widths=(2.0, 0.8, 5.2),
            notes=("Neither says that there is such a factor. Neither alters the verdict.",),
        )
    ]


def measures(found: HiddenBias) -> list[tuple[str, Decimal | str, str]]:
    """Return the measures that there are: name, value, meaning."""
    rows: list[tuple[str, Decimal | str | None, str]] = [
        ("Rosenbaum's gamma", found.gamma, found.gamma_sentence),
        ("E-value of the estimate", found.e_value, found.e_value_sentence),
        ("E-value of the interval", found.e_value_limit, LIMIT if found.e_value_sentence else ""),
    ]
    return [(name, value, said) for name, value, said in rows if value is not None]


LIMIT = "The same for the end of the interval that is nearer to no effect; 1 where the interval includes no effect."


def tipping(outcome: Outcome, bounds: Bounds) -> str:
    """Return how the unknown would have had to fare for the verdict to be lost, and Lee's bounds."""
    said = ""
    if bounds.tipping_group is not None and isinstance(bounds.tipping_share, Decimal):
        group = GROUPS[bounds.tipping_group]
        if 0 <= bounds.tipping_share <= 100:
            own = outcome.treated if bounds.tipping_group == "treated" else outcome.comparison
            known = f", against {text(own.value)}% of those known" if own and isinstance(own.value, Decimal) else ""
            said += (
                f" If the unknown of the other group fared as its known, the verdict would be lost once "
                f"{text(bounds.tipping_share)}% of the unknown in the {group} had this outcome{known}."
            )
        else:
            said += (
                f" If the unknown of the other group fared as its known, nothing that became of the unknown in the "
                f"{group} could undo the verdict."
            )
    if isinstance(bounds.lee_low, Decimal) and isinstance(bounds.lee_high, Decimal):
        said += (
            f" Lee's bounds for outcomes lost in both groups are {text(bounds.lee_low)} to {text(bounds.lee_high)} "
            f"{difference_unit(outcome)}. {bounds.lee_sentence}"
        )
    return said
