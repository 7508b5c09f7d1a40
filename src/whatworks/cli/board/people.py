"""`whatworks board people`: whom the papers name, what was read as one, and how to take that back."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import ByOption, OnOption, WhyOption, author, day, register_of, say, tell
from whatworks.cli.options import FolderOption, JsonOption

if TYPE_CHECKING:
    from whatworks.board.register import Entity

BodiesOption = Annotated[bool, typer.Option("--bodies", help="Bodies instead of people.")]
NumberArgument = Annotated[int, typer.Argument(help="The row's number.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    people = typer.Typer(help="People and bodies as the papers name them, and what is read as one.")
    people.callback(invoke_without_command=True)(list_)
    for name, command in (
        ("merge", merge),
        ("accept", accept),
        ("reject", reject),
        ("split", split),
        ("office", office),
    ):
        people.command(name)(command)
    group.add_typer(people, name="people")


def list_(
    context: typer.Context,
    bodies: BodiesOption = False,
    only_proposed: Annotated[bool, typer.Option("--proposed", help="Only those with a proposed merge.")] = False,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show everybody with each printed name, why it was taken to mean them, and the merges that are proposed."""
    if context.invoked_subcommand is not None:
        return
    from whatworks.board.register.merging import entities

    with register_of(partnership) as connection:
        found = entities(connection, "organisation" if bodies else "person")
    found = [one for one in found if one.proposals or not only_proposed]
    if json:
        print_json(found)
        return
    for one in found:
        _say(one)
    if not found:
        say("Nobody is listed.")


def merge(
    kept: NumberArgument,
    merged: Annotated[int, typer.Argument(help="The row that is to be read as the first.")],
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="Why they are one.")],
    bodies: BodiesOption = False,
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Read two people, or two bodies, as one from now on; `split` takes it back."""
    from whatworks.board.register import merging

    who = author(by, on, why)
    kind = "organisation" if bodies else "person"
    with register_of(partnership, writing=True) as connection:
        number = merging.merge(connection, kind, kept, merged, who)
    tell(f"merge {number}: {kind} {merged} is read as {kept}", ["state"], json)


def accept(
    number: Annotated[int, typer.Argument(help="The proposed merge's number.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Accept a proposed merge."""
    from whatworks.board.register import merging

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        row = merging.accept(connection, number, who)
    tell(f"merge {number}: {row['kind']} {row['merged_id']} is read as {row['kept_id']}", ["state"], json)


def reject(
    number: Annotated[int, typer.Argument(help="The proposed merge's number.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say that two rows are not one; it is not proposed again."""
    from whatworks.board.register import merging

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        merging.reject(connection, number, who)
    tell(f"merge {number} is rejected", ["state"], json)


def split(
    number: NumberArgument,
    by: ByOption,
    name: Annotated[list[int] | None, typer.Option(help="Number of a printed name to part from the row.")] = None,
    bodies: BodiesOption = False,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Take a merge back; or, with --name, give printed names of a row to a new one."""
    from whatworks.board.register import merging

    who = author(by, on, why)
    kind = "organisation" if bodies else "person"
    with register_of(partnership, writing=True) as connection:
        if name:
            new = merging.part(connection, kind, number, name, who)
            said = f"{kind} {new} was made of {len(name)} printed names of {kind} {number}"
        else:
            merging.split(connection, kind, number, who)
            said = f"{kind} {number} stands for itself again"
    tell(said, ["names" if name else "state"], json)


def office(
    title: Annotated[str, typer.Argument(help="The office, as in 'the Mayor'.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show who may be meant by an office on a day, the likeliest first, with what shows it."""
    from whatworks.board.register.office import holders

    with register_of(partnership) as connection:
        found = holders(connection, title, day(on))
    if json:
        print_json(found)
        return
    for one in found:
        say(f"  {one.person}: {one.says}")
    if not found:
        say(f"No paper up to {day(on)} lists anybody as {title}.")


def _say(one: "Entity") -> None:
    say(f"{one.id:>4}  {one.name}")
    for row in one.names:
        where = f"{row['told_by']}, line {row['source_line']}"
        say(f"      name {row['id']}: “{row['printed']}” ({where}): {row['reason']}")
    for row in one.merged_from:
        say(f"      read as one with {row['id']}: {row['name']} (take it back: board people split {row['id']})")
    for row in one.proposals:
        say(f"      proposed merge {row['id']} of {row['kept_id']} and {row['merged_id']}: {row['reason']}")
