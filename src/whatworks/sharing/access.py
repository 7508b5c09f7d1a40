"""Looks at the audit for unusual reading, the questions that came of them, and what a reviewer found."""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import dataframely as dy
import polars as pl

from whatworks.records.audit.reader import present_reader
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Engine
from whatworks.records.partnership import Partnership
from whatworks.records.published_table import PublishedTable
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.columns import code_of, day_of, link_to
from whatworks.records.register.entry import Author, ChangeTable, RegisterTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done
from whatworks.records.tables.declaration import about
from whatworks.sharing.consult import permit
from whatworks.sharing.unusual import KINDS, WEEKS, Look, Question, unusual
from whatworks.statistics.access.volume import FEWEST_WEEKS

CLOCK = ZoneInfo("Europe/London")
OUTCOMES = ("open", "explained", "not_explained", "referred")
REASON = ("reader", "organisation_id", "person_id", "from", "to", "why")
OF_FILE = ("sign_in", *REASON[1:])
EXPLAINED = ("reader", "person", "from", "to", "why")
SHOWN = 12
"""Reads that the screen shows beside a question."""
_NUMBER = about(handling="official")


class AccessLook(RegisterTable):
    """A look at a week's reading, and what chance alone would give."""

    last_on = day_of("The last day of the week.", nullable=False)
    readers = dy.Int64(description="Readers of the week.", metadata=_NUMBER)
    too_new = dy.Int64(description="Those of them whose own past is too short.", metadata=_NUMBER)
    reads = dy.Int64(description="Reads of a person since its weeks began.", metadata=_NUMBER)
    unexplained = dy.Int64(description="Those without a case, list or task.", metadata=_NUMBER)
    tests = dy.Int64(description="Tests against chance.", metadata=_NUMBER)
    expected_false = dy.Float64(description="Questions that chance gives in such a look.", metadata=_NUMBER)
    by_poisson = dy.Float64(description="Readers that a Poisson rule would flag.", metadata=_NUMBER)


class AccessQuestion(RegisterTable):
    """Something that a reviewer is asked: never evidence. It names nobody: readers and reads stand by references."""

    look_id = link_to("access_look", "The look")
    kind = code_of(tuple(KINDS), "What it is about.")
    reader = dy.String(
        nullable=True, description="What stands for the reader; null of a person read by many.", metadata=about()
    )
    counted = dy.Float64(description="What was counted.", metadata=_NUMBER)
    expected = dy.Float64(nullable=True, description="What chance gives.", metadata=_NUMBER)
    p = dy.Float64(nullable=True, description="Probability of as much by chance.", metadata=_NUMBER)
    q = dy.Float64(nullable=True, description="False-discovery rate at which it is asked.", metadata=_NUMBER)
    reads = dy.String(description="The reads: entry of the audit, and the person's reference there.", metadata=about())
    outcome = code_of(OUTCOMES, "What the reviewer found.")


ACCESS = Ledger({"access_look": AccessLook, "access_question": AccessQuestion, "access_change": ChangeTable}, "access_")


def look(
    connection: Connection,
    ledger: Ledger,
    author: Author,
    week_to: date | None = None,
    explanations: Path | None = None,
    of_cases: Callable[[Connection, pl.DataFrame], pl.DataFrame] | None = None,
) -> Done:
    """Look at the week up to `week_to` (the last Sunday if not given), keep the questions and return them.

    `explanations` is a file of reasons that no case tells, with the columns `OF_FILE`; `of_cases` gives those that
    cases tell of readers (`reader`, `team`), with the columns `EXPLAINED`.
    """
    last = week_to or author.on - timedelta(days=author.on.weekday() + 1)
    if last >= author.on:
        raise Refused(Fault("is not over", "name the last day of a week that is", field="--week-to", value=f"{last}"))
    reads = named_reads(connection)
    readers = _readers(connection, reads)
    records = _frame(connection, "SELECT organisation_id, person_id, forename || ' ' || surname, surname FROM person",
                     ("organisation_id", "person_id", "name", "surname"))  # fmt: skip
    linked = _frame(connection, "SELECT organisation_id, person_id, CAST(linked_id AS VARCHAR) FROM identity",
                    ("organisation_id", "person_id", "linked_id"))  # fmt: skip
    reads, filed, named = (
        _with_person(each, linked)
        for each in (reads, _of_file(explanations), records.sort("organisation_id", "person_id"))
    )
    reasons = [filed.select(EXPLAINED), *([of_cases(connection, readers).select(EXPLAINED)] if of_cases else [])]
    people = named.unique("person", keep="first", maintain_order=True)
    found = unusual(reads, pl.concat(reasons), readers, people, last)
    told = {name: getattr(found, name) for name in ("reads", "unexplained", "tests", "expected_false", "by_poisson")}
    told |= {"last_on": last, "readers": len(found.readers), "too_new": found.too_new}
    number = ledger.add(connection, "look", told, author=author)
    places = {read: place for read, *place in reads.select("read", "entry", "reference").iter_rows()}
    key, lines, questions = StoreBook(connection).key, _sentences(found), []
    for asked in found.questions:
        row = _row(asked, key, [places[read] for read in asked.reads])
        earlier = ledger.rows(connection, "question", "kind = ? AND reader = ?", [row["kind"], row["reader"]])
        own = ledger.add(connection, "question", {"look_id": number, **row}, author=author)
        lines += question_lines({"id": own, **row}, [old["outcome"] for old in earlier])
        questions.append({"number": own, **row, "reads": json.loads(row["reads"])})
    return Done("\n".join(lines), number, ("*",), {"look": told, "questions": questions})


def name_question(connection: Connection, ledger: Ledger, author: Author, here: Partnership, number: int) -> Done:
    """Name the readers and the people of a question: itself a consultation, with its reason."""
    reads = _reads_of(connection, ledger, number)
    people = tuple(sorted(set(reads.select("organisation_id", "person_id").iter_rows())))
    reader = present_reader(connection)
    permit(connection, here, reader, "person", ("person_id",), people, "access_review", author.why, author.true_day)
    lines = [
        f"{entry:>6}  {at}  {reader} read {organisation} {person}"
        for entry, at, reader, organisation, person in reads.select(
            "entry", pl.col("at").cast(pl.String), "reader", "organisation_id", "person_id"
        ).iter_rows()
    ]
    return Done("\n".join(lines or ["All whom it is about have been erased."]), number, people=people)


def answer_question(connection: Connection, ledger: Ledger, author: Author, number: int, outcome: str) -> list[str]:
    """Record what a reviewer found; nobody answers a question about their own reading."""
    _reads_of(connection, ledger, number)
    return ledger.change(connection, "question", number, {"outcome": outcome}, author)


def named_reads(connection: Engine) -> pl.DataFrame:
    """Return who read whom, and when by the clock of the place; a day without a time is midnight."""
    query = (files("whatworks.sharing") / "sql/named_reads.sql").read_text("utf-8")
    rows: list[tuple[Any, ...]] = []
    for entry, reference, organisation, person, written_at, payload in connection.rows(query):
        deed = json.loads(payload)
        if deed["act"] == "consulted":
            at = datetime.fromisoformat(written_at)
            local = at.astimezone(CLOCK).replace(tzinfo=None) if at.tzinfo else at
            rows.append((len(rows), entry, reference, deed["by"]["sign_in"], organisation, person, local))
    kinds = {"read": pl.Int64, "entry": pl.Int64, "reference": pl.String, "reader": pl.String,
             "organisation_id": pl.String, "person_id": pl.String, "at": pl.Datetime}  # fmt: skip
    return pl.DataFrame(rows, schema=kinds, orient="row")


def question_lines(row: Row, earlier: Sequence[str] = ()) -> list[str]:
    """Return a question for the screen, with the reads beside it: entries of the audit, nobody's name."""
    chance = "" if row["expected"] is None else f" where chance gives {row['expected']:.2g}"
    sure = "" if row["q"] is None else f" (p {row['p']:.2g}, false-discovery rate {row['q']:.2g})"
    reads = [f"{entry} ({reference[:8]})" for entry, reference in json.loads(row["reads"])]
    more = f" and {len(reads) - SHOWN} more" if len(reads) > SHOWN else ""
    return [
        f"question {row['id']}: {row['reader'] or 'a person'} {KINDS[row['kind']]}: {row['counted']:.0f}{chance}{sure}",
        f"    entries of the audit: {', '.join(reads[:SHOWN])}{more}",
        *([f"    asked before: {', '.join(earlier)}"] if earlier else []),
    ]


def looks_and_questions(store: Engine) -> tuple[list[Row], list[Row]]:
    """Return all looks and all questions; none where no look was made yet."""
    book = cast(Connection, store)
    begun = ACCESS.is_begun(book)
    return ACCESS.rows(book, "look") if begun else [], ACCESS.rows(book, "question") if begun else []


def readers_asked(store: Engine, questions: Sequence[Row], groups: Path | None) -> pl.DataFrame:
    """Return everybody who read: `unit`, whether they were `asked` about, and their groups as a file says them."""
    reads = named_reads(store)
    whose = dict(reads.select("entry", "reader").iter_rows())
    about = {whose.get(entry) for row in questions if row["reader"] for entry, _ in json.loads(row["reads"])}
    who = reads.select("reader").unique().sort("reader")
    rows = who.select(
        unit="reader", asked=pl.when(pl.col("reader").is_in(about)).then(pl.lit("yes")).otherwise(pl.lit("no"))
    )
    if groups is None:
        return rows
    table = PublishedTable(groups, ("sign_in",), "give the sign-ins of readers, and a column for each grouping")
    table.check()
    lines = pl.DataFrame([line for _, line in table.lines]).rename({"sign_in": "unit"}).unique("unit", keep="first")
    return rows.join(lines.with_columns(pl.col(pl.String).replace("", None)), on="unit", how="left")


def _row(asked: Question, key: bytes, reads: list[list[Any]]) -> Row:
    """Return a question as it is kept: the reader by a keyed hash, the people by the audit's own references."""
    reader = asked.reader and "R" + hmac.digest(key, asked.reader.encode(), hashlib.sha256)[:5].hex()
    return {"kind": asked.kind, "reader": reader, "counted": asked.counted, "expected": asked.expected, "p": asked.p,
            "q": asked.q, "reads": json.dumps(reads), "outcome": OUTCOMES[0]}  # fmt: skip


def _reads_of(connection: Connection, ledger: Ledger, number: int) -> pl.DataFrame:
    """Return the reads of a question, unless they are those of whoever asks."""
    wanted = json.loads(ledger.row(connection, "question", number)["reads"])
    asked = pl.DataFrame(wanted, schema={"entry": pl.Int64, "reference": pl.String}, orient="row")
    reads = named_reads(connection).join(asked, on=["entry", "reference"], how="semi")
    if present_reader(connection).sign_in in reads["reader"].to_list():
        raise Refused(Fault(f"question {number} is about reading of your own", "leave it to another reviewer"))
    return reads


def _sentences(found: Look) -> list[str]:
    return [
        f"Week up to {found.last}: {len(found.readers)} readers; {found.too_new} of them have read in fewer than "
        f"{FEWEST_WEEKS} weeks before, or alone, and their volume is not tested.",
        f"{found.unexplained} of {found.reads} reads of the last {WEEKS} weeks have no case, list or task.",
        f"{len(found.questions)} questions of {found.tests} tests; chance gives {found.expected_false:.2g} in such a "
        f"look, {found.expected_a_year:.1f} in a year of them. A rule p < .001 by Poisson would flag "
        f"{found.by_poisson:.1f} readers of these by chance. A question is no evidence: ask before you conclude.",
    ]


def _readers(connection: Connection, reads: pl.DataFrame) -> pl.DataFrame:
    """Return everybody who read, as they are declared."""
    who = [present_reader(connection, name) for name in reads["reader"].unique().sort()]
    rows = [(each.sign_in, each.organisation_id, each.name) for each in who]
    return pl.DataFrame(rows, schema=dict.fromkeys(("reader", "team", "name"), pl.String), orient="row")


def _frame(connection: Connection, query: str, names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(connection.rows(query), schema=dict.fromkeys(names, pl.String), orient="row")


def _with_person(rows: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `person`: the linked number, or where there is none that of the agency."""
    own = pl.concat_str("organisation_id", pl.lit(":"), "person_id")
    joined = rows.join(linked, on=["organisation_id", "person_id"], how="left")
    return joined.with_columns(person=pl.coalesce("linked_id", own))


def _of_file(path: Path | None) -> pl.DataFrame:
    kinds = {name: pl.Date if name in ("from", "to") else pl.String for name in REASON}
    if path is None:
        return pl.DataFrame(schema=kinds)
    table = PublishedTable(path, OF_FILE, f"give the columns {', '.join(OF_FILE)}")
    rows = []
    for at, line in table.lines:
        days: list[date | None] = []
        for name in ("from", "to"):
            try:
                days.append(date.fromisoformat(line.get(name, "")) if line.get(name) or name == "from" else None)
            except ValueError:
                table.wrong("is not a day", "write it as 2025-06-30", at, name, line.get(name))
        for name in ("sign_in", "organisation_id", "person_id", "why"):
            if not line.get(name):
                table.wrong("is missing", "say who read whom, and why", at, name)
        rows.append((line.get("sign_in"), line.get("organisation_id"), line.get("person_id"), *days, line.get("why")))
    table.check()
    return pl.DataFrame(rows, schema=kinds, orient="row")
