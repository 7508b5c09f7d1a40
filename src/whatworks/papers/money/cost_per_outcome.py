"""What a scheme cost for each outcome that it bought, within what its evaluation's paper shows."""

from collections.abc import Iterator
from typing import Any

from whatworks.evaluation.result import Result
from whatworks.money.plain import plain
from whatworks.money.unit_costs.interval import RatioInterval
from whatworks.money.unit_costs.per_outcome import OutcomeCost, Worth
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.audit import publish
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.paper import Block, Facts, Paragraph, Section
from whatworks.records.refusal import Fault, Refused

COVERS = {
    True: "more than the whole interval of its cost",
    False: "less than the whole interval of its cost",
    None: "within the interval of its cost: it may pay or not",
}


def outcome_cost_answer(found: OutcomeCost, result: Result) -> Answer:
    """Return what each outcome cost; refused where the evaluation's own paper withholds it, since too few had it."""
    check_release(found, result)
    facts, worth = _facts(found), _worth(found.worth)
    blocks: list[Block] = [
        Paragraph(found.sentence, "verdict"),
        Facts(tuple(facts)),
        Paragraph(
            f"The number avoided is the difference in the outcome, {found.outcome} ({found.estimator}), times the "
            f"{found.people:,} people that the cost was for ({found.people_from}): as if it did for all of them "
            f"what it did for those who were compared. The evaluation is {found.status}; its verdict on this outcome "
            f"is: {found.verdict}."
        ),
        Paragraph(
            "The interval is Fieller's: all costs of one that the evaluation's 95% interval allows"
            + (", with the uncertainty of the cost itself." if found.cost_se else "; the cost is taken as known.")
        ),
        *([worth.on_page()] if worth.rows else []),
    ]
    costs = Rows(
        name="Costs",
        title="What each outcome cost",
        rows=facts,
        columns=(TableColumn("What", lambda fact: fact[0]), TableColumn("Figure", lambda fact: fact[1])),
    )
    return Answer(
        title=f"{found.evaluation}: what each outcome cost",
        sentences=(found.sentence,),
        tables=(costs, worth),
        sections=(Section("cost", "What each outcome cost", tuple(blocks)),),
        screen=tuple(_screen(found, facts, worth)),
        figures=_figures(found),
        restricted={"disclosure": "restricted", **plain(found)},
        notice="Cashable and economic worth are different kinds of money and are not added together.",
        as_at=result.data.as_at,
    )


def _screen(found: OutcomeCost, facts: list[tuple[str, str]], worth: Rows[Worth]) -> Iterator[str | Rows[Any]]:
    width = max(len(name) for name, _ in facts)
    yield found.sentence
    yield from (f"  {name:<{width}}  {value}" for name, value in facts)
    yield f"  {'People':<{width}}  {found.people:,} ({found.people_from})"
    yield worth
    yield f"The evaluation is {found.status}; its verdict: {found.verdict}."


def _figures(found: OutcomeCost) -> dict[str, Any]:
    """Return what `summary.json` holds: rounded."""
    document: dict[str, Any] = plain(found)
    for name in ("avoided", "avoided_low", "avoided_high"):
        document[name] = int(half_away(getattr(found, name), 0))
    document["ratio"] = {
        name: None if getattr(found.ratio, name) is None else int(half_away(getattr(found.ratio, name), 0))
        for name in ("value", "low", "high")
    } | {"bounds": found.ratio.bounds}
    for name in ("per_person", "per_place", "per_post"):
        value = getattr(found, name)
        document[name] = None if value is None else f"{value:.0f}"
    return document


def check_release(found: OutcomeCost, result: Result) -> None:
    """Refuse an outcome whose difference the evaluation's own paper withholds."""
    release = publish(result)
    _check_people(found.people, release, result.minimum_count)
    if found.people_from != "as given" and release.attrition and release.attrition[0].treated == "c":
        remedy = "give --people, as it may be known outside"
        raise Refused(Fault("is withheld in the evaluation's paper", remedy, field="people"))
    check_shown(release, found.outcome, "use --json inside the partnership only, or another outcome")


def check_shown(release: PublishedResult, outcome: str, remedy: str) -> None:
    """Refuse an outcome whose difference is withheld."""
    released = next((one for one in release.outcomes if one.label == outcome), None)
    if released is None or released.withheld or released.effect.difference in (None, "c"):
        problem = "is withheld in the evaluation's paper, since too few people had it"
        raise Refused(Fault(problem, remedy, field="outcome", value=outcome))


def _check_people(people: int, release: PublishedResult, minimum: int) -> None:
    """Refuse a cost for a handful, or for so few more or fewer than the evaluation's paper shows."""
    nested = Nested(minimum)
    nested.shown = {step.treated for step in release.attrition if isinstance(step.treated, int)}
    if not nested.allows(people):
        problem = "is too small a number of people, or too near to one in the evaluation's paper"
        raise Refused(Fault(problem, "use --json, which stays inside the partnership", field="people"))


def limits(ratio: RatioInterval) -> str:
    """Return a ratio's 95% limits in words.

    >>> limits(RatioInterval(10000.0, 5000.0, None, "no upper limit"))
    '£5,000, no upper limit'
    """
    if ratio.low is None:
        return ratio.bounds
    return f"£{ratio.low:,.0f}, no upper limit" if ratio.high is None else f"£{ratio.low:,.0f} to £{ratio.high:,.0f}"


def _facts(found: OutcomeCost) -> list[tuple[str, str]]:
    facts = [
        ("Cost", f"£{found.cost.pounds:,.0f}, prices: {found.cost.prices}"),
        ("For each person", f"£{found.per_person:,.0f}"),
    ]
    if found.per_place is not None:
        facts.append(("For each place", f"£{found.per_place:,.0f}"))
    if found.per_post is not None:
        facts.append(("For each post", f"£{found.per_post:,.0f}"))
    best = "none on the best estimate" if found.ratio.value is None else f"£{found.ratio.value:,.0f}"
    span = f"{half_away(found.avoided_low, 0):,} to {half_away(found.avoided_high, 0):,}".replace("-", "−")
    facts += [
        ("Avoided, best estimate", f"{half_away(found.avoided, 0):,}".replace("-", "−")),
        ("Avoided, 95% interval", span),
        ("For each one avoided", best),
        ("95% interval", limits(found.ratio)),
    ]
    return facts


def _worth(worth: tuple[Worth, ...]) -> Rows[Worth]:
    return Rows(
        name="worth",
        title="What one avoided is worth, each kind by itself",
        rows=sorted(worth, key=lambda one: (one.kind, one.item)),
        columns=(
            TableColumn("Of what", lambda one: one.item, width=1.4),
            TableColumn("Kind", lambda one: one.kind, width=0.9),
            TableColumn(
                "Worth of one", lambda one: one.pounds, lambda pounds: f"£{pounds:,.0f}", numeric=True, width=0.9
            ),
            TableColumn("Prices", lambda one: one.prices, width=0.8),
            TableColumn("Edition", lambda one: one.edition, width=1.8),
            TableColumn("Against the cost of avoiding one", lambda one: COVERS[one.covers_cost], width=2.4, sheet=()),
        ),
        notes=("Average cost is not cashable cost: what a body can stop spending is a question for that body.",),
        sheet=("Worth", "What one avoided is worth"),
    )
