"""Know whether anything has changed since people were last linked: records, decisions, model or settings."""

from dataclasses import astuple, dataclass, fields
from datetime import date

from whatworks.records.engine import Engine, Store

_PEOPLE = """
SELECT CAST(COUNT(*) AS VARCHAR) || ':' || CAST(COALESCE(SUM(CAST(hash(p, o.kind) AS HUGEINT)), 0) AS VARCHAR)
FROM person AS p
LEFT JOIN (SELECT DISTINCT organisation_id, kind FROM organisation) AS o ON o.organisation_id = p.organisation_id
"""
_IDENTITY = """
SELECT CAST(COUNT(*) AS VARCHAR) || ':' || CAST(COALESCE(SUM(CAST(hash(i) AS HUGEINT)), 0) AS VARCHAR)
FROM identity AS i
"""


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What `identity` is made of."""

    method: str
    model_id: str | None
    threshold: float | None
    decisions: int
    """The number of the last decision or undo taken into account."""
    people_content: str
    """Hash of the records of people."""


def people_content(connection: Engine) -> str:
    """Return a hash of the records of people and their agencies' kinds, in whatever order they stand."""
    return str(connection.rows(_PEOPLE)[0][0])


def last_run(connection: Engine) -> LinkRun | None:
    """Return what `identity` was made of; None where it was never made, or where it is no longer as it was made."""
    columns = ", ".join(field.name for field in fields(LinkRun))
    rows = connection.rows(f"SELECT {columns}, identity_content FROM link_run")
    if len(rows) != 1 or rows[0][-1] != _identity_content(connection):
        return None
    return LinkRun(*rows[0][:-1])


def keep_run(connection: Store, run: LinkRun) -> None:
    """Remember what `identity` was made of just now."""
    connection.change("DELETE FROM link_run")
    connection.change("INSERT INTO link_run VALUES (?, ?, ?, ?, ?, ?)", [*astuple(run), _identity_content(connection)])


def day_of_change(connection: Engine) -> date | None:
    """Return the day of the last import, decision or training: the day on which linking can have changed anything."""
    [(day,)] = connection.rows(
        "SELECT GREATEST((SELECT MAX(received_on) FROM source), (SELECT MAX(decided_on) FROM link_decision), "
        "(SELECT MAX(trained_on) FROM link_model))"
    )
    return day if isinstance(day, date) else None


def _identity_content(connection: Engine) -> str:
    return str(connection.rows(_IDENTITY)[0][0])
