"""Who may see which field, of whom, for what, under which clause?

`read_agreements` reads a partnership's agreements and refuses what the law does not allow. `may` rules on a request by
them alone. `consult` asks it before named people are read, and keeps that they were (a signed verb, which is kept
already, asks `permit`). `PURPOSES` is the one list of purposes, and `resolve` says in which sets people stand.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
