"""Know whether anything has changed since people were last linked: records, decisions, model or settings."""

from dataclasses import astuple, dataclass, fields
from datetime import date

from whatworks.records.engine import Engine, Store

ROW_CONTENT = """
CAST(hash(organisation_id, person_id, linked_id, method, probability, pair_organisation_id, pair_person_id, reason) >> 1
AS BIGINT)"""
"""Hash of what a row of `identity` says."""
STANDS_AT = "CAST(hash(person_id, source_id, source_line) >> 1 AS BIGINT)"
"""Hash of where a record stands in an agency's extract, in `identity` and in `person`."""
_IDENTITY = f"SELECT COUNT(*), COALESCE(SUM({ROW_CONTENT}), 0), COALESCE(SUM({STANDS_AT}), 0) FROM identity"
IdentityContent = tuple[int, int, int]
"""The number of rows of `identity`, and the sums of the hashes of what they say and of where their records stand."""


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What `identity` is made of."""

    method: str
    model_id: str | None
    threshold: float | None
    decisions: int
    """The number of the last decision or undo taken into account."""
    people_content: str
    """How many records of people there are, and the sums of the hashes of what they say and of where they stand; behind
    a space the same of references, where they count."""

    @property
    def people_stand_at(self) -> int:
        """Return the sum of the hashes of where people's records stand."""
        return int(self.people_content.split()[0].split(":")[2])


def identity_content(connection: Engine) -> IdentityContent:
    """Return by what `identity` is known again, in whatever order its rows stand."""
    rows, content, places = connection.rows(_IDENTITY)[0]
    return int(rows), int(content), int(places)


def last_run(connection: Engine, content: IdentityContent) -> LinkRun | None:
    """Return what `identity` was made of; None where it was never made, or where it is no longer as it was made."""
    columns = ", ".join(field.name for field in fields(LinkRun))
    rows = connection.rows(f"SELECT {columns}, identity_content FROM link_run")
    if len(rows) != 1 or rows[0][-1] != _text(content):
        return None
    return LinkRun(*rows[0][:-1])


def keep_run(connection: Store, run: LinkRun, content: IdentityContent) -> None:
    """Remember what `identity` was made of just now, and by what it is known again."""
    connection.change("DELETE FROM link_run")
    connection.change("INSERT INTO link_run VALUES (?, ?, ?, ?, ?, ?)", [*astuple(run), _text(content)])


def day_of_change(connection: Engine) -> date | None:
    """Return the day of the last import, decision or training: the day on which linking can have changed anything."""
    [(day,)] = connection.rows(
        "SELECT GREATEST((SELECT MAX(received_on) FROM source), (SELECT MAX(decided_on) FROM link_decision), "
        "(SELECT MAX(trained_on) FROM link_model))"
    )
    return day if isinstance(day, date) else None


def _text(content: IdentityContent) -> str:
    return ":".join(str(number) for number in content)
