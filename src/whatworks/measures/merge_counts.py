"""Count by pair of agencies what `merge_count.sql` found."""

from collections import Counter
from itertools import combinations

from whatworks.measures.derivation import put
from whatworks.measures.merging import AgencyPair, Merging
from whatworks.records.engine import Engine

MOST_AGENCIES = 62
"""Agencies that a sum of bits can name; those beyond, in alphabetical order, are counted as the last."""


def put_agency_bits(connection: Engine) -> None:
    """Make `agency_bit`: a power of two for each agency that holds offences, so that a sum names a set of agencies."""
    rows = connection.rows("SELECT DISTINCT organisation_id FROM offence ORDER BY organisation_id")
    bits = [[agency, 1 << min(place, MOST_AGENCIES - 1)] for place, (agency,) in enumerate(rows)]
    put(connection, "agency_bit", "organisation_id VARCHAR, bit BIGINT", bits)


def read_merging(connection: Engine) -> Merging:
    """Return the counts by pair of agencies, from `merge_count` and `offence_told`."""
    bits: dict[str, int] = dict(connection.rows("SELECT organisation_id, bit FROM agency_bit ORDER BY organisation_id"))
    rows = connection.rows(
        "SELECT agencies, case_agencies, day_agencies, offences, records, by_code, doubtful FROM merge_count"
    )
    without = connection.rows(
        "SELECT organisation_id, count(*) FILTER (WHERE case_ref IS NULL), count(*) "
        "FROM offence_told GROUP BY organisation_id ORDER BY organisation_id"
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
