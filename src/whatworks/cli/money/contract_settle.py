"""`whatworks contract settle`, `check` and `terms`: what a contract pays, and where it breaks common sense."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.money.working import WorkingOption, check_working, minimum_count, write_working
from whatworks.cli.options import JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper

if TYPE_CHECKING:
    from whatworks.money.contracts.settlement import Settlement
    from whatworks.papers.money.other_papers import OtherPapers

TermsArgument = Annotated[str, typer.Argument(metavar="TERMS", help="A TOML file, or a ready-made contract's name.")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="State one term, as in payment.share=half.")
]
FiguresOption = Annotated[
    Path | None, typer.Option("--figures", help="A TOML file of terms laid over the contract's own.")
]


def terms(
    name: Annotated[str | None, typer.Argument(help="A ready-made contract; without one, all are listed.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of terms.")] = False,
) -> None:
    """List the ready-made contracts, or print one, to be copied and filled in."""
    import json

    from whatworks.money.contracts.load import gaps, ready_made, terms_path
    from whatworks.money.contracts.terms import terms_schema
    from whatworks.records.toml_file import read_toml

    if schema:
        typer.echo(json.dumps(terms_schema(), indent=2, ensure_ascii=False))
        return
    if name is not None:
        typer.echo(terms_path(name).read_text(encoding="utf-8"), nl=False)
        return
    for one in ready_made():
        content = read_toml(terms_path(one))
        open_ = len(list(gaps(content)))
        typer.echo(f"{one}: {content['name']} ({open_} figure{'' if open_ == 1 else 's'} to state)")


@with_paper()
def settle(
    terms: TermsArgument,
    outcomes: Annotated[Path, typer.Option(help="The counts: payee, metric, period, count (docs/money.md).")],
    figures: FiguresOption = None,
    set_: SetOption = None,
    leaves: Annotated[list[str] | None, typer.Option(help="A payee who uses the break clause.")] = None,
    evaluation: Annotated[
        list[Path] | None, typer.Option(help="The result.json of an evaluation of the same people.")
    ] = None,
    working: WorkingOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Work out every payment of a contract, line by line, to the penny.

    The screen and the paper withhold small counts, and payments that would give them back, alone or together with
    earlier papers and with an evaluation of the same people. The exact figures stand in --working and --json, which are
    restricted. The paper's day is by default the last day measured.
    """
    from whatworks.money.contracts.answer import settlement_json
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.outcome_file import read_outcomes
    from whatworks.money.contracts.settling import settle as settled
    from whatworks.papers.money.settlement import settlement_answer

    paper.check()
    check_working(working, paper.out)
    minimum = minimum_count()
    agreed = load_terms(terms, set_ or (), figures)
    counted = read_outcomes(outcomes)
    for note in counted.notes:
        typer.echo(f"Note: {note}", err=True)
    found = settled(agreed, counted, leaves or ())
    write_working(working, settlement_json(found), err=json)
    others = _other_papers(evaluation or [])
    answer = settlement_answer(found, minimum, others)
    if paper.out is not None:
        _remember(found, minimum, others)
    show(answer, paper, json)


def _other_papers(evaluations: list[Path]) -> "OtherPapers":
    """Return what earlier settlements told, by the user's book, and what evaluations of the same people did."""
    from whatworks.evaluation.whole import read_result
    from whatworks.papers.money.other_papers import OtherPapers, earlier_counts, people_of
    from whatworks.records.audit.file_book import FileBook

    people = frozenset(number for path in evaluations for number in people_of(read_result(path)))
    return OtherPapers(earlier_counts(FileBook.of_user()), people)


def _remember(found: "Settlement", minimum: int, others: "OtherPapers") -> None:
    """Keep in the user's book what the paper tells, before it stands anywhere."""
    from datetime import date

    from whatworks.papers.money.other_papers import remember_settlement
    from whatworks.papers.money.settlement_clearance import clear_settlement
    from whatworks.records.audit.file_book import FileBook

    remember_settlement(FileBook.of_user(), clear_settlement(found, minimum, others), date.today().isoformat())


@with_paper()
def check(
    terms: TermsArgument,
    figures: FiguresOption = None,
    set_: SetOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Search a contract for what its makers would not have meant, such as a larger fall that pays less.

    Made-up results are settled by the hundred thousand and compared; what is found can be settled again. The paper's
    day is by default the last day of the contract.
    """
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.searching import findings
    from whatworks.papers.money.contract_check import check_answer

    paper.check()
    contract = load_terms(terms, set_ or (), figures)
    show(check_answer(contract, findings(contract)), paper, json)
