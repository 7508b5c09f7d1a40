"""What became of agencies' records of offences: merged by what, left apart, in doubt; counted by pair of agencies."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from whatworks.measures.derivation import put
from whatworks.records.engine import Engine


@dataclass(frozen=True, slots=True)
class AgencyPair:
    """What two agencies' records of offences made together (numbers of offences).

    `by_code` of the `merged` met without a case, by person, day and code. `doubtful`: an agency holds several such
    records, so which met which cannot be told. `other_day`: one agency's alone, though both have the person's case.
    `other_case`: one agency's alone, though both have an offence of the person's on that day and in that group under
    another reference. They may be one offence counted twice.
    """

    first: str
    second: str
    merged: int
    by_code: int
    doubtful: int
    other_day: int
    other_case: int


@dataclass(frozen=True, slots=True)
class Merging:
    """How many offences the agencies' records are of."""

    records: int
    offences: int
    pairs: tuple[AgencyPair, ...]
    without_case: dict[str, tuple[int, int]]
    """For each agency: records whose reference names no case, and all its records."""


MOST_AGENCIES = 62
"""Agencies that a sum of bits can name; those beyond, in alphabetical order, are counted as the last."""


def put_agency_bits(connection: Engine) -> None:
    """Make `agency_bit`: a power of two for each agency that holds offences, so that a sum names a set of agencies."""
    rows = connection.rows("SELECT DISTINCT organisation_id FROM offence ORDER BY organisation_id")
    bits = [[agency, 1 << min(place, MOST_AGENCIES - 1)] for place, (agency,) in enumerate(rows)]
    put(connection, "agency_bit", "organisation_id VARCHAR, bit BIGINT", bits)


def read_merging(connection: Engine) -> Merging:
    """Return the counts by pair of agencies, from `merge_count` and `offence_report`."""
    bits: dict[str, int] = dict(connection.rows("SELECT organisation_id, bit FROM agency_bit ORDER BY organisation_id"))
    rows = connection.rows(
        "SELECT agencies, case_agencies, day_agencies, offences, records, by_code, doubtful FROM merge_count"
    )
    without = connection.rows(
        "SELECT organisation_id, count(*) FILTER (WHERE case_ref IS NULL), count(*) "
        "FROM offence_report GROUP BY organisation_id ORDER BY organisation_id"
    )
    return Merging(
        records=sum(row[4] for row in rows),
        offences=sum(row[3] for row in rows),
        pairs=tuple(_pair(one, two, bits, rows) for one, two in combinations(bits, 2)),
        without_case={agency: (blank, records) for agency, blank, records in without},
    )


def _pair(first: str, second: str, bits: dict[str, int], rows: list[tuple[int, ...]]) -> AgencyPair:
    counts: Counter[str] = Counter()
    both = bits[first] | bits[second]
    for agencies, case_agencies, day_agencies, offences, _, by_code, doubtful in rows:
        if agencies & both == both:
            counts += Counter(merged=offences, by_code=by_code, doubtful=doubtful)
        elif agencies in (bits[first], bits[second]):
            counts["other_day"] += offences * (case_agencies & both == both)
            counts["other_case"] += offences * (day_agencies & both == both and case_agencies & both != both)
    names = ("merged", "by_code", "doubtful", "other_day", "other_case")
    return AgencyPair(first, second, *(counts[name] for name in names))
