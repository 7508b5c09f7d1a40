"""`whatworks recharge`: bill boroughs for a shared service, by every model side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import note, print_json
from whatworks.cli.money.working import RESTRICTED, WorkingOption, check_working, minimum_count, write_working
from whatworks.cli.options import JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper

if TYPE_CHECKING:
    from whatworks.money.recharge.recharge import Recharge
    from whatworks.money.recharge.referrals import Call
    from whatworks.papers.answer import Answer


@with_paper()
def recharge(
    terms: Annotated[Path, typer.Argument(help="The terms, a TOML file (docs/money.md).")],
    usage: Annotated[Path, typer.Option(help="Who placed families with whom, for how many nights: CSV, Excel or ODS.")],
    year: Annotated[str | None, typer.Option(help="The year to bill, as 2010/11; by default the terms' last.")] = None,
    business_case: Annotated[
        bool, typer.Option("--business-case", help="Demand, supply and options too, as a business case.")
    ] = False,
    referrals: Annotated[Path | None, typer.Option(help="Calls for families, for the business case's demand.")] = None,
    working: WorkingOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Bill boroughs for a shared service by every model, to the penny, and say who would do better to leave.

    Also what the year before would have been, how bills move, what each model rewards, and what each borough would pay
    alone. The screen and the paper even out the nights of boroughs with few families; the exact bills stand in
    --working and --json, which are restricted.
    """
    from whatworks.money.recharge.document import document
    from whatworks.money.recharge.reading import read_inputs
    from whatworks.money.recharge.recharge import recharge as bill
    from whatworks.papers.money.recharge import recharge_answer
    from whatworks.papers.money.recharge_clearance import evened

    if referrals is not None and not business_case:
        from whatworks.records.refusal import Refused

        raise Refused("--referrals has no use without --business-case", "add --business-case, or leave it out")
    paper.check()
    check_working(working, paper.out)
    inputs = read_inputs(terms, usage, referrals, standard=business_case)
    for one in inputs.notes:
        note(f"Note: {one}")
    exact, minimum = document(bill(inputs.terms, inputs.placements, year)), minimum_count()
    write_working(working, exact, err=True)
    if json and paper.out is None and not business_case:
        print_json(RESTRICTED | exact | {"written": []})
        return
    allowed = evened(inputs.terms, inputs.placements, minimum)
    shown = bill(allowed.terms, allowed.placements, year)
    answer = recharge_answer(shown, allowed.notice)
    if business_case:
        answer = _case(shown, inputs.calls, allowed.notice, minimum)
    if json:
        written = paper.write(answer)
        case = {"business_case": answer.figures} if business_case else {}
        print_json(RESTRICTED | exact | case | {"written": [str(path) for path in written]})
        return
    show(answer, paper, json)


def _case(answer: "Recharge", calls: "tuple[Call, ...] | None", notice: str, minimum: int) -> "Answer":
    from whatworks.money.recharge.business_case import business_case
    from whatworks.money.recharge.referrals import demand
    from whatworks.papers.money.business_case import business_case_answer

    year = next(one for one in answer.terms.years if one.year == answer.year)
    case = business_case(answer, None if calls is None else demand(calls, answer.terms, year))
    return business_case_answer(case, notice, minimum)
