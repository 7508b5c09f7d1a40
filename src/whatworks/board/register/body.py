"""Which body a question is about: the one that is named, else the one with the most recorded meetings."""

from whatworks.board.register.ledger import rows
from whatworks.board.register.merging import roots
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.ledger import Connection, Row


def chosen_body(connection: Connection, name: str | None) -> int | None:
    """Return the number of a body, by any of its names; refused where nothing is known by that name."""
    if name is not None:
        number = Recogniser(connection, "entered").known_organisation(name)
        if number is None:
            raise Refused(Fault(f"no body of the register is called {name!r}", "see `whatworks board body list`"))
        return roots(connection, "organisation")[number]
    found = connection.rows(
        "SELECT body_id FROM board_event WHERE state = 'recorded' "
        "GROUP BY body_id ORDER BY count(*) DESC, body_id LIMIT 1"
    )
    return found[0][0] if found else None


def body_name(connection: Connection, number: int | None) -> str:
    """Return a body's name, or words that stand for it where no paper names it."""
    found = rows(connection, "organisation", "id = ?", [number])
    return str(found[0]["name"]) if found else "the board"


def meetings(connection: Connection, body_id: int | None) -> list[Row]:
    """Return a body's meetings, however they are known, in the order of their days."""
    found = rows(connection, "event", "body_id IS NOT DISTINCT FROM ?", [body_id])
    return sorted(found, key=lambda row: (row["from_date"], row["to_date"], row["id"]))
