"""`whatworks people churn`: are the same names on the list year after year?"""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.options import read_day

if TYPE_CHECKING:
    from whatworks.people.rule import ListRule
    from whatworks.records.engine import Engine


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("churn")(answering(churn))


def churn(
    asked: Asked,
    name: Annotated[str, typer.Argument(help="Name of the list.")],
    on: Annotated[str, typer.Option(help="The first day; a year before the extracts if not given.")] = "",
    since: Annotated[
        str, typer.Option(help="The day from which the list's records are whole; its first entry's.")
    ] = "",
    rule: Annotated[
        Path | None, typer.Option(help="The rule to hold it against; that of the register if not given.")
    ] = None,
) -> Maker:
    """Say how many of a list's people are on it a year later, why others left, and against what that is to be read.

    Beside it: chance, the rule itself, time on the list, entries that did not meet the rule by borough, and who is
    entered, reviewed and leaves by protected characteristic. Nobody is named.
    """
    from whatworks.papers.people.same_names import same_names_answer
    from whatworks.people.rule import load_rule
    from whatworks.people.same_names import same_names
    from whatworks.surveys.reading import borough_names

    held = load_rule(rule) if rule else _rule_kept(asked.store, name)
    as_at = asked.here.config.as_at
    first = read_day(on) if on else as_at - timedelta(365)
    found = same_names(asked.store, name, first, read_day(since) if since else date.min, held)
    names = borough_names(asked.store)
    return lambda told: same_names_answer(found, names, asked.minimum, told)


def _rule_kept(store: "Engine", name: str) -> "ListRule | None":
    """Return the rule that the register keeps of a list, or None where it keeps no such list."""
    from whatworks.people.tables import PEOPLE, rule_of

    rows = PEOPLE.rows(store, "list", "name = ?", [name]) if PEOPLE.is_begun(store) else []
    return rule_of(rows[-1]) if rows else None
