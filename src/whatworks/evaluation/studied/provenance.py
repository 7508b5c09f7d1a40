"""Say where every number comes from: which files, which protocol, which version, and how to make it again."""

import hashlib
from dataclasses import dataclass
from datetime import date

from whatworks.evaluation.question.lock import KnownData, LockBook
from whatworks.evaluation.question.protocol import INDEX_EVENTS, Protocol
from whatworks.evaluation.result import About, DataStamp, Paper, ProtocolStamp, SourceStamp, Status
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.records.engine import Engine
from whatworks.records.tables.agency_tables import MEASURED_TABLES
from whatworks.version import __version__


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a result says of its making besides the data: the command, and whether the protocol was fixed beforehand."""

    command: str = "whatworks evaluate"
    status: Status = "exploratory"
    locked_on: date | None = None
    minimum_count: int = 10
    data_changed: bool = False


def stamp_from(
    protocol: Protocol,
    book: LockBook,
    data: dict[str, str],
    command: str,
    minimum_count: int,
    people: KnownData | None = None,
) -> Stamp:
    """Return the stamp of a protocol by its lock; `data` holds the present files' hashes by name."""
    lock = book.lock_of(protocol, people)
    changed = lock is not None and lock.data != data
    return Stamp(command, book.status(protocol, people), lock.locked_on if lock else None, minimum_count, changed)


def read_sources(connection: Engine) -> tuple[SourceStamp, ...]:
    """Return every imported file of a partnership's store that an evaluation measures from, in a fixed order."""
    rows = connection.rows(
        'SELECT organisation_id, "table", name, sha256, as_at, rows_in, rows_kept, rows_quarantined, rows_excluded, '
        'coalesce(rows_dropped, 0) FROM source WHERE list_contains(?, "table") '
        'ORDER BY organisation_id, "table", name, sha256',
        [list(MEASURED_TABLES)],
    )
    names = [
        "organisation_id", "table", "name", "sha256", "as_at",
        "rows_in", "rows_kept", "rows_quarantined", "rows_excluded", "rows_dropped",
    ]  # fmt: skip
    return tuple(SourceStamp(**dict(zip(names, row, strict=True))) for row in rows)


def source_hashes(sources: tuple[SourceStamp, ...]) -> dict[str, str]:
    """Return one hash for each file name, over all that was imported under it.

    >>> stamp = SourceStamp(organisation_id="", table="flat", name="a.csv", sha256="12", as_at=None, rows_in=1,
    ...     rows_kept=1, rows_quarantined=0, rows_excluded=0)
    >>> source_hashes((stamp,))
    {'a.csv': '12'}
    """
    together: dict[str, set[str]] = {}
    for one in sources:
        together.setdefault(one.name, set()).add(one.sha256)
    return {name: _one_hash(hashes) for name, hashes in sorted(together.items())}


def paper(protocol: Protocol, stamp: Stamp) -> Paper:
    """Return what the paper is for."""
    scheme = protocol.scheme
    return Paper(
        title=scheme.title,
        item=scheme.item,
        decision_sought=scheme.decision_sought,
        prepared_for=scheme.prepared_for,
        command=stamp.command,
        about=about(protocol),
    )


def about(protocol: Protocol) -> About:
    """Return what members must know of the scheme; of a flat file the window of index events is not known."""
    scheme, cohort = protocol.scheme, protocol.cohort
    records = protocol.data.source == "partnership"
    kinds = ("participation_start",) if cohort.clock == "scheme_start" else cohort.kinds
    return About(
        scheme=scheme.name,
        what=scheme.what,
        whom=cohort.population,
        where=scheme.where,
        first=cohort.first_index if records else None,
        last=cohort.last_index if records else None,
        counted_from=" or ".join(INDEX_EVENTS[kind] for kind in kinds) if records else "",
    )


def protocol_stamp(protocol: Protocol, stamp: Stamp) -> ProtocolStamp:
    """Return which protocol it was, and whether it was fixed before outcomes were seen."""
    return ProtocolStamp(
        id=protocol.folder,
        sha256=protocol.sha256(),
        status=stamp.status,
        locked_on=stamp.locked_on,
        causal=protocol.scheme.causal,
    )


def data_stamp(protocol: Protocol, units: AnalysisSample) -> DataStamp:
    """Return what the numbers were computed from."""
    return DataStamp(
        as_at=units.as_at,
        sources=units.sources,
        code_version=__version__,
        seed=protocol.seed,
        severity_edition=units.severity_edition,
        merging=units.merging,
    )


def _one_hash(hashes: set[str]) -> str:
    if len(hashes) == 1:
        return next(iter(hashes))
    return hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
