"""Keep which schemes were assessed, when, and whether that was before their launch."""

from dataclasses import dataclass, fields
from datetime import date

from whatworks.board.equality.impact import Impact
from whatworks.board.register import ledger
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment that was done; the fields are those of table `board_assessment`."""

    id: int
    name: str
    place: str | None
    done_on: date
    launch_on: date | None
    before_launch: bool | None
    paper: str | None


def log_assessment(connection: Connection, impact: Impact, paper: str | None, author: Author) -> int:
    """Write down that an assessment was done, and return its number."""
    values = {
        "name": impact.name,
        "place": impact.place,
        "done_on": impact.done_on,
        "launch_on": impact.launch_on,
        "before_launch": impact.before_launch,
        "paper": paper,
    }
    return ledger.add(connection, "assessment", values, author=author)


def read_assessments(connection: Connection) -> tuple[Assessed, ...]:
    """Return the assessments done so far, by number."""
    names = [one.name for one in fields(Assessed)]
    return tuple(Assessed(**{name: row[name] for name in names}) for row in ledger.rows(connection, "assessment"))


def not_assessed(connection: Connection) -> tuple[str, ...]:
    """Return the schemes of the records that were never assessed."""
    rows = connection.execute(
        "SELECT DISTINCT scheme_id FROM scheme WHERE scheme_id NOT IN (SELECT name FROM board_assessment) ORDER BY 1"
    ).fetchall()
    return tuple(str(row[0]) for row in rows)
