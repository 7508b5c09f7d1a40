"""The tables of the store's book: the chain, and outside it whose its references are and what opens its seals."""

import dataframely as dy

from whatworks.records.register.columns import code_of, name_of, written
from whatworks.records.register.entry import ChangeTable, RegisterTable
from whatworks.records.tables.codes import TIERS
from whatworks.records.tables.declaration import about


class BookEntry(dy.Schema):
    """One thing that happened, chained to the one before."""

    entry_number = dy.Int64(description="Its place in the book, from 1.")
    kind = dy.String(description="What happened.")
    written_at = dy.String(description="When, ISO 8601.")
    payload = dy.String(description="What is remembered of it, as JSON.")
    previous = dy.String(description="Hash of the entry before it.")
    sha256 = dy.String(description="Hash of this one and of the one before.")


class BookHead(dy.Schema):
    """How far the book had come when it was last written, and its random key."""

    entry_count = dy.Int64(description="Number of entries.")
    last_sha256 = dy.String(description="Hash of the last.")
    hash_key = dy.String(description="Random key by which people are recognised, in hexadecimal.")


class AuditPerson(dy.Schema):
    """Whose a reference in the chain is. Erasing a person deletes the row with its key; the chain is not touched."""

    entry_number = dy.Int64(description="The entry that names them.")
    reference = dy.String(description="What stands for them there: a keyed hash of agency and number.")
    hash_key = dy.String(description="Its random key, in hexadecimal.", metadata=about(identifying=True))
    organisation_id = dy.String(description="The agency.")
    person_id = dy.String(description="Its number for the person.", metadata=about(identifying=True))


class AuditSeal(dy.Schema):
    """The key of an entry's keyed hashes, and the reason as somebody wrote it, of which the chain holds the hash."""

    entry_number = dy.Int64(description="The entry.")
    hash_key = dy.String(description="Its random key, in hexadecimal.", metadata=about(identifying=True))
    why = dy.String(nullable=True, description="The reason.", metadata=about(identifying=True))


class RemovedRow(dy.Schema):
    """The trace of a row that a newer extract of its source left out, or holds with other values."""

    entry_number = dy.Int64(description="The entry that tells of the replacement.")
    source = dy.String(description="The name of the source.")
    table = dy.String(description="The table that held it.")
    row_key = dy.String(description="Its key there.", metadata=about(identifying=True))
    organisation_id = dy.String(nullable=True, description="Whose record it was.")
    person_id = dy.String(nullable=True, description="Whom it was about.", metadata=about(identifying=True))
    fate = dy.String(description="`removed`, or `changed`.")
    row_hash = dy.String(description="Keyed hash of the row as it was, by the entry's key.")


class AuditReader(RegisterTable):
    """Who may use the records: by the name with which they sign in to the system."""

    sign_in = name_of("The name with which they sign in.", nullable=False)
    name = name_of("Their own name.", nullable=False)
    organisation_id = written("Their agency; null for the partnership's own staff.")
    roles = written("Their roles, with commas between.")
    tier = code_of(TIERS, "The highest classification that they may read.")


BOOK_TABLES: dict[str, type[dy.Schema]] = {
    "book_entry": BookEntry,
    "book_head": BookHead,
    "audit_person": AuditPerson,
    "audit_seal": AuditSeal,
    "removed_row": RemovedRow,
    "audit_reader": AuditReader,
    "audit_change": ChangeTable,
}
"""What every store has from the first time that it is opened for writing."""
