"""Say who took part in the scheme, from when, and which of them the conviction record knows."""

from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.question.protocol import Scheme
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

_ROWS = """
SELECT
  COALESCE(i.linked_id, p.organisation_id || ':' || p.person_id) AS linked_id,
  k.linked_id IS NOT NULL AS linked,
  LEAST(p.eligible_on, p.referred_on, p.offered_on, p.started_on) AS joined_on,
  p.started_on,
  p.ended_on,
  COALESCE(p.referred_on, p.offered_on, p.started_on) IS NOT NULL AS took_part
FROM participation AS p
LEFT JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
LEFT JOIN person_in_conviction_record AS k ON k.linked_id = i.linked_id
WHERE p.scheme_id = ? AND p.organisation_id = COALESCE(?, p.organisation_id)
ORDER BY linked_id, joined_on, started_on
"""


@dataclass(frozen=True, slots=True)
class Participants:
    """The scheme's people. `rows` has one row a participation: linked_id, linked, joined_on, started_on, ended_on.

    `joined_on` is the first day on which the person is known to have been meant for the scheme (eligible, referred,
    offered or started); being lost to the service later changes nothing. Someone who was eligible but never referred,
    offered or started took no part.
    """

    rows: pl.DataFrame
    eligible_only: pl.DataFrame
    """People held as eligible who were never referred, offered or started: linked_id, joined_on, and so on."""

    @property
    def submitted(self) -> int:
        """How many people the scheme says took part."""
        return int(self.rows["linked_id"].n_unique())

    @property
    def linked(self) -> int:
        """How many of them are in the conviction record."""
        return int(self.rows.filter("linked")["linked_id"].n_unique())


def read_participants(connection: Engine, scheme: Scheme) -> Participants:
    """Return the scheme's participants and those only eligible; refuse an unknown scheme, and one without people.

    `prepare` of room measures must have run on the connection.
    """
    known = [str(row[0]) for row in connection.rows("SELECT DISTINCT scheme_id FROM scheme ORDER BY 1")]
    known += [
        str(row[0])
        for row in connection.rows("SELECT DISTINCT scheme_id FROM participation ORDER BY 1")
        if row[0] not in known
    ]
    if scheme.id not in known:
        near = get_close_matches(scheme.id, known, 1) or known[:1]
        remedy = f'did you mean "{near[0]}"?' if near else "import its scheme and participation tables first"
        raise Refused(Fault("is not a scheme in the records", remedy, field="scheme.id", value=scheme.id))
    found = connection.fetch(_ROWS, [scheme.id, scheme.organisation])
    rows = found.filter("took_part").drop("took_part")
    if not rows.height:
        raise Refused(
            Fault(
                "has no participants with a day of referral, offer or start",
                "import its participation table, with these days",
                field="scheme.id",
                value=scheme.id,
            )
        )
    return Participants(rows, found.filter(~pl.col("took_part")).drop("took_part"))
