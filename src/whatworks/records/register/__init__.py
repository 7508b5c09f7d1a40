"""A register that people keep: who, when, why and what stood before.

A room declares its tables (from `RegisterTable` and the columns of `columns`, or as a dataclass that `table_of` turns
into a table) and hands them, with `ChangeTable`, to a `Ledger`, which keeps rows and their history in the store.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.records.register.declared_row import Meaning, table_of
    from whatworks.records.register.entry import ENTERED, MANUAL, Author, ChangeTable, RegisterTable, RowSource
    from whatworks.records.register.ledger import Connection, Ledger, Row
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "declared_row": ["Meaning", "table_of"],
            "entry": ["ENTERED", "MANUAL", "Author", "ChangeTable", "RegisterTable", "RowSource"],
            "ledger": ["Connection", "Ledger", "Row"],
        },
    )

__all__ = [
    "ENTERED",
    "MANUAL",
    "Author",
    "ChangeTable",
    "Connection",
    "Ledger",
    "Meaning",
    "RegisterTable",
    "Row",
    "RowSource",
    "table_of",
]
