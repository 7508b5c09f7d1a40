"""Where do cases wait, and where are they dropped?

One engine of stages with dates, for courts, serious allegations, victims, releases and requests: `load_kind` reads what
a kind of journey is, `read_cases` gives its cases from a partnership's store, each stay in a stage once, and the other
functions answer from those.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
