"""Did it work, for whom, and could we have told?

A protocol (`load_protocol`) says who is studied and what counts. `partnership_units` finds these people in the records,
`flat_units` in a file with a row a person; `evaluate_units` finds them comparisons, compares, and hands on a `Result`:
unrounded, restricted, and all that a paper may say. `evaluate_partnership` and `evaluate_flat` walk the whole way. One
statistical method is one file, named for the method. `match` is matching by itself, in MatchIt's words, on any table.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
