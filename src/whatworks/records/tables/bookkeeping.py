"""The tables that the store keeps for itself: which files were imported, what was set aside, who is who."""

import dataframely as dy

from whatworks.records.audit.tables import BOOK_TABLES
from whatworks.records.identities.tables import LINKAGE_TABLES
from whatworks.records.tables.declaration import about


class Source(dy.Schema):
    """One imported file, as far as it fills one table. `rows_in` is counted by the reader, before any frame exists."""

    source_id = dy.String(primary_key=True, description="Name of the source within the store.")
    organisation_id = dy.String(description="The agency that sent it.")
    table = dy.String(description="The table it fills.")
    name = dy.String(description="The name given at import, shared by all tables that one file fills.")
    sha256 = dy.String(description="Hash of the file's bytes.")
    mapping_sha256 = dy.String(nullable=True, description="Hash of the mapping's parsed content.")
    as_at = dy.Date(description="The day on which the agency made the extract.")
    received_on = dy.Date(description="The day of import.")
    rows_in = dy.Int64(min=0, description="Records in the file, counted by the reader.", metadata=about(unit="rows"))
    rows_kept = dy.Int64(min=0, description="Rows kept.", metadata=about(unit="rows"))
    rows_quarantined = dy.Int64(min=0, description="Rows set aside, with their faults.", metadata=about(unit="rows"))
    rows_excluded = dy.Int64(min=0, description="Rows that the mapping's `when` left out.", metadata=about(unit="rows"))
    rows_dropped = dy.Int64(
        nullable=True, min=0, description="Lines that are not records, kept in `dropped`.", metadata=about(unit="rows")
    )


class Quarantine(dy.Schema):
    """One fault of one row that was not kept; a row with three faults has three rows here and one (source_id, line)."""

    source_id = dy.String(description="The source that the row came from.")
    line = dy.Int64(min=1, description="Physical line in the file, or row of the sheet.")
    raw = dy.String(description="The row as it stood in the file.", metadata=about(identifying=True))
    field = dy.String(nullable=True, description="The column at fault; null where the whole row is.")
    value = dy.String(nullable=True, description="What stood there.", metadata=about(identifying=True))
    problem = dy.String(description="What is wrong with it.")
    remedy = dy.String(description="What would put it right.")
    rule = dy.String(description="Short name of the check.")


class Dropped(dy.Schema):
    """A line that is not a record: left out by the file's settings, or dropped from quarantine by a person."""

    source_id = dy.String(description="The source that the line came from.")
    line = dy.Int64(min=1, description="Physical line in the file, or row of the sheet.")
    sha256 = dy.String(description="Hash of that file's bytes.")
    raw = dy.String(description="The line as it stood in the file.", metadata=about(identifying=True))
    reason = dy.String(description="Why it is not a record.")
    dropped_by = dy.String(nullable=True, description="Who said so; null where the file's settings do.")
    dropped_on = dy.Date(description="When.")
    replaced = dy.Bool(description="Whether the file has been imported anew since: it is history then, and stays.")


class HeldRow(dy.Schema):
    """What did parse of a row that was not kept, so that it can be corrected, or kept once its parent is known."""

    source_id = dy.String(description="The source that the row came from.")
    line = dy.Int64(min=1, description="Physical line in the file, or row of the sheet.")
    row_values = dy.String(
        description="Its values by our column names, as JSON; null where the text did not parse.",
        metadata=about(identifying=True),
    )


class HowRead(dy.Schema):
    """How an imported file was read, so that rows corrected later can be read the same way."""

    name = dy.String(primary_key=True, description="The name given at import.")
    file = dy.String(description="The file's own name.", metadata=about(handling="official"))
    header = dy.String(description="Its headers, as a JSON list.", metadata=about(handling="official"))
    delimiter = dy.String(nullable=True, description="What separates the values of its raw text; null for JSON.")
    mapping = dy.String(description="The mapping that read it, as JSON.", metadata=about(handling="official"))
    notes = dy.String(
        nullable=True,
        description="What a reader of its figures should be told, as a JSON list.",
        metadata=about(handling="official"),
    )


BOOKKEEPING_TABLES: dict[str, type[dy.Schema]] = {
    "source": Source,
    "quarantine": Quarantine,
    "dropped": Dropped,
    "held_row": HeldRow,
    "how_read": HowRead,
    **LINKAGE_TABLES,
    **BOOK_TABLES,
}
