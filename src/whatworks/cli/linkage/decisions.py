"""`whatworks link decide` and `undo`: a person says whether two records are one person, and takes it back."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying
from whatworks.cli.options import FolderOption, read_day
from whatworks.cli.place import existing_store

if TYPE_CHECKING:
    from datetime import date

    from whatworks.records.partnership import Partnership
    from whatworks.records.store import DuckDBStore

RecordArgument = Annotated[str, typer.Argument(help="AGENCY:NUMBER, as police:1234: the agency's number of a person.")]
ByOption = Annotated[str, typer.Option("--by", help="Who decides.")]
WhyOption = Annotated[str, typer.Option("--why", help="Why.")]
OnOption = Annotated[str, typer.Option("--on", help="The day of the decision, as 2025-06-30; today if not given.")]


@saying(changes=True)
def decide(
    record: RecordArgument,
    other: RecordArgument,
    by: ByOption,
    why: WhyOption,
    same: Annotated[
        bool | None, typer.Option("--same/--different", help="One person, or two people.", show_default=False)
    ] = None,
    on: OnOption = "",
    partnership: FolderOption = None,
) -> View:
    """Say that two records are one person, or are two people. It holds until it is undone."""
    from whatworks.cli.audit.noted import noted
    from whatworks.linkage.identities import decisions
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    if same is None:
        raise Refused("neither --same nor --different is given", "say which it is")
    here = Partnership.open(partnership)
    left, right, day = _record(record), _record(other), _day(on)
    with existing_store(here) as store:
        with store.transaction():
            number = decisions.decide(store, "must" if same else "cannot", left, right, by=by, on=day, reason=why)
            noted(store, "linked", f"decision {number}", why=why, people=(left, right), more={"by": by, "same": same})
        return _linked(store, here, number, "decided")


@saying(changes=True)
def undo(
    decision: Annotated[int, typer.Argument(help="The decision's number, as `link report` shows it.")],
    by: ByOption,
    why: WhyOption,
    on: OnOption = "",
    partnership: FolderOption = None,
) -> View:
    """Take a decision back; both stay on record."""
    from whatworks.cli.audit.noted import noted
    from whatworks.linkage.identities import decisions
    from whatworks.records.partnership import Partnership

    here = Partnership.open(partnership)
    day = _day(on)
    with existing_store(here) as store:
        with store.transaction():
            last = decisions.last_decision(store)
            decisions.undo(store, decision, by=by, on=day, reason=why)
            people = decisions.people_since(store, last)
            noted(store, "linked", f"decision {decision} taken back", why=why, people=people, more={"by": by})
        return _linked(store, here, decision, "taken back")


def _linked(store: "DuckDBStore", here: "Partnership", number: int, done: str) -> View:
    """Link again by what was decided, and say what it changed."""
    from whatworks.linkage import link
    from whatworks.linkage.identities.journal import journal_since, last_entry

    before = last_entry(store)
    link(store, here.config.linkage)
    changes = journal_since(store, before)
    head = f"decision {number}: {done}" + ("" if changes else "; nobody's number changes by it")
    return View({"decision": number, "done": done, "changes": changes}, [head, *(f"  {one}" for one in changes)])


def _record(text: str) -> tuple[str, str]:
    from whatworks.records.refusal import Refused

    organisation, colon, person = text.partition(":")
    if not (organisation and colon and person):
        raise Refused("a record is not written as AGENCY:NUMBER", "write it as police:1234")
    return organisation, person


def _day(on: str) -> "date":
    from datetime import date

    return read_day(on, latest=date.today()) if on else date.today()
