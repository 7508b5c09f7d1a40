"""Keep what was estimated under other joinings of the records, so that the same question is not worked out twice."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import numpy as np
from pydantic import TypeAdapter

from whatworks.evaluation.answer.redrawn import Estimates
from whatworks.evaluation.question.protocol import Protocol
from whatworks.linkage.clusters.components import Labels
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine, Store
from whatworks.records.tables.agency_tables import MEASURED_TABLES
from whatworks.statistics.groups.estimate import Estimate
from whatworks.version import __version__

KEPT = 8
"""Questions whose draws a store keeps, the latest asked."""
_READ = TypeAdapter(list[dict[str, Estimate]])


def draws_key(
    connection: Engine, protocol: Protocol, settings: MeasureSettings, minimum: int, joinings: Iterable[Labels]
) -> str:
    """Return a hash of all that the draws of an evaluation rest on.

    That is the records, the joinings (of which model, decisions, threshold, number and seed of the draws, and what
    judges said make each what it is), the protocol, the settings of measures and this version of the software.
    """
    digest = hashlib.sha256()
    for part in (__version__, protocol.sha256(), repr(settings), str(minimum), *_contents(connection)):
        digest.update(f"{part}\n".encode())
    for labels in joinings:
        digest.update(np.ascontiguousarray(labels, dtype="<i4").tobytes())
    return digest.hexdigest()


def _contents(connection: Engine) -> Iterable[str]:
    """Yield a hash of each table of records, in whatever order its rows stand."""
    for table in sorted({*MEASURED_TABLES, "identity"}):
        [row] = connection.rows(f"SELECT COUNT(*), SUM(CAST(hash(t) AS HUGEINT)) FROM {table} AS t")
        yield f"{table} {row}"


def kept_draws(connection: Engine, key: str) -> list[Estimates] | None:
    """Return the estimates that were kept by a key, one for each joining; None where none were."""
    rows = connection.rows("SELECT estimates FROM link_drawn WHERE draws_key = ?", [key])
    return list(_READ.validate_python(json.loads(rows[0][0]))) if rows else None


def keep_draws(connection: Store, key: str, estimates: Sequence[Estimates]) -> None:
    """Keep estimates by a key; of what was kept before, the latest stay.

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = scratch()
    >>> create_tables(con)
    >>> for number in range(10):
    ...     keep_draws(con, f"key {number}", [{}])
    >>> con.rows("SELECT COUNT(*) FROM link_drawn"), kept_draws(con, "key 1"), kept_draws(con, "key 9")
    ([(8,)], None, [{}])
    """
    text = json.dumps([{name: asdict(each) for name, each in found.items()} for found in estimates])
    connection.change(
        "INSERT INTO link_drawn (number, draws_key, estimates) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?, ? FROM link_drawn",
        [key, text],
    )
    connection.change("DELETE FROM link_drawn WHERE number <= (SELECT MAX(number) FROM link_drawn) - ?", [KEPT])
