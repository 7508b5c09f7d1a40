"""A register that people keep: who, when, why and what stood before.

A room declares its tables (from `RegisterTable` and the columns of `columns`, or as a dataclass that `table_of` turns
into a table) and hands them, with `ChangeTable`, to a `Ledger`, which keeps rows and their history in the store.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
