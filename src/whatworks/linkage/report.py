"""Count how far agencies' records of people could be joined, and say what stands in the way."""

from dataclasses import dataclass, field

from whatworks.linkage.identities.decisions import standing_decisions
from whatworks.records.engine import Engine
from whatworks.records.showing.counted import counted


@dataclass(frozen=True, slots=True)
class OrganisationLinkage:
    """How far one agency's records of people could be joined with others' (numbers of records)."""

    organisation_id: str
    records: int
    linked: int
    unlinked: int
    repeated: int
    """Records whose number stands on an earlier record of the same agency too: one person held twice."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why records have no shared number (`pnc_id` empty, not a PNC number, ...), the most frequent first.

    Counted where people are joined by that number alone.
    """
    by_number: bool = True
    """Whether people are joined by a shared number alone."""

    def __str__(self) -> str:
        """Return what stands in the way of joining this agency's records, for a person to read.

        >>> print(OrganisationLinkage("probation", 9, 4, 5, 0, {"empty": 3, "without a check letter": 2}))
        probation: 5 of 9 records of people cannot be joined: pnc_id is empty in 3, without a check letter in 2
        """
        why = ", ".join(f"{reason} in {count:,}" for reason, count in self.reasons.items())
        where = f"{self.organisation_id}: {self.unlinked:,} of {counted(self.records, 'record')} of people"
        plain = f"{where} cannot be joined" if self.by_number else f"{where} are joined with no other record"
        return f"{plain}: pnc_id is {why}" if why else plain


@dataclass(frozen=True, slots=True)
class LinkageReport:
    """What joining did. Nobody is dropped: who cannot be joined stays, as a person of one agency."""

    organisations: tuple[OrganisationLinkage, ...]
    people: int
    shared: int
    """People known to at least two agencies."""
    unlike: int = 0
    """People joined by number alone whose records' birth dates differ."""
    method: str = "shared_number"
    """How people were joined: `probabilistic`, or `shared_number`."""
    model_id: str | None = None
    threshold: float | None = None
    refused: int = 0
    """Likely pairs of people who were not joined, since they would contradict themselves."""
    decisions: int = 0
    """People's decisions in force."""
    by_number_for_now: bool = False
    """Whether people are joined by number only because no model was trained yet."""
    changed: bool = field(default=False, compare=False)
    """Whether anybody's linked number, or what is known of how it came about, changed just now."""

    @property
    def unlinked(self) -> int:
        """Return the number of records that could not be joined: a counted step of the attrition trail."""
        return sum(agency.unlinked for agency in self.organisations)


_UNLIKE = """
SELECT count(*) FROM (
  SELECT linked_id FROM identity JOIN person USING (organisation_id, person_id)
  GROUP BY linked_id HAVING max(date_of_birth) > min(date_of_birth)
) AS each
"""


def linkage_report(connection: Engine) -> LinkageReport:
    """Count what `identity` holds now, by agency, with the reasons why records are not joined."""
    connection.derive(
        "person_at_agency",
        "SELECT linked_id, organisation_id, count(*) AS records, "
        "count(*) FILTER (WHERE method = 'unlinked') AS unlinked FROM identity GROUP BY linked_id, organisation_id",
    )
    rows = connection.rows(
        "SELECT organisation_id, CAST(sum(records) AS BIGINT), CAST(sum(records - unlinked) AS BIGINT), "
        "CAST(sum(unlinked) AS BIGINT), CAST(sum(records - 1) AS BIGINT) "
        "FROM person_at_agency GROUP BY organisation_id ORDER BY organisation_id"
    )
    [(people, shared)] = connection.rows(
        "SELECT count(*), count(*) FILTER (WHERE agencies > 1) "
        "FROM (SELECT count(*) AS agencies FROM person_at_agency GROUP BY linked_id) AS each"
    )
    connection.drop("person_at_agency")
    reasons: dict[str, dict[str, int]] = {}
    for organisation, reason, count in connection.rows(
        "SELECT organisation_id, reason, count(*) AS times FROM identity WHERE method = 'unlinked' "
        "AND reason IS NOT NULL GROUP BY organisation_id, reason ORDER BY organisation_id, times DESC, reason"
    ):
        reasons.setdefault(organisation, {})[reason] = count
    runs = connection.rows("SELECT method, model_id, threshold FROM link_run")
    method, model_id, threshold = runs[0] if runs else ("shared_number", None, None)
    unlike = connection.rows(_UNLIKE)[0][0] if model_id is None else 0
    [(refused,)] = connection.rows("SELECT count(*) FROM link_refusal")
    organisations = [
        OrganisationLinkage(name, records, linked, unlinked, repeated, reasons.get(name, {}), model_id is None)
        for name, records, linked, unlinked, repeated in rows
    ]
    decisions = len(standing_decisions(connection))
    return LinkageReport(tuple(organisations), people, shared, unlike, method, model_id, threshold, refused, decisions)


def known_to_several(engine: Engine) -> tuple[int, int]:
    """Return how many people the linked records hold, and how many of them two agencies or more know.

    Nobody is linked yet where `identity` is empty: both are zero then. The numbers are exact; whoever shows them
    withholds what is small.
    """
    [row] = engine.rows(
        "SELECT count(*), count(*) FILTER (WHERE agencies > 1) FROM "
        "(SELECT count(DISTINCT organisation_id) AS agencies FROM identity GROUP BY linked_id)"
    )
    return int(row[0]), int(row[1])
