"""`whatworks audit`: is the chain of deeds whole, how far has it come, and who may read the records?"""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying
from whatworks.cli.app import add_commands
from whatworks.cli.options import FolderOption
from whatworks.cli.place import existing_store
from whatworks.cli.register import RegisterHome, add_verbs
from whatworks.records.register.verb import NUMBER, Entity, Verb, VerbOption
from whatworks.records.tables.codes import TIERS

HOME = RegisterHome(
    "whatworks.records.audit.reader:READERS",
    "no reader is declared: whoever signs in to the system is a reader of the partnership",
    "declare one: `whatworks audit reader add SIGN_IN --name NAME --by NAME`",
)
READER = Entity("reader", "Who may read the records, by sign-in: agency, roles, tier.", "reader")
_SIGN_IN = VerbOption("sign_in", "The name with which they sign in to the system.", required=True, argument=True)
_COLUMNS = (
    VerbOption("name", "Their own name."),
    VerbOption("organisation_id", "Their agency, as whatworks.toml calls it.", flags=("--from",)),
    VerbOption("roles", "Their roles, with commas between."),
    VerbOption("tier", "The highest classification that they may read.", codes=TIERS),
)
VERBS = (
    Verb(READER, "add", "Declare a reader.", "whatworks.records.audit.reader:add_reader", (_SIGN_IN, *_COLUMNS)),
    Verb(READER, "set", "Change what is declared of a reader.", options=(NUMBER, *_COLUMNS)),
)


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="Who did what with whose records, and is the log of it whole.", no_args_is_help=True)
    add_commands(group, "audit.group head verify")
    add_verbs(group, HOME, VERBS)
    app.add_typer(group, name="audit")


@saying()
def head(
    out: Annotated[Path | None, typer.Option(help="Also write it to a file, to be kept elsewhere.")] = None,
    partnership: FolderOption = None,
) -> View:
    """Print how far the chain has come: the number of entries, and the hash of the last. Keep it somewhere else."""
    from whatworks.records.audit.store_book import StoreBook
    from whatworks.records.partnership import Partnership
    from whatworks.records.writing.private_file import write_whole

    here = Partnership.open(partnership)
    with existing_store(here) as store:
        now = StoreBook(store).head()
    if out is not None:
        write_whole(out, f"{here.config.name}\n{now.count} entries\n{now.sha256}\n")
    return View({"entries": now.count, "sha256": now.sha256}, [f"{now.count:,} entries; the head is {now.sha256}"])


@saying()
def verify(
    head: Annotated[
        list[str] | None,
        typer.Option("--head", help="A hash that was printed or sent away earlier; may be given several times."),
    ] = None,
    partnership: FolderOption = None,
) -> View:
    """Check that no entry was altered, cut out, put in or moved; with --head, that the chain was not written anew."""
    from whatworks.records.audit.verify import verify as check
    from whatworks.records.partnership import Partnership
    from whatworks.sharing.release import check_log

    with existing_store(Partnership.open(partnership)) as store:
        found = check(store, head or ())
        check_log(store)
    lines = [
        f"The chain is whole: {found.head.count:,} entries, {found.deeds:,} of them deeds.",
        f"The head is {found.head.sha256}.",
        "Every head that was given is in it."
        if head
        else "Give a head that was kept elsewhere (--head) to know that it was not written anew as a whole.",
    ]
    if found.references_erased or found.seals_erased:
        erased = f"{found.references_erased:,} references to people and {found.seals_erased:,} reasons"
        lines.append(f"Erasures closed {erased}.")
    return View(found, lines)
