"""Every table that the house declares, in records and in registers, with the handling of each column."""

from collections.abc import Collection, Iterator, Mapping
from importlib import import_module

import dataframely as dy

from whatworks.records.audit.tables import BOOK_TABLES
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.bookkeeping import BOOKKEEPING_TABLES
from whatworks.records.tables.codes import TIERS, Handling
from whatworks.records.tables.declaration import Table, about, handling_of

LEDGERS = (
    "whatworks.records.audit.reader:READERS", "whatworks.sharing.release:RELEASES",
    "whatworks.sharing.access:ACCESS", "whatworks.places.gangs_register:GANGS", "whatworks.people.tables:PEOPLE",
    "whatworks.casework.register:CASEWORK", "whatworks.board.register.ledger:LEDGER",
)  # fmt: skip
"""Registers of rooms above, as `package.module:NAME`; each is imported where an agreement may name its tables."""


class BriefingPassage(Table):
    """A passage of a briefing, in the column of its tier."""

    official = dy.String(nullable=True, description="A passage for all.", metadata=about(handling="official"))
    official_sensitive = dy.String(nullable=True, description="One that asks for care.", metadata=about())
    secret = dy.String(nullable=True, description="One that does harm if known.", metadata=about(handling="secret"))


def tables() -> Iterator[Mapping[str, type[dy.Schema]]]:
    """Yield the declared tables by name: records' own first, then each register's."""
    yield {**RECORD_TABLES, **BOOKKEEPING_TABLES, **BOOK_TABLES, "briefing": BriefingPassage}
    for place in LEDGERS:
        module, _, name = place.partition(":")
        yield getattr(import_module(module), name).tables


def fields_of(table: str) -> Mapping[str, dy.Column] | None:
    """Return a table's columns by name, or None where no room declares it.

    >>> sorted(fields_of("scheme_area"))[:2], fields_of("schemes")
    (['area_code', 'area_vintage'], None)
    """
    declared = next((each[table] for each in tables() if table in each), None)
    return None if declared is None else declared.columns()


def table_names() -> tuple[str, ...]:
    """Return the names of all declared tables."""
    return tuple(name for each in tables() for name in each)


def highest(table: str, fields: Collection[str]) -> Handling:
    """Return the highest handling among fields of a table; `secret` for what no room declares.

    >>> highest("scheme", ["name", "from_date"])
    'official-sensitive'
    """
    known = fields_of(table) or {}
    tiers: list[Handling] = [handling_of(known[name]) if name in known else "secret" for name in fields]
    return max(tiers, key=TIERS.index, default="official")


def lowered(handling: Handling, rule: str | None) -> Handling:
    """Return how a table or paper of fields handled so is handled itself: lower by a named rule alone.

    `suppression`: counts under the partnership's minimum are withheld, and what would give them back.

    >>> lowered("official-sensitive", "suppression"), lowered("official-sensitive", None)
    ('official', 'official-sensitive')
    """
    return "official" if rule == "suppression" and handling != "secret" else handling
