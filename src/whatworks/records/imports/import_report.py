"""Say what became of a file's records: how many came in, and how many were kept, quarantined, excluded or dropped."""

from dataclasses import dataclass, field

from whatworks.records.imports.replacing import Change


@dataclass(frozen=True, slots=True)
class BlockReport:
    """What became of a file's records in one table. `change` is what differs from the extract that was replaced."""

    source_id: str
    table: str
    rows_in: int
    kept: int
    quarantined: int
    excluded: int
    dropped: int = 0
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Where the file was imported before (`already`), it did nothing, and says what stands.

    `released` are rows of earlier files, by table, kept now because their parent came; `orphaned` are rows set aside
    because a replaced extract no longer holds their parent. `notes` say how the file was read, where that is in doubt,
    and which dates repeat as placeholders do; they stay with the source.
    """

    source: str
    already: bool
    blocks: tuple[BlockReport, ...]
    released: dict[str, int] = field(default_factory=dict)
    orphaned: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
