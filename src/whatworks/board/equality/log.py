"""Keep which schemes were assessed, when, and whether that was before their launch."""

from whatworks.board.equality.impact import Impact
from whatworks.board.register import ledger
from whatworks.board.tables import Assessed
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection


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
    return tuple(ledger.entries(connection, "assessment", Assessed))


def not_assessed(connection: Connection) -> tuple[str, ...]:
    """Return the schemes of the records that were never assessed."""
    rows = connection.rows(
        "SELECT DISTINCT scheme_id FROM scheme WHERE scheme_id NOT IN (SELECT name FROM board_assessment) ORDER BY 1"
    )
    return tuple(str(row[0]) for row in rows)
