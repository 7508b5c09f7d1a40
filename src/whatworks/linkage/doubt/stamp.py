"""Know again, long after, by what the records were joined: a lock keeps it, and an evaluation compares."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Self

from whatworks.records.engine import Engine

_BY_MODEL = "SELECT COUNT(*) FROM identity WHERE method = 'probabilistic'"
_MODEL = "SELECT model_id FROM link_model ORDER BY number DESC LIMIT 1"
_DECISIONS = """
SELECT decision_id, decision
FROM link_decision AS d
WHERE decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM link_decision AS u WHERE u.undoes = d.decision_id)
ORDER BY decision_id
"""
_LAST = "SELECT COALESCE(MAX(decision_id), 0) FROM link_decision"
_JUDGEMENTS = "SELECT judgement, sample_id, question, answer FROM link_judgement ORDER BY judgement"


@dataclass(frozen=True, slots=True)
class LinkStamp:
    """What a model's links rest on: hashes of the model, of the decisions in force and of all judgements of sampled
    pairs, the threshold and the draws.

    Decisions and judgements are known by their running numbers, of which `last_decision` and `last_judgement` are the
    last, so nothing here tells of people. Locks of earlier versions know no judgements: both are None then.
    """

    model_sha256: str
    decisions_sha256: str
    last_decision: int
    threshold: float
    draws: int
    judgements_sha256: str | None = None
    last_judgement: int | None = None

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

    def same_as(self, other: Self) -> bool:
        """Tell whether links rest on the same, as far as both know.

        >>> then, now = LinkStamp("ab", "cd", 3, 0.3, 20), LinkStamp("ab", "cd", 3, 0.3, 20, "ef", 380)
        >>> then.same_as(now), LinkStamp("ab", "cd", 3, 0.3, 20, "gh", 379).same_as(now)
        (True, False)
        """
        mine, theirs = self.payload(), other.payload()
        return all(theirs[name] in (None, value) for name, value in mine.items() if value is not None)


def link_stamp(connection: Engine, threshold: float, draws: int) -> LinkStamp | None:
    """Return what the store's links rest on now; None where no model joined its records."""
    [(by_model,)] = connection.rows(_BY_MODEL)
    models = connection.rows(_MODEL)
    if not by_model or not models:
        return None
    decisions, judgements = (connection.rows(query) for query in (_DECISIONS, _JUDGEMENTS))
    [(last,)] = connection.rows(_LAST)
    return LinkStamp(
        str(models[0][0]),
        _sha256(decisions),
        int(last),
        threshold,
        draws,
        _sha256(judgements),
        int(judgements[-1][0]) if judgements else 0,
    )


def _sha256(rows: list[tuple[Any, ...]]) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()
