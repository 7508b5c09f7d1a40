"""How far the answer moves when the analysis is done otherwise: each way is of other people than the outcome itself."""

from whatworks.evaluation.result import Kind, doubts
from whatworks.papers.disclosure.other_samples import other_way
from whatworks.papers.disclosure.published import Disclosure, Effect
from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.evaluation.columns import RANGES, effect, first_upper
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection


class Sensitivity(Effect, of=doubts.Sensitivity):
    """One way in which an answer could be wrong, and how far it moves; `name` says which, `note` what it means."""

    kind: Kind


def guard(_: ResultSection, row: doubts.Sensitivity, at: int, proposal: Proposal) -> Sensitivity:
    """Withhold a way with the outcome that it is about, or where its own people are few.

    Shares are in whole points where its number of people lies near one shown.
    """
    outcome = next((one for one in proposal.result.outcomes if one.name == row.outcome), None)
    kind = outcome.kind if outcome else "score"
    way = other_way((row.treated, row.comparison), kind, proposal.people, keep=False)
    withheld = row.outcome in proposal.hidden or (way.withheld and row.difference is not None)
    how = Disclosure(proposal.result.minimum_count, withheld, scale=way.scale)
    return Sensitivity.of(row, how, outcome=outcome.label if outcome else row.outcome, kind=kind)


SENSITIVITY = ResultSection(
    name="sensitivity",
    rows=lambda result: result.sensitivity if result.protocol.causal else (),
    published=Sensitivity,
    guard=guard,
    title="The answer when the analysis is done otherwise",
    sheet_title="The answer when the analysis is done otherwise",
    columns=lambda _: (
        Column("Way", lambda row: first_upper(row.name), 2.2, numeric=False),
        Column("Outcome", "outcome", 2.0, numeric=False),
        Column("Unit", lambda row: SCALES[row.kind].difference_unit, page=False),
        *effect(1.9),
        Column(
            "Unit", words=lambda row: SCALES[row.kind].difference_unit or "–", width=1.3, sheet=False, numeric=False
        ),
        Column("What it means", "note", 2.6, lambda row: row.note or "–", numeric=False),
    ),
    notes=lambda _: (RANGES,),
)
