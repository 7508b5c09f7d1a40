"""What something unmeasured would have had to do to undo the answer: Rosenbaum's gamma and the E-value."""

from dataclasses import replace

from whatworks.evaluation.result import doubts
from whatworks.papers.disclosure.published import Disclosure, Published
from whatworks.papers.evaluation.columns import Line
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection

LIMIT = "The same for the end of the interval that is nearer to no effect; 1 where the interval includes no effect."
NEITHER = "Neither says that there is such a factor. Neither alters the verdict."
WITHHELD = "Withheld with the figures that it follows from."


class HiddenBias(Published, of=doubts.HiddenBias):
    """What hidden bias the primary answer could bear; sentences are empty where the figures are withheld."""


def guard(_: ResultSection, row: doubts.HiddenBias, at: int, proposal: Proposal) -> HiddenBias | None:
    """Publish what hidden bias the answer could bear. Both figures follow from the outcome's, so they go where it goes.

    Gamma follows from the number of pairs that fared alike: where any of the four kinds of pair is few, it is withheld.
    """
    outcome = next((one for one in proposal.published["outcomes"] if one.name == row.outcome), None)
    if outcome is None:
        return None
    withheld = outcome.withheld or "c" in (outcome.treated.n, outcome.comparison.n if outcome.comparison else None)
    few = withheld or any(proposal.small(cell) for cell in row.pairs or ())
    own = HiddenBias.of(row, Disclosure(proposal.minimum, few), outcome=outcome.label)
    rest = HiddenBias.of(row, Disclosure(proposal.minimum, withheld), outcome=outcome.label)
    return rest.model_copy(update={"gamma": own.gamma, "gamma_sentence": own.gamma_sentence})


def measures(release: PublishedResult) -> list[Line]:
    """Return the measures that there are: name, value, meaning."""
    found = release.hidden_bias
    if found is None:
        return []
    rows = (
        ("Rosenbaum's gamma", found.gamma, found.gamma_sentence),
        ("E-value of the estimate", found.e_value, found.e_value_sentence),
        ("E-value of the interval", found.e_value_limit, LIMIT if found.e_value_sentence else ""),
    )
    return [Line(found.outcome, name, None, value, note=message) for name, value, message in rows if value is not None]


HIDDEN_BIAS = ResultSection(
    name="hidden_bias",
    rows=lambda result: (result.hidden_bias,) if result.hidden_bias and result.protocol.causal else (),
    published=HiddenBias,
    guard=guard,
    single=True,
    lines=measures,
    title=lambda release: f"What an unmeasured factor would have to do: {release.hidden_bias.outcome}",
    sheet_title="What an unmeasured factor would have to do",
    columns=lambda _: (
        Column("Outcome", "label", page=False),
        Column("Measure", "name", 2.0, numeric=False),
        Column("Value", "difference", 0.8),
        Column("What it means", "note", 5.2, lambda line: line.note or WITHHELD, numeric=False),
    ),
    words=lambda _, table: [replace(table, notes=(NEITHER,))],
)
