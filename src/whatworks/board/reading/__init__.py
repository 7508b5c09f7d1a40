"""What does this paper say? Rules and lists of words, no language model: the same text gives the same record.

`read_paper` turns a `Document` into a `Parsed`; `read_papers` does so for each meeting where a file holds several;
`as_json` is the published form.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
