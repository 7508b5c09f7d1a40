"""Know again, long after, by what the records were joined: a lock keeps it, and an evaluation compares."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Self

import duckdb

_BY_MODEL = "SELECT COUNT(*) FROM identity WHERE method = 'probabilistic'"
_MODEL = "SELECT model_id FROM link_model ORDER BY number DESC LIMIT 1"
_DECISIONS = """
SELECT decision_id, decision
FROM link_decision AS d
WHERE decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM link_decision AS u WHERE u.undoes = d.decision_id)
ORDER BY decision_id
"""
_LAST = "SELECT COALESCE(MAX(decision_id), 0) FROM link_decision"


@dataclass(frozen=True, slots=True)
class LinkStamp:
    """What a model's links rest on: hashes of the model and of the decisions in force, the threshold and the draws.

    Decisions are known by their running numbers, of which `last_decision` is the last, so nothing here tells of people.
    """

    model_sha256: str
    decisions_sha256: str
    last_decision: int
    threshold: float
    draws: int

    def payload(self) -> dict[str, Any]:
        """Return what a lock keeps."""
        return asdict(self)

    @classmethod
    def of(cls, payload: dict[str, Any]) -> Self:
        """Return the stamp that a lock kept.

        >>> stamp = LinkStamp("ab", "cd", 3, 0.3, 20)
        >>> LinkStamp.of(stamp.payload()) == stamp
        True
        """
        return cls(**payload)


def link_stamp(connection: duckdb.DuckDBPyConnection, threshold: float, draws: int) -> LinkStamp | None:
    """Return what the store's links rest on now; None where no model joined its records."""
    [(by_model,)] = connection.execute(_BY_MODEL).fetchall()
    models = connection.execute(_MODEL).fetchall()
    if not by_model or not models:
        return None
    said = repr(connection.execute(_DECISIONS).fetchall())
    [(last,)] = connection.execute(_LAST).fetchall()
    return LinkStamp(str(models[0][0]), hashlib.sha256(said.encode()).hexdigest(), int(last), threshold, draws)
