"""`whatworks contract settle`, `check` and `terms`: what a contract pays, and where it breaks common sense."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import View, note
from whatworks.cli.answering import answering, saying
from whatworks.cli.money.working import WorkingOption, check_working, minimum_count, write_working
from whatworks.cli.options import OR_FILE, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper

if TYPE_CHECKING:
    from whatworks.money.contracts.settlement import Settlement
    from whatworks.papers.answer import Answer
    from whatworks.papers.money.other_papers import OtherPapers


def _ready_made() -> list[str]:
    from whatworks.money.contracts.load import ready_made

    return list(ready_made())


TermsArgument = Annotated[
    str,
    typer.Argument(metavar="TERMS", help="A TOML file, or a ready-made contract's name.", autocompletion=_ready_made),
    OR_FILE,
]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="State one term, as in payment.share=half.")
]
FiguresOption = Annotated[
    Path | None, typer.Option("--figures", help="A TOML file of terms laid over the contract's own.")
]


@saying()
def terms(
    name: Annotated[str | None, typer.Argument(help="A ready-made contract; without one, all are listed.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of terms.")] = False,
) -> View:
    """List the ready-made contracts, or print one, to be copied and filled in."""
    import json

    from whatworks.money.contracts.load import gaps, ready_made, ready_made_path
    from whatworks.money.contracts.terms import terms_schema
    from whatworks.records.showing.counted import counted
    from whatworks.records.toml_file import read_toml

    if schema:
        return View(terms_schema(), json.dumps(terms_schema(), indent=2, ensure_ascii=False).splitlines())
    if name is not None:
        path = ready_made_path(name)
        return View(read_toml(path), path.read_text(encoding="utf-8").splitlines())
    ready = {one: read_toml(ready_made_path(one)) for one in ready_made()}
    to_state = {one: counted(len(list(gaps(content))), "figure") for one, content in ready.items()}
    return View(ready, [f"{one}: {content['name']} ({to_state[one]} to state)" for one, content in ready.items()])


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
    for one in counted.notes:
        note(f"Note: {one}")
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


@answering
def check(terms: TermsArgument, figures: FiguresOption = None, set_: SetOption = None) -> "Answer":
    """Search a contract for what its makers would not have meant, such as a larger fall that pays less.

    Made-up results are settled by the hundred thousand and compared; what is found can be settled again. The paper's
    day is by default the last day of the contract.
    """
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.searching import findings
    from whatworks.papers.money.contract_check import check_answer

    contract = load_terms(terms, set_ or (), figures)
    return check_answer(contract, findings(contract))
