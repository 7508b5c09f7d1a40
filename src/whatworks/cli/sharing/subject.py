"""`whatworks sharing subject` and `erase`: what is held of a person and who read it; and to take them out for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption, printable
from whatworks.cli.place import existing_store
from whatworks.records.showing.counted import counted

if TYPE_CHECKING:
    from whatworks.sharing.erase import Erased
    from whatworks.sharing.subject import Held

PersonArgument = Annotated[str, typer.Argument(help="AGENCY:NUMBER, as police:1234: an agency's number of the person.")]
WhyOption = Annotated[str, typer.Option("--why", help="Why; it is kept in the audit.")]
OnlyOption = Annotated[bool, typer.Option("--only", help="This record alone, not those that are linked to it.")]


def subject(
    person: PersonArgument, why: WhyOption, only: OnlyOption = False, partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:  # fmt: skip
    """Say what is held of a person: in which tables and files, which files left, and who read it, when and why."""
    from whatworks.cli.audit.noted import noted
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Fault, Refused
    from whatworks.sharing.person_places import find_subject, record_named
    from whatworks.sharing.subject import held_of

    if not why.strip():
        raise Refused(Fault("is empty", "say why; it is kept in the audit", field="--why"))
    here = Partnership.open(partnership)
    with existing_store(here) as store, store.transaction():
        asked = find_subject(store, record_named(person), only=only)
        held = held_of(store, asked, here.root)
        people = asked.records if held.tables or held.aside else ()  # of somebody who was erased nothing comes back
        noted(store, "consulted", "all that is held of a person", why=why, people=people)
    if json:
        print_json(held)
        return
    _tell(held)


def _tell(held: "Held") -> None:
    agencies = ", ".join(f"{agency} ({number})" for agency, number in held.records)
    typer.echo(printable(f"Records of {agencies}."))
    for table, rows in held.tables.items():
        typer.echo(f"  {table}: {counted(rows, 'row')}")
    for words, lines in (("set aside or dropped", held.aside), ("set aside, that hold the same name", held.alike)):
        for source, line in lines:
            typer.echo(printable(f"  {source}, line {line}: {words}"))
    for file in held.files:
        typer.echo(printable(f"  {file}: the number stands in it"))
    if not (held.tables or held.aside or held.files):
        typer.echo("  Nothing is held.")
    typer.echo(f"{counted(len(held.reads), 'entry', 'entries')} of the audit:")
    for read in held.reads:
        file = f", {read.file} until {read.expires_on}" if read.file else ""
        reason = read.why or "no reason kept"
        typer.echo(printable(f"  {read.number}  {read.at}  {read.sign_in}: {read.act}, {read.what}{file} ({reason})"))


def erase(
    person: PersonArgument,
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    why: WhyOption,
    only: OnlyOption = False,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Take a person out of the store for good: rows, lines set aside, links, lists, and the keys of the audit."""
    from datetime import UTC, datetime

    from whatworks.linkage import link
    from whatworks.records.audit.reader import present_reader
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused
    from whatworks.records.store import rewrite
    from whatworks.sharing.erase import erase as take_out
    from whatworks.sharing.erase import sweep
    from whatworks.sharing.person_places import find_subject, record_named
    from whatworks.sharing.subject import held_of

    if not by.strip() or not why.strip():
        raise Refused("an erasure needs who decides and why", "give --by NAME and --why REASON")
    here = Partnership.open(partnership)
    with existing_store(here) as store:
        asked = find_subject(store, record_named(person), only=only)
        held = held_of(store, asked, here.root)
        if not (held.tables or held.aside or held.reads):
            raise Refused("nothing is held of this person", "name an agency's number as AGENCY:NUMBER")
        with store.transaction():
            done = take_out(store, asked, reader=present_reader(store), at=datetime.now(UTC), by=by, why=why)
            link(store, here.config.linkage)
            sweep(store, asked, done)
    rewrite(here.store_path)
    _tell_erased(held, done, json)


def _tell_erased(held: "Held", done: "Erased", json: bool) -> None:
    exports = [read for read in held.reads if read.file is not None]
    if json:
        left = {"files": held.files, "alike": held.alike, "exports": exports}
        print_json({"rows": {table: rows for table, rows in done.rows.items() if rows},
                    "references": done.references, "reasons": done.seals, "left": left})  # fmt: skip
        return
    typer.echo(f"Erased: {counted(sum(done.rows.values()), 'row')}, {done.references:,} references and {done.seals:,} "
               "reasons of the audit. The store's file was written anew.")  # fmt: skip
    if held.files:
        typer.echo("These files still hold the person; a backup is such a file too, wherever it is kept:")
    for file in held.files:
        typer.echo(printable(f"  {file}"))
    for read in exports:
        typer.echo(printable(f"  export {read.number}, {read.file}, left on {read.at[:10]}: ask for it back"))
    for source, line in held.alike:
        typer.echo(printable(f"  {source}, line {line}, set aside, holds the same name: look at it"))
    if held.files:
        typer.echo("An extract that is imported again brings the person back: have the agency send one without them.")
