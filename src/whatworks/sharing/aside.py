"""Find a person's lines among the rows that were set aside or dropped, which no column names yet."""

import json
import re
from dataclasses import dataclass

from whatworks.records.engine import Engine
from whatworks.sharing.person_places import SUBJECT, Subject, whole_word


@dataclass(frozen=True, slots=True)
class AsideLines:
    """Lines by source: those of the person, and those that hold only their name, which may be another's."""

    own: tuple[tuple[str, int], ...]
    alike: tuple[tuple[str, int], ...]


def lines_aside(store: Engine, subject: Subject) -> AsideLines:
    """Return the lines of quarantine and of `dropped` that are the subject's.

    So is a line whose values name their number, whose text holds one of their numbers as a whole word, or their
    forename, surname and date of birth. One with forename and surname alone is told apart, for a person to look at.
    """
    words = [whole_word(text) for text in subject.texts]
    names = _names(store)
    rows = store.rows(
        "SELECT q.source_id, q.line, min(s.organisation_id), min(q.raw), min(h.row_values) FROM quarantine AS q "
        "JOIN source AS s ON s.source_id = q.source_id "
        "LEFT JOIN held_row AS h ON h.source_id = q.source_id AND h.line = q.line GROUP BY q.source_id, q.line "
        "UNION ALL SELECT d.source_id, d.line, NULL, d.raw, NULL FROM dropped AS d ORDER BY 1, 2"
    )
    own, alike = [], []
    for source, line, agency, raw, held in rows:
        values = json.loads(held) if held else {}
        named = any((agency, value) in subject.records for name, value in values.items() if name.endswith("person_id"))
        if named or any(word.search(raw) for word in words) or any(_all(raw, parts) for parts, _ in names):
            own.append((source, line))
        elif any(_all(raw, parts) for _, parts in names):
            alike.append((source, line))
    return AsideLines(tuple(own), tuple(alike))


def _names(store: Engine) -> list[tuple[list[re.Pattern[str]], list[re.Pattern[str]]]]:
    """Return for each record of the subject the patterns of name and birth, and of the name alone."""
    rows = store.rows(
        f"SELECT DISTINCT p.forename, p.surname, p.date_of_birth FROM person AS p JOIN {SUBJECT} AS s "
        "ON s.organisation_id = p.organisation_id AND s.person_id = p.person_id "
        "WHERE p.forename IS NOT NULL AND p.surname IS NOT NULL"
    )
    found = []
    for forename, surname, born in rows:
        name = [whole_word(forename), whole_word(surname)]
        if born is not None:
            days = "|".join(born.strftime(form) for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d"))
            found.append(([*name, re.compile(days)], name))
        else:
            found.append(([re.compile(r"(?!)")], name))
    return found


def _all(text: str, parts: list[re.Pattern[str]]) -> bool:
    return all(part.search(text) for part in parts)
