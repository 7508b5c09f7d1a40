"""Where should the board focus, and was a problem solved or only moved?

`read_areas` and `read_incidents` give the ground from a partnership's store; each question takes those, and what the
board decides beforehand stands in terms, a TOML file a question. What an agency did not send is not known, never zero.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
