"""On whom do the agencies focus together, by which written rule, and are they still on the list?

`contacts` gives every contact of a person with an agency, `ListRule` is a list's rule, `meeting` says who meets it and
how sure that is; the lists themselves are kept in `register`.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
