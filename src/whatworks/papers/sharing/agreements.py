"""What is agreed: how each agreement stands on a day, and who may see what of whose records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.records.listing import listed
from whatworks.sharing.agreement import Agreement, Clause
from whatworks.sharing.declared import highest
from whatworks.sharing.may import in_force

ITEM, READER = "Information sharing", "The data protection officer"
NOTICE = "OFFICIAL. What is agreed, and nobody's records."


@dataclass(frozen=True, slots=True)
class Difference:
    """Two agreements in force that speak of the same and permit different fields or people: the narrower rules."""

    one: str
    other: str
    about: str


def differences(agreements: Sequence[Agreement], on: date) -> Iterator[Difference]:
    """Yield where agreements in force contradict each other, unless one stands beside the other."""
    for one, other in combinations([each for each in agreements if in_force(each, on)], 2):
        if one.reference in other.beside or other.reference in one.beside:
            continue
        mine, theirs = _permits(one), _permits(other)
        for about in sorted(mine.keys() & theirs.keys()):
            if mine[about] != theirs[about]:
                giver, receiver, purpose, table = about
                yield Difference(one.reference, other.reference, f"{table} of {giver} to {receiver} for {purpose}")


def _permits(agreement: Agreement) -> dict[tuple[str, ...], set[tuple[str, str]]]:
    permits: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for clause in agreement.clause:
        for giver, receiver in product(clause.gives, clause.receives):
            about = (giver, receiver, clause.purpose, clause.table)
            permits.setdefault(about, set()).update(product(clause.fields, clause.whose))
    return permits


def lacks(agreement: Agreement, on: date, soon: int) -> tuple[str, ...]:
    """Return what an agreement lacks on a day; `soon` is within how many days its end is told.

    >>> from whatworks.sharing.agreement import EXAMPLES, load_agreement
    >>> agencies = ("police", "probation", "prison", "council", "health")
    >>> agreed = load_agreement(EXAMPLES / "offender_management.toml", dict(zip(agencies, agencies)))
    >>> lacks(agreed, date(2026, 11, 1), 90)
    ('overdue for review since 2026-01-31', 'ends on 2026-12-31')
    """
    found = (
        ("no owner", not agreement.owner),
        ("no DPIA", not agreement.dpia),
        (f"overdue for review since {agreement.review_on}", agreement.review_on < on <= agreement.ends_on),
        (f"ends on {agreement.ends_on}", on <= agreement.ends_on <= on + timedelta(soon)),
        (f"ended on {agreement.ends_on}: nothing is shared by it", agreement.ends_on < on),
        (f"starts on {agreement.starts_on}", on < agreement.starts_on),
    )
    return tuple(words for words, holds in found if holds)


def agreements_answer(agreements: Sequence[Agreement], on: date, soon: int = 90) -> Answer:
    """Return how each agreement stands on a day, what it lacks, and where two contradict each other."""
    lacking = {agreement.reference: lacks(agreement, on, soon) for agreement in agreements}
    differing = tuple(differences(agreements, on))
    current = sum(in_force(each, on) for each in agreements)
    sentences = [f"{len(agreements)} agreements, {current} in force on {on}."]
    sentences += [f"{name}: {', '.join(words)}." for name, words in lacking.items() if words]
    sentences += [f"{each.one} and {each.other} differ on {each.about}: what both permit is allowed, no more. Bring "
                  "them in line, or name one in `beside` of the other." for each in differing]  # fmt: skip
    columns: tuple[TableColumn[Agreement], ...] = (
        TableColumn("Agreement", lambda each: f"{each.reference}: {each.title}", width=2.0),
        TableColumn("Owner", lambda each: each.owner or "none"),
        TableColumn("DPIA", lambda each: each.dpia or "none"),
        TableColumn("From", lambda each: str(each.starts_on)),
        TableColumn("Review by", lambda each: str(each.review_on)),
        TableColumn("Until", lambda each: str(each.ends_on)),
        TableColumn("Law", lambda each: "; ".join(f"{listed(basis.parties)}: {basis.words}" for basis in each.basis)),
    )
    table = Rows("Agreements", "What is agreed, on what law, and until when", agreements, columns)
    figures = {"on": str(on), "lacking": lacking, "differences": [f"{each.one}, {each.other}: {each.about}"
               for each in differing], "agreements": [each.model_dump(mode="json") for each in agreements]}  # fmt: skip
    return Answer("Agreements to share", tuple(sentences), (table,), figures=figures, item=ITEM, prepared_for=READER,
                  notice=NOTICE)  # fmt: skip


def matrix_answer(agreements: Sequence[Agreement], parties: Sequence[str], on: date) -> Answer:
    """Return who may see what on a day: a row for each agency's table and purpose, a column for each reader."""
    placed = [(each, clause) for each in agreements if in_force(each, on) for clause in each.clause]
    about = sorted({(giver, clause.table, clause.purpose) for _, clause in placed for giver in clause.gives})

    def column(reader: str) -> TableColumn[tuple[str, str, str]]:
        def cell(row: tuple[str, str, str]) -> str:
            giver, table, purpose = row
            found = [agreement.name(clause) for agreement, clause in placed if giver in clause.gives
                     and reader in clause.receives and (table, purpose) == (clause.table, clause.purpose)]  # fmt: skip
            return "own" if reader == giver else "; ".join(found) or "no"

        return TableColumn(reader, cell)

    matrix: Rows[tuple[str, str, str]] = Rows("Matrix", f"By which clause each agency may see what, on {on}", about, (
        TableColumn("Records of", lambda row: row[0]), TableColumn("Table", lambda row: row[1]),
        TableColumn("For", lambda row: row[2].replace("_", " "), width=1.5), *map(column, parties),
    ), notes=("no: nothing is agreed, so it is refused. own: an agency reads its own records.",))  # fmt: skip
    columns: tuple[TableColumn[tuple[Agreement, Clause]], ...] = (
        TableColumn("Clause", lambda row: row[0].name(row[1])),
        TableColumn("Table", lambda row: row[1].table),
        TableColumn("Fields", lambda row: ", ".join(row[1].fields), width=2.0),
        TableColumn("Whose", lambda row: " or ".join(row[1].whose)),
        TableColumn("Handled as", lambda row: highest(row[1].table, row[1].fields)),
        TableColumn("Kept for", lambda row: f"{row[1].retain_days} days"),
        TableColumn("Conditions", lambda row: "; ".join(row[1].conditions) or "none"),
    )
    clauses = Rows("Clauses", "What each clause lets its receivers see", placed, columns)
    sentences = [f"{len(placed)} clauses are in force on {on}; whatever none of them permits is refused."]
    sentences += [f"{each.one} and {each.other} differ on {each.about}: the narrower rules."
                  for each in differences(agreements, on)]  # fmt: skip
    return Answer(
        "Who may see what", tuple(sentences), (matrix, clauses), item=ITEM, prepared_for=READER, notice=NOTICE
    )
