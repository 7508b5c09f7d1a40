"""`whatworks money cost-per-outcome`: join a cost to an evaluation's result."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption, read_amount
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper

if TYPE_CHECKING:
    from whatworks.money.unit_costs.edition import UnitCost


@with_paper("out", "forms", "as_at", "prepared_for")
def cost_per_outcome(
    result: Annotated[Path, typer.Option(help="The evaluation's result.json.")],
    cost: Annotated[str, typer.Option(help="What the scheme cost, in pounds, as 5,560,000.")],
    prices: Annotated[str, typer.Option(help='The cost\'s price base: "cash", or the price year, as 2008/09.')],
    outcome: Annotated[str | None, typer.Option(help="The outcome's name; the primary one by default.")] = None,
    rise: Annotated[bool, typer.Option("--rise", help="The outcome's rise is the success, not its fall.")] = False,
    people: Annotated[int | None, typer.Option(help="How many the cost was for; by default those submitted.")] = None,
    places: Annotated[int | None, typer.Option(help="How many places (wards, sites) it was for.")] = None,
    posts: Annotated[str | None, typer.Option(help="How many posts it paid, as 12.5.")] = None,
    cost_error: Annotated[
        str, typer.Option(help="The standard error of the cost, in pounds; 0 where it is known.")
    ] = "0",
    unit_costs: Annotated[Path | None, typer.Option(help="Unit costs, CSV or Excel (docs/money.md).")] = None,
    item: Annotated[
        list[str] | None, typer.Option(help="What one avoided is worth: an item of the unit costs.")
    ] = None,
    edition: Annotated[str | None, typer.Option(help="The edition of the unit costs.")] = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say what a scheme cost for each person, place, post, and each reoffence avoided, with Fieller's interval.

    There is no upper limit where the effect's interval includes zero. Cashable and economic worth stand apart. The
    JSON is unrounded and stays inside the partnership, like the result that it is drawn from.
    """
    from whatworks.evaluation.whole import read_result
    from whatworks.money.amount import Money
    from whatworks.money.plain import plain
    from whatworks.money.unit_costs import outcome_cost
    from whatworks.money.unit_costs.per_outcome import Spent
    from whatworks.papers.money.cost_per_outcome import outcome_cost_answer

    paper.check()
    evaluated = read_result(result)
    spent = Spent(
        cost=Money(read_amount(cost, "cost"), prices),
        people=people,
        places=places,
        posts=None if posts is None else read_amount(posts, "posts"),
        se=float(read_amount(cost_error, "cost error")),
    )
    worth = _worth(unit_costs, item or [], edition)
    found = outcome_cost(evaluated, spent, outcome=outcome, rise=rise, unit_costs=worth)
    if json and paper.out is None:  # restricted: it holds what the paper would withhold
        print_json({"disclosure": "restricted", **plain(found)})
        return
    show(outcome_cost_answer(found, evaluated), paper, json)


def _worth(path: Path | None, items: list[str], edition: str | None) -> "tuple[UnitCost, ...]":
    if path is None:
        if items or edition:
            from whatworks.records.refusal import Refused

            raise Refused("--item and --edition have no use without --unit-costs", "name the file of unit costs")
        return ()
    from whatworks.money.unit_costs import load_unit_costs, one_edition

    costs = load_unit_costs(path)
    return one_edition(costs, items or [one.item for one in costs], edition)
