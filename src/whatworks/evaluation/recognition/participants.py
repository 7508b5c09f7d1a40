"""Know again the people of a partnership's scheme, though the scheme has another name now."""

from dataclasses import dataclass
from typing import Any

from whatworks.evaluation.question.protocol import Scheme
from whatworks.records.audit.people_set import PeopleSet
from whatworks.records.engine import Engine

MOST = 0.5
"""Share of the smaller set of people from which two sets count as the same."""


@dataclass(frozen=True, slots=True)
class SchemePeople:
    """Whoever stands in a partnership's records as a participant of the scheme.

    >>> one, other = (SchemePeople(PeopleSet.of(b"key", names)) for names in (["P1", "P2", "P3"], ["P3", "P2"]))
    >>> one.same_as(other.remembered()), one.same_as(SchemePeople(PeopleSet.of(b"key", ["P9"])).remembered())
    (True, False)
    """

    people: PeopleSet

    def remembered(self) -> dict[str, Any]:
        """Return the people's keyed hashes."""
        return {"people": self.people.pack()}

    def same_as(self, remembered: dict[str, Any]) -> bool:
        """Tell whether at least half of the smaller set is in the larger one."""
        other = PeopleSet.unpack(remembered["people"])
        smaller = min(len(self.people), len(other))
        return smaller > 0 and self.people.shared(other) >= MOST * smaller


def scheme_people(connection: Engine, scheme: Scheme, key: bytes) -> SchemePeople:
    """Return the participants of a scheme, by their agencies' numbers."""
    rows = connection.rows(
        "SELECT DISTINCT organisation_id || ':' || person_id FROM participation "
        "WHERE scheme_id = ? AND organisation_id = COALESCE(?, organisation_id)",
        [scheme.id, scheme.organisation],
    )
    return SchemePeople(PeopleSet.of(key, [name for (name,) in rows]))
