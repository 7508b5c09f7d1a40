"""`whatworks link report`: how records were joined, what is in doubt, and what people decided."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying
from whatworks.cli.linkage.group import hindrance_lines, report_lines
from whatworks.cli.options import FolderOption, Written
from whatworks.cli.place import existing_store
from whatworks.records.showing.counted import counted

if TYPE_CHECKING:
    import polars as pl

    from whatworks.records.engine import Store


@saying()
def report(
    questions: Annotated[
        Path | None,
        typer.Option(help="Also write what a person should look at to this CSV file. It names records."),
        Written(".csv"),
    ] = None,
    partnership: FolderOption = None,
) -> View:
    """Show how records were joined: people, agencies' own duplicates, refused pairs, odd people, decisions, changes."""
    from whatworks.linkage import hindrances, linkage_report
    from whatworks.linkage.identities.decisions import decision_lines
    from whatworks.linkage.identities.journal import journal_since
    from whatworks.linkage.identities.questions import count_odd_people, count_refusals
    from whatworks.linkage.identities.questions import questions as questions_of
    from whatworks.records.partnership import Partnership
    from whatworks.records.writing.private_file import private_folder, write_private

    with existing_store(Partnership.open(partnership)) as store:
        joined, hindering = linkage_report(store), hindrances(store)
        refusals, odd = count_refusals(store), count_odd_people(store)
        decisions, journal = decision_lines(store), journal_since(store)
        rows = _numbered(store, questions_of(store), questions.name) if questions is not None else None
    if questions is not None and rows is not None:
        private_folder(questions.parent, close=False)
        write_private(questions, rows.write_csv())
    answer = {"report": joined, "refused": refusals, "odd": odd, "hindrances": hindering,
              "decisions": decisions, "journal": journal}  # fmt: skip
    lines = [*report_lines(joined), *(f"  {times:,}: {reason}" for reason, times in refusals.items())]
    lines += [f"To look at, for {oddity}: {counted(people, 'person', 'people')}" for oddity, people in odd.items()]
    lines += [*hindrance_lines(hindering), *map(str, (*decisions, *journal))]
    if questions is not None and rows is not None:
        lines.append(f"{questions}: {rows.height:,} rows. It names records: keep it in the partnership.")
    return View(answer, lines)


def _numbered(store: "Store", rows: "pl.DataFrame", file: str) -> "pl.DataFrame":
    """Write the list into the audit, and return it with the number of the export and its expiry in each row."""
    from datetime import UTC, datetime

    import polars as pl

    from whatworks.records.audit.export import begin_export

    ends = (rows.select(f"{side}organisation_id", f"{side}person_id").drop_nulls() for side in ("", "other_"))
    people = {(organisation, person) for end in ends for organisation, person in end.iter_rows()}
    now = datetime.now(UTC)
    export = begin_export(store, "links in doubt", file, version=f"{now:%Y-%m-%d}", people=people, at=now)
    return rows.with_columns(pl.lit(export.number).alias("export"), pl.lit(export.expires_on).alias("expires_on"))
