"""`whatworks recharge`: bill boroughs for a shared service, by every model side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.money.working import RESTRICTED, WorkingOption, check_working, minimum_count, write_working
from whatworks.cli.options import JsonOption

if TYPE_CHECKING:
    from whatworks.money.recharge.business_case import BusinessCase
    from whatworks.money.recharge.recharge import Recharge
    from whatworks.papers.paper import Paper


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("recharge")(recharge)


def recharge(
    terms: Annotated[Path, typer.Argument(help="The terms, a TOML file (docs/money.md).")],
    usage: Annotated[Path, typer.Option(help="Who placed families with whom, for how many nights: CSV, Excel or ODS.")],
    year: Annotated[str | None, typer.Option(help="The year to bill, as 2010/11; by default the terms' last.")] = None,
    business_case: Annotated[
        bool, typer.Option("--business-case", help="Demand, supply and options too, as a business case.")
    ] = False,
    referrals: Annotated[Path | None, typer.Option(help="Calls for families, for the business case's demand.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the paper into this folder.")] = None,
    working: WorkingOption = None,
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
    from whatworks.papers.money.recharge_clearance import evened

    if referrals is not None and not business_case:
        from whatworks.records.refusal import Refused

        raise Refused("--referrals has no use without --business-case", "add --business-case, or leave it out")
    check_working(working, out)
    inputs = read_inputs(terms, usage, referrals, standard=business_case)
    for note in inputs.notes:
        typer.echo(f"Note: {note}", err=True)
    answer, minimum = bill(inputs.terms, inputs.placements, year), minimum_count()
    exact = document(answer)
    write_working(working, exact, err=True)
    if json and out is None and not business_case:
        print_json(RESTRICTED | exact | {"written": []})
        return
    allowed = evened(inputs.terms, inputs.placements, minimum)
    shown = bill(allowed.terms, allowed.placements, year)
    case = _case(shown, inputs.calls) if business_case else None
    paper, figures = _paper(shown, case, allowed.notice, minimum)
    written = _write(paper, figures, out) if out is not None else []
    if json:
        print_json(RESTRICTED | exact | ({"business_case": figures} if case is not None else {}) | {"written": written})
        return
    from whatworks.money.recharge.told import told

    for line in [*told(shown), *([allowed.notice] if allowed.notice else [])]:
        typer.echo(line)
    for path in written:
        typer.echo(f"Wrote {path}", err=True)


def _case(answer: "Recharge", calls: Any) -> "BusinessCase":
    from whatworks.money.recharge.business_case import business_case
    from whatworks.money.recharge.referrals import demand

    year = next(one for one in answer.terms.years if one.year == answer.year)
    return business_case(answer, None if calls is None else demand(calls, answer.terms, year))


def _paper(
    answer: "Recharge", case: "BusinessCase | None", notice: str, minimum: int
) -> "tuple[Paper, dict[str, Any]]":
    from whatworks.papers.money.business_case import business_case_figures, business_case_paper
    from whatworks.papers.money.recharge import recharge_figures, recharge_paper

    if case is None:
        return recharge_paper(answer, notice), recharge_figures(answer)
    return business_case_paper(case, notice, minimum), business_case_figures(case, minimum)


def _write(paper: "Paper", figures: dict[str, Any], out: Path) -> list[str]:
    from whatworks.papers import write_paper

    return [str(path) for path in write_paper(paper, out, figures)]
