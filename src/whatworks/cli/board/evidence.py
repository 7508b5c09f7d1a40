"""`whatworks board evidence`: what to commission, continue, test or stop; and the risks and equality beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board import equality as board_equality
from whatworks.cli.board import messages as board_messages
from whatworks.cli.board import risks as board_risks
from whatworks.cli.board.opening import ByOption, OnOption, OutOption, WhyOption, author, day, say, tell, write_out
from whatworks.cli.board.store import ItemOption, stored
from whatworks.cli.options import FolderOption, JsonOption

if TYPE_CHECKING:
    from whatworks.board.evidence.register import Entered
    from whatworks.board.evidence.standards import Standards
    from whatworks.board.evidence.values import Values

ShortArgument = Annotated[str, typer.Argument(help="The intervention's short name.")]
ValuesOption = Annotated[
    Path | None, typer.Option("--values", help="What outcomes are worth and tests cost, a TOML file (docs/board.md).")
]
StandardsOption = Annotated[
    Path | None, typer.Option("--standards", help="Your own standards of evidence, instead of those that ship.")
]
TextOption = Annotated[str, typer.Option(help="Leave as it is if not given; `none` takes it away.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    evidence = typer.Typer(help="What works: interventions and the evidence for them.", invoke_without_command=True)
    evidence.callback(invoke_without_command=True)(answer)
    for name, command in (("add", add), ("set", change), ("show", show), ("worth", worth)):
        evidence.command(name)(command)
    group.add_typer(evidence, name="evidence")
    board_risks.register(group)
    board_messages.register(group)
    board_equality.register(group)


def answer(
    context: typer.Context,
    values: ValuesOption = None,
    standards: StandardsOption = None,
    on: OnOption = "",
    out: OutOption = None,
    item: ItemOption = "For discussion",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say what to commission, continue, test or stop, who would lose, and what another year's test would be worth."""
    if context.invoked_subcommand is not None:
        return
    from whatworks.board.evidence.advice import advise
    from whatworks.board.evidence.register import read_register
    from whatworks.papers.board.evidence_map import evidence_paper

    held_to, worth_of = _standards(standards), _values(values)
    with stored(partnership, what="the register of interventions", make="board evidence add --file FILE") as place:
        held = read_register(place.connection)
    paper, figures = evidence_paper(
        advise(held, held_to, day(on), worth_of),
        held_to,
        worth_of,
        as_at=day(on),
        minimum=place.minimum_count,
        prepared_for=place.name,
        item=item,
    )
    if out is not None:
        write_out(paper, out, figures, quiet=json)
    if json:
        print_json(figures)
        return
    for one in figures["interventions"]:
        _say(one)
    say(f"{len(held)} interventions." if held else "No intervention has been entered.")


def add(
    by: ByOption,
    file: Annotated[
        Path | None, typer.Option(help="Interventions (TOML), or published studies of them (CSV, Excel).")
    ] = None,
    result: Annotated[Path | None, typer.Option(help="The result.json of an evaluation of your own.")] = None,
    intervention: Annotated[str, typer.Option("--of", help="The intervention that the result is about.")] = "",
    maryland: Annotated[
        int | None, typer.Option(min=1, max=5, help="Another level than the design's; say --why.")
    ] = None,
    differs: Annotated[str, typer.Option(help="What differs between where it was studied and here.")] = "",
    caveats: Annotated[str, typer.Option(help="What else has to be said with it.")] = "",
    higher_is_better: Annotated[list[str] | None, typer.Option(help="An outcome of which more is wanted.")] = None,
    standards: StandardsOption = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter interventions and published studies from a file, or a result of your own; what stood before is kept."""
    from hashlib import sha256

    from whatworks.board.evidence import register as kept
    from whatworks.board.evidence.entry import read_entries, read_studies
    from whatworks.board.evidence.own import Told
    from whatworks.evaluation.whole import read_result

    _check_add(file, result, intervention, maryland, why)
    who, held_to = author(by, on, why), _standards(standards)
    with stored(partnership, making=True) as place:
        if result is not None:
            found = read_result(result)
            digest = sha256(result.read_bytes()).hexdigest()
            told = Told(result, digest, maryland, differs or None, caveats or None, tuple(higher_is_better or ()))
            done = kept.add_result(place.connection, found, intervention, told, who, held_to)
        elif file is not None and file.suffix.lower() == ".toml":
            done = kept.add_file(place.connection, read_entries(file), who, held_to)
        elif file is not None:
            done = kept.add_studies(place.connection, read_studies(file), who, held_to)
    _say_entered(done, json)


def change(
    short: ShortArgument,
    by: ByOption,
    owner: TextOption = "",
    strand: TextOption = "",
    place: TextOption = "",
    partners: TextOption = "",
    theory: TextOption = "",
    scheme: TextOption = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Change what is held of an intervention: its owner, say. What stood before stays in its history."""
    from whatworks.board.evidence.register import change_intervention

    given = {"owner": owner, "strand": strand, "place": place, "partners": partners, "theory": theory,
             "scheme_id": scheme}  # fmt: skip
    values: dict[str, Any] = {name: None if text == "none" else text for name, text in given.items() if text}
    who = author(by, on, why)
    with stored(partnership, making=True) as here:
        changed = change_intervention(here.connection, short, values, who)
    tell(f"intervention {short}", changed, json)


def show(short: ShortArgument, partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show who changed an intervention and its deliveries, when, why, and what stood before."""
    from whatworks.board.evidence.register import find
    from whatworks.board.register.ledger import history

    with stored(partnership, what="the register of interventions", make="board evidence add --file FILE") as place:
        held = find(place.connection, short)
        rows = history(place.connection, "intervention", held.id)
        for table, numbers in (("delivery", held.deliveries), ("study", held.studies), ("emmie", held.emmie)):
            rows += [row for one in numbers for row in history(place.connection, table, one.id)]
    if json:
        shown = [row if row["table_name"] == "intervention" else row | {"before": None, "after": None} for row in rows]
        print_json({"intervention": held.short, "name": held.name, "owner": held.owner, "history": shown})
        return
    say(f"{held.name} ({held.short}), owner: {held.owner or 'no owner'}")
    for row in rows:
        say(_history_line(row))


def worth(
    short: ShortArgument,
    values: ValuesOption = None,
    standards: StandardsOption = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say what another year's test of an intervention would be worth, at your values; refused without them."""
    from datetime import date

    from whatworks.board.evidence.advice import advise
    from whatworks.board.evidence.judgement import judge
    from whatworks.board.evidence.register import find
    from whatworks.board.evidence.values import need_values
    from whatworks.board.evidence.worth import ASSUMPTIONS, worth_of_testing
    from whatworks.papers.board.clear_evidence import clear_advice
    from whatworks.records.refusal import Fault, Refused

    wanted, held_to = need_values(_values(values)), _standards(standards)
    with stored(partnership, what="the register of interventions", make="board evidence add --file FILE") as place:
        held = find(place.connection, short)
    worth_of_testing(held, judge(held.studies, held_to.rules.enough).sound, wanted)
    found = clear_advice(advise([held], held_to, date.today(), wanted)[0], place.minimum_count)
    if found.worth is None or found.gain is None:
        raise Refused(Fault("is withheld: too few people are behind it", "look at the result inside", field=short))
    if json:
        print_json({"intervention": short, "gain": int(found.gain), "at_most": int(found.at_most or 0),
                    "cost": int(found.test_cost or 0), "worth": int(found.worth), "assumptions": ASSUMPTIONS,
                    "price_year": wanted.value[0].price_year})  # fmt: skip
        return
    say(f"Gain from knowing: {_pounds(found.gain)} over {wanted.years} years (at most {_pounds(found.at_most)}).")
    say(f"Cost of the test: {_pounds(found.test_cost)}. Worth of the test: {_pounds(found.worth)}. Prices of "
        f"{wanted.value[0].price_year}.")  # fmt: skip
    for line in ASSUMPTIONS:
        say(f"- {line}")


def _check_add(file: Path | None, result: Path | None, intervention: str, maryland: int | None, why: str) -> None:
    from whatworks.records.refusal import Fault, Refused

    faults = []
    if (file is None) == (result is None):
        faults.append(Fault("give one of --file and --result", "a file by hand, or a result of your own"))
    if result is not None and not intervention:
        faults.append(Fault("is missing", "name the intervention that the result is about", field="--of"))
    if maryland is not None and not why.strip():
        faults.append(Fault("is missing", "say why the level is another than the design's", field="--why"))
    if faults:
        raise Refused(faults)


def _standards(path: Path | None) -> "Standards":
    from whatworks.board.evidence.standards import read_standards, shipped_standards

    return shipped_standards() if path is None else read_standards(path)


def _values(path: Path | None) -> "Values | None":
    from whatworks.board.evidence.values import read_values

    return None if path is None else read_values(path)


def _say_entered(done: "Entered", json: bool) -> None:
    if json:
        print_json(done)
        return
    for word, rows in (("added", done.added), ("changed", done.changed), ("left out", done.left_out)):
        for row in rows:
            say(f"{word}: {row}")
    say(f"{len(done.added)} added, {len(done.changed)} changed, {done.unchanged} as before.")


def _say(one: dict[str, Any]) -> None:
    say(f"{one['proposal'].upper():<10} {one['name']} ({one['position'].replace('_', ' ')}, ages {one['ages']}); "
        f"owner: {one['owner']}")  # fmt: skip
    say(f"      {one['why']}")
    for note in one["notes"]:
        say(f"      {note}")
    for at in one["loses"]:
        people = {"c": "a number withheld", None: "a number nobody said"}.get(at["people_a_year"], at["people_a_year"])
        say(f"      would lose it: {at['place']}, {at['serves']}, people a year: {people}")
    if one["worth_of_test"]:
        say(f"      worth of another year's test: {_pounds(one['worth_of_test']['worth'])}")


def _pounds(amount: Any) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.0f}"


def _history_line(row: dict[str, Any]) -> str:
    """Return a change in words; values of studies and deliveries may be small counts of people, and stay inside."""
    if row["table_name"] in ("study", "delivery"):
        return (
            f"  {row['changed_on']}, {row['changed_by']}: {row['table_name']} {row['row_id']}, {row['field']} changed"
        )
    before, after = row["before"] or "nothing", row["after"] or "nothing"
    why = f" ({row['why']})" if row["why"] else ""
    return f"  {row['changed_on']}, {row['changed_by']}: {row['table_name']} {row['field']} {before} -> {after}{why}"
