"""Time proven reoffending over a million people and twenty million events, beside the bare join and count of them.

Run `python benchmarks/proven_reoffending.py [--people N] [--runs N]`. The records are made up inside DuckDB: police,
courts and probation report the same offences, two and a half records each. It prints medians of the runs and their
ratios to the bare join and count, of merging the agencies' records (once an evaluation) and of the measure (over one
and two years; at most 2 is asked), and the most memory the process ever held (under 3 GB is asked).
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from whatworks.linkage import link
from whatworks.measures import MeasureSettings
from whatworks.measures.derivation import derive, put, resting_on
from whatworks.measures.prepare import MERGING, put_settings
from whatworks.measures.spans import Span, put_spans
from whatworks.records.engine import Store
from whatworks.records.store import DuckDBStore
from whatworks.records.tables.ddl import create_tables

OFFENCES_EACH = 8
AGENCIES = "(VALUES ('police', 0), ('court', 0), ('probation', 1)) AS agency (organisation_id, every_second)"


def make_records(connection: Store, people: int) -> int:
    """Fill the tables; return the number of offence records (20 a person)."""
    create_tables(connection)
    connection.change(
        "INSERT INTO organisation BY NAME SELECT 's' AS source_id, 1 AS source_line, organisation_id, "
        f"organisation_id AS name, organisation_id AS kind FROM {AGENCIES}"
    )
    connection.change(
        "INSERT INTO person BY NAME SELECT 's' AS source_id, i + 1 AS source_line, organisation_id, "
        "organisation_id || '-' || i AS person_id, (1970 + i % 50) || '/' || i || "
        "substring('ZABCDEFGHJKLMNPQRTUVWXY', ((1970 + i % 50) % 100 * 10000000 + i) % 23 + 1, 1) AS pnc_id "
        f"FROM range({people}) AS r (i), {AGENCIES}"
    )
    connection.change(
        f"""
        INSERT INTO offence BY NAME
        SELECT
          's' AS source_id, k + 1 AS source_line, organisation_id,
          organisation_id || k AS offence_id,
          organisation_id || '-' || (k % {people}) AS person_id,
          'R' || k AS offence_ref,
          'C' || (k % 300) AS offence_code,
          CASE WHEN k % 9 = 0 THEN 'breach' WHEN k % 2 = 0 THEN 'theft' ELSE 'violence' END AS offence_group,
          committed_from,
          committed_from + 3 AS recorded_on,
          committed_from + 30 AS charged_on,
          CASE WHEN k % 5 > 0 THEN committed_from + 30 + (hash(k + 1) % 300)::INTEGER END AS sanctioned_on,
          CASE WHEN k % 5 > 1 THEN 'conviction' WHEN k % 5 > 0 THEN 'caution' END AS sanction
        FROM (
          SELECT k, DATE '2012-01-01' + (hash(k) % 4000)::INTEGER AS committed_from
          FROM range({people * OFFENCES_EACH}) AS r (k)
        ), {AGENCIES}
        WHERE every_second = 0 OR k % 2 = 0
        """
    )
    link(connection)
    connection.change(
        "CREATE TABLE cohort AS SELECT row_number() OVER (ORDER BY linked_id) AS unit, linked_id, "
        "DATE '2018-01-01' + (hash(linked_id) % 700)::INTEGER AS index_date, 'release' AS kind "
        "FROM (SELECT DISTINCT linked_id FROM identity)"
    )
    return int(connection.rows("SELECT count(*) FROM offence")[0][0])


def bare(connection: Store) -> int:
    """Join the events to the people of the cohort and count them for each person, nothing more."""
    connection.change(
        "CREATE OR REPLACE TEMP TABLE counted AS SELECT c.unit, count(*) AS events FROM offence AS o "
        "JOIN identity AS i ON i.organisation_id = o.organisation_id AND i.person_id = o.person_id "
        "JOIN cohort AS c ON c.linked_id = i.linked_id GROUP BY c.unit"
    )
    return int(connection.rows("SELECT sum(events)::BIGINT FROM counted")[0][0])


def merge(connection: Store) -> int:
    """Find which agencies' records are of one offence: once an evaluation, whatever is then measured."""
    derive(connection, ["linked_person"])
    for name, is_view in MERGING.items():
        derive(connection, [name], view=is_view)
    put(connection, "index_event", "linked_id VARCHAR, index_date DATE, kind VARCHAR", [])
    derive(connection, ["person_in_conviction_record"])
    return int(connection.rows("SELECT count(*) FROM offence_record")[0][0])


def measure(connection: Store) -> int:
    """Count proven reoffending over one and two years: window, merge what falls into it, prove, count."""
    given = put_spans(connection, [Span(12, 0, 12), Span(24, 0, 24)], leave_out_index=False)
    derive(connection, resting_on(["cohort", *given], ["proven_reoffending", "first_reoffence"]))
    return int(connection.rows("SELECT sum(frequency)::BIGINT FROM proven_reoffending WHERE span = 12")[0][0])


def timed(work: Callable[[], int], runs: int) -> tuple[float, int]:
    """Return the median seconds of processor time, and what the work returned: others may work on the machine too."""
    seconds, answer = [], 0
    for _ in range(runs):
        begin = time.process_time()
        answer = work()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds), answer


def main() -> None:
    """Make the records, time both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", default="2GB", help="DuckDB's memory limit")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        connection = DuckDBStore(Path(folder) / "bench.duckdb")
        connection.change(f"SET memory_limit = '{chosen.memory}'")
        connection.change(f"SET temp_directory = '{folder}/spill'")
        events = make_records(connection, chosen.people)
        put_settings(connection, MeasureSettings(date(2025, 6, 30), "police"))
        bare_seconds, counted = timed(lambda: bare(connection), chosen.runs)
        merging, _ = timed(lambda: merge(connection), chosen.runs)
        seconds, reoffences = timed(lambda: measure(connection), chosen.runs)
        connection.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{chosen.people:,} people, {events:,} events ({counted:,} counted), {reoffences:,} proven in a year")
    print(f"{'bare join and count':28}{bare_seconds:8.2f} s")
    for name, taken in (("agencies' records merged", merging), ("proven reoffending", seconds)):
        print(f"{name:28}{taken:8.2f} s{taken / bare_seconds:8.2f} times the bare join")
    print(f"{'peak memory (under 3 GB)':28}{peak:8.2f} GB")


if __name__ == "__main__":
    main()
